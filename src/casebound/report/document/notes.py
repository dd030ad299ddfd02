"""Notes: evidence at the foot of the page that cites it, for those who read on paper and cannot open it in place.

The first chapter has none: it sums up, on one page, what the others say. Nor has a place that is no prose, such as
a table, or one that names the source itself; its numbers lead to the appendix.
"""

from __future__ import annotations

from collections.abc import Iterable

from casebound.pages.markup import plain_text
from casebound.report.document import wording
from casebound.report.document.model import Appendix, Chapter, Prose
from casebound.report.document.numbering import tokens_of


def note_evidence(chapters: Iterable[Chapter], evidence: Appendix) -> None:
    """Give each citation, where a chapter first cites a fact in its prose, the words of a note."""
    for chapter in chapters:
        noted: set[str] = set()
        for token in (token for block in chapter.blocks if isinstance(block, Prose) for token in tokens_of(block)):
            if token.type == "inline":
                said = plain_text(token.children or ()).replace("\u00a0", " ")
            for link in token.meta.get("links", ()):
                source = wording.support(link["entry"]).origin.replace("\u00a0", " ")
                if link["to"] not in noted and source not in said:
                    noted.add(link["to"])
                    link["note"] = wording.note(link["entry"], evidence)

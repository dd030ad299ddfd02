"""The words that the binder itself writes, the same in HTML and PDF."""

from __future__ import annotations

from collections.abc import Iterable

from casebound.pages.markup import plain_text
from casebound.report.document.model import Chapter, FactEntry, Piece, Prose
from casebound.report.document.numbering import tokens_of

STATES = {
    "verified": "The quotation was found word for word, and the words round it were checked; evidence.lock says where.",
    "found": "The quotation was found word for word; the words round it were not checked, for the reason given.",
    "read": "Our paraphrase was compared with the source, or with the part of it that could be seen, on the day shown.",
    "unread": "The words have not been compared with the source, for the reason given.",
}
KEY = (
    ("analysis", "The sentence is our own conclusion from the evidence, not a reported fact."),
    ("open question", "The sentence asks what these sources do not answer."),
    ("[…]", "A title or publisher in square brackets is ours: the text that we saw does not print it."),
)
SIGNS = {
    "°": "Only one independent origin in these sources says so.",
    "≠": "Another source, or other words of the same one, are at odds with it; the register of accounts has both.",
    "†": "In these sources only those who claim to have done it say so.",
}
SCALES = (
    ("credibility", "How well a fact is borne out on the Admiralty scale: from 1, confirmed, to 6, cannot be judged."),
    ("grade", "How reliable a source is: from A, completely reliable, to E, unreliable; F, cannot be judged."),
)
EVIDENCE = (
    "Each number in the report leads to one entry here, and each entry that is cited leads back to where it is used."
)
QUOTATIONS = "Quotations remain their publishers’."
UNCITED = "Recorded but not cited in this report"


def first_rows(printed: int, rows: int) -> str:
    """Return the note of a table of which only the first rows are printed."""
    return f"Printed are the first {printed} of {rows:,} rows; report.html has all of them."


def left_out(printed: int, facts: int) -> str:
    """Return the note of an appendix that leaves out facts."""
    return f" Printed are the {printed:,} of {facts:,} facts that these pages cite; report.html has all of them."


def key(entries: Iterable[FactEntry]) -> tuple[tuple[str, str], ...]:
    """Return the key to the marks and signs of a report: those of its sentences, its citations, its evidence."""
    used = {entry.sign for entry in entries}
    return (*KEY, *((sign, means) for sign, means in SIGNS.items() if sign in used), *STATES.items(), *SCALES)


def note_evidence(chapters: Iterable[Chapter]) -> None:
    """Give each citation, where a chapter first cites a fact in its prose, the words of a note at the foot of its page.

    The notes are for those who read on paper. A sentence that names the source has none, nor has a table: their
    numbers lead to the appendix.
    """
    for chapter in chapters:
        noted: set[str] = set()
        for token in (token for block in chapter.blocks if isinstance(block, Prose) for token in tokens_of(block)):
            if token.type == "inline":
                sentence = plain_text(token.children or ()).replace("\u00a0", " ")
            for link in token.meta.get("links", ()):
                source = _support(link["entry"]).origin.replace("\u00a0", " ")
                if link["to"] not in noted and source not in sentence:
                    noted.add(link["to"])
                    link["note"] = note(link["entry"])


def note(entry: FactEntry) -> tuple[str, str, str]:
    """Return a fact's first piece of support in a line: the quotation, its language if not the report's, and the rest.

    The rest says who says so, where, and how it was seen.
    """
    first, others = _support(entry), len(entry.pieces) - 1
    more = f"and {others} more" if others else ""
    rest = " · ".join(filter(None, (first.who, first.origin + first.where, first.state, more)))
    return (first.saying if first.is_quoted else "", first.language, rest)


def _support(entry: FactEntry) -> Piece:
    """Return the first piece that supports a fact, or the first of all."""
    return next((piece for piece in entry.pieces if not piece.stance), entry.pieces[0])


def saying(quote: str | None, says: str | None, printed: str | None) -> str:
    """Return a quotation in quotation marks, or the paraphrase with the figure as the source prints it."""
    if quote:
        return f"“{_inside(quote)}”"
    figure = f" (printed there: “{_inside(printed)}”)" if printed else ""
    return f"In our words: {says}{figure}"


def _inside(quote: str) -> str:
    """Return a quotation whose own double marks are single ones, since it stands in double marks."""
    return quote.translate(str.maketrans('“”"', "‘’'"))


def licensed(name: str) -> str:
    """Return under what licence facts and prose stand, if the case names one, and whose the quotations are."""
    return f"Facts and prose: {name}. {QUOTATIONS}" if name else QUOTATIONS

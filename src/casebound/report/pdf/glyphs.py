"""Characters that no font of the report can show, said plainly with the place where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from casebound.pages.markup import walked
from casebound.report.document.model import Document, Heading, KeyFacts, Preformatted, Prose
from casebound.report.document.numbering import inline_lists
from casebound.report.errors import place

_REFUSED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def unshown(doc: Document, diagnostic: str) -> list[str]:
    """Return a line for each character that Typst refused, or none if that was not what it refused."""
    texts = (_ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) for text in _REFUSED.findall(diagnostic))
    characters = dict.fromkeys(char for text in texts for char in text if not char.isspace())
    lines = []
    for char in characters:
        name = unicodedata.name(char, "a character without a name")
        where = next((at for at, text in _texts(doc) if char in text), "")
        lines.append(f"{where}no font of the PDF has {char} (U+{ord(char):04X}, {name}); write it in words")
    return lines


def _texts(doc: Document) -> Iterator[tuple[str, str]]:
    """Yield every text of a document with the words for its place."""
    for block in filter(None, (doc.status, doc.keyfacts)):
        yield "the status box or the key facts: ", _text(block)
    for chapter in doc.chapters:
        yield place(chapter.name, ""), chapter.title.text
        heading = ""
        for block in chapter.blocks:
            heading = block.text if isinstance(block, Heading) else heading
            yield place(chapter.name, heading), _text(block)
        for note in chapter.footnotes:
            yield place(chapter.name, "") + "a footnote: ", "".join(t.content for t in walked(note.tokens))
    for cited in (*doc.evidence.cited, *doc.evidence.uncited) if doc.evidence else ():
        yield f"fact {cited.entry.id}: ", repr(cited.entry)
    for source in doc.evidence.sources if doc.evidence else ():
        yield f"source {source.id}: ", repr(source)


def _text(block) -> str:
    if isinstance(block, Heading | Preformatted):
        return block.text
    lists = [block.tokens] if isinstance(block, Prose) else inline_lists(block)
    said = "".join(value for value, _ in block.items) if isinstance(block, KeyFacts) else ""
    return said + "".join(token.content for tokens in lists for token in walked(tokens))

"""Characters that no font of the report can show, named with the place where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from casebound.report.document.model import Document, Heading
from casebound.report.errors import place

_REFUSED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def unshown(doc: Document, diagnostic: str) -> list[str]:
    """Return a line for each character that Typst refused, or none if that was not what it refused."""
    texts = (_ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) for text in _REFUSED.findall(diagnostic))
    lines = []
    for char in dict.fromkeys(char for text in texts for char in text if not char.isspace()):
        name = unicodedata.name(char, "a character without a name")
        where = next((at for at, part in _parts(doc) if repr(char)[1:-1] in repr(part)), "")
        lines.append(f"{where}no font of the PDF has {char} (U+{ord(char):04X}, {name}); write it in words")
    return lines


def _parts(doc: Document) -> Iterator[tuple[str, object]]:
    """Yield every part of a document with the words for its place, facts before the text that holds them when cited."""
    for cited in (*doc.evidence.cited, *doc.evidence.uncited) if doc.evidence else ():
        yield f"fact {cited.entry.id}: ", cited.entry
    for source in doc.evidence.sources if doc.evidence else ():
        yield f"source {source.id}: ", source
    yield "the status box or the key facts: ", (doc.status, doc.keyfacts)
    for chapter in doc.chapters:
        yield place(chapter.name, ""), chapter.title
        heading = ""
        for block in chapter.blocks:
            heading = block.text if isinstance(block, Heading) else heading
            yield place(chapter.name, heading), block

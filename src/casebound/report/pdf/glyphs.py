"""Characters that no font of the report can show, named with the places where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from casebound.report.document.model import Document, Heading
from casebound.report.errors import place

_REFUSED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_TYPEFACES = {"CJK": "Noto Sans JP, SC or TC", "HANGUL": "Noto Sans KR"}  # by the first word of a character's name
_TYPEFACES |= dict.fromkeys(("HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "FULLWIDTH"), _TYPEFACES["CJK"])
_MOST = 6  # characters and places in a message


def unshown(doc: Document, diagnostic: str) -> list[str]:
    """Return a line for each script of the characters that Typst refused, or none if that was not what it refused."""
    texts = (_ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) for text in _REFUSED.findall(diagnostic))
    by_typeface: dict[str, dict[str, None]] = {}
    for char in (char for text in texts for char in text if not char.isspace()):
        by_typeface.setdefault(_typeface(char), {})[char] = None
    return [_line(doc, list(chars), typeface) for typeface, chars in by_typeface.items()]


def _line(doc: Document, chars: list[str], typeface: str) -> str:
    parts = [(at, repr(part)) for at, part in _parts(doc)]
    places = (next((at for at, part in parts if repr(char)[1:-1] in part), "") for char in chars)
    where = _some([at.removesuffix(": ") for at in dict.fromkeys(places) if at])
    named = _some([f"{char} (U+{ord(char):04X}{_name(char)})" for char in chars])
    fix = f"put a typeface that has {'them' if len(chars) > 1 else 'it'}{typeface} into fonts/, as TTF or OTF"
    return f"{where + ': ' if where else ''}no font of the PDF has {named}; {fix}, or write it in words"


def _some(items: list[str]) -> str:
    """Return items as a text, those beyond the most as their number."""
    more = f" and {len(items) - _MOST} more" if len(items) > _MOST else ""
    return ", ".join(items[:_MOST]) + more


def _name(char: str) -> str:
    name = unicodedata.name(char, "")
    return f", {name}" if name and f"{ord(char):04X}" not in name else ""  # some are named by their number


def _typeface(char: str) -> str:
    """Return which typeface may have a character, as words of a message; nothing for a sign of no known script."""
    script = unicodedata.name(char, "").partition(" ")[0]
    of_script = f"Noto Sans {script.title()}" if script and unicodedata.category(char)[0] in "LM" else ""
    named = _TYPEFACES.get(script, of_script)
    return f", such as {named}," if named else ""


def _parts(doc: Document) -> Iterator[tuple[str, object]]:
    """Yield every part of a document with the words for its place, facts before the text that holds them when cited."""
    for cited in (*doc.evidence.cited, *doc.evidence.uncited) if doc.evidence else ():
        yield f"fact {cited.entry.id}: ", cited.entry
    for source in doc.evidence.sources if doc.evidence else ():
        yield f"source {source.id}: ", source
    yield "case.yaml: ", [doc.meta[name] for name in ("title", "subtitle", "authors")]
    for chapter in doc.parts:
        yield place(chapter.name, ""), (chapter.title, chapter.answer)
        heading = ""
        for block in chapter.blocks:
            heading = block.text if isinstance(block, Heading) else heading
            yield place(chapter.name, heading), block

"""From tokens to Typst source, each note beside the text that first cites it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from math import ceil

from markdown_it.token import Token

from casebound.pages.markup import MARKS, plain_text, walked
from casebound.report.document.model import Note, Tokens
from casebound.report.document.printable import WORD
from casebound.report.pdf.places import Places
from casebound.report.pdf.typst_markup import array, breaking, language_of, quoted, remark, words

_FIXED = {
    "softbreak": " ",
    "hardbreak": "#linebreak();",
    "em_open": "#emph[",
    "em_close": "];",
    "strong_open": "#strong[",
    "strong_close": "];",
    "link_close": "];",
    "foreign_close": "];",
    "paragraph_open": "",
    "paragraph_close": "\n\n",
    "list_item_open": "[",
    "list_item_close": "], ",
    "bullet_list_close": ");\n\n",
    "ordered_list_close": ");\n\n",
    "blockquote_open": "#quote(block: true)[",
    "blockquote_close": "];\n\n",
    "hr": "#thin-rule;\n\n",
}
_NUMBERED = ("citation", "mark", "footnote_ref")  # a number stands close to the word before it
_LISTS = ("bullet_list_open", "ordered_list_open")


class Printer:
    """Sets the texts of one file, in reading order: it knows the places of anchors and the notes that it has set."""

    def __init__(self, places: Places, is_annex: bool = False) -> None:
        self.places, self.is_annex = places, is_annex
        self.noted: set[int] = set()
        self._rules: dict[str, Callable[[Token], str]] = {
            "link_open": self._link,
            "citation": self._citation,
            "mark": self._citation,
            "footnote_ref": self._citation,
            "rests": self._rests,
            "label": lambda token: f"#anchor({quoted(token.meta['anchor'])});",
            "problem": lambda token: f"#{remark(token.meta['remark'])};\n\n",
            "foreign_open": lambda token: f"#foreign({language_of(str(token.attrs['lang']))})[",
        }

    def typst(self, tokens: Tokens | None) -> str:
        """Return block or inline tokens as Typst markup."""
        tokens = tokens or []
        return "".join(self._one(token, at, tokens) for at, token in enumerate(tokens))

    def cell(self, tokens: Tokens) -> str:
        """Return a table's cell as Typst markup, in which no word is wider than `widths` takes it for."""
        return self.typst([replace(t, content=breaking(t.content, WORD)) if t.type == "text" else t for t in tokens])

    def rows(self, tokens: Tokens) -> str:
        """Return block tokens as Typst markup, each paragraph and each item of a list a row with its notes beside."""
        return "".join(self._row(block) for block in self._filled(parts_of(tokens)))

    def notes(self, tokens: Iterable[Token]) -> str:
        """Return the notes that the tokens are the first to cite, as a Typst array."""
        return array(map(self.note, self.first_cited(tokens)))

    def first_cited(self, tokens: Iterable[Token]) -> list[Note]:
        """Return the notes that the tokens are the first to cite; each is returned once."""
        found = []
        for token in walked(tokens):
            note = token.meta.get("note")
            if note and note.number not in self.noted and (note.kind == "written" or not self.is_annex):
                self.noted.add(note.number)
                found.append(note)
        return found

    def note(self, note: Note) -> str:
        """Return a note as a Typst expression: its number, what it rests on, and the entries that have all of it."""
        # a narrow margin lets a day and its month part
        said = self.typst(note.tokens).strip() if note.kind == "written" else words(note.words.replace("\u00a0", " "))
        if note.links:
            entries = (self.places.link(link["to"], f"E{link['number']}") for link in note.links)
            said += f" #entries[{', '.join(entries)}]"
        if note.accounts:
            said += f" #differ[{self.places.link(note.accounts, 'Accounts differ')}]"
        return f"note({note.number}, {quoted(note.kind)}, {str(bool(note.accounts)).lower()}, [{said}])"

    def _filled(self, blocks: Iterable[list[Token]]) -> Iterator[list[Token]]:
        """Yield blocks, a paragraph whose notes are taller than itself together with the one that follows it."""
        waiting: list[Token] = []
        for block in blocks:
            if waiting and block[0].type != "paragraph_open":
                yield waiting
                waiting = []
            waiting = [*waiting, *block]
            if block[0].type != "paragraph_open" or not self._is_overfull(waiting):
                yield waiting
                waiting = []
        yield from filter(None, [waiting])

    def _is_overfull(self, tokens: list[Token]) -> bool:
        """Tell whether the notes to some paragraphs are likely to be taller than these."""
        texts = [plain_text(token.children) for token in tokens if token.children]
        notes = {note.number: note for token in walked(tokens) if (note := token.meta.get("note"))}
        new = [note for number, note in notes.items() if number not in self.noted]
        return sum(map(_height, new)) > sum(ceil(len(text) / 71) * 14.3 + 7 for text in texts)

    def _row(self, block: list[Token]) -> str:
        if block[0].type not in _LISTS:
            return self._beside(block)
        items = (f"[{self._beside(item[1:-1])}], " for item in parts_of(block[1:-1]))
        return _list(block[0], 0, block) + "".join(items) + ");\n\n"

    def _beside(self, tokens: list[Token]) -> str:
        return f"#row([{self.typst(tokens).strip()}], {self.notes(tokens)});\n\n"

    def _one(self, token: Token, at: int, tokens: list[Token]) -> str:
        kind = token.type
        if kind in _FIXED:
            return _FIXED[kind]
        if kind == "inline":
            return self.typst(token.children)
        if kind in ("text", "text_special"):
            follows = tokens[at + 1].type if at + 1 < len(tokens) else ""
            return words(token.content.rstrip() if follows in _NUMBERED else token.content)
        if kind in ("code_inline", "fence", "code_block"):
            block = "" if kind == "code_inline" else "block: true, "
            return f"#raw({block}{quoted(token.content.rstrip(chr(10)))});" + ("\n\n" if block else "")
        return _list(token, at, tokens) if kind in _LISTS else self._rules[kind](token)

    def _link(self, token: Token) -> str:
        href = str(token.attrs["href"])
        if not href.startswith("#"):
            return f"#web({quoted(href)})["
        return self.places.opening(href[1:], "term" if token.meta.get("term") else "link")

    def _citation(self, token: Token) -> str:
        """Return the number of a note; in the annex, where sentences have none, those of the entries."""
        note = token.meta.get("note")
        if note and (note.kind == "written" or not self.is_annex):
            return f"#noted({note.number}, {quoted(note.kind)}, {str(bool(note.accounts)).lower()});"
        if not self.is_annex:
            return ""
        kind = token.meta.get("kind")
        links = note.links if note else token.meta.get("links", ())
        entries = ", ".join(self.places.link(link["to"], f"E{link['number']}") for link in links)
        shown = ": ".join(filter(None, [MARKS[kind] if kind else "", entries]))
        return f"#cited[{shown}];" if shown else ""

    def _rests(self, token: Token) -> str:
        findings = [self.places.link(anchor, words(str(number))) for number, anchor in token.meta["findings"]]
        if not findings:
            return ""
        return words(f"Rests on finding{'s' * (len(findings) > 1)} ") + listed(findings) + words(".")


def _height(note: Note) -> float:
    """Return about how many points of the margin a note takes."""
    written = "".join(token.content for token in note.tokens)
    size = 4 + len(note.words or written) + 5 * len(note.links) + (16 if note.accounts else 0)
    return ceil(size / 40) * 8 + 4


def listed(items: list[str]) -> str:
    """Return items of markup with commas and *and*."""
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))


def parts_of(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield the blocks that stand side by side in block tokens, each from its opening to its closing token."""
    part, depth = [], 0
    for token in tokens:
        part.append(token)
        depth += token.nesting
        if depth == 0:
            yield part
            part = []


def _list(token: Token, at: int, tokens: list[Token]) -> str:
    own = (t for t in islice(tokens, at, None) if t.type == "paragraph_open" and t.level == token.level + 2)
    tight = "true" if next((paragraph.hidden for paragraph in own), True) else "false"
    if token.type == "bullet_list_open":
        return f"#list(tight: {tight}, "
    return f"#enum(tight: {tight}, start: {int(token.attrs.get('start', 1))}, "

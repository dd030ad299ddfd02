"""Display: prose, tables, figures and boxes, in the one form that a notebook shows and the report prints.

A cell stores each as a bundle of MIME types: one that JupyterLab shows, and one of ours, from which `read` makes the
same thing again. A *text* of a thing is a line of Markdown with citations, or, once the report has read it, its tokens.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from casebound.pages.markup import MarkupError, cited_ids, cleaned, parsed_inline, plain_text

if TYPE_CHECKING:
    import pandas as pd

PROSE = "application/vnd.casebound.prose+json"
ANSWER = "application/vnd.casebound.answer+json"
TABLE = "application/vnd.casebound.table+json"
FIGURE = "application/vnd.casebound.figure+json"
KEY_FACTS = "application/vnd.casebound.keyfacts+json"
STATUS = "application/vnd.casebound.status+json"
OMITTED = "application/vnd.casebound.omitted+json"

Text = TypeVar("Text")


@dataclass(frozen=True)
class Prose:
    """Markdown with citations `[@fact-id]`."""

    markdown: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {PROSE: {}, "text/markdown": self.markdown, "text/plain": self.markdown}


@dataclass
class Answer(Generic[Text]):
    """The sentence that a chapter opens with, and that stands beside its title in the contents."""

    text: Text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {ANSWER: asdict(self), "text/markdown": f"**{self.text}**", "text/plain": str(self.text)}


TEXT = "the text here"  # `what` of omitted prose, which the report's list names by the heading above it


@dataclass(frozen=True)
class Omitted:
    """What stands where there is nothing to show: `what` names the thing, `why` says the reason in a clause.

    The report prints nothing in its place, and lists it under *What this report does not cover*, text by its heading.
    """

    what: str
    why: str

    @property
    def reason(self) -> str:
        """The reason as a sentence."""
        return f"{self.why[:1].upper()}{self.why[1:].rstrip('.')}."

    @property
    def markdown(self) -> str:
        """What a notebook shows."""
        return f"Left out: {self.what}. {self.reason}"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {OMITTED: asdict(self), "text/markdown": self.markdown, "text/plain": self.markdown}


@dataclass
class Column(Generic[Text]):
    """A table's column; `align` is `left` or `right`."""

    name: Text
    align: str = "left"


def columns_named(names: Iterable[str], right: Iterable[str] = ()) -> tuple[Column[str], ...]:
    """Return columns of these names, of which those in `right` are set to the right; raise ValueError for others."""
    names, right = list(names), set(right)
    if unknown := right.difference(names):
        raise ValueError(f"no column is named {', '.join(sorted(unknown))}")
    return tuple(Column(name, "right" if name in right else "left") for name in names)


@dataclass
class Table(Generic[Text]):
    """A table; one without a caption gets no number. The first `header_columns` cells of a row head it.

    `key` names it in the report; a reader's own has none. `note` stands below. `explains` is `prose` or `cells` where
    each row explains the word in its first cell, for words used there. One of ours without rows is omitted, for the
    reason in `none`, a clause; or its note stands alone, where that says all.
    """

    key: str
    caption: Text | None
    columns: Sequence[Column[Text]]
    rows: Sequence[Sequence[Text]]
    header_columns: int = 1
    note: Text | None = None
    explains: str = ""
    none: str = ""
    # what the report gives it
    number: int | str | None = None
    anchor: str = ""
    row_anchors: Sequence[str] = ()

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as a data frame of plain text, with the ids that each row cites in the last column, `facts`."""
        import pandas as pd  # only here: what prints a report needs no data frames

        texts = [[str(cell) for cell in row] for row in self.rows]
        cells = [[plain_text(parsed_inline(text)) for text in row] for row in texts]
        facts = [cited_ids(" ".join(row)) for row in texts]
        return pd.DataFrame(cells, columns=[str(column.name) for column in self.columns]).assign(facts=facts)

    def _without_rows(self) -> Prose | Omitted:
        if self.note and not self.none:
            return Prose(str(self.note))
        return Omitted(
            f"the table “{self.caption}”", self.none or "no fact that this report follows is recorded for it"
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        if self.key and not self.rows:
            return self._without_rows()._repr_mimebundle_()
        head, *body = ([column.name for column in self.columns], *self.rows)
        lines = [_line("th", head), *(_line("td", row) for row in body)]
        shown = f"<table><caption>{html.escape(str(self.caption or ''))}</caption>{''.join(lines)}</table>"
        return {TABLE: asdict(self), "text/html": shown, "text/plain": self.caption or "a table"}


def _line(tag: str, cells: Iterable[object]) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in cells) + "</tr>"


@dataclass
class Figure(Generic[Text]):
    """A picture with the words that stand for it (`alt`), a caption that states what is to be seen, and its table.

    `note` stands below in small print: what is measured, the unit, what is left out. `data` is SVG text; once the
    report has measured it, the bytes of a picture of the type `mime`, whose `width` and `height` are in CSS pixels.
    `narrow` is the SVG of a drawing for a screen of 390 pixels, empty where the one drawing serves both.
    """

    key: str
    data: str | bytes
    alt: str
    caption: Text | None
    table: Table[Text] | None = None
    note: Text | None = None
    narrow: str = ""
    mime: str = "image/svg+xml"
    width: float = 0
    height: float = 0
    number: int | str | None = None
    anchor: str = ""

    @property
    def raw(self) -> bytes:
        """The picture's bytes."""
        return self.data.encode() if isinstance(self.data, str) else self.data

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        shown = {FIGURE: asdict(self), self.mime: self.data, "text/plain": self.alt}
        return shown, {self.mime: {"alt": self.alt, "caption": self.caption}}


@dataclass
class _Pairs(Generic[Text]):
    items: Sequence[tuple[str, Text]]
    kind: ClassVar[str]
    line: ClassVar[str]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        shown = "\n".join(self.line.format(*item) for item in self.items)
        return {self.kind: asdict(self), "text/markdown": shown, "text/plain": shown}


class KeyFacts(_Pairs[Text]):
    """Figures or words that sum the case up, each with a sentence: pairs of value and text."""

    kind, line = KEY_FACTS, "- **{}** {}"


class StatusBox(_Pairs[Text]):
    """What the report rests on, as pairs of label and text."""

    kind, line = STATUS, "- {}: {}"


def shown_of(shown: tuple[int, int], there: tuple[int, int]) -> str | None:
    """Return the note of a table that shows only some of a frame's rows and columns; None if it shows all."""
    kinds = zip(shown, there, ("rows", "columns"), strict=True)
    parts = [f"{some:,} of {number:,} {kind}" for some, number, kind in kinds if some < number]
    return f"Shown: {' and '.join(parts)}." if parts else None


def read(
    bundle: Mapping[str, Any], text: Callable[[str], Text]
) -> Answer[Text] | Table[Text] | Figure[Text] | KeyFacts[Text] | StatusBox[Text] | Omitted | None:
    """Return what a cell stored, with each text as `text` gives it; None if it is nothing of ours."""
    if OMITTED in bundle:
        return Omitted(**bundle[OMITTED])
    if FIGURE in bundle:
        stored = bundle[FIGURE]
        table = _table(stored["table"], text) if stored.get("table") else None
        words = {name: text(stored[name]) if stored.get(name) else None for name in ("caption", "note")}
        return Figure(**{**stored, **words, "table": table})
    if ANSWER in bundle:
        return Answer(text(bundle[ANSWER]["text"]))
    if TABLE in bundle:
        return _table(bundle[TABLE], text)
    for box in (KeyFacts, StatusBox):
        if box.kind in bundle:
            return box([(cleaned(name), text(value)) for name, value in bundle[box.kind]["items"]])
    return None


def _table(stored: Mapping[str, Any], text: Callable[[str], Text]) -> Table[Text]:
    caption, note = (text(stored[name]) if stored.get(name) else None for name in ("caption", "note"))
    columns = [Column(**{**column, "name": text(column["name"])}) for column in stored["columns"]]
    rows = [[text(cell) for cell in row] for row in stored["rows"]]
    if any(len(row) != len(columns) for row in rows):
        raise MarkupError(f"table {stored['key']}: a row has more or fewer cells than columns", 1)
    return Table(**{**stored, "caption": caption, "note": note, "columns": columns, "rows": rows})

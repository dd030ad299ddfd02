"""Display: what a notebook's cell hands to the reader and to the report: prose, tables, figures, boxes.

Each is a bundle of MIME types: one that JupyterLab shows, and one of ours that the report is bound from.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

TABLE = "application/vnd.casebound.table+json"
FIGURE = "application/vnd.casebound.figure+json"
KEY_FACTS = "application/vnd.casebound.keyfacts+json"
STATUS = "application/vnd.casebound.status+json"


@dataclass(frozen=True)
class Prose:
    """Markdown with citations `[@fact-id]`."""

    markdown: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/markdown": self.markdown, "text/plain": self.markdown}


@dataclass(frozen=True)
class Table:
    """A table with a caption: `rows` of inline Markdown; columns whose name is in `right` are set to the right.

    The first `header_columns` columns head their rows. `note` stands below. `explains` says that each row explains
    the word that heads it, where the report uses it in its `prose` or as a whole cell of its tables (`cells`).
    """

    key: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[str, ...] = ()
    header_columns: int = 1
    note: str | None = None
    explains: str = ""

    def bundle(self) -> dict[str, Any]:
        """Return the table as the report reads it."""
        columns = [{"name": name, "align": "right" if name in self.right else "left"} for name in self.columns]
        rows = [list(row) for row in self.rows]
        return {
            **{"key": self.key, "caption": self.caption, "columns": columns, "header_columns": self.header_columns},
            **{"rows": rows, "note": self.note, "explains": self.explains},
        }

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in self.rows)
        shown = f"<table><caption>{html.escape(self.caption)}</caption><tr>{head}</tr>{body}</table>"
        return {TABLE: self.bundle(), "text/html": shown, "text/plain": self.caption}


@dataclass(frozen=True)
class Figure:
    """A drawing with the words that stand for it (`alt`), a caption that states the finding, and its data."""

    key: str
    svg: str
    alt: str
    caption: str
    table: Table | None = None

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        table = self.table.bundle() if self.table else None
        ours = {"key": self.key, "caption": self.caption, "alt": self.alt, "svg": self.svg, "table": table}
        data = {FIGURE: ours, "image/svg+xml": self.svg, "text/plain": self.alt}
        return data, {"image/svg+xml": {"alt": self.alt, "caption": self.caption}}


@dataclass(frozen=True)
class KeyFacts:
    """Figures or words that sum the case up, each with a sentence: pairs of value and inline Markdown."""

    items: tuple[tuple[str, str], ...]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        items = [{"value": value, "text": text} for value, text in self.items]
        shown = "\n".join(f"- **{value}** {text}" for value, text in self.items)
        return {KEY_FACTS: {"items": items}, "text/markdown": shown, "text/plain": shown}


@dataclass(frozen=True)
class StatusBox:
    """What the report rests on, as pairs of label and inline Markdown."""

    items: tuple[tuple[str, str], ...]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        shown = "\n".join(f"- {label}: {text}" for label, text in self.items)
        return {STATUS: {"items": [list(item) for item in self.items]}, "text/markdown": shown, "text/plain": shown}

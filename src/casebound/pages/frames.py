"""Frames: a reader's data frame as the table that the report prints."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from casebound.pages.display import Column, Table, shown_of
from casebound.pages.markup import escaped

MISSING, GAP = "–", "…"
_CUT = 50  # characters: the width at which pandas cuts each cell by default


def table_of(frame: pd.DataFrame) -> Table[str]:
    """Return a data frame as a table whose rows its index heads, numbers to the right, a dash for what is missing.

    Values read as pandas prints them, whole unless the reader set a width. Of a frame that is longer or wider than
    pandas' options for display allow, the first and last rows or columns are shown, and the note says how many.
    """
    options = pd.options.display
    down, across = _shown(len(frame), options.max_rows, options.min_rows), _shown(frame.shape[1], options.max_columns)
    part = frame.iloc[down, across]
    levels = _levels(part.index)
    columns = [Column(_named([name])) for name in part.index.names]
    columns[-1].name = _named([*part.columns.names, part.index.names[-1]])
    names = zip(*map(_texts, _levels(part.columns)), strict=True)
    columns += [Column(_joined(name), _align(dtype)) for name, dtype in zip(names, part.dtypes, strict=True)]
    cells = [_texts(values) for values in (*levels, *(part.iloc[:, [at]] for at in range(len(across))))]
    if len(across) < frame.shape[1]:
        columns.insert(gap := len(levels) + len(across) // 2, Column(GAP))
        cells.insert(gap, [GAP] * len(down))
    rows = [list(row) for row in zip(*cells, strict=True)]
    if len(down) < len(frame):
        rows.insert(len(down) // 2, [GAP] * len(columns))
    return Table("", None, columns, rows, len(levels), shown_of(part.shape, frame.shape))


def _shown(number: int, most: int | None, cut_to: int | None = None) -> list[int]:
    """Return which of N rows or columns are shown: all, or the first and the last."""
    if not most or number <= most:
        return list(range(number))
    half = max(1, min(most, cut_to or most) // 2)
    return [*range(half), *range(number - half, number)]


def _levels(index: pd.Index) -> list[pd.DataFrame]:
    return [index.get_level_values(level).to_frame(index=False) for level in range(index.nlevels)]


def _named(names: Iterable) -> str:
    return _joined(escaped(str(name)) for name in names if name is not None)


def _joined(parts: Iterable[str]) -> str:
    """Return a name of several levels, each word once."""
    return " ".join(dict.fromkeys(filter(None, parts)))


def _align(dtype) -> str:
    return "right" if is_numeric_dtype(dtype) and not is_bool_dtype(dtype) else "left"


def _texts(values: pd.DataFrame) -> list[str]:
    """Return the texts of a frame's only column."""
    width = pd.options.display.max_colwidth
    lines = values.to_string(index=False, header=False, max_colwidth=None if width == _CUT else width).split("\n")
    column = values.iloc[:, 0]
    if len(lines) != len(column):  # a value of several lines, or none at all
        lines = [str(value) for value in column]
    missing = column.isna()
    return [MISSING if gone else escaped(" ".join(line.split())) for line, gone in zip(lines, missing, strict=True)]

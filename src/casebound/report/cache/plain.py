"""Plain: the one form of a notebook whose outputs the cache keeps; any other notebook runs in every build.

The list of plain statements is short on purpose: code that reads the clock, a file or the network, or draws random
numbers, needs another statement.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from casebound.pages.notebooks import Cell, cells

INJECTED, PARAMETERS = "injected-parameters", "parameters"  # tags: of papermill's cell, and of the one above it
EARLIER_RUN = "it holds the parameters of an earlier run"

# The plain statements, as `ast.unparse` writes them. A call is plain as the last statement of its cell, which shows it.
_PARAMETER = re.compile(r"(case|as_of|sources) = '[^'\\]*'")
_SETUP = re.compile(r"import casebound as cb|ledger = cb\.load\(case, as_of, sources\)")
_PROSE = re.compile(
    r"cb\.(narrative)\.(?:(section|answer)\(ledger, '([^'\\]+)'\)|(key_facts)\(ledger\))"
    r"|cb\.(tables)\.(answers|asides|status)\(ledger\)"
)
_PAGE = re.compile(r"cb\.(figures|tables)\.[a-z]\w*\(ledger(, ([a-z]\w*=)?('[^'\\]*'|\d+|True|False|None))*\)")
_LONGEST = 60  # characters of a statement in a message

Call = tuple[
    str, ...
]  # a part of the package's face, a function of it that reads the prose, its arguments but the ledger


def read(path: Path) -> tuple[list[Cell], list[str]]:
    """Return a notebook's code cells, and why it is not plain, a line a reason; no reason if it is."""
    try:
        content = cells(path)
    except ValueError:
        return [], ["it is not a notebook that can be read"]
    return [cell for cell in content if cell.kind == "code"], not_plain(content)


def not_plain(cells: Iterable[Cell]) -> list[str]:
    """Return why cells are not plain, a line a reason; nothing if they are."""
    cells = list(cells)
    if any(INJECTED in cell.tags for cell in cells):
        return [EARLIER_RUN]
    reasons = []
    if [cell.kind for cell in cells if PARAMETERS in cell.tags] not in ([], ["code"]):
        # papermill puts its own behind the first, and the next would override them
        reasons.append("the tag “parameters” is on more than one cell, or on one that is not code")
    for number, cell in enumerate((cell for cell in cells if cell.kind == "code"), 1):
        try:
            reasons += [f"code cell {number}: {text}" for text in _others(cell)]
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            reasons.append(f"code cell {number} is not plain Python")
    return list(dict.fromkeys(reasons))


def prose_call(source: str) -> Call | None:
    """Return what a plain code cell shows of the prose, None if nothing."""
    statements = _statements(source)
    match = _PROSE.fullmatch(statements[-1]) if statements else None
    return tuple(filter(None, match.groups())) if match else None


def _others(cell: Cell) -> Iterator[str]:
    """Yield the statements of a code cell that are not plain, shortened."""
    statements = _statements(cell.source)
    for place, text in enumerate(statements, 1):
        is_parameters = PARAMETERS in cell.tags
        is_call = not is_parameters and bool(_PROSE.fullmatch(text) or _PAGE.fullmatch(text))
        is_last_call = is_call and place == len(statements)
        if not is_last_call and not (_PARAMETER if is_parameters else _SETUP).fullmatch(text):
            first, _, more = text.partition("\n")
            shown = f"{first[:_LONGEST]}…" if more or len(first) > _LONGEST else first
            yield f"{shown} (not the last statement)" if is_call else shown


def _statements(source: str) -> list[str]:
    """Return the statements of a cell; raise ValueError if IPython sees more lines in it than Python does."""
    if len(source.splitlines()) > len(source.split("\n")):
        raise ValueError("a line that ends without a line feed")
    with warnings.catch_warnings(action="ignore"):  # whoever runs the cell is warned
        return [ast.unparse(node) for node in ast.parse(source).body]

"""Reach: what a notebook's code can come to, told from its source: modules, and sections of the prose.

It is told of plain code alone: code with no statement but those that the report's own chapters have. The list of these
is short on purpose. Whatever reads the clock, a file or the network, or draws by lot, needs another statement; a
notebook with one runs in every build.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from os.path import isfile
from pathlib import Path
from typing import NamedTuple

from casebound.paths import PACKAGE

NARRATIVE = "casebound.pages.narrative"
KEY_FACTS = "key facts"  # the section that has a form of its own
# The plain statements, as `ast.unparse` writes them. A call is plain as the last statement of its cell, which shows it.
_GIVEN = re.compile(r"(case|as_of|sources) = '[^'\\]*'")
_SETUP = re.compile(r"import casebound as cb|ledger = cb\.load\(case, as_of, sources\)")
_SHOWN = re.compile(r"cb\.narrative\.(?:section\(ledger, '([^'\\]+)'\)|(key_facts)\(ledger\))")
_LAID_OUT = re.compile(r"cb\.(figures|tables)\.[a-z]\w*\(ledger(, ([a-z]\w*=)?('[^'\\]*'|\d+|True|False|None))*\)")
_LONGEST = 60  # characters of a statement in a message


@dataclass(frozen=True)
class Reach:
    """What code can come to: `modules` of the package with all that they import, and what of the prose is `shown`;
    whether a module might show `any_prose`; what is `not_plain`, a line a reason: then nothing else is known of it.
    """

    modules: tuple[str, ...] = ()
    shown: frozenset[Shown] = frozenset()
    any_prose: bool = False
    not_plain: tuple[str, ...] = ()


class Shown(NamedTuple):
    """A section of the prose and the function of `narrative` that shows it."""

    function: str
    section: str


class Modules:
    """The package's modules as they stand when each is first asked for: many notebooks reach the same."""

    def __init__(self) -> None:
        self._sources: dict[str, str | None] = {}

    def source(self, name: str) -> str | None:
        """Return a module's source, None where the package has no such module."""
        if name not in self._sources:
            path = file_of(name)
            self._sources[name] = None if path is None else path.read_text("utf-8")
        return self._sources[name]


Code = Iterable[tuple[str, bool]]  # of each cell its source, and whether it is the cell of parameters


def reach(cells: Code, known: Modules) -> Reach:
    """Return what code cells can come to."""
    cells = list(cells)
    if found := not_plain(cells):
        return Reach(not_plain=found)
    trees = [_parsed(source) for source, _ in cells]
    modules = closure((name for tree in trees for name in _imported(tree)), known)
    shown = frozenset(filter(None, map(_value, trees)))
    any_prose = any(NARRATIVE in imports for name, imports in modules.items() if name != NARRATIVE)
    return Reach(tuple(modules), shown, any_prose)


def not_plain(cells: Code) -> tuple[str, ...]:
    """Return why code cells are not plain, a line a reason; nothing if they are."""
    found, given = [], 0
    for number, (source, is_given) in enumerate(cells, 1):
        given += is_given
        try:
            found += [f"code cell {number}: {_said(text)}" for text in _others(_parsed(source).body, is_given)]
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            found.append(f"code cell {number} is not plain Python")
    if given > 1:  # papermill puts its own behind the first, and the next would override them
        found.append("more than one cell has the tag “parameters”")
    return tuple(dict.fromkeys(found))


def _others(body: list[ast.stmt], given: bool) -> Iterator[str]:
    """Yield the statements of a cell that are not plain."""
    for node in body:
        text = ast.unparse(node)
        is_call = _SHOWN.fullmatch(text) or _LAID_OUT.fullmatch(text)
        is_plain = _GIVEN.fullmatch(text) if given else _SETUP.fullmatch(text) or (is_call and node is body[-1])
        if not is_plain:
            yield f"{text} (not the last statement)" if is_call and not given else text


def _parsed(source: str) -> ast.Module:
    """Return the syntax tree of a cell; raise ValueError where IPython sees more lines in it than Python does."""
    if len(source.splitlines()) > len(source.split("\n")):
        raise ValueError("a line that ends without a line feed")
    with warnings.catch_warnings(action="ignore"):  # whoever runs the cell is warned
        return ast.parse(source)


def _said(statement: str) -> str:
    first, _, more = statement.partition("\n")
    return f"{first[:_LONGEST]}…" if more or len(first) > _LONGEST else first


def prose_shown(source: str) -> Shown | None:
    """Return what of the prose a cell's last value shows, None where that is something else."""
    return _value(_parsed(source))


def _value(tree: ast.Module) -> Shown | None:
    found = _SHOWN.fullmatch(ast.unparse(tree.body[-1])) if tree.body else None
    return found and Shown(found[2] or "section", found[1] or KEY_FACTS)


def closure(names: Iterable[str], known: Modules) -> dict[str, tuple[str, ...]]:
    """Return the modules of the package among the names and all that they import, each with what it imports itself,
    wherever in it that stands.
    """
    found: dict[str, tuple[str, ...] | None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            source = known.source(name)
            found[name] = None if source is None else _imports_of(source)
            waiting += [] if source is None else [name.rpartition(".")[0], *found[name]]
    return {name: imports for name, imports in sorted(found.items()) if imports is not None}


def file_of(module: str) -> Path | None:
    """Return the file of a module of the package, or None where there is no such module."""
    first, *rest = module.split(".")
    if first != "casebound":
        return None
    path = "/".join([str(PACKAGE), *rest])
    # of strings, which is five times as fast: every name that any module imports is looked for
    return next((Path(p) for p in (f"{path}/__init__.py", f"{path}.py") if isfile(p)), None)  # noqa: PTH113


@cache
def _imports_of(source: str) -> tuple[str, ...]:
    try:
        return tuple(_imported(ast.parse(source)))
    except SyntaxError:  # a module that cannot be imported leads no further
        return ()


def _imported(tree: ast.AST) -> Iterator[str]:
    """Yield every name that is imported, with its module: `a` and `a.b` for `from a import b`."""
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield every statement inside a node, however deep; nothing else can be an import."""
    for block in ("body", "handlers", "cases", "orelse", "finalbody"):
        for inner in getattr(node, block, ()):
            yield inner
            yield from _statements(inner)

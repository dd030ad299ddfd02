"""Reach: what a notebook's code can come to, told from its source: modules, sections of the prose, other cases.

Code that might come to anything else has `doubts`, and is run in every build.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from os.path import isfile
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parents[1]
NARRATIVE = "casebound.pages.narrative"
KEY_FACTS = "key facts"  # the section that has a form of its own
_ROOMS = ("casebound.facts", "casebound.analysis", "casebound.pages")
# They read more than a case's data, or any file.
_READERS = {
    *("casebound.facts.articles", "casebound.facts.reading", "casebound.facts.verification"),
    "casebound.pages.notebooks",
}
_LIBRARIES = {"matplotlib", "numpy", "pandas"}  # fingerprinted as installed, and harmless but for the names below
_PURE = set(
    "__future__ calendar collections dataclasses datetime decimal enum fractions functools itertools math numbers "
    "operator re statistics string textwrap typing unicodedata warnings zoneinfo".split()
)
# Names behind which lie files, the network, the clock, chance, other programs, or code that stands in no cell.
_DOORS = re.compile(
    r"__\w+|open|exec|eval|query|compile|input|breakpoint|globals|locals|vars|getattr|setattr|delattr|get_ipython"
    r"|read_\w+|load|load_\w+|loadtxt|genfromtxt|from(file|regex)|memmap|DataSource|ExcelFile|HDFStore|imread"
    r"|glob|rglob|iterdir|walk|stat|exists|is_file|is_dir"
    r"|write_\w+|save\w*|imsave|tofile|dump|to_(csv|json|excel|parquet|feather|hdf|stata|pickle|sql|orc|xml|clipboard)"
    r"|now|today|utcnow|localtime|random|sample|shuffle|rand\w*"
    r"|os|sys|io|lib|core|util|testing|ctypeslib|f2py|image|style|use|rc_\w+|matplotlib_fname|get_cachedir"
)
# The plain forms, as `ast.unparse` writes them: what else is said of prose or case may mean any section, any case.
_SHOWN = re.compile(r"\bnarrative\.(?:section\(\w+, '([^'\\]+)'\)|(key_facts)\(\w+\))")
_PAGES = re.compile(r"^from casebound\.pages import \w+(, \w+)*$", re.MULTILINE)
_LOADED = re.compile(r"^from casebound\.facts\.ledger import load$|\bload\(case(?=[,)])", re.MULTILINE)
# Statements that cannot make a section of the prose other than the report's own, nor use what it says.
_VALUE = r"(\w+=)?('[^'\\]*'|\d+|True|False|None)"
_SHOWING = re.compile(
    r"from casebound\.facts\.ledger import load|from casebound\.pages import \w+(, \w+)*"
    rf"|ledger = load\(case, as_of, sources\)|(figures|narrative|tables)\.\w+\(ledger(, {_VALUE})*\)"
)
_GIVEN = re.compile(r"(case|as_of|sources) = '[^'\\]*'")


@dataclass(frozen=True)
class Reach:
    """What code can come to: `modules` of the package with all that they import; `sections` of the prose, None for
    all of it; what of it is `only_shown`, if the code does nothing but show what the pages make of the report's own
    ledger; whether no case but the report's own; and why it must run in every build, if it must.
    """

    modules: tuple[str, ...]
    sections: frozenset[str] | None
    only_shown: frozenset[Shown]
    own_case: bool
    doubts: tuple[str, ...]


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


def reach(cells: Iterable[tuple[str, bool]], known: Modules) -> Reach:
    """Return what code cells can come to; each is its source, and whether it is the cell of parameters."""
    trees, doubts = {}, []
    for number, (source, given) in enumerate(cells, 1):
        try:
            trees[number] = ast.parse(source), given
        except (SyntaxError, ValueError):
            doubts.append(f"code cell {number} is not plain Python")
            continue
        doubts += [f"code cell {number} has {what}" for what in dict.fromkeys(_doubts(trees[number][0]))]
    modules = closure((name for tree, _ in trees.values() for name in _imported(tree)), known)
    text = "\n".join(ast.unparse(tree) for tree, given in trees.values() if not given)
    only_shown = _only_shown(list(trees.values()))
    return Reach(tuple(modules), _sections(text, modules), only_shown, _is_of_its_case(text), tuple(doubts))


def prose_shown(source: str) -> Shown | None:
    """Return what of the prose a cell's last value shows, None where that is something else."""
    return _value(ast.parse(source))


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


def _doubts(tree: ast.AST) -> Iterator[str]:
    """Yield the imports and names of a cell that may lead to what no fingerprint covers."""
    for name in _imported(tree):
        if not _is_harmless(name):
            yield f"import of {name}"
    for node in ast.walk(tree):
        name = getattr(node, "attr", None) or getattr(node, "id", None)
        if name and _DOORS.fullmatch(name) and not (name == "load" and isinstance(node, ast.Name)):
            yield f"“{name}”"


def _is_harmless(name: str) -> bool:
    first, *parts = name.split(".")
    if any(_DOORS.fullmatch(part) for part in parts) and name != "casebound.facts.ledger.load":
        return False
    return first in _LIBRARIES or first in _PURE or (name.startswith(_ROOMS) and name not in _READERS)


def _sections(text: str, modules: dict[str, tuple[str, ...]]) -> frozenset[str] | None:
    """Return the sections of the prose that code shows by name; None where it may show any."""
    if NARRATIVE not in modules:
        return frozenset()
    others = [name for name, imports in modules.items() if name != NARRATIVE and NARRATIVE in imports]
    if others or re.search(r"\bnarrative\b", _PAGES.sub("", _SHOWN.sub("", text))):
        return None
    return frozenset(name or KEY_FACTS for name, _ in _SHOWN.findall(text))


def _only_shown(trees: list[tuple[ast.Module, bool]]) -> frozenset[Shown]:
    """Return what of the prose the values of cells show; nothing where code does more than show."""
    said = [(ast.unparse(node), _GIVEN if given else _SHOWING) for tree, given in trees for node in tree.body]
    # of two cells of parameters papermill overrides but the first
    only_shows = all(form.fullmatch(text) for text, form in said) and sum(given for _, given in trees) < 2
    return frozenset(filter(None, (_value(tree) for tree, _ in trees))) if only_shows else frozenset()


def _is_of_its_case(text: str) -> bool:
    """Tell whether code looks at no case but the parameter `case`: its one door to the facts is `load(case, …)`."""
    return re.search(r"\b(load|case|casefile|casebound\.facts)\b", _LOADED.sub("", text)) is None

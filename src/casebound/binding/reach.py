"""Reach: what the code of a notebook can read, told from the code alone; where that cannot be told, it is in doubt."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

# Modules whose results depend on what they are given and on nothing else, but for the names in _DOUBTFUL.
_KNOWN = frozenset(
    "__future__ calendar casebound collections dataclasses datetime decimal fractions functools itertools math "
    "matplotlib numpy operator pandas re statistics string textwrap typing warnings zoneinfo".split()
)
_ROOMS = re.compile(r"casebound\.(analysis|pages)(\.\w+)*|casebound\.facts\.(dates|ledger)")
# Names that read files, clocks, chance or surroundings, write files, or lead to something that does.
_DOUBTFUL = re.compile(
    r"read\w*|open|eval|exec|compile|input|getattr|vars|globals|locals|__\w+__|get_ipython|ctypeslib|os|sys|io|"
    r"load\w*|from(file|text)|genfromtxt|imread|memmap|ExcelFile|HDFStore|DataSource|folder|paths|reading|casefile|"
    r"style|rc_file\w*|font_manager|now|utcnow|today|rand\w*|default_rng|RandomState|Generator|sample|shuffle|"
    r"permutation|choice|bootstrap|save\w*|write\w*|tofile|dump|"
    r"to_(csv|excel|parquet|feather|hdf|sql|pickle|stata|json|html|latex|markdown|xml|clipboard|gbq|orc|iceberg)"
)
_DOUBTFUL_TEXT = re.compile(r"\s*(now|today)\s*|.*(\b(read_\w+|import|open)\b\s*\(|__\w+__|@\w+\.).*", re.DOTALL)


@dataclass(frozen=True)
class Reach:
    """What a notebook can reach: modules of the package, and of the case's prose `sections` (None: all of it).

    `own_case` tells that it loads no other case than that of the report. `doubt` says in words why the notebook
    may read something that nobody looks after; empty where it cannot.
    """

    modules: frozenset[str] = frozenset()
    sections: frozenset[str] | None = frozenset()
    own_case: bool = True
    doubt: str = ""


def reach(cells: Iterable[tuple[str, list[str]]]) -> Reach:
    """Return what the code cells of a notebook, each with its tags, can reach."""
    cells = list(cells)
    trees = []
    for number, (source, _) in enumerate(cells, 1):
        try:
            trees.append(ast.parse(source))
        except (SyntaxError, ValueError):
            return Reach(doubt=f"code cell {number} holds a magic, a shell command or what is no Python")
    found = [_Code(tree) for tree in trees]
    for number, code in enumerate(found, 1):
        if doubt := next(code.doubts(), ""):
            return Reach(doubt=f"code cell {number} {doubt}")
    modules = frozenset(name for code in found for name, _ in code.imports if name.startswith("casebound"))
    sections = [code.sections for code in found]
    named = any(code.names_case for code, (_, tags) in zip(found, cells, strict=True) if "parameters" not in tags)
    whole = None in sections or any("proofreading" in name for name in modules)
    return Reach(
        modules,
        None if whole else frozenset().union(*sections),
        own_case=not named and all(code.loads_case for code in found),
    )


class _Code:
    """One cell's tree, asked."""

    def __init__(self, tree: ast.Module) -> None:
        self.nodes = list(ast.walk(tree))

    @cached_property
    def imports(self) -> list[tuple[str, ast.alias]]:
        """Every name that is imported, in full, with the alias that it gets."""
        whole = [(name.name, name) for node in self.nodes if isinstance(node, ast.Import) for name in node.names]
        parts = [(node, name) for node in self.nodes if isinstance(node, ast.ImportFrom) for name in node.names]
        return whole + [(f"{'.' * node.level}{node.module or ''}.{name.name}", name) for node, name in parts]

    def doubts(self) -> Iterator[str]:
        for full, _ in self.imports:
            if full.split(".")[0] not in _KNOWN:
                yield f"imports {full}, of which it is not known what it reads"
            elif full.startswith("casebound"):
                if full.endswith("*") or not any(map(_ROOMS.fullmatch, (full, full.rpartition(".")[0]))):
                    yield f"imports {full}, which may read any file"
            elif any(_DOUBTFUL.fullmatch(part) for part in full.split(".")):
                yield f"imports {full}, which may read something that nobody looks after"
        for node in self.nodes:
            name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
            if _DOUBTFUL.fullmatch(name) and not (isinstance(node, ast.Name) and name == "load"):
                yield f"uses “{name}”, which may read something that nobody looks after"
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _DOUBTFUL_TEXT.fullmatch(node.value):
                yield "holds a text that may be run or read as the time of day"

    @cached_property
    def names_case(self) -> bool:
        """Whether `case` gets a value here, which may be another case."""
        read = (ast.Constant, ast.keyword, ast.Attribute)
        fields = ((node, value) for node in self.nodes for _, value in ast.iter_fields(node))
        given = (node for node, value in fields if value == "case" and not isinstance(node, read))
        return any(not isinstance(getattr(node, "ctx", None), ast.Load) for node in given)

    @cached_property
    def loads_case(self) -> bool:
        """Whether `load` is only ever called, under its own name, with `case`."""
        if any(full.endswith("ledger") or (full.endswith(".load") and name.asname) for full, name in self.imports):
            return False
        good = {
            id(node.func)
            for node in self.nodes
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Name)
            if node.args[0].id == "case"
        }
        return all(id(node) in good for node in self.nodes if isinstance(node, ast.Name) and node.id == "load")

    @cached_property
    def sections(self) -> frozenset[str] | None:
        """The sections of the narrative that are shown, or None where a use of it cannot be read off."""
        named, seen = set(), set()
        for node in self.nodes:
            if isinstance(node, ast.Call) and (shown := _section(node)) is not None:
                named.add(shown)
                seen.add(id(node.func.value))
        used = any(id(node) not in seen for node in self.nodes if _ends(node) == "narrative")
        hidden = any(
            "narrative." in full or full == "casebound.pages" or (full.endswith(".narrative") and name.asname)
            for full, name in self.imports
        )
        return None if used or hidden else frozenset(named)


def _ends(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _section(call: ast.Call) -> str | None:
    """Return the section that `narrative.section(ledger, "name")` or `narrative.key_facts(ledger)` shows."""
    if not isinstance(call.func, ast.Attribute) or call.keywords:
        return None
    if not isinstance(call.func.value, ast.Name) or call.func.value.id != "narrative":
        return None
    if call.func.attr == "key_facts" and len(call.args) == 1:
        return "key facts"
    name = call.args[1] if call.func.attr == "section" and len(call.args) == 2 else None
    return name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else None

"""The paper: qpdf, pdfua, outloud, and the structure that a screen reader is given."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import outloud
import pdfua
import pikepdf
import pymupdf

PROMISED = {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}
HEADING = re.compile(r"/H([1-6])")
MARGIN = 27 / 25.4 * 72  # points: what stands higher on a page is its running head


def findings(file: Path, tools: Path) -> tuple[list[str], list[str]]:
    """Return what is wrong with a PDF, and what only a person can judge, in lines."""
    with pikepdf.open(file) as pdf:
        wrong = [*catalogue(pdf), *structure(pdf)]
        tops = [float(page.mediabox[3]) - MARGIN for page in pdf.pages]
    with pymupdf.open(file) as pdf:
        texts = [" ".join(page.get_text().split()) for page in pdf]
    rules = pdfua.validate(file)
    wrong += [f"pdfua {found.rule_id}: {found.message}" for found in rules.findings]
    doubtful = [f"pdfua {skipped.rule_id} was not evaluated: {skipped.skipped_reason}" for skipped in rules.skipped]
    heard = outloud.check(str(file))
    wrong += [f"outloud: {heard.error}"] if heard.error else []
    for found in heard.findings:
        place = f"page {found.page}: " if found.page else ""
        line = f"outloud {found.rule}: {place}{found.message} {found.evidence or ''}".rstrip()
        if found.severity == "error" and not (_is_running_head(found, tops) or _is_repeated(found, texts)):
            wrong.append(line)
        elif found.severity == "warning":
            doubtful.append(line)
    return [*syntax(file), *wrong], doubtful


def _is_running_head(found: outloud.findings.Finding, tops: list[float]) -> bool:
    """Tell whether the prose said to be hidden is a running head, which ISO 14289-1, 7.8, wants hidden."""
    return found.rule == "TAG-002" and all(box["y0"] > tops[box["page"] - 1] for box in found.boxes)


def _is_repeated(found: outloud.findings.Finding, texts: list[str]) -> bool:
    """Tell whether it stood on the page before: the head of a table that goes on, which a reader hears once.

    Of a head with a name on two lines only one is told of, so a few words may stand between.
    """
    words = r" (?:\S+ ){0,3}".join(map(re.escape, found.evidence.split()))
    return found.rule == "TAG-002" and re.search(words, texts[found.page - 2]) is not None


def syntax(file: Path) -> list[str]:
    """Return what qpdf finds wrong."""
    if shutil.which("qpdf") is None:
        return ["not checked: there is no qpdf here (Debian and Ubuntu: apt-get install qpdf)"]
    run = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True)
    return [f"qpdf: {line}" for line in run.stderr.splitlines()] if run.returncode else []


def catalogue(pdf: pikepdf.Pdf) -> list[str]:
    """Return what the document as a whole lacks: language, title, tags, tab order, standards, bookmarks."""
    with pdf.open_metadata() as meta:
        wrong = [f"{key} is {meta.get(key)}, not {kept}" for key, kept in PROMISED.items() if meta.get(key) != kept]
        titled = bool(meta.get("dc:title", "").strip())
    untabbed = [n for n, page in enumerate(pdf.pages, 1) if page.obj.get("/Tabs") != "/S"]
    held = {
        "no language": str(pdf.Root.get("/Lang", "")).strip(),
        "no title": titled,
        "a window would show the file's name, not the title": pdf.Root.get("/ViewerPreferences", {}).get(
            "/DisplayDocTitle", False
        ),
        "not marked as tagged": pdf.Root.get("/MarkInfo", {}).get("/Marked", False),
        "no bookmarks": "/Outlines" in pdf.Root,
        f"the tab order does not follow the structure on the pages {untabbed[:9]}": not untabbed,
    }
    return wrong + [line for line, well in held.items() if not well]


def structure(pdf: pikepdf.Pdf) -> list[str]:
    """Return what is wrong in the tree of tags: pictures without words, tables without heads, levels skipped."""
    if "/StructTreeRoot" not in pdf.Root:
        return ["no structure"]
    tree = pdf.Root.StructTreeRoot
    roles = {str(name): str(role) for name, role in tree.get("/RoleMap", {}).items()}
    nodes = [(roles.get(str(node.S), str(node.S)), node) for node in _nodes(tree.get("/K"))]
    pictures = [node for role, node in nodes if role == "/Figure"]
    wrong = [f"picture {n} has no words" for n, node in enumerate(pictures, 1) if not str(node.get("/Alt", "")).strip()]
    tables = [list(_nodes(node.get("/K"))) for role, node in nodes if role == "/Table"]
    for n, cells in enumerate(tables, 1):
        heads = [cell for cell in cells if cell.S == "/TH"]
        wrong += [f"table {n} has no header cells"] if not heads else []
        wrong += [f"table {n} has a header cell without scope"] if not all(map(_scope, heads)) else []
    levels = [int(found[1]) for role, _ in nodes if (found := HEADING.fullmatch(role))]
    wrong += ["the first heading is not of level 1"] if levels[:1] != [1] else []
    wrong += [f"{levels.count(1)} headings of level 1"] if levels.count(1) > 1 else []
    return wrong + [f"a heading of level {b} follows one of level {a}" for a, b in pairwise(levels) if b > a + 1]


def _nodes(kids: pikepdf.Object | None) -> Iterator[pikepdf.Dictionary]:
    """Yield the tags below, in reading order."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _nodes(kid.get("/K"))


def _scope(cell: pikepdf.Dictionary) -> bool:
    given = cell.get("/A", [])
    return any("/Scope" in each for each in (given if isinstance(given, pikepdf.Array) else [given]))

"""The paper: qpdf, pdfua, outloud, and what the report promises beyond them."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import outloud
import pdfua
import pikepdf
import pymupdf

PROMISED = {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}
MARGIN = 27 / 25.4 * 72  # points: what stands higher on a page is its running head


def findings(file: Path, tools: Path) -> tuple[list[str], list[str]]:
    """Return what is wrong with a PDF, and what only a person can judge, in lines."""
    with pikepdf.open(file) as pdf:
        wrong = promises(pdf)
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

    outloud names only one line of a name on two, so a few words may stand between; and before it what stands above it,
    the running head.
    """
    words = found.evidence.split()
    ends = [words[start:] for start in range(max(1, len(words) - 2))]
    heads = (r" (?:\S+ ){0,3}".join(map(re.escape, end)) for end in ends)
    return found.rule == "TAG-002" and any(re.search(head, texts[found.page - 2]) for head in heads)


def syntax(file: Path) -> list[str]:
    """Return what qpdf finds wrong."""
    if shutil.which("qpdf") is None:
        return ["not checked: there is no qpdf here (Debian and Ubuntu: apt-get install qpdf)"]
    run = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True)
    return [f"qpdf: {line}" for line in run.stderr.splitlines()] if run.returncode else []


def promises(pdf: pikepdf.Pdf) -> list[str]:
    """Return what is wrong where pdfua and outloud do not look: the standards named, bookmarks, one title."""
    with pdf.open_metadata() as meta:
        wrong = [f"{key} is {meta.get(key)}, not {kept}" for key, kept in PROMISED.items() if meta.get(key) != kept]
    wrong += [] if "/Outlines" in pdf.Root else ["no bookmarks"]
    tree = pdf.Root.get("/StructTreeRoot", {})
    titles = sum(str(tree.get("/RoleMap", {}).get(tag, tag)) == "/H1" for tag in _tags(tree.get("/K")))
    return wrong + ([f"{titles} headings of level 1"] if titles != 1 else [])


def _tags(kids: pikepdf.Object | None) -> Iterator[str]:
    """Yield the tags below, in reading order."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S)
            yield from _tags(kid.get("/K"))

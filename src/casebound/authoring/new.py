"""New: the files with which a case begins, the least that `make check` passes."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from casebound import paths
from casebound.checks.sections import sections_in
from casebound.facts.problems import CaseError, Problem
from casebound.pages.narrative import NAME

TEMPLATE = Path(__file__).parent / "template"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def new(case: str, subject: str = "") -> Path:
    """Make the folder of a case and return it; `subject` is whom or what it is about, by default the case's name.

    The folder appears with all its files or not at all. Raises CaseError for a name that is no slug or that is taken.
    """
    folder = paths.case_dir(case)
    if not _NAME.fullmatch(case):
        fix = "write small letters, digits and hyphens, such as harbour-2031"
        raise CaseError([Problem("data", 0, "", f"'{case}' is no name for a case", fix)])
    if folder.exists():
        raise CaseError([Problem(f"data/{case}", 0, "", "the case is there already", "choose another name")])
    subject = subject.strip() or re.sub(r"-[0-9]{4}$", "", case).replace("-", " ").capitalize()
    quoted = subject.replace("\\", "\\\\").replace('"', '\\"')
    with TemporaryDirectory(dir=folder.parent, prefix=f".{case}-") as temporary:
        made = Path(temporary) / case
        made.mkdir()
        for template in sorted(TEMPLATE.iterdir()):
            text = template.read_text("utf-8").replace("{subject}", quoted).replace("{case}", case)
            (made / template.name).write_text(text, "utf-8")
        _head_sections(made / NAME)
        made.rename(folder)
    return folder


def _head_sections(narrative: Path) -> None:
    """Leave a narrative the sections that the notebooks show, and add a heading for each that it lacks."""
    intro, *written = re.split(r"(?m)^(?=# )", narrative.read_text("utf-8"))
    shown = dict.fromkeys(name for path in paths.notebooks() for name in sections_in(path) or ())
    parts = {part.splitlines()[0][2:].lower(): part for part in written}
    kept = [part for name, part in parts.items() if name in shown]
    added = [f"# {name.capitalize()}" for name in shown if name not in parts]
    narrative.write_text("\n\n".join(part.rstrip() for part in (intro, *kept, *added)) + "\n", "utf-8")

"""Where the project's folders are."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
FONTS = PACKAGE / "fonts"
_CHAPTER = "[0-9]*.ipynb"


class ProjectNotFoundError(Exception):
    """No folder holds a Casebound project; the message names the place that was searched, and the fix."""


def project_root() -> Path:
    """Return the folder that holds `data/` and `notebooks/`.

    `CASEBOUND_ROOT` comes first, then the working directory and its parents, then the repository of an editable
    installation. Raises `ProjectNotFoundError` if none is a project.
    """
    if named := os.environ.get("CASEBOUND_ROOT"):
        places = [Path(named).resolve()]
        fix = "CASEBOUND_ROOT names it: set it to the project's folder, or unset it."
    else:
        here = Path.cwd()
        places = [here, *here.parents, *Path(__file__).resolve().parents[2:3]]
        fix = "Change into the project's folder, or name it in CASEBOUND_ROOT."
    for place in places:
        if (place / "data").is_dir() and (place / "notebooks").is_dir():
            return place
    raise ProjectNotFoundError(f"{places[0]} is not a Casebound project: it has no data/ and notebooks/. {fix}")


def data_dir() -> Path:
    """Return the folder of the cases, which people write."""
    return project_root() / "data"


def case_dir(case: str) -> Path:
    """Return the folder of one case, whether or not it exists."""
    return data_dir() / case


def case_names() -> list[str]:
    """Return the names of the cases in `data/`."""
    return sorted(path.parent.name for path in data_dir().glob("*/case.yaml"))


def usual_case() -> str:
    """Return the case meant where none is named: CASEBOUND_CASE, or the only one of `data/`; empty if neither is."""
    names = case_names()
    return os.environ.get("CASEBOUND_CASE") or (names[0] if len(names) == 1 else "")


def notebooks_dir() -> Path:
    """Return the folder of the notebooks, which people write."""
    return project_root() / "notebooks"


def notebooks(case: str = "") -> list[Path]:
    """Return the notebooks that all cases share, and a case's own, in order of name.

    One of a case's own takes the place of a shared one of the same name.
    """
    own = (case_dir(case) / "notebooks").glob(_CHAPTER) if case else ()
    found = {path.stem: path for path in (*notebooks_dir().glob(_CHAPTER), *own)}
    return [found[name] for name in sorted(found)]


def reports_dir() -> Path:
    """Return the folder of the finished reports, which `make` writes."""
    return project_root() / "reports"


def fonts_dir() -> Path:
    """Return the folder for further typefaces of the PDF (TTF, OTF), which people fill; it need not exist."""
    return project_root() / "fonts"


def articles_dir() -> Path:
    """Return the ignored folder for the publishers' texts."""
    return project_root() / "articles"


def cache_dir() -> Path:
    """Return the folder for what can be made again, which `make clean` empties."""
    return project_root() / ".cache"

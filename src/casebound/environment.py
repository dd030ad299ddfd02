"""Which parts of the project the environment of this Python can run.

`make` asks it of an active conda or virtual environment: `python -m casebound.environment`, in the
project's folder.
"""

import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement

import casebound


def unmet(requirements: Iterable[str]) -> list[str]:
    """Return the requirements that no installed distribution meets."""
    missing = []
    for line in requirements:
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate():
            continue
        try:
            met = requirement.specifier.contains(version(requirement.name), prereleases=True)
        except PackageNotFoundError:
            met = False
        if not met:
            missing.append(line)
    return missing


def unmet_parts(project: Path) -> dict[str, list[str]]:
    """Return what each part (`run`, `dev`, `lab`, `audit`) of the project in this folder lacks here.

    Reads the folder's `pyproject.toml`, not the installed metadata, which is as old as the installation.
    """
    table = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    run = unmet(table["dependencies"])
    extras = table["optional-dependencies"].items()
    return {"run": run} | {extra: run + unmet(requirements) for extra, requirements in extras}


def is_of_project(project: Path) -> bool:
    """Tell whether the package imported here is this project's, or this environment's own copy.

    An editable installation of another checkout is neither: its code would answer for this one's.
    """
    package = Path(casebound.__file__).resolve()
    return any(package.is_relative_to(Path(home).resolve()) for home in (project, sys.prefix))


def main() -> None:
    """Print the parts that can be run here; on the error stream, why there is none."""
    project = Path.cwd()
    parts = unmet_parts(project)
    if not is_of_project(project):
        reason = f"has the package of another folder, {Path(casebound.__file__).parent}"
    elif parts["run"]:
        reason = f"lacks {', '.join(parts['run'])}"
    else:
        print(*(part for part, missing in parts.items() if not missing))
        return
    print(f"casebound: the active environment {sys.prefix} {reason}; .venv is used instead.", file=sys.stderr)


if __name__ == "__main__":
    main()

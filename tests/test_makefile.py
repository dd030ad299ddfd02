"""What `make` would run: in a folder with a blank in its name, with invented Pythons where one is needed."""

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
KEPT = {"PATH", "HOME", "LANG", "TMPDIR"}


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "a folder"
    folder.mkdir()
    for name in ["Makefile", "pyproject.toml", *(path.name for path in ROOT.glob("requirements*.lock"))]:
        shutil.copy(ROOT / name, folder)
    (folder / "src" / "casebound").mkdir(parents=True)
    for name in ["__init__.py", "environment.py"]:
        shutil.copy(ROOT / "src" / "casebound" / name, folder / "src" / "casebound")
    return folder


def make(project, *words, **variables):
    """Run make as from a fresh terminal: these tests may run under a make with variables of its own."""
    environment = {name: value for name, value in os.environ.items() if name in KEPT} | variables
    return subprocess.run(["make", *words], cwd=project, env=environment, capture_output=True, text=True)


def program(path, *lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return str(path)


def active_environment(folder, package):
    """Return a virtual environment that sees what this one has, and this package's source."""
    venv.create(folder, symlinks=True)
    site = next(folder.glob("lib/python*/site-packages"))
    places = [place for place in sys.path if place.endswith("-packages")]
    site.joinpath("places.pth").write_text("\n".join([str(package), *places]) + "\n")
    return str(folder)


def installed(project, home):
    """Make the folder look as after `make report`, done in the folder `home`."""
    program(project / ".venv" / "bin" / "python")
    (project / ".venv" / ".installed-run").write_text(f"{home}\n")


# Help


def test_make_alone_lists_every_target_and_every_variable_and_sets_up_nothing(project):
    text = (project / "Makefile").read_text("utf-8")
    listing = make(project).stdout
    targets = set(re.findall(r"^([a-z]+):.*\n\t", text, re.MULTILINE))
    assert targets >= {"report", "check", "verify", "test", "lab", "lock", "tidy", "clean"}
    assert targets == set(re.findall(r"^  make (\w+)  +\S", listing, re.MULTILINE))
    variables = set(re.findall(r"^([A-Z_]+) \?=", text, re.MULTILINE))
    assert variables == set(re.findall(r"^  ([A-Z_]+)=\S*  +\S", listing, re.MULTILINE))
    assert not (project / ".venv").exists()


# What is passed to the program


def test_a_variable_with_a_slip_in_its_name_is_refused_with_those_there_are(project):
    run = make(project, "-n", "report", "ASOF=2025-09-26")
    assert run.returncode == 2
    assert "There is no variable ASOF; there are CASE AS_OF SOURCES PAPER" in run.stderr


def test_a_variable_is_passed_on_and_an_empty_one_is_left_out(project):
    installed(project, project)

    def words(*given):
        return make(project, "-n", "report", *given).stdout.replace("\\\n", " ").split()

    assert words() == ['".venv/bin/casebound"', "report", "--case", '"jlr-2025"']
    options = ["--case", '"my-case"', "--as-of", '"2025-09-25T17:12"', "--sources", '"a,b"', "--paper", '"us-letter"']
    assert words("AS_OF=2025-09-25T17:12", "SOURCES=a,b", "PAPER=us-letter", "CASE=my-case")[2:] == options
    assert words("NO_CACHE=1")[-1] == "--no-cache" and words("DRAFT=1")[-1] == "--draft"
    assert words("JOBS=3", "COLD=1")[4:] == ["--jobs", '"3"', "--cold"]
    assert make(project, "-n", "verify", ARTICLES="some texts").stdout.endswith('--articles "some texts"\n')
    assert "-m pytest -v -k x=y" in make(project, "-n", "test", "TESTS=-v -k x=y").stdout


# Setting up


def test_a_fresh_folder_installs_by_hash_before_it_runs(project):
    lines = make(project, "-n", "-j2", "test").stdout
    order = ["-m venv", "requirements.lock", "--editable .", "requirements-dev.lock", "-m pytest"]
    places = [lines.rindex(each) for each in order]
    assert places == sorted(places)
    pip = [line for line in lines.splitlines() if " install " in line]
    assert all("--require-hashes" in line or "--no-deps" in line for line in pip)


def a_python_that_is_gone(project):
    (project / ".venv" / "bin" / "python").unlink()
    (project / ".venv" / "bin" / "python").symlink_to("no-such-python")


@pytest.mark.parametrize(
    ("change", "runs"),
    [
        (lambda project: None, None),
        (lambda project: os.utime(project / "requirements.lock", (4e9, 4e9)), "requirements.lock"),
        (lambda project: installed(project, project.parent / "elsewhere"), "--editable"),  # it was moved from there
        (a_python_that_is_gone, "-m venv --clear"),
    ],
)
def test_a_folder_is_installed_again_only_if_something_changed(project, change, runs):
    installed(project, project)
    change(project)
    lines = make(project, "-n", "report").stdout
    assert runs in lines if runs else "pip" not in lines


@pytest.mark.parametrize("failing", ["requirements.lock", "--editable"])
def test_an_installation_that_fails_is_not_taken_for_done(project, tmp_path, failing):
    copy = 'mkdir -p .venv/bin && cp "$0" .venv/bin/python'
    python = program(tmp_path / "python", f'case "$*" in *--clear*) {copy};; *{failing}*) exit 1;; esac')
    assert make(project, "report", PYTHON=python).returncode == 2
    assert not (project / ".venv" / ".installed-run").exists()


# A Python that cannot do it


@pytest.mark.parametrize(
    ("python", "said"),
    [
        ("*version_info*) exit 1;; --version) echo Python 3.9.6;;", "Python 3.9.6, and Casebound needs 3.11"),
        ("*ensurepip*) exit 1;;", "python3-venv"),
        (None, "There is no"),
    ],
)
def test_a_python_that_is_old_bare_or_missing_is_refused_in_one_line(project, tmp_path, python, said):
    named = program(tmp_path / "python", f'case "$*" in {python} esac') if python else str(tmp_path / "none")
    result = make(project, "report", PYTHON=named)
    [line] = [line for line in result.stderr.splitlines() if not line.startswith("make")]
    assert result.returncode == 2 and said in line and "PYTHON=python3.12 make report" in line
    assert not (project / ".venv").exists()


# An active environment


@pytest.mark.parametrize("variable", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_an_active_environment_with_the_package_is_used_and_nothing_made(project, tmp_path, variable):
    active = active_environment(tmp_path / "my env", project / "src")
    for goal, part in {"report": "bin/casebound", "test": "bin/python"}.items():
        result = make(project, "-n", goal, **{variable: active})
        assert f'"{active}/{part}"' in result.stdout
        assert ".venv" not in result.stdout + result.stderr


def require_more(project, package):
    """Require a version of a package that no environment has."""
    text = (project / "pyproject.toml").read_text("utf-8")
    (project / "pyproject.toml").write_text(text.replace(f'"{package}>=', f'"{package}>=99.'))


def test_an_active_environment_without_the_package_is_left_alone(project, tmp_path):
    venv.create(tmp_path / "other", symlinks=True)
    result = make(project, "-n", "report", VIRTUAL_ENV=str(tmp_path / "other"))
    assert '".venv/bin/casebound"' in result.stdout and not result.stderr


@pytest.mark.parametrize("reason", ["lacks pandas>=99.", "another folder"])
def test_an_active_environment_that_cannot_do_it_is_left_alone_with_the_reason(project, tmp_path, reason):
    package = project / "src"
    if "pandas" in reason:
        require_more(project, "pandas")
    else:  # the package of another checkout
        package = shutil.copytree(package, tmp_path / "twin" / "src")
    result = make(project, "-n", "report", VIRTUAL_ENV=active_environment(tmp_path / "env", package))
    assert '".venv/bin/casebound"' in result.stdout and reason in result.stderr


def test_an_active_environment_that_lacks_dev_tools_builds_but_does_not_test(project, tmp_path):
    require_more(project, "pytest")
    active = active_environment(tmp_path / "env", project / "src")
    assert f"{active}/bin/casebound" in make(project, "-n", "report", VIRTUAL_ENV=active).stdout
    assert ".venv/bin/python" in make(project, "-n", "test", VIRTUAL_ENV=active).stdout

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


def test_make_alone_lists_every_target_and_every_variable(project):
    text = (project / "Makefile").read_text("utf-8")
    listing = make(project).stdout
    targets = set(re.findall(r"^([a-z]+):.*\n\t", text, re.MULTILINE))
    assert targets >= {"report", "check", "verify", "test", "lab", "lock", "tidy", "clean"}
    assert targets == set(re.findall(r"^  make (\w+)  +\S", listing, re.MULTILINE))
    variables = set(re.findall(r"^([A-Z_]+) \?=", text, re.MULTILINE))
    assert variables == set(re.findall(r"^  ([A-Z_]+)=\S*  +\S", listing, re.MULTILINE))


def test_make_alone_sets_up_nothing(project):
    make(project)
    assert not (project / ".venv").exists()


# What is passed to the program


def test_a_variable_with_a_slip_in_its_name_is_refused_with_those_there_are(project):
    run = make(project, "-n", "report", "ASOF=2025-09-26")
    assert run.returncode == 2
    assert "There is no variable ASOF; there are CASE AS_OF SOURCES PAPER" in run.stderr


def test_a_variable_may_hold_blanks_and_options(project):
    run = make(project, "-n", "test", "TESTS=-v -rs --durations=10 -k x=y")
    assert run.returncode == 0, run.stderr
    assert "-m pytest -v -rs --durations=10 -k x=y" in run.stdout


def test_a_variable_is_passed_on_and_an_empty_one_is_left_out(project):
    installed(project, project)

    def words(*given):
        return make(project, "-n", "report", *given).stdout.replace("\\\n", " ").split()

    assert words() == ['".venv/bin/casebound"', "report", "--case", '"jlr-2025"']
    options = ["--case", '"my-case"', "--as-of", '"2025-09-25T17:12"', "--sources", '"a,b"', "--paper", '"us-letter"']
    assert words("AS_OF=2025-09-25T17:12", "SOURCES=a,b", "PAPER=us-letter", "CASE=my-case")[2:] == options
    assert words("NO_CACHE=1")[-1] == "--no-cache"
    assert words("JOBS=3", "COLD=1")[4:] == ["--jobs", '"3"', "--cold"]
    assert make(project, "-n", "verify", ARTICLES="some texts").stdout.endswith('--articles "some texts"\n')


# Setting up


def test_a_fresh_folder_installs_by_hash_before_it_runs(project):
    lines = make(project, "-n", "-j2", "test").stdout
    order = ["-m venv", "requirements.lock", "--editable .", "requirements-dev.lock", "-m pytest"]
    places = [lines.rindex(each) for each in order]
    assert places == sorted(places)
    pip = [line for line in lines.splitlines() if " install " in line]
    assert all("--require-hashes" in line or "--no-deps" in line for line in pip)


def test_an_installed_folder_is_not_installed_again(project):
    installed(project, project)
    assert "pip" not in make(project, "-n", "report").stdout


@pytest.mark.parametrize("newer", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_is_installed(project, newer):
    installed(project, project)
    os.utime(project / newer, (4e9, 4e9))
    assert "requirements.lock" in make(project, "-n", "report").stdout


def test_a_folder_that_was_moved_is_installed_anew(project):
    installed(project, project.parent / "elsewhere")
    assert "--editable" in make(project, "-n", "report").stdout


def test_an_environment_whose_python_is_gone_is_installed_anew(project):
    installed(project, project)
    (project / ".venv" / "bin" / "python").unlink()
    (project / ".venv" / "bin" / "python").symlink_to("no-such-python")
    assert "-m venv --clear" in make(project, "-n", "report").stdout


@pytest.mark.parametrize("failing", ["requirements.lock", "--editable"])
def test_an_installation_that_fails_is_not_taken_for_done(project, tmp_path, failing):
    copy = 'mkdir -p .venv/bin && cp "$0" .venv/bin/python'
    python = program(tmp_path / "python", f'case "$*" in *--clear*) {copy};; *{failing}*) exit 1;; esac')
    assert make(project, "report", PYTHON=python).returncode == 2
    assert not (project / ".venv" / ".installed-run").exists()


# A Python that cannot do it


def refusal(project, python):
    result = make(project, "report", PYTHON=python)
    lines = [line for line in result.stderr.splitlines() if not line.startswith("make")]
    assert result.returncode == 2
    assert len(lines) == 1
    assert "PYTHON=python3.12 make report" in lines[0]
    assert not (project / ".venv").exists()
    return lines[0]


def test_an_old_python_is_refused_in_one_line(project, tmp_path):
    tell = 'case "$*" in *version_info*) exit 1;; --version) echo Python 3.9.6;; esac'
    assert "Python 3.9.6, and Casebound needs 3.11" in refusal(project, program(tmp_path / "old", tell))


def test_a_python_without_venv_is_refused_in_one_line(project, tmp_path):
    tell = 'case "$*" in *ensurepip*) exit 1;; esac'
    assert "python3-venv" in refusal(project, program(tmp_path / "bare", tell))


def test_a_python_that_is_not_there_is_refused_in_one_line(project, tmp_path):
    assert "There is no" in refusal(project, str(tmp_path / "none"))


# An active environment


@pytest.mark.parametrize("variable", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_an_active_environment_with_the_package_is_used_and_nothing_made(project, tmp_path, variable):
    active = active_environment(tmp_path / "my env", project / "src")
    for goal, part in {"report": "bin/casebound", "test": "bin/python"}.items():
        result = make(project, "-n", goal, **{variable: active})
        assert f'"{active}/{part}"' in result.stdout
        assert ".venv" not in result.stdout + result.stderr


def test_an_active_environment_without_the_package_is_left_alone(project, tmp_path):
    venv.create(tmp_path / "other", symlinks=True)
    result = make(project, "-n", "report", VIRTUAL_ENV=str(tmp_path / "other"))
    assert '".venv/bin/casebound"' in result.stdout
    assert not result.stderr


def test_an_active_environment_that_lacks_a_requirement_is_left_alone_with_the_reason(project, tmp_path):
    text = (project / "pyproject.toml").read_text("utf-8")
    (project / "pyproject.toml").write_text(text.replace('"pandas>=', '"pandas>=99.'))
    result = make(project, "-n", "report", VIRTUAL_ENV=active_environment(tmp_path / "env", project / "src"))
    assert '".venv/bin/casebound"' in result.stdout
    assert "lacks pandas>=99." in result.stderr


def test_an_active_environment_that_lacks_dev_tools_builds_but_does_not_test(project, tmp_path):
    text = (project / "pyproject.toml").read_text("utf-8")
    (project / "pyproject.toml").write_text(text.replace('"pytest>=', '"pytest>=99.'))
    active = active_environment(tmp_path / "env", project / "src")
    assert f"{active}/bin/casebound" in make(project, "-n", "report", VIRTUAL_ENV=active).stdout
    assert ".venv/bin/python" in make(project, "-n", "test", VIRTUAL_ENV=active).stdout


def test_the_package_of_another_checkout_does_not_answer_for_this_one(project, tmp_path):
    shutil.copytree(project / "src", tmp_path / "twin" / "src")
    active = active_environment(tmp_path / "env", tmp_path / "twin" / "src")
    result = make(project, "-n", "report", VIRTUAL_ENV=active)
    assert '".venv/bin/casebound"' in result.stdout
    assert "another folder" in result.stderr

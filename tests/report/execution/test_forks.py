"""Forks: kernels that are forked see what fresh ones see, and no fork outlives its builder."""

import os
import signal
import subprocess
import sys

import nbformat
import papermill
import pytest

from casebound.facts.problems import CaseError
from casebound.report.errors import NotebookError
from casebound.report.execution import forks
from casebound.report.execution.forks import Forks, end_server
from casebound.report.execution.kernels import Kernels, executed

PARAMETERS = {"case": "dairy-2031", "as_of": "", "sources": ""}

pytestmark = pytest.mark.skipif(not forks.available(), reason="there is no fork server on this machine")


@pytest.fixture(scope="module")
def home(make_project):
    """A project that every test here may use, and what forks its kernels."""
    project = make_project()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(project.root))
        with Forks(PARAMETERS) as ours:
            yield project, ours


def printed(home, code, forks):
    """What a notebook with this one cell prints."""
    path = home[0].write("45-question", code)
    notebook = executed(path, Kernels(PARAMETERS, forks), home[0].root / "failed")
    return "".join(output.get("text", "") for output in notebook.cells[-1].outputs)


STATE = """
import gc, locale, multiprocessing, os, signal, sys, threading, time, warnings
import matplotlib, matplotlib.pyplot as plt, numpy, pandas
from casebound.pages import style
own = ("IPYTHONDIR",)
print(style.INK, getattr(pandas, "left_behind", None))
print(dict(matplotlib.rcParams), plt.get_backend(), plt.get_fignums())
print({name: value for name, value in os.environ.items() if name not in own})
print(os.getcwd(), sys.path, sys.argv[:2], sys.stdin, locale.getlocale(), time.tzname, os.umask(0o22))
print(sorted(map(str, warnings.filters)), os.read(0, 1), multiprocessing.current_process().name)
print({name: pandas.get_option(name) for name in ("display.max_columns", "display.max_rows", "display.width")})
print(numpy.geterr(), sorted(globals()), os.getsid(0) == os.getpid(), signal.getsignal(signal.SIGINT))
print(sys.modules["__main__"].__name__, threading.active_count(), gc.isenabled(), gc.get_threshold())
print(signal.pthread_sigmask(signal.SIG_BLOCK, []), sys.flags.hash_randomization, sys.flags.safe_path)
"""
MESS = """
import os, random, warnings
import matplotlib, matplotlib.pyplot as plt, numpy, pandas
from casebound.pages import style
style.INK, pandas.left_behind = "#ff0000", True
matplotlib.rcParams["font.size"] = 30
plt.figure()
os.environ["LEFT_BEHIND"] = "1"
os.chdir("/")
os.umask(0o77)
warnings.filterwarnings("error")
pandas.set_option("display.max_columns", 1)
numpy.seterr(all="raise")
numpy.random.seed(1)
random.seed(1)
"""
CHANCE = "import random, numpy\nprint(random.random(), numpy.random.random())"
PARENT = "import os, sys\nprint(os.getppid(), 'pandas' in sys.modules)"


def test_a_notebook_leaves_no_trace_in_the_next_which_sees_what_a_fresh_kernel_sees(home):
    fresh = printed(home, STATE, None)
    printed(home, MESS, home[1])
    assert printed(home, STATE, home[1]) == fresh


def test_where_python_leaves_out_the_working_folder_by_itself_kernels_are_the_same(home, monkeypatch, capfd):
    end_server()
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    with Forks(PARAMETERS) as ours:
        forked, fresh = (printed(home, "import sys\nprint(sys.path)", one) for one in (ours, None))
    assert forked == fresh and ".zip" in forked and capfd.readouterr().err == ""


def test_no_two_kernels_draw_the_same_random_numbers(home):
    one, other = (printed(home, CHANCE, home[1]).split() for _ in range(2))
    assert not set(one) & set(other)


def test_a_forked_kernel_has_imported_already_and_a_fresh_one_has_not(home):
    parent, imported = printed(home, PARENT, home[1]).split()
    assert imported == "True" and int(parent) != os.getpid()
    assert printed(home, PARENT, None) == f"{os.getpid()} False\n"


def test_where_the_fork_server_was_killed_another_takes_its_place(home, capfd):
    first, _ = printed(home, PARENT, home[1]).split()
    end_server()
    other, imported = printed(home, PARENT, home[1]).split()
    assert other not in (first, str(os.getpid())) and imported == "True" and capfd.readouterr().err == ""


def test_while_a_fork_server_starts_other_threads_see_the_environment_as_it_was(home, monkeypatch):
    """A build reads there what its notebooks depend on: a name that came and went made them all run again."""
    end_server()
    ensure_running, before, seen = forks.forkserver.ensure_running, dict(os.environ), []

    def watched():
        seen.append(dict(os.environ))
        ensure_running()

    monkeypatch.setattr(forks.forkserver, "ensure_running", watched)
    kernel_s = printed(home, "import os\nprint(os.environ['PYTHONHASHSEED'])", home[1])
    assert seen and all(each == before for each in seen) and dict(os.environ) == before
    inherited = subprocess.check_output([sys.executable, "-c", "import os; print(os.environ.get('PYTHONHASHSEED'))"])
    assert kernel_s == "0\n" and inherited.decode() == f"{before.get('PYTHONHASHSEED')}\n"


def test_where_there_is_no_fork_server_functions_are_called_here_and_nothing_is_forked(monkeypatch, capfd):
    monkeypatch.setattr(sys, "platform", "darwin")
    with Forks(PARAMETERS) as ours:
        assert ours.call("os:getpid").result() == os.getpid() and ours.start(print) is None
    assert capfd.readouterr().err == ""


# What is missing

LACKING = """
import importlib.abc, os, sys, _thread, time

class Lacking(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["LACKING"]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

if "forkserver" in " ".join(sys.orig_argv):
    sys.meta_path.insert(0, Lacking())
    if os.environ["LACKING"] == "a thread":
        _thread.start_new_thread(time.sleep, (600,))
    if os.environ["LACKING"] == "processes":
        os.fork = lambda: os.open("/proc/self/mem/none", os.O_RDONLY)
"""
ANEW = "kernels are started anew, which takes longer, and not forked: "


@pytest.fixture
def lacking(tmp_path, monkeypatch):
    """Return a function that keeps something from the fork servers that are begun from then on."""
    end_server()

    def lack(what):
        (tmp_path / "sitecustomize.py").write_text(LACKING, "utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.setenv("LACKING", what)

    return lack


def test_a_module_that_another_version_may_lack_is_passed_over(home, lacking, capfd):
    lacking("IPython.extensions.storemagic")
    with Forks(PARAMETERS) as ours:
        assert not printed(home, PARENT, ours).startswith(f"{os.getpid()} ")
    assert capfd.readouterr().err == ""


def test_a_server_that_cannot_fork_says_why_in_one_line_and_all_is_done_without_it(home, lacking, capfd):
    lacking("processes")
    with Forks(PARAMETERS) as ours:
        for _ in range(2):
            assert printed(home, PARENT, ours) == f"{os.getpid()} False\n"
        assert ours.call("os:getpid").result() == os.getpid()
    assert capfd.readouterr().err == f"{ANEW}NotADirectoryError: [Errno 20] Not a directory: '/proc/self/mem/none'\n"


def test_a_build_that_cannot_fork_is_whole_and_says_so_in_one_line(small_project, lacking):
    lacking("a thread")
    path = f"{os.environ['PYTHONPATH']}{os.pathsep}{small_project.environment['PYTHONPATH']}"
    run = small_project.started(PYTHONPATH=path)
    output = run.communicate()[0]
    assert output.count("\n") == 2, output
    why, built = output.splitlines()
    assert run.returncode == 0 and why == f"{ANEW}RuntimeError: the process to be forked has more than one thread"
    assert " built in " in built


# No process is left

WAIT = """
import os, pathlib, subprocess, time
subprocess.Popen(["sleep", "600"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
pathlib.Path(os.environ["CASEBOUND_ROOT"], "now").touch()
time.sleep(600)
"""


@pytest.mark.parametrize(
    ("command", "sent", "code", "when"),
    [
        ("report", signal.SIGKILL, -signal.SIGKILL, "amid a cell"),
        ("report", signal.SIGINT, 130, "amid a cell"),
        ("report", signal.SIGKILL, -signal.SIGKILL, "at the start"),
        ("report", signal.SIGINT, 130, "at the start"),
        ("report --cold", signal.SIGKILL, -signal.SIGKILL, "amid a cell"),
        ("report --cold", signal.SIGINT, 130, "amid a cell"),
        ("watch --port 0", signal.SIGKILL, -signal.SIGKILL, "amid a cell"),
        ("watch --port 0", signal.SIGINT, 130, "amid a cell"),
    ],
)
def test_no_process_outlives_a_build_that_is_killed_or_stopped(
    make_project, processes, until, command, sent, code, when
):
    project = make_project(chapters=())
    project.write("1-x", WAIT)
    root = project.root
    mark = f"CASEBOUND_ROOT={root}"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = {**os.environ, "CASEBOUND_ROOT": str(root)}
    program = [sys.executable, "-c", "from casebound.cli import main; main()", *command.split(), "--case", "dairy-2031"]
    run = subprocess.Popen(program, env=environment, start_new_session=True, **pipes)
    until((root / "now").exists if when == "amid a cell" else lambda: len(processes(mark)) >= 2)
    (os.killpg if sent == signal.SIGINT else os.kill)(run.pid, sent)  # a terminal sends it to the group
    assert run.wait(timeout=60) == code
    until(lambda: not processes(mark))
    assert b"Traceback" not in run.stderr.read()


def test_a_fresh_kernel_whose_parent_died_before_it_started_dies_too(home):
    gone = subprocess.Popen(["true"])
    gone.wait()
    fresh = [sys.executable, "-m", "casebound.report.execution.launcher", "-f", str(home[0].root / "kernel.json")]
    environment = {**os.environ, "JPY_PARENT_PID": str(gone.pid)}
    assert subprocess.run(fresh, env=environment, start_new_session=True, timeout=60).returncode == -signal.SIGKILL


STARTS = """
import os, subprocess
subprocess.Popen(["sleep", "600"], env={**os.environ, "STARTED_BY": "a cell"})
"""


@pytest.mark.parametrize("forked", [True, False], ids=["forked", "fresh"])
def test_what_a_cell_started_ends_with_its_kernel(home, processes, until, forked):
    ours = home[1] if forked else None
    printed(home, STARTS, ours)
    until(lambda: not processes("STARTED_BY=a cell"))
    with pytest.raises(NotebookError, match="the kernel died"):
        printed(home, STARTS + "os._exit(1)", ours)
    until(lambda: not processes("STARTED_BY=a cell"))


def test_a_function_that_nobody_waits_for_ends_with_its_builder(home, processes, until):
    with Forks(PARAMETERS) as ours:
        ours.call("subprocess:call", args=["env", "OF_THIS_CALL=1", "sleep", "2"])
        until(lambda: processes("OF_THIS_CALL=1"))
        [process] = ours._calls
    until(lambda: not process.is_alive())


# Functions called in a fork


def test_a_function_is_called_with_its_arguments_in_a_process_of_its_own(home):
    calls = [home[1].call("textwrap:indent", text="a\n" * 1000, prefix=prefix) for prefix in (" ", "long " * 200)]
    assert [call.result() for call in calls] == [" a\n" * 1000, ("long " * 200 + "a\n") * 1000]
    one, other = (home[1].call("os:getpid").result() for _ in range(2))
    assert len({one, other, os.getpid()}) == 3


def test_what_a_function_raises_is_raised_with_all_its_problems_and_where_it_was_raised(home):
    with pytest.raises(CaseError) as caught:
        home[1].call("casebound.checks.case:prove", case="dary-2031").result()
    assert "did you mean 'dairy-2031'?" in str(caught.value.problems[0])
    assert "known_case" in "".join(caught.value.__notes__)


PROBE = """
import multiprocessing, os, sys
def loaded(): return set(sys.modules)
def no_answer():
    if multiprocessing.parent_process(): os.abort()
    return "here"
def not_sent(): return lambda: os.getpid()
"""


def test_what_a_fork_cannot_answer_is_done_here(home, tmp_path, monkeypatch):
    (tmp_path / "probe.py").write_text(PROBE, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert home[1].call("probe:no_answer").result() == "here"
    assert home[1].call("probe:not_sent").result()() == os.getpid()


def test_a_server_for_functions_does_not_import_what_kernels_need_but_can_still_fork_one(home, tmp_path, monkeypatch):
    end_server()
    (tmp_path / "probe.py").write_text(PROBE, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with Forks(PARAMETERS, kernels=False) as ours:
        loaded = ours.call("probe:loaded").result()
        assert "pandas" in loaded and not {"ipykernel", "matplotlib"} & loaded
        assert printed(home, STATE, ours) == printed(home, STATE, None)


def test_a_reader_s_program_that_builds_is_not_run_again_in_forks(home, tmp_path):
    program = "from casebound.report.execution.forks import Forks\nprint('once')\n"
    program += f"with Forks({PARAMETERS}) as forks: print(forks.call('os:getppid').result() > 0)\n"
    (tmp_path / "mine.py").write_text(program, "utf-8")
    run = subprocess.run([sys.executable, tmp_path / "mine.py"], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("once\nTrue\n", "")


# The engine by itself


def test_papermill_runs_any_notebook_with_the_engine_by_its_name(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(6 * 7)")])
    nbformat.write(notebook, tmp_path / "a.ipynb")
    options = {"engine_name": "casebound", "kernel_name": "python3", "language": "python", "progress_bar": False}
    made = papermill.execute_notebook(tmp_path / "a.ipynb", tmp_path / "b.ipynb", **options)
    assert made.cells[0].outputs[0].text == "42\n"


LOADED = """
from casebound.facts.ledger.ledger import load
from casebound.facts.ledger import casefile
read = []
real, casefile.yaml_in = casefile.yaml_in, lambda content, name: read.append(name) or real(content, name)
ledger = load("dairy-2031")
print(len(read), ledger.facts.at["churns-stopped", "label"])
ledger.facts.loc["churns-stopped", "label"] = "Mine"
print(load("dairy-2031").facts.at["churns-stopped", "label"])
"""


def test_a_fork_finds_the_case_read_as_long_as_its_files_hold_the_same(home, make_project, monkeypatch):
    end_server()
    project = make_project()
    monkeypatch.setenv("CASEBOUND_ROOT", str(project.root))
    here, first, second = (project, None), "Churns stop", "Churns stop turning"
    with Forks(PARAMETERS) as ours:
        assert printed(here, LOADED, ours) == f"0 {first}\n{first}\n"
        project.edit("timeline.yaml", f"label: {first}", f"label: {second}")
        assert printed(here, LOADED, ours) == f"11 {second}\n{second}\n"
        project.edit("timeline.yaml", f"label: {second}", f"labl: {first}")
        with pytest.raises(CaseError, match="unknown field 'labl'"):
            ours.call("casebound.checks.case:prove", case="dairy-2031").result()

"""Fork server: kernels that are forked see what fresh ones see, and none outlives its builder."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import papermill
import pytest

from casebound.facts.problems import CaseError
from casebound.report.errors import NotebookError
from casebound.report.execution import forkserver
from casebound.report.execution.forkserver import ForkServer
from casebound.report.execution.kernels import Kernels, executed

PARAMETERS = {"case": "dairy-2031", "as_of": "", "sources": ""}

pytestmark = pytest.mark.skipif(not forkserver.available(), reason="kernels are not forked on this machine")


@pytest.fixture(scope="module")
def home(make_project):
    """A project that every test here may use, and the server of its kernels."""
    project = make_project()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(project.root))
        with ForkServer() as server:
            yield project.root, server


def printed(home, code, server):
    """What a notebook with this one cell prints."""
    path = home[0] / "notebooks" / "45-question.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]), path)
    notebook, _ = executed(path, Kernels(PARAMETERS, server), home[0] / "failed")
    return "".join(output.get("text", "") for output in notebook.cells[-1].outputs)


STATE = """
import gc, locale, os, signal, sys, threading, time, warnings
import matplotlib, matplotlib.pyplot as plt, numpy, pandas
from casebound.pages import style
own = ("IPYTHONDIR",)
print(style.INK, getattr(pandas, "left_behind", None))
print(dict(matplotlib.rcParams), plt.get_backend(), plt.get_fignums())
print({name: value for name, value in os.environ.items() if name not in own})
print(os.getcwd(), sys.path, sys.argv[:2], sys.flags, sys.stdin, locale.getlocale(), time.tzname, os.umask(0o22))
print(sorted(map(str, warnings.filters)))
print({name: pandas.get_option(name) for name in ("display.max_columns", "display.max_rows", "display.width")})
print(numpy.geterr(), sorted(globals()), os.getsid(0) == os.getpid(), signal.getsignal(signal.SIGINT))
print(sys.modules["__main__"].__name__, threading.active_count(), gc.isenabled(), gc.get_threshold())
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


def test_a_notebook_leaves_no_trace_in_the_next_which_sees_what_a_fresh_kernel_sees(home):
    _, server = home
    fresh = printed(home, STATE, None)
    printed(home, MESS, server)
    assert printed(home, STATE, server) == fresh
    assert server.process.poll() is None


def test_no_two_kernels_draw_the_same_random_numbers(home):
    one, other = (printed(home, CHANCE, home[1]).split() for _ in range(2))
    assert not set(one) & set(other)


def test_a_forked_kernel_is_the_server_s_child_and_has_imported_already(home):
    seen = printed(home, "import os, sys\nprint(os.getppid(), 'pandas' in sys.modules)", home[1])
    assert seen == f"{home[1].process.pid} True\n"


def test_without_a_server_and_after_its_end_kernels_are_started_anew(home):
    code = "import os, sys\nprint(os.getppid(), 'pandas' in sys.modules)"
    assert printed(home, code, None) == f"{os.getpid()} False\n"
    with ForkServer() as server:
        server.process.kill()
        assert printed(home, code, server) == f"{os.getpid()} False\n"


# What is missing

LACKING = """
import importlib.abc, os, sys, _thread, time

class Lacking(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in os.environ["LACKING"].split():
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

if "forkserver" in " ".join(sys.orig_argv):
    sys.meta_path.insert(0, Lacking())
    if "a thread" in os.environ["LACKING"]:
        _thread.start_new_thread(time.sleep, (600,))
    if "processes" in os.environ["LACKING"]:
        os.fork = lambda: os.open("/proc/self/mem/none", os.O_RDONLY)
"""
ANEW = "kernels are started anew, which takes longer, and not forked: "
PARENT = "import os, pandas\nprint(os.getppid(), len(pandas.DataFrame([1]).to_dict()))"


@pytest.fixture
def lacking(tmp_path, monkeypatch):
    """Return a function that keeps modules from fork servers that are begun from then on."""

    def lack(names):
        (tmp_path / "sitecustomize.py").write_text(LACKING, "utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.setenv("LACKING", names)

    return lack


@pytest.mark.parametrize("name", ["matplotlib.style.core", "IPython.extensions.storemagic", "encodings.utf_8_sig"])
def test_a_module_that_another_version_may_lack_is_passed_over(home, lacking, capfd, name):
    lacking(name)
    with ForkServer() as server:
        assert printed(home, PARENT, server) == f"{server.process.pid} 1\n"
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("ipykernel.kernelapp", "ModuleNotFoundError: No module named 'ipykernel.kernelapp'"),
        ("casebound.checks.case", "ModuleNotFoundError: No module named 'casebound.checks.case'"),
        ("processes", "NotADirectoryError: [Errno 20] Not a directory: '/proc/self/mem/none'"),
        ("a thread", "RuntimeError: the process to be forked has more than one thread"),
    ],
)
def test_a_server_that_cannot_fork_says_why_in_one_line_and_kernels_are_started_anew(home, lacking, capfd, names, said):
    lacking(names)
    with ForkServer() as server:
        for _ in range(2):
            assert printed(home, PARENT, server) == f"{os.getpid()} 1\n"
        with pytest.raises(EOFError):
            server.call("textwrap:dedent", text=" a").result()
    assert capfd.readouterr().err == f"{ANEW}{said}\n"


def test_a_server_that_was_killed_is_said_to_have_ended_once(home, capfd):
    with ForkServer() as server:
        server.process.kill()
        server.process.wait()
        for _ in range(2):
            assert printed(home, PARENT, server) == f"{os.getpid()} 1\n"
    said = capfd.readouterr().err
    assert said.startswith(f"{ANEW}the fork server") and said.count("\n") == 1


def test_a_build_that_cannot_fork_is_whole_and_says_so_in_one_line(small_project, lacking):
    lacking("ipykernel.ipkernel")
    path = f"{os.environ['PYTHONPATH']}{os.pathsep}{small_project.environment['PYTHONPATH']}"
    run = small_project.started(PYTHONPATH=path)
    said, _ = run.communicate()
    assert run.returncode == 0
    first, built = said.splitlines()
    assert first == f"{ANEW}ModuleNotFoundError: No module named 'ipykernel.ipkernel'" and " built in " in built


def test_where_python_leaves_out_the_working_folder_by_itself_kernels_are_the_same(home, monkeypatch, capfd):
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    code = "import os, sys\nprint(sys.path, os.getppid())"
    with ForkServer() as server:
        forked, fresh = (printed(home, code, one).rpartition(" ") for one in (server, None))
        assert forked[0] == fresh[0] and forked[2] == f"{server.process.pid}\n"
    assert capfd.readouterr().err == "" and ".zip" in forked[0]


def test_where_kernels_are_not_forked_there_is_no_server(monkeypatch):
    for platform in ("darwin", "win32"):
        monkeypatch.setattr(sys, "platform", platform)
        assert not forkserver.available()


def test_a_kernel_that_dies_with_its_server_is_a_dead_kernel(home):
    with ForkServer() as server:
        kernel = server.fork(["--version"], str(home[0]), dict(os.environ))
        assert kernel.wait() == 0
        server.process.kill()
        server.process.wait()
        kernel.returncode = None
        assert kernel.poll() == -signal.SIGKILL
        kernel.kill()


# No process is left


WAIT = """
import os, pathlib, subprocess, time
subprocess.Popen(["sleep", "600"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
pathlib.Path(os.environ["CASEBOUND_ROOT"], "now").touch()
time.sleep(600)
"""


@pytest.mark.parametrize(
    ("command", "sent", "code"),
    [
        ("report", signal.SIGKILL, -signal.SIGKILL),
        ("report", signal.SIGINT, 130),
        ("report --cold", signal.SIGKILL, -signal.SIGKILL),
        ("report --cold", signal.SIGINT, 130),
        ("watch --port 0", signal.SIGKILL, -signal.SIGKILL),
    ],
)
def test_no_process_outlives_a_build_that_is_killed_or_stopped_amid_a_cell(
    make_project, processes, until, command, sent, code
):
    root = make_project(chapters=()).root
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(WAIT)]), root / "notebooks" / "1-x.ipynb")
    mark = f"CASEBOUND_ROOT={root}"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = {**os.environ, "CASEBOUND_ROOT": str(root)}
    program = [sys.executable, "-c", "from casebound.cli import main; main()", *command.split(), "--case", "dairy-2031"]
    run = subprocess.Popen(program, env=environment, **pipes)
    until((root / "now").exists)
    assert len(processes(mark)) >= 2
    run.send_signal(sent)
    assert run.wait(timeout=60) == code
    until(lambda: not processes(mark))
    assert b"Traceback" not in run.stderr.read()


def test_a_server_that_has_nothing_to_do_ends_when_its_builder_is_killed(home, processes, until):
    mark = "OF_THIS_BUILDER=1"
    imported = "from casebound.report.execution.forkserver import ForkServer"
    program = f"{imported}; server = ForkServer(); print('now', flush=True); input()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    builder = subprocess.Popen([sys.executable, "-c", program], env={**os.environ, "OF_THIS_BUILDER": "1"}, **pipes)
    builder.stdout.readline()
    assert len(processes(mark)) == 2
    builder.kill()
    builder.wait()
    until(lambda: not processes(mark))


def test_a_kernel_whose_parent_dies_before_it_has_started_dies_too(home, processes, until, monkeypatch):
    monkeypatch.setenv("OF_THIS_SERVER", "1")
    with ForkServer() as server:
        kernel = server.fork(["-f", str(home[0] / "kernel.json")], str(home[0]), dict(os.environ))
        os.kill(kernel.pid, signal.SIGSTOP)
        server.process.kill()
        server.process.wait()
        os.kill(kernel.pid, signal.SIGCONT)
        until(lambda: not processes("OF_THIS_SERVER=1"))
    fresh = [sys.executable, "-m", "casebound.report.execution.launcher", "-f", str(home[0] / "kernel.json")]
    gone = {**os.environ, "JPY_PARENT_PID": str(kernel.pid)}
    assert subprocess.run(fresh, env=gone, start_new_session=True, timeout=60).returncode == -signal.SIGKILL


STARTS = """
import os, subprocess
subprocess.Popen(["sleep", "600"], env={**os.environ, "STARTED_BY": "a cell"})
"""


@pytest.mark.parametrize("forked", [True, False], ids=["forked", "fresh"])
def test_what_a_cell_started_ends_with_its_kernel(home, processes, until, forked):
    server = home[1] if forked else None
    printed(home, STARTS, server)
    until(lambda: not processes("STARTED_BY=a cell"))
    with pytest.raises(NotebookError, match="the kernel died"):
        printed(home, STARTS + "os._exit(1)", server)
    until(lambda: not processes("STARTED_BY=a cell"))


def test_an_end_for_which_two_threads_wait_is_told_to_both(home):
    _, server = home
    kernel = server.fork(["--version"], str(home[0]), dict(os.environ))
    with ThreadPoolExecutor() as pool:
        assert list(pool.map(lambda _: kernel.wait(), range(2))) == [0, 0]
    assert server.call("textwrap:dedent", text=" a").result() == "a"


# Functions called in a fork


def test_a_function_is_called_with_its_arguments_and_its_value_comes_back(home):
    _, server = home
    calls = [server.call("textwrap:indent", text="a\n" * 1000, prefix=prefix) for prefix in (" ", "long " * 200)]
    assert [call.result() for call in calls] == [" a\n" * 1000, ("long " * 200 + "a\n") * 1000]


def test_what_a_function_raises_is_raised_with_all_its_problems_and_where_it_was_raised(home):
    _, server = home
    with pytest.raises(CaseError) as caught:
        server.call("casebound.checks.case:prove", case="dary-2031").result()
    assert "did you mean 'dairy-2031'?" in str(caught.value.problems[0])
    assert "known_case" in "".join(caught.value.__notes__)


def test_a_fork_that_dies_gives_no_answer_and_the_server_goes_on(home):
    _, server = home
    with pytest.raises(EOFError):
        server.call("os:abort").result()
    assert server.call("textwrap:dedent", text=" a").result() == "a"


def children(server):
    return set(Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text("ascii").split())


def test_an_answer_that_nobody_takes_keeps_no_process_waiting(home, until):
    _, server = home
    before = children(server)
    server.call("textwrap:indent", text="a\n" * 1000, prefix="long " * 200)  # more than a pipe holds
    until(lambda: children(server) - before)
    [waiting] = children(server) - before
    server.abandon()
    until(lambda: server.call("textwrap:dedent", text=" a").result() == "a" and waiting not in children(server))


def test_without_a_server_nothing_is_answered(home):
    with ForkServer() as server:
        server.process.kill()
        server.process.wait()
        with pytest.raises(EOFError):
            server.call("textwrap:dedent", text=" a").result()


def test_a_function_is_called_before_what_only_kernels_need_is_imported(tmp_path, monkeypatch):
    (tmp_path / "probe.py").write_text("import sys\ndef loaded(): return set(sys.modules)\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with ForkServer() as server:
        loaded = server.call("probe:loaded").result()
    assert "pandas" in loaded and not {"ipykernel", "matplotlib"} & loaded


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
    project = make_project()
    monkeypatch.setenv("CASEBOUND_ROOT", str(project.root))
    here = project.root, None
    first, second = "Churns stop", "Churns stop turning"
    with ForkServer() as server:
        server.read(**PARAMETERS)
        assert printed(here, LOADED, server) == f"0 {first}\n{first}\n"
        project.edit("timeline.yaml", f"label: {first}", f"label: {second}")
        assert printed(here, LOADED, server) == f"10 {second}\n{second}\n"
        server.read(**PARAMETERS)
        assert printed(here, LOADED, server) == f"0 {second}\n{second}\n"
        project.edit("timeline.yaml", f"label: {second}", f"labl: {first}")
        server.read(**PARAMETERS)  # what is wrong is said by who needs it
        with pytest.raises(CaseError, match="unknown field 'labl'"):
            server.call("casebound.checks.case:prove", case="dairy-2031").result()


def test_a_fresh_kernel_reads_the_case_each_time_that_it_is_asked_to(home):
    assert printed(home, LOADED, None).startswith("10 ")
    assert printed(home, LOADED + "print(len(read))", None).endswith("\n20\n")

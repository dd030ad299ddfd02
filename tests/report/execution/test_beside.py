"""Beside: what is called in a fork comes to its end whatever becomes of the fork, and of Ctrl-C."""

import os
import signal
import time

import pytest

from casebound.report.execution import beside, forkserver


@pytest.mark.skipif(not forkserver.available(), reason="there is no fork server on this machine")
def test_without_its_fork_server_the_case_is_proved_all_the_same(project):
    with forkserver.ForkServer() as server:
        server.process.kill()
        proof = beside.Beside(server, "casebound.checks.case:prove", case=project.case)
        assert proof.result() is None and proof.result() is None


@pytest.mark.skipif(not forkserver.available(), reason="there is no fork server on this machine")
def test_a_value_is_there_once_it_can_be_had_without_waiting():
    with forkserver.ForkServer() as server:
        slow = beside.Beside(server, "subprocess:call", args=["sleep", "1"])
        quick = beside.Beside(server, "math:hypot")
        ends = time.monotonic() + 30
        while not quick.is_there:
            assert time.monotonic() < ends
        assert not slow.is_there and quick.result() == 0.0 and quick.is_there
        assert slow.result() == 0 and slow.is_there


def test_without_a_server_a_value_is_there_when_it_was_asked_for():
    value = beside.Beside(None, "math:hypot")
    assert not value.is_there
    assert value.result() == 0.0 and value.is_there


def test_a_press_of_ctrl_c_waits_for_an_import_to_end():
    done = []
    with pytest.raises(KeyboardInterrupt), beside.uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        done.append("imported")
    assert done == ["imported"] and signal.getsignal(signal.SIGINT) is signal.default_int_handler

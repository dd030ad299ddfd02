"""Beside: what is called in a fork comes to its end whatever becomes of the fork, and of Ctrl-C."""

import os
import signal

import pytest

from casebound.binding import beside, forkserver


@pytest.mark.skipif(not forkserver.available(), reason="there is no fork server on this machine")
def test_without_its_fork_server_the_case_is_proved_all_the_same(project):
    with forkserver.ForkServer() as server:
        server.process.kill()
        begun = beside.begun(server, "casebound.binding.proof:prove", case=project.case)
        assert begun() is None and begun() is None


def test_a_press_of_ctrl_c_waits_for_an_import_to_end():
    done = []
    with pytest.raises(KeyboardInterrupt), beside.uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        done.append("imported")
    assert done == ["imported"] and signal.getsignal(signal.SIGINT) is signal.default_int_handler

"""Provisioner: gives jupyter_client a kernel that is forked if possible, else started anew."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from subprocess import Popen
from types import SimpleNamespace

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Any, Unicode

from casebound import paths
from casebound.report.execution.launcher import become_kernel

NAME = "casebound"  # of the entry point in pyproject.toml, by which jupyter_client finds the class
LAUNCHER = "casebound.report.execution.launcher"


class KernelProvisioner(LocalProvisioner):
    """Forks a kernel if its `kernels` have forks; ends it together with its process group."""

    kernels = Any()
    folder = Unicode()
    process: Popen | SimpleNamespace | None  # type: ignore[assignment]

    async def launch_kernel(self, cmd: list[str], **options) -> KernelConnectionInfo:
        # given to the kernel alone: papermill's own `cwd` changes that of the whole process, under every thread
        options |= {"cwd": str(paths.notebooks_dir()), "env": self.kernels.environment(self.folder)}
        fork = None
        if self.kernels.forks:
            arguments = cmd[cmd.index(LAUNCHER) + 1 :]
            fork = self.kernels.forks.start(become_kernel, arguments, options["cwd"], options["env"])
        if fork is None:
            await super().launch_kernel(cmd, **options)
        else:
            popen = {"poll": lambda: fork.exitcode, "wait": fork.join, "kill": fork.kill}
            popen["send_signal"] = lambda _: fork.kill()  # only for one that does not lead its group yet
            self.process = SimpleNamespace(pid=fork.pid, stdin=None, stdout=None, stderr=None, **popen)
            self.pid = self.pgid = fork.pid
            self.cwd = options["cwd"]
        self.kernels.add(self)
        return self.connection_info

    async def poll(self) -> int | None:
        code = await super().poll()
        if code is not None:
            self.stop()
        return code

    def stop(self) -> None:
        """Kill the kernel if it lives, and what its cells started, without waiting for their end."""
        process, group, self.pgid = self.process, self.pgid, None
        if process is None:  # it has been killed and waited for
            return
        if group:
            with suppress(OSError):  # nothing is left of it
                os.killpg(group, signal.SIGKILL)
        process.kill()

    async def kill(self, restart: bool = False) -> None:
        await super().kill(restart)
        if self.process:
            self.process.wait()  # or jupyter_client asks again, a tenth of a second later

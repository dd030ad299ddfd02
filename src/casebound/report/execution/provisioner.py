"""Provisioner: where jupyter_client gets a kernel from: forked where there is a fork server, else started anew."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

from jupyter_client.provisioning import LocalProvisioner
from traitlets import Instance

from casebound.report.execution.forkserver import ForkServer

NAME = "casebound"  # of the entry point in pyproject.toml, by which jupyter_client finds the class
LAUNCHER = "casebound.report.execution.launcher"


class KernelProvisioner(LocalProvisioner):
    """Forks a kernel from a server where it is given one; a kernel's end is that of its process group."""

    server = Instance(ForkServer, allow_none=True)

    async def launch_kernel(self, cmd: list[str], **options) -> dict:
        if self.server is None or LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **options)
        arguments = cmd[cmd.index(LAUNCHER) + 1 :]
        try:
            self.process = self.server.fork(arguments, options["cwd"], options["env"])
        except EOFError:
            return await super().launch_kernel(cmd, **options)
        self.pid = self.pgid = self.process.pid
        self.cwd = options["cwd"]
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

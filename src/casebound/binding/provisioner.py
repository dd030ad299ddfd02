"""Provisioner: where jupyter_client gets a kernel from: forked where there is a fork server, else started anew."""

from __future__ import annotations

import os

from jupyter_client.provisioning import LocalProvisioner
from traitlets import Instance

from casebound.binding.forkserver import ForkServer, kill_group

NAME = "casebound"  # of the entry point in pyproject.toml, by which jupyter_client finds the class
LAUNCHER = "casebound.binding.launcher"


class KernelProvisioner(LocalProvisioner):
    """Forks a kernel from a server where it is given one, and waits for the end of a kernel that it kills."""

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

    def stop(self) -> None:
        """Kill the kernel with all that its cells started, without waiting for its end."""
        if self.process is None or self.process.poll() is not None:
            return
        if os.name == "posix":
            kill_group(self.process.pid)
        else:
            self.process.kill()

    async def kill(self, restart: bool = False) -> None:
        await super().kill(restart)
        if self.process:
            self.process.wait()  # or jupyter_client asks again, a tenth of a second later

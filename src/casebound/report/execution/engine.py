"""Engine: papermill's own way to run a notebook, through a client that never waits for nothing.

The cells are papermill's and nbclient's business, as ever. Ours are the two ends: a kernel is ready when it says so,
and ended at once after its last reply. papermill itself imports this module, which its entry point names.
"""

from __future__ import annotations

import asyncio

from nbclient.exceptions import DeadKernelError
from nbclient.util import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine
from papermill.log import logger

RECONNECT = 5  # milliseconds between tries to reach sockets that the kernel has not opened yet; ZeroMQ's own are 100


class PromptEngine(Engine):
    """Runs a notebook in a kernel that is not waited for, neither at its start nor at its end."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man,
        kernel_name,
        input_path=None,
        start_timeout=60,
        execution_timeout=None,
        kernel_manager=None,
        **options,
    ) -> None:
        """Run the cells in a new kernel: of a manager of one's own, or of Jupyter's under that name."""
        options |= {"startup_timeout": start_timeout, "timeout": execution_timeout, "log": logger}
        options |= {"shutdown_kernel": "immediate", "shell_timeout_interval": 1}
        PromptClient(nb_man, km=kernel_manager, kernel_name=kernel_name, **options).execute(cleanup_kc=True)


class PromptClient(PapermillNotebookClient):
    """Connects to shell and iopub alone, and waits for the kernel's word instead of asking again and again."""

    async def async_start_new_kernel_client(self):
        """Return the client of a kernel that answers and is heard; raise DeadKernelError if it never does."""
        self.kc = self.km.client()
        self.kc.context.reconnect_ivl = RECONNECT
        self.kc.start_channels(stdin=False, hb=False, control=False)
        try:
            async with asyncio.timeout(self.startup_timeout):
                await self._ready()
        except BaseException as error:
            await self._async_cleanup_kernel()
            if isinstance(error, TimeoutError):
                raise DeadKernelError(f"it did not answer within {self.startup_timeout} s") from None
            raise
        return self.kc

    start_new_kernel_client = run_sync(async_start_new_kernel_client)

    async def _ready(self) -> None:
        await self.async_wait_for_reply(self.kc.kernel_info())
        # from here on nothing that the kernel publishes is missed
        while (await self.kc.get_iopub_msg())["msg_type"] != "iopub_welcome":
            pass

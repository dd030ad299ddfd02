"""Beside: what is called in a fork while the builder goes on with something else."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

from casebound.report.execution.forkserver import ForkServer


class Beside:
    """A function that is called in a fork of a server at once, or without a server when its value is asked for.

    So the builder itself need not import pandas, and the other core has something to do.
    """

    def __init__(self, server: ForkServer | None, function: str, **arguments) -> None:
        self._function, self._arguments = function, arguments
        self._call = server.call(function, **arguments) if server else None
        self._outcome = Future()

    @property
    def is_there(self) -> bool:
        """Whether the value can be had without waiting."""
        return self._outcome.done() or (self._call is not None and self._call.is_answered)

    def result(self) -> Any:
        """Return the function's value or raise its error, as often as it is asked for."""
        if not self._outcome.done():
            try:
                self._outcome.set_result(self._value())
            except Exception as error:
                self._outcome.set_exception(error)
        return self._outcome.result()

    def _value(self) -> Any:
        if self._call:
            with suppress(EOFError):
                return self._call.result()
        module, _, name = self._function.partition(":")
        with uninterrupted():
            found = import_module(module)
        return getattr(found, name)(**self._arguments)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off: amid an import it may leave Python's own lock closed, for which other threads would wait."""
    handler = signal.getsignal(signal.SIGINT)
    if handler is not signal.default_int_handler or threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed = []
    signal.signal(signal.SIGINT, lambda *_: pressed.append(True))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
    if pressed:
        raise KeyboardInterrupt

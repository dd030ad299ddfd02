"""Beside: what is called in a fork while the builder goes on with something else."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

from casebound.binding.forkserver import ForkServer


def begun(server: ForkServer | None, function: str, **arguments) -> Callable[[], Any]:
    """Return what gives a function's value; it is called in a fork of the server at once, if there is one.

    So the builder itself need not import pandas, and the other core has something to do. Without a server it is called
    when it is asked for.
    """
    call = server.call(function, **arguments) if server else None
    outcome = Future()

    def value() -> Any:
        if call:
            with suppress(EOFError):
                return call.result()
        module, _, name = function.partition(":")
        with uninterrupted():
            found = import_module(module)
        return getattr(found, name)(**arguments)

    def result() -> Any:
        if not outcome.done():
            try:
                outcome.set_result(value())
            except Exception as error:
                outcome.set_exception(error)
        return outcome.result()

    return result


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

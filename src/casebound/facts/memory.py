"""Memory: no search for garbage where none is made, and what a process keeps for those that it forks."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

P, T = ParamSpec("P"), TypeVar("T")
_forks = False


@contextmanager
def uncollected() -> Iterator[None]:
    """Let no garbage be looked for: hardly any is in circles, and all that is read would be searched ever again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def keep_for_forks() -> None:
    """Let this process, and those that it forks, keep what `kept_for_forks` says."""
    global _forks
    _forks = True


def kept_for_forks(function: Callable[P, T]) -> Callable[P, T]:
    """Let a function return again what it returned last, for the same arguments, in a process that keeps it.

    Any other reads a case once anyway, and should not hold it longer than it is used.
    """
    keeping = lru_cache(maxsize=1)(function)

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        return (keeping if _forks else function)(*args, **kwargs)

    return call

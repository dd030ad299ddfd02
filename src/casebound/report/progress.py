"""Progress: what a build is doing, what it has done, and where its time went."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """How far one build is; any of its threads may report."""

    def __init__(self) -> None:
        self.notebooks, self.done = 0, 0  # all, and those that have run or need not
        self.left_out: list[str] = []  # outputs of the notebooks that are not in the report, one line each
        self.problems = 0  # that a draft shows
        self.took: list[tuple[str, float]] = []  # each part with its seconds, in the order in which they ended
        self._began, self._lock = time.monotonic(), threading.Lock()
        self._now: dict[str, float] = {}

    @property
    def elapsed(self) -> float:
        """Seconds since the build began."""
        return time.monotonic() - self._began

    @contextmanager
    def doing(self, part: str, *, notebook: bool = False) -> Iterator[None]:
        """Take note of a part of the build from its beginning to its end."""
        begun = time.monotonic()
        with self._lock:
            self._now[part] = begun
        try:
            yield
        finally:
            with self._lock:
                self.took.append((part, time.monotonic() - self._now.pop(part)))
                self.done += notebook

    def line(self) -> str:
        """Return one line for a terminal: `3 of 9 notebooks · 20-impacts, 25-costs · 1.4 s`."""
        with self._lock:
            now = ", ".join(self._now)
        counted = f"{self.done} of {self.notebooks} notebooks" if self.notebooks else ""
        return " · ".join(filter(None, (counted, now, f"{self.elapsed:.1f} s")))

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show that line on a terminal, where it is written over and at last wiped; elsewhere show nothing."""
        ended = threading.Event()

        def show() -> None:
            while not ended.wait(0.1):
                print(f"\r\033[K{self.line()}", end="", file=sys.stderr, flush=True)
            print("\r\033[K", end="", file=sys.stderr, flush=True)

        shower = threading.Thread(target=show, daemon=True)
        if is_shown := sys.stderr.isatty() and not os.environ.get("CI"):
            shower.start()
        try:
            yield
        finally:
            ended.set()
            if is_shown:
                shower.join()

    def timings(self) -> list[str]:
        """Return a line for each part with its seconds, the longest first; parts may overlap."""
        rows = [*sorted(self.took, key=lambda row: -row[1]), ("in all", self.elapsed)]
        return [f"{seconds:8.2f} s  {part}" for part, seconds in rows]

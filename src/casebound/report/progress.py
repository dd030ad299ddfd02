"""Progress: what a build is doing, what it has done, and where its time went."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """What is known of one build, told from any of its threads."""

    def __init__(self) -> None:
        self.notebooks, self.done = 0, 0
        self.left_out: list[str] = []  # what of the notebooks' outputs is not in the report, one line each
        self.took: list[tuple[str, float]] = []  # each part with its seconds, in the order in which they ended
        self._began, self._lock = time.monotonic(), threading.Lock()
        self._now: dict[str, float] = {}

    @property
    def elapsed(self) -> float:
        """Seconds since the build began."""
        return time.monotonic() - self._began

    def expect(self, notebooks: int, kept: int) -> None:
        """Say how many notebooks there are, and how many of them need not run."""
        self.notebooks, self.done = notebooks, kept

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
        """Return one line for whoever waits: `3 of 9 notebooks · 20-impacts, 25-costs · 1.4 s`."""
        with self._lock:
            now = ", ".join(self._now)
        counted = f"{self.done} of {self.notebooks} notebooks" if self.notebooks else ""
        return " · ".join(filter(None, (counted, now, f"{self.elapsed:.1f} s")))

    def timings(self) -> list[str]:
        """Return a line for each part with its seconds, the longest first; what ran side by side overlaps."""
        rows = [*sorted(self.took, key=lambda row: -row[1]), ("in all", self.elapsed)]
        return [f"{seconds:8.2f} s  {part}" for part, seconds in rows]

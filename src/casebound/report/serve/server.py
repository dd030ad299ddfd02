"""Serving: a report on a loopback address, inside a page that takes in each new build and keeps the place.

What is published, or just about to be, is served as it is; what reloads it stands in the page around it.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

HOST = "127.0.0.1"
FRAME = Path(__file__).parent / "templates" / "watch.html"
_NOT_YET = "<!doctype html><html lang='en'><title>Not built yet</title><p>The report is being built for the first time."


class Server:
    """A server of one report for the browsers of this machine."""

    def __init__(self, report: Path, port: int) -> None:
        """Listen at a port, 0 for any that is free; raises OSError where it is taken."""
        self.report = report
        self.build, self.problems = 0, ()
        self._page: bytes | None = None  # what is shown, where it is not the report on disk
        self._changed = asyncio.Condition()
        routes = [(r"/", _Frame), (r"/report\.html", _Page), (r"/events", _Events)]
        sockets = bind_sockets(port, HOST)
        self.address = f"http://{HOST}:{sockets[0].getsockname()[1]}/"
        handlers = [(path, handler, {"server": self}) for path, handler in routes]
        # no log of requests: the terminal tells of builds
        self._http = HTTPServer(Application(handlers, log_function=lambda handler: None))
        self._http.add_sockets(sockets)

    @property
    def page(self) -> bytes | None:
        """The page to be shown, None where there is none yet."""
        if self._page is None and self.report.is_file():
            return self.report.read_bytes()
        return self._page

    async def show(self, page: bytes) -> None:
        """Have every open page show one that is about to be published; what was wrong is said until it is."""
        async with self._changed:
            self.build, self._page = self.build + 1, page
            self._changed.notify_all()

    async def tell(self, problems: tuple[str, ...]) -> None:
        """Tell every open page of what is wrong, or of a new report, and have it show the one on disk."""
        async with self._changed:
            shown, self._page = self._page, None
            differs = self.page != shown if shown else not problems
            self.build, self.problems = self.build + differs, problems
            self._changed.notify_all()

    @property
    def state(self) -> tuple[int, tuple[str, ...]]:
        """The number of the last build that went well, and what is wrong since then."""
        return self.build, self.problems

    async def next_after(self, state: tuple[int, tuple[str, ...]]) -> tuple[int, tuple[str, ...]]:
        """Return the state once it is another than this one."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.state != state)
            return self.state

    def stop(self) -> None:
        """Take no more requests."""
        self._http.stop()


class _Handler(RequestHandler):
    def initialize(self, server: Server) -> None:
        self.server = server

    def prepare(self) -> None:
        # a page of the web whose name was bent to this address must not read the report
        if self.request.host_name not in (HOST, "localhost"):
            raise HTTPError(403)
        self.set_header("Cache-Control", "no-store")


class _Frame(_Handler):
    def get(self) -> None:
        self.finish(FRAME.read_text("utf-8"))


class _Page(_Handler):
    def get(self) -> None:
        self.finish(self.server.page or _NOT_YET)


class _Events(_Handler):
    """Server-sent events: the present state, then every later one."""

    async def get(self) -> None:
        self.set_header("Content-Type", "text/event-stream")
        state = None
        try:
            while True:
                state = self.server.state if state is None else await self.server.next_after(state)
                self.write(f"data: {json.dumps(dict(zip(('build', 'problems'), state, strict=True)))}\n\n")
                await self.flush()
        except (StreamClosedError, asyncio.CancelledError):  # the page was closed, or the watching ends
            return

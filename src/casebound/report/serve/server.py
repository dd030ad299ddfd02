"""Server: a report on a loopback address, inside a page that shows each new build and keeps the reader's place.

The report is served as it is published, or about to be; what reloads it stands in the page around it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
from contextlib import suppress
from pathlib import Path
from socket import socket

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

HOST = "127.0.0.1"
RETRY = 200  # milliseconds after which a page asks again for a server that is gone
FRAME = Path(__file__).parent / "templates" / "watch.html"
_NOT_YET = "<!doctype html><html lang='en'><title>Not built yet</title><p>The report is being built for the first time."


class Server:
    """A server of one report for the browsers of this machine, in a thread of its own."""

    def __init__(self, report: Path, port: int) -> None:
        """Listen at a port, 0 for any that is free; raises OSError if it is taken."""
        self.report = report
        self.problems: tuple[str, ...] = ()
        self._preview: bytes | None = None
        self._loop, self._changed = asyncio.new_event_loop(), asyncio.Condition()
        sockets = bind_sockets(port, HOST)
        self.port = sockets[0].getsockname()[1]
        self.address = f"http://{HOST}:{self.port}/"
        threading.Thread(target=self._serve, args=[sockets], daemon=True).start()

    def _serve(self, sockets: list[socket]) -> None:
        asyncio.set_event_loop(self._loop)
        routes = [(r"/", _Frame), (r"/report\.html", _Page), (r"/events", _Events)]
        handlers = [(path, handler, {"server": self}) for path, handler in routes]
        # no log of requests: the terminal is for builds
        HTTPServer(Application(handlers, log_function=lambda handler: None)).add_sockets(sockets)
        self._loop.run_forever()

    @property
    def page(self) -> bytes | None:
        """The page to show: a preview or the report on disk, None if there is neither."""
        preview = self._preview  # another thread may set it meanwhile
        return self.report.read_bytes() if preview is None and self.report.is_file() else preview

    @property
    def state(self) -> tuple[str, tuple[str, ...]]:
        """What an open page has to know: the page's fingerprint and the problems of the last build."""
        return hashlib.sha256(self.page or b"").hexdigest(), self.problems

    def show(self, page: bytes) -> None:
        """Show a page that is about to be published; the problems of the last build stay until this one ends."""
        self._tell(page, self.problems)

    def finish(self, problems: tuple[str, ...]) -> None:
        """Show the report on disk, and the problems of the build that has ended."""
        self._tell(None, problems)

    def _tell(self, preview: bytes | None, problems: tuple[str, ...]) -> None:
        self._preview, self.problems = preview, problems
        asyncio.run_coroutine_threadsafe(self._notify(), self._loop)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def next_after(self, state: tuple[str, tuple[str, ...]] | None) -> tuple[str, tuple[str, ...]]:
        """Return the state once it differs from this one."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.state != state)
            return self.state


class _Handler(RequestHandler):
    def initialize(self, server: Server) -> None:
        self.server = server

    def prepare(self) -> None:
        # a web page whose host name points to this address must not read the report
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
        self.write(f"retry: {RETRY}\n")
        state = None
        with suppress(StreamClosedError):  # the page was closed
            while True:
                page, problems = state = await self.server.next_after(state)
                self.write(f"data: {json.dumps({'page': page, 'problems': problems})}\n\n")
                await self.flush()

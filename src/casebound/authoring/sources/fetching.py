"""Fetching: one public page, if its site's robots.txt allows it, within bounds of size, time and redirects.

A host's name is resolved once, every address of it must be public, and the connection goes to one of them: a name that
resolves otherwise a moment later leads nowhere else.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from casebound.authoring.sources.addresses import is_address
from casebound.facts.problems import CaseError, Problem

AGENT = f"casebound/{version('casebound')} (takes in single pages that a person names, to cite them)"
LARGEST = 5_000_000  # bytes of a page
LONGEST = 30.0  # seconds for all of it
MOST_REDIRECTS = 5
_TYPES = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")
_SAVE = "save the page in a browser and take the file in"
_SAFE = "/%:@!$&'()*+,;=~?"
_REDIRECTS = (301, 302, 303, 307, 308)


class Fetched(NamedTuple):
    """A page's bytes, and the address that gave them."""

    content: bytes
    url: str


class _Answer(NamedTuple):
    status: int
    location: str
    kind: str
    content: bytes


class RefusedError(Exception):
    """A page that is not fetched; `args` are what is wrong and the fix."""


def addresses_of(host: str, port: int) -> list[str]:
    """Return the addresses of a host."""
    return list(dict.fromkeys(str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(address: str) -> bool:
    """Tell whether an address is one of the public internet, also one that holds an address of IPv4 in it."""
    known = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(known, ipaddress.IPv6Address):
        inner = [each for each in (known.ipv4_mapped, known.sixtofour, *(known.teredo or ())) if each]
        if known in ipaddress.ip_network("64:ff9b::/96"):
            inner.append(ipaddress.IPv4Address(int(known) & 0xFFFFFFFF))
        if inner:
            return all(is_public(str(each)) for each in inner)
    return known.is_global and not known.is_multicast and not known.is_reserved


@dataclass
class Fetcher:
    """Fetches pages; `resolve` and `dial` (address, port, seconds) are how it reaches the network."""

    resolve: Callable[[str, int], list[str]] = addresses_of
    dial: Callable[[str, int, float], socket.socket] = field(
        default=lambda address, port, seconds: socket.create_connection((address, port), seconds)
    )
    largest: int = LARGEST
    longest: float = LONGEST
    until: float = 0.0
    address: str = ""
    sock: socket.socket | None = None

    def fetch(self, url: str) -> Fetched:
        """Return the page at a URL, after its redirects; raise RefusedError if it is not to be had."""
        self.until = time.monotonic() + self.longest
        for _ in range(MOST_REDIRECTS + 1):
            if not is_address(url):
                raise RefusedError(f"'{url}' is no address of the web", "begin it with https://")
            if not self._is_allowed(url):
                fix = f"ask the site, or {_SAVE}"
                raise RefusedError(f"the site's robots.txt does not allow it ({url})", fix)
            answer = self._answer(url, self.largest)
            if answer.status not in _REDIRECTS or not answer.location:
                break
            url = urljoin(url, answer.location)
        else:
            raise RefusedError(f"more than {MOST_REDIRECTS} redirects", "give the address at which they end")
        if answer.status != 200:
            raise RefusedError(f"the site answers {answer.status}", _SAVE)
        if answer.kind not in _TYPES:
            raise RefusedError(
                f"it is {answer.kind or 'of no stated type'}, no page, PDF or text", "give the page itself"
            )
        return Fetched(answer.content, url)

    def _is_allowed(self, url: str) -> bool:
        """Tell whether robots.txt lets us fetch a page: without one yes, and no if it is refused or not to be had."""
        parts, location = urlsplit(url), "/robots.txt"
        for _ in range(MOST_REDIRECTS):
            answer = self._answer(urljoin(f"{parts.scheme}://{parts.netloc}", location), 500_000)
            if answer.status not in _REDIRECTS:
                break
            location = answer.location
        if answer.status != 200:
            return 400 <= answer.status < 500 and answer.status not in (401, 403, 429)
        rules = RobotFileParser()
        rules.parse(answer.content.decode("utf-8", "replace").splitlines())
        return rules.can_fetch("casebound", url)

    def _answer(self, url: str, largest: int) -> _Answer:
        connection, target = self._connection(url)
        headers = {
            "User-Agent": AGENT,
            "Accept": ", ".join(_TYPES),
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        alarm = threading.Timer(self._left(), self._stop)  # a timeout alone would begin again with each byte
        alarm.start()
        try:
            self._connect(connection, urlsplit(url).scheme == "https")
            connection.request("GET", target, headers=headers)
            answer = connection.getresponse()
            content = b"" if answer.status in _REDIRECTS else b"".join(self._pieces(answer, largest))
            kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
            if answer.getheader("Content-Encoding") not in (None, "", "identity"):
                raise RefusedError("the site sends it compressed, unasked", _SAVE)
            return _Answer(answer.status, answer.getheader("Location") or "", kind, content)
        except (OSError, http.client.HTTPException) as error:
            self._left()
            raise RefusedError(f"no answer: {error or type(error).__name__}", f"try again later, or {_SAVE}") from None
        finally:
            alarm.cancel()
            connection.close()

    def _pieces(self, answer: http.client.HTTPResponse, largest: int) -> Iterator[bytes]:
        size = 0
        while piece := answer.read1(65536):
            self._left()
            size += len(piece)
            if size > largest:
                raise RefusedError(f"larger than {largest / 1e6:g} MB", _SAVE)
            yield piece
        self._left()  # what the alarm has cut off ends like a whole page

    def _left(self) -> float:
        if (left := self.until - time.monotonic()) <= 0:
            raise RefusedError(f"it takes longer than {self.longest:g} s", _SAVE)
        return left

    def _connection(self, url: str) -> tuple[http.client.HTTPConnection, str]:
        """Return a connection, yet to be made, to a public address of a URL's host, and what to ask for there."""
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").encode("idna").decode()
            own = {"http": 80, "https": 443}[parts.scheme]
            known = self.resolve(host, parts.port or own)
        except (ValueError, KeyError):
            raise RefusedError(f"'{url}' is no address of the web", "begin it with https://") from None
        except OSError as error:
            raise RefusedError(f"there is no host '{host}': {error.strerror}", "correct the address") from None
        if parts.username or parts.password:
            raise RefusedError("the address holds a name or a password", "leave them out")
        if not known or not all(map(is_public, known)):
            raise RefusedError(f"'{host}' is no public host", _SAVE)
        connection = http.client.HTTPConnection(host, parts.port or own)
        connection.default_port = own  # which the header Host leaves out
        self.address = known[0]
        query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
        return connection, quote(parts.path or "/", safe=_SAFE) + query

    def _connect(self, connection: http.client.HTTPConnection, is_secure: bool) -> None:
        self.sock = self.dial(self.address, connection.port, self._left())
        if is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=connection.host, do_handshake_on_connect=False)
            self.sock.do_handshake()
        connection.sock = self.sock

    def _stop(self) -> None:
        with suppress(OSError):
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)


def fetched(url: str) -> Fetched:
    """Return the page at a URL; raise CaseError if it is not to be had."""
    try:
        return Fetcher().fetch(url)
    except RefusedError as error:
        raise CaseError([Problem(url, 0, "", *error.args)]) from None

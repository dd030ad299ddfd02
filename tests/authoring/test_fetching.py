"""Fetching: robots.txt, public addresses, redirects, size and time, against a server of our own on this machine."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from casebound.authoring.source import take
from casebound.authoring.sources import fetching
from casebound.authoring.sources.fetching import Fetcher, RefusedError, is_public
from casebound.facts.problems import CaseError

HTML = "<html lang='en'><body><h1>Third ferry back</h1><p>A third ferry of the line is sailing again.</p></body></html>"
PAGES = {
    "/robots.txt": (200, "text/plain", b"User-agent: *\nDisallow: /private\n"),
    "/page": (200, "text/html; charset=utf-8", HTML.encode()),
    "/private": (200, "text/html", HTML.encode()),
    "/photo": (200, "image/png", b"\x89PNG"),
    "/gone": (404, "text/html", b""),
    "/large": (200, "text/html", b"x" * 3000),
    "/to-page": (302, "/page", b""),
    "/to-private": (302, "/private", b""),
    "/to-inside": (302, "http://inside.example/page", b""),
    "/to-file": (302, "file:///etc/passwd", b""),
    "/round": (302, "/round", b""),
}
HOSTS = {
    "paper.example": ["8.8.8.8"],
    "inside.example": ["10.0.0.7"],
    "both.example": ["8.8.8.8", "127.0.0.1"],
    "fé.example": ["8.8.8.8"],
}


class Server:
    """A web server on this machine, and what reaches it: the paths, their headers, and the addresses dialled."""

    def __init__(self):
        self.asked, self.agents, self.dialled, self.pages = [], set(), [], dict(PAGES)
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.asked.append(f"{self.headers['Host']}{self.path}")
                server.agents.add(self.headers["User-Agent"])
                status, kind, content = server.pages.get(self.path, (404, "text/plain", b""))
                if content == b"slow head":
                    for byte in b"HTTP/1.0 200 OK\r\n" + b"X" * 60:
                        self.wfile.write(bytes([byte]))
                        time.sleep(0.05)
                self.send_response(status)
                self.send_header("Location" if status == 302 else "Content-Type", kind)
                self.end_headers()
                for byte in [content] if content != b"slow" else [b"s"] * 100:
                    self.wfile.write(byte)
                    time.sleep(0.05 if content == b"slow" else 0)

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def dial(self, address, port, seconds):
        self.dialled.append(address)
        return socket.create_connection(self.http.server_address, seconds)

    def resolve(self, host, port):
        if host not in HOSTS and host.encode().decode("idna") not in HOSTS:
            raise socket.gaierror(-2, "Name or service not known")
        return HOSTS[host.encode().decode("idna")]

    def fetch(self, url, **bounds):
        return Fetcher(self.resolve, self.dial, **bounds).fetch(url)


@pytest.fixture
def server():
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


def test_a_page_is_fetched_from_a_public_address_after_its_robots_txt(server):
    page = server.fetch("http://paper.example/page")
    assert page == (HTML.encode(), "http://paper.example/page")
    assert server.asked == ["paper.example/robots.txt", "paper.example/page"]
    assert server.dialled == ["8.8.8.8", "8.8.8.8"]
    [agent] = server.agents
    assert agent.startswith("casebound/") and "Mozilla" not in agent


def test_a_redirect_is_followed_and_the_address_is_its_end(server):
    assert server.fetch("http://paper.example/to-page").url == "http://paper.example/page"
    assert server.fetch("http://fé.example/page").content == HTML.encode()


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://paper.example/private", "robots.txt does not allow it"),
        ("http://paper.example/to-private", "robots.txt does not allow it"),
        ("http://paper.example/to-inside", "'inside.example' is no public host"),
        ("http://inside.example/page", "'inside.example' is no public host"),
        ("http://both.example/page", "'both.example' is no public host"),
        ("http://paper.example/to-file", "'file:///etc/passwd' is no address of the web"),
        ("ftp://paper.example/page", "is no address of the web"),
        ("http://paper.example:99999/", "is no address of the web"),
        ("http://me:secret@paper.example/page", "the address holds a name or a password"),
        ("http://nowhere.example/page", "there is no host 'nowhere.example'"),
        ("http://paper.example/round", "more than 5 redirects"),
        ("http://paper.example/photo", "it is image/png, no page, PDF or text"),
        ("http://paper.example/gone", "the site answers 404"),
    ],
)
def test_a_page_that_is_not_to_be_fetched_is_refused(url, what, server):
    with pytest.raises(RefusedError) as refused:
        server.fetch(url)
    assert what in refused.value.args[0] and refused.value.args[1]
    assert not {"10.0.0.7", "127.0.0.1"} & set(server.dialled)
    assert "paper.example/private" not in server.asked


def test_size_and_time_are_bounded(server):
    with pytest.raises(RefusedError, match=r"larger than 0\.002 MB"):
        server.fetch("http://paper.example/large", largest=2000)
    for slow in (b"slow", b"slow head"):  # four seconds or more, a byte at a time
        server.pages["/slow"] = (200, "text/html", slow)
        began = time.monotonic()
        with pytest.raises(RefusedError, match=r"it takes longer than 0\.5 s"):
            server.fetch("http://paper.example/slow", longest=0.5)
        assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [(404, True), (410, True), (401, False), (403, False), (429, False), (500, False), (302, False)],
)
def test_a_robots_txt_that_is_not_there_allows_and_one_that_is_kept_back_does_not(answer, allowed, server):
    server.pages["/robots.txt"] = (answer, "/robots.txt" if answer == 302 else "text/plain", b"")
    if allowed:
        assert server.fetch("http://paper.example/page").content
    else:
        with pytest.raises(RefusedError, match=r"robots\.txt"):
            server.fetch("http://paper.example/page")


def test_a_name_that_resolves_otherwise_the_second_time_leads_nowhere_else(server, monkeypatch):
    turns = iter([["8.8.8.8"], ["127.0.0.1"]])
    monkeypatch.setattr(server, "resolve", lambda host, port: next(turns))
    with pytest.raises(RefusedError, match="no public host"):
        server.fetch("http://paper.example/page")
    assert server.dialled == ["8.8.8.8"]  # for robots.txt alone


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1
    fe80::1%eth0 fd00::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: ff02::1 ::""".split(),
)
def test_an_address_inside_a_network_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


def test_a_fetched_page_is_taken_in_with_the_day_of_access(server, project, monkeypatch):
    monkeypatch.setattr(fetching, "Fetcher", lambda: Fetcher(server.resolve, server.dial))
    lines = take(project.case, "", fetch="http://paper.example/to-page")
    assert "URL: http://paper.example/page" in lines
    assert "\n  accessed: 20" in project.text("sources.yaml")
    with pytest.raises(
        CaseError, match=r"http://paper.example/private: the site's robots.txt does not allow it.*\n    fix: "
    ):
        take(project.case, "", fetch="http://paper.example/private")

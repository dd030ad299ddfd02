"""Addresses: what is an address of the web, and which of them lead to the same page."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_address(url: str) -> bool:
    """Tell whether a URL is one of the web: http or https, with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in url)
    except ValueError:
        return False


def address(url: str) -> str:
    """Return a URL without what does not make it another page: the scheme, *www*, a fragment, a slash at the end."""
    parts = urlsplit(url)
    return f"{hostname(url)}{parts.path.rstrip('/')}{'?' * bool(parts.query)}{parts.query}"


def hostname(url: str) -> str:
    """Return the host of a URL without *www*; empty if it has none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")

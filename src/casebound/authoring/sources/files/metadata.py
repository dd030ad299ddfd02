"""Metadata: what a page's JSON-LD, its meta tags and its links say of title, authors, dates, publisher and language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from casebound.authoring.sources.files.reading import Reading, same
from casebound.authoring.sources.names import name_of, names_in

_TYPES = {
    **dict.fromkeys(
        "NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle".split(), "article-newspaper"
    ),
    **{"LiveBlogPosting": "article-newspaper", "BlogPosting": "post-weblog", "Article": "article", "Report": "report"},
}
_META = {
    "title": "og:title twitter:title dc.title citation_title",
    "author": "author article:author dc.creator citation_author",
    "published": "article:published_time og:published_time date dc.date dc.date.issued citation_publication_date",
    "updated": "article:modified_time og:updated_time last-modified",
    "publisher": "og:site_name dc.publisher citation_publisher",
    "url": "og:url",
    "language": "og:locale dc.language content-language",
}
_FIELDS = {name: field for field, names in _META.items() for name in names.split()}


def read_metadata(tree: Any, reading: Reading) -> None:
    """Note what a page's head says."""
    for element in tree.iter("html"):
        reading.claim("language", "the page's lang", element.get("lang"))
    _json_ld(tree, reading)
    _meta_tags(tree, reading)
    for link in tree.iterfind(".//link[@rel='canonical']"):
        reading.claim("url", "canonical link", link.get("href"))
    reading.claim("title", "<title>", tree.findtext(".//title"))
    reading.claims["language"] = [
        claim._replace(value=claim.value.replace("_", "-")) for claim in reading.claims.pop("language", [])
    ]


def _meta_tags(tree: Any, reading: Reading) -> None:
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("http-equiv") or "").lower()
        value = (meta.get("content") or "").strip()
        if value and _FIELDS.get(name) == "author":
            people = names_in(value)
            if people and not value.startswith("http"):
                reading.authors[name] = [*reading.authors.get(name, []), *map(name_of, people)]
        elif name == "og:type" and value == "article":
            reading.claim("type", name, value)
        elif name in _FIELDS:
            reading.claim(_FIELDS[name], name, value)


def _json_ld(tree: Any, reading: Reading) -> None:
    articles = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and (script.text or "").strip():
            try:
                articles += [item for item in _items(json.loads(script.text, strict=False)) if _type_of(item)]
            except (ValueError, RecursionError):
                reading.doubt("metadata", "the page's JSON-LD cannot be read, so nothing is taken from it")
    headlines = {str(item.get("headline") or item.get("name")) for item in articles}
    if len(headlines) > 1:
        reading.doubt("text", f"the page describes {len(headlines)} articles ({'; '.join(sorted(headlines))})")
    for item in articles[:1]:
        _article(item, reading)


def _article(item: dict[str, Any], reading: Reading) -> None:
    names = (
        ("headline", "title"),
        ("datePublished", "published"),
        ("dateModified", "updated"),
        ("inLanguage", "language"),
    )
    for key, field in names:
        reading.claim(field, "JSON-LD", item.get(key))
    reading.claim("type", "JSON-LD", _TYPES[_type_of(item)])
    for publisher in _listed(item.get("publisher"))[:1]:
        reading.claim("publisher", "JSON-LD", _name(publisher))
    page = item.get("mainEntityOfPage")
    reading.claim("url", "JSON-LD", item.get("url") or (page.get("@id") if isinstance(page, dict) else page))
    people = [(_name(each), isinstance(each, dict) and "Organization" in str(each.get("@type"))) for each in
              _listed(item.get("author")) if _name(each)]  # fmt: skip
    if people:
        reading.authors["JSON-LD"] = [name_of(name, body) for name, body in people]
    if str(item.get("isAccessibleForFree")).lower() == "false":
        reading.doubt("text", "the page says that it is not free to read: is this all of it?")
    if _type_of(item) == "LiveBlogPosting":
        posts = len(_listed(item.get("liveBlogUpdate")))
        reading.doubt("text", f"a live blog{f' of {posts} posts' * bool(posts)}: each post has a time of its own, and "
                      "the page grew until the last; date facts by their post")  # fmt: skip


def _items(content: Any) -> Iterator[dict[str, Any]]:
    for item in _listed(content):
        if isinstance(item, dict):
            yield item
            yield from _items(item.get("@graph"))


def _type_of(item: dict[str, Any]) -> str:
    return next((str(each) for each in _listed(item.get("@type")) if str(each) in _TYPES), "")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any) -> str:
    name = value.get("name") if isinstance(value, dict) else value
    return name.strip() if isinstance(name, str) else ""


def without_site(title: str, sites: list[str]) -> str:
    """Return a page's title without the name of its site, which many put behind or before it."""
    for mark in (" | ", " - ", " – ", " — ", " · ", " :: "):
        head, found, tail = title.rpartition(mark)
        if found and any(same(tail, site) for site in sites):
            return head
        head, found, tail = title.partition(": " if mark == " | " else mark)
        if found and any(same(head, site) for site in sites):
            return tail
    return title

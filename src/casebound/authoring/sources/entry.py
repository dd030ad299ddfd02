"""Entry: a draft as an entry of sources.yaml, added at its end; all that stands there stays byte for byte."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import yaml

from casebound.authoring.sources.addresses import hostname
from casebound.authoring.sources.draft import Draft
from casebound.facts.problems import CaseError, Problem
from casebound.facts.records.reading import yaml_in

_LONGEST = 60  # characters of an id
_LATIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ł": "l", "ð": "d", "þ": "th"})


class _Plain(yaml.SafeDumper):
    """Writes every scalar plain where it can be: the files of a case are read as text."""

    yaml_implicit_resolvers: dict = {}  # noqa: RUF012 (PyYAML declares it so)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def words(self, value: str) -> yaml.ScalarNode:
        plain = self.analyze_scalar(value).allow_block_plain
        return self.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain else '"')

    def fields(self, value: dict[str, Any]) -> yaml.MappingNode:
        is_name = "family" in value or "literal" in value
        return self.represent_mapping("tag:yaml.org,2002:map", value, flow_style=is_name)


_Plain.add_representer(str, _Plain.words)
_Plain.add_representer(dict, _Plain.fields)


def id_of(draft: Draft) -> str:
    """Return an id: the first author's surname, else publisher, host or title, and the day of issue."""
    first = (draft.fields.get("author") or [{}])[0]
    publisher = draft.fields.get("container-title") or draft.fields.get("publisher") or ""
    host, title = hostname(draft.fields.get("URL", "")), " ".join(draft.fields["title"].split()[:3])
    names = (first.get("family") or first.get("literal") or "", publisher, host, title)
    stem = next(filter(None, map(slug, names)), "source")
    day = re.search(r"\d{4}-\d{2}-\d{2}", draft.fields["issued"])
    dated = day[0] if day and not draft.fields["issued"].startswith("[..") else "undated"
    return f"{stem[: _LONGEST - len(dated) - 4].strip('-')}-{dated}"


def slug(words: str) -> str:
    """Return words as a slug in small Latin letters; empty if they have none."""
    words = unicodedata.normalize("NFKD", words.lower().translate(_LATIN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", words)).strip("-")


def entry_text(fields: dict[str, Any]) -> str:
    """Return an entry as it stands in sources.yaml, each name on one line."""
    return yaml.dump([fields], Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10**6)


def added(content: bytes, fields: dict[str, Any], name: str) -> bytes:
    """Return a file's content with an entry at its end; raise CaseError if the file does not take one."""
    before = yaml_in(content, name).content or []
    text = entry_text(fields)
    new_line = "\r\n" if b"\r\n" in content else "\n"
    if before == [] and (empty := re.search(rb"^\[\s*\]", content, re.M)):
        content = content[: empty.start()] + content[empty.end() :]
    if indent := re.search(rb"^( *)- ", content, re.M):
        text = "".join(f"{indent[1].decode()}{line}" for line in text.splitlines(keepends=True))
    kept = content if not content or content.endswith(b"\n") else content + new_line.encode()
    between = new_line if before and not kept.endswith((b"\n\n", b"\r\n\r\n")) else ""
    after = kept + (between + text.replace("\n", new_line)).encode()
    try:
        is_whole = yaml_in(after, name).content == [*before, fields]
    except CaseError:
        is_whole = False
    if not is_whole:
        what = "the file is not a list to whose end an entry can be added"
        raise CaseError([Problem(name, 0, "", what, f"add the entry by hand:\n{entry_text(fields)}", "CB003")])
    return after

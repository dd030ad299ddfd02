"""Printing: suggestions as YAML to be pasted into the file of a theme, and as a data frame."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import yaml

from casebound.authoring.suggest.suggestions import Suggested, Suggestion, suggested
from casebound.checks.texts.copying import limit_of, quoted_share
from casebound.facts.text.normalisation import plain_words

if TYPE_CHECKING:
    import pandas as pd


class _Block(dict):
    """A mapping whose fields stand each on a line of its own."""


class _Dumper(yaml.SafeDumper):
    """Writes every scalar as the text that it is, and lists inside a mapping with an indent, as the files have them."""

    yaml_implicit_resolvers: ClassVar[dict] = {}  # type: ignore[misc]  # a class variable there, too

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


_Dumper.add_representer(_Block, lambda dumper, block: dumper.represent_mapping(_MAP, block.items(), flow_style=False))
_MAP = "tag:yaml.org,2002:map"


def as_yaml(fact: dict[str, Any]) -> str:
    """Return a fact as an entry of a theme's file."""
    entry = _Block(fact, evidence=[_Block(piece) for piece in fact["evidence"]])
    form: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": 10**6, "default_flow_style": None}
    return yaml.dump([entry], Dumper=_Dumper, **form).rstrip()


def printed(found: Suggested, paragraph: int | None = None) -> Iterator[str]:
    """Yield the lines of each paragraph with its suggestions, and what comes of all of them."""
    for part in found.article.parts:
        if paragraph not in (None, part.number):
            continue
        kind = "" if part.kind == "paragraph" else f" ({part.kind})"
        yield from (f"Paragraph {part.number}{kind}: {plain_words(part.text)}", "")
        for each in (each for each in found.suggestions if each.paragraph == part.number):
            yield from (f"# its words are recorded: {name}" for name in each.recorded)
            yield from (as_yaml(each.fact), "")
        for each in (each for each in found.failing if each.paragraph == part.number):
            yield from (f"No suggestion for “{each.evidence['quote']}”: {each.problem}.", "")
    yield _summary(found)


def _summary(found: Suggested) -> str:
    spans = [span for each in found.suggestions for span in each.spans]
    share, limit = 100 * quoted_share(spans, found.article.text), limit_of(found.case.case)
    count = len(found.suggestions)
    quote = f"{count} suggestion{'s' * (count != 1)}, which together quote {share:.0f} % of the text's words"
    return f"{quote}; `verify` refuses more than {limit:.0f} %, so keep what matters" if share > limit else quote


def suggest(source: str, case: str, paragraph: int | None = None, articles: Path | str | None = None) -> pd.DataFrame:
    """Return the facts that a source's sentences suggest, one a row.

    Columns: paragraph, id, quote, when, rule, phrase, status, speaker, basis, system, state, recorded (the facts that
    quote the same words), yaml (the entry to paste). Raises CaseError if case, source, text or paragraph is not there.
    """
    import pandas as pd  # only here: the program prints without it

    found = suggested(case, source, paragraph, Path(articles) if articles else None)
    return pd.DataFrame([_row(each) for each in found.suggestions], columns=list(_COLUMNS)).astype(_COLUMNS)


_COLUMNS = {
    **{"paragraph": "int64"},
    **dict.fromkeys(
        ("id", "quote", "when", "rule", "phrase", "status", "speaker", "basis", "system", "state"), "string"
    ),
    **{"recorded": "object", "yaml": "string"},
}


def _row(each: Suggestion) -> dict[str, object]:
    fields = {**each.fact, **each.fact["dated"], **each.evidence}
    named = {name: fields.get(name) for name in _COLUMNS}
    return {**named, "paragraph": each.paragraph, "recorded": each.recorded, "yaml": as_yaml(each.fact)}

"""Narrative: the prose that people write for a case, every sentence bound to facts, as the ledger allows it.

`narrative.md` holds one section a chapter (`# name`). `{finding}` inserts a computed result. A sentence whose
facts are not in the ledger, because they were not known yet or their source is left out, is left out with them;
one that says `until @fact-id` stands only as long as that fact is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from casebound.analysis.findings import finding
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.text.claims import typeset
from casebound.facts.text.sentences import sentences
from casebound.pages.display import Answer, KeyFacts, Omitted, Prose
from casebound.pages.drafting import as_written, marked, place
from casebound.pages.markup import BOUND, cited_ids, ids_in
from casebound.pages.sections import ITEM, Section, is_heading, sections

__all__ = ["answer", "key_facts", "section"]
NAME = "narrative.md"
KEY_FACT = re.compile(r"- \*\*(.+?)\*\*:?\s+(.+)", re.DOTALL)
_BEHIND_STOP = re.compile(rf"([.!?]+)((?:\s*(?:{BOUND.pattern}))+)(?=\s|$)")
FINDING = re.compile(r"\{([a-z][a-z0-9.-]*)\}")
UNTIL = re.compile(r"\s*;\s*until\s+@([a-z0-9-]+)")
ASIDE = re.compile(r"\s*;\s*aside\s+(\w+):\s*([^\[\];]+)")


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class Sentence:
    """A sentence with its place: `text` as written, `line` in the file, what it cites, its mark, its findings.

    `until` names the facts that, once known, take its place; `aside` gives the checks set aside, each with the reason.
    """

    text: str
    line: int
    cited: tuple[str, ...]
    mark: str | None
    findings: tuple[str, ...]
    until: tuple[str, ...]
    aside: dict[str, str]

    @property
    def bare(self) -> str:
        """The sentence without citations, marks, placeholders, markup and link targets: what must be bound."""
        words = FINDING.sub(" ", BOUND.sub(" ", self.text))
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words)
        words = re.sub(r"[*_`]|\[\^[^\]]+\]", "", words)
        return re.sub(r"\s+(?=[.,;:?!])", "", " ".join(words.split()))


def sentences_of(line: int, paragraph: str) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph that begins at a line; a citation behind a full stop counts as before it."""
    masked = _BEHIND_STOP.sub(lambda m: m[2] + m[1], paragraph)
    # placeholders and emphasis may open a sentence: stand-ins of the same length keep the offsets
    masked = FINDING.sub(lambda m: "X" * len(m[0]), masked).replace("*", '"').replace("\n", " ")
    masked = BOUND.sub(lambda m: "x" * len(m[0]), masked)
    bounds = [0, *[start for start, _ in sentences(masked)][1:], len(paragraph)]
    for start, end in pairwise(bounds):
        chunk = paragraph[start:end]
        if text := chunk.strip():
            opens = start + len(chunk) - len(chunk.lstrip())
            yield _sentence(text, line + paragraph.count("\n", 0, opens))


def _sentence(text: str, line: int) -> Sentence:
    cited: list[str] = []
    mark, until, aside = None, tuple(UNTIL.findall(text)), dict(ASIDE.findall(text))
    text = plain_bounds(text)
    for match in BOUND.finditer(text):
        cited += [name.lstrip("@") for name in ids_in(match) if name]
        mark = match["mark"] or mark
    return Sentence(text, line, tuple(dict.fromkeys(cited)), mark, tuple(FINDING.findall(text)), until, aside)


def plain_bounds(text: str) -> str:
    """Return a text whose citations say neither until when they stand nor what is set aside."""
    return ASIDE.sub("", UNTIL.sub("", text))


def narrative_of(ledger: Ledger) -> dict[str, Section]:
    """Return the sections of a case's narrative, none without the file; raise CaseError if it cannot be read."""
    if not (ledger.records.folder / NAME).exists():
        return {}
    return sections(ledger.text(NAME), ledger.file(NAME))


def section(ledger: Ledger, name: str) -> Prose | Omitted:
    """Return a section's prose as far as the ledger bears it; say so if nobody wrote it, or nothing of it is left.

    Filled by the heading of that name in narrative.md.
    """
    written = narrative_of(ledger).get(heading := name.strip().lower())
    paragraphs = list(written.paragraphs()) if written else []
    if all(is_heading(text) for _, text in paragraphs):
        return Omitted(f"the section “{name}”", "nobody wrote it")
    blocks = [block for line, text in paragraphs if (block := _kept(ledger, heading, line, text))]
    text = "\n\n".join(_renumbered(_headed(blocks)))
    if not text:
        return Omitted(f"the section “{name}”", _unborne(ledger))
    notes = set(re.findall(r"^\[\^([^\]]+)\]:", text, re.M))
    # a note whose facts are not known yet is left out, so its mark is too
    return Prose(re.sub(r"\[\^([^\]]+)\](?!:)", lambda m: m[0] if m[1] in notes else "", text))


def _unborne(ledger: Ledger) -> str:
    """Return why nothing is left of a section that somebody wrote."""
    known = f"was known whole on {ledger.as_known}" if ledger.as_of else ""
    named = " and ".join(ledger.sources.at[source, "short"] for source in ledger.limited_to)
    rests = f"rests on {named} alone" if named else ""
    if known or rests:
        return f"no sentence of it {' and '.join(filter(None, (known, rests)))}"
    return "the sources at hand bear out nothing that it says"


def _headed(blocks: list[str]) -> Iterator[str]:
    """Yield blocks without the headings under which nothing is left."""
    for block, following in pairwise([*blocks, "# "]):
        if not (is_heading(block) and is_heading(following)):
            yield block


def _renumbered(blocks: Iterable[str]) -> Iterator[str]:
    """Yield blocks with the items of ordered lists numbered anew, since some may have been left out."""
    number = 0
    for block in blocks:
        item = re.match(r"\d+\.\s+", block)
        number = number + 1 if item else 0
        yield f"{number}. {block[item.end() :]}" if item else block


def checks_set_aside(ledger: Ledger) -> Iterator[tuple[str, Sentence]]:
    """Yield the sentences that the ledger bears and for which a check is set aside, each as printed and as written."""
    for section in narrative_of(ledger).values():
        for line, paragraph in section.paragraphs():
            for sentence in [] if is_heading(paragraph) else sentences_of(line, paragraph[len(_opening(paragraph)) :]):
                if sentence.aside and (text := _filled(ledger, sentence)) is not None:
                    yield text, sentence


def told(ledger: Ledger) -> set[str]:
    """Return the facts that the narrative cites, as far as the ledger bears it."""
    shown = (section(ledger, name) for name in narrative_of(ledger))
    return {fact for prose in shown if isinstance(prose, Prose) for fact in cited_ids(prose.markdown)}


def key_facts(ledger: Ledger) -> KeyFacts | Omitted:
    """Return the items of the section `key facts`: the bold words that open each, and the rest of it.

    Filled by `# Key facts` in narrative.md.
    """
    items = _items(shown := section(ledger, "key facts"))
    return shown if isinstance(shown, Omitted) else KeyFacts(items)


def answer(ledger: Ledger, chapter: str) -> Answer | Omitted:
    """Return the answer that a chapter opens with: the items of the section `answers` that begin with its name.

    Filled by `# Answers` in narrative.md.
    """
    items = _items(section(ledger, "answers"))
    said = [text for name, text in items if name.lower() == chapter.strip().lower()]
    return Answer(" ".join(said)) if said else Omitted(f"the answer that opens “{chapter}”", "nobody wrote it")


def _items(shown: Prose | Omitted) -> tuple[tuple[str, str], ...]:
    """Return the items of a section: the bold words that open each, and the rest of it."""
    paragraphs = shown.markdown.split("\n\n") if isinstance(shown, Prose) else []
    items = [match.groups() for paragraph in paragraphs if (match := KEY_FACT.match(paragraph))]
    return tuple((value.rstrip(":"), " ".join(text.split())) for value, text in items)


def _kept(ledger: Ledger, name: str, line: int, paragraph: str) -> str:
    """Return a paragraph with findings inserted and without the sentences whose facts the ledger lacks."""
    if is_heading(paragraph):
        return paragraph
    opening = _opening(paragraph)
    sentences = sentences_of(line, paragraph[len(opening) :])
    shown = partial(_drafted, name=name) if ledger.records.is_draft else _filled
    kept = [text for sentence in sentences if (text := shown(ledger, sentence)) is not None]
    return opening + " ".join(kept) if kept else ""


def _drafted(ledger: Ledger, sentence: Sentence, name: str) -> str | None:
    """Return a sentence for a draft, with the mark of its place: as written where something is wrong with it.

    None where the ledger holds a fact that takes its place, or, if it is limited, does not hold all that it cites yet.
    """
    text, case = _filled(ledger, sentence), ledger.records
    is_limited = ledger.as_of or ledger.limited_to
    if text is None and any(fact in ledger.facts.index for fact in sentence.until):
        return None
    if text is None and is_limited and all(fact in case.facts for fact in sentence.cited):
        return None
    if text is None:
        text = as_written(typeset(sentence.text), ledger.facts.index, case.left_out.union(case.facts))
    return marked(text, place(name, sentence.line, sentence.bare))


def _opening(paragraph: str) -> str:
    match = ITEM.match(paragraph)
    return match[0] if match else paragraph[: len(paragraph) - len(paragraph.lstrip())]


def _filled(ledger: Ledger, sentence: Sentence) -> str | None:
    """Return a sentence with its findings inserted.

    None where the ledger lacks one of its facts, holds one that takes its place, or does not bear out its words.
    """
    known = ledger.facts.index
    if not all(fact in known for fact in sentence.cited) or any(fact in known for fact in sentence.until):
        return None
    texts = {}
    for name in sentence.findings:
        result = finding(ledger, name)
        # a finding may rest on other facts at another time than those that the sentence cites
        if result is None or not set(result.facts) <= set(sentence.cited):
            return None
        texts[name] = result.text
    if not ledger.holds(sentence.bare, sentence.cited):
        return None
    return typeset(FINDING.sub(lambda match: texts[match[1]], sentence.text))

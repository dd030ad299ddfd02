"""Narrative: the prose that people write for a case, every sentence bound to facts, as the ledger allows it.

`narrative.md` holds sections (`# name`). `{finding}` inserts a computed result. A sentence whose facts are not in the
ledger, because they were not known yet or their source is left out, is left out with them; one that says
`until @fact-id` stands only as long as that fact is not known. A heading that cites is a sentence, too. A labelled item
stands as long as one of the bold sentences that open it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, takewhile

from casebound.analysis.findings import finding
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.text.claims import typeset
from casebound.facts.text.sentences import sentences
from casebound.pages.display import TEXT, Answer, KeyFacts, Omitted, Prose
from casebound.pages.drafting import as_written, marked, place, with_labels_readable
from casebound.pages.markup import BOUND, LABEL, RESTS, cited_ids, ids_in
from casebound.pages.sections import ANSWERS, Section, is_heading, is_inside_item, opening, sections

__all__ = ["answer", "key_facts", "section"]
NAME = "narrative.md"
KEY_FACT = re.compile(r"- \*\*(.+?)\*\*:?\s+(.+)", re.DOTALL)
_BEHIND_STOP = re.compile(rf"([.!?]+[*_]*)((?:\s*(?:{BOUND.pattern}|{RESTS.pattern}))+)(?=\s|$)")
_NUMBERED = re.compile(r"\d+\.\s+")
# The word that says what follows in an item: *Against:*, *When:*
_LEAD = re.compile(r"\*[^*\s][^*]*:\*\s*")
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
        """The sentence without citations, marks, labels, placeholders, markup and link targets: what must be bound."""
        words = FINDING.sub(" ", RESTS.sub(" ", LABEL.sub(" ", BOUND.sub(" ", self.text))))
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words)
        words = re.sub(r"[*_`]|\[\^[^\]]+\]", "", words)
        return re.sub(r"\s+(?=[.,;:?!])", "", " ".join(words.split()))


def sentences_of(line: int, paragraph: str) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph that begins at a line; a citation behind a full stop counts as before it."""
    masked = _BEHIND_STOP.sub(lambda m: m[2] + m[1], paragraph)
    # placeholders and emphasis may open a sentence: stand-ins of the same length keep the offsets
    masked = FINDING.sub(lambda m: "X" * len(m[0]), masked).replace("*", '"').replace("\n", " ")
    masked = RESTS.sub(lambda m: "x" * len(m[0]), BOUND.sub(lambda m: "x" * len(m[0]), masked))
    bounds = [0, *[start for start, _ in sentences(masked)][1:], len(paragraph)]
    for start, end in pairwise(bounds):
        chunk = paragraph[start:end]
        if text := chunk.strip():
            opens = start + len(chunk) - len(chunk.lstrip())
            yield _sentence(text, line + paragraph.count("\n", 0, opens))


def statements(line: int, paragraph: str, section: str = "") -> list[Sentence]:
    """Return what a paragraph of a section states: its sentences, or a heading as one, without what opens them."""
    begins = opening(paragraph, section)
    if is_heading(paragraph):
        return [_sentence(words, line)] if (words := paragraph[len(begins) :].strip()) else []
    return list(sentences_of(line + begins.count("\n"), paragraph[len(begins) :]))


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
    text = "\n\n".join(_renumbered(_headed([*_borne(ledger, heading, paragraphs)])))
    if not text:
        return Omitted(TEXT, _unborne(ledger))
    notes = set(re.findall(r"^\[\^([^\]]+)\]:", text, re.M))
    # a note whose facts are not known yet is left out, so its mark is too
    return Prose(re.sub(r"\[\^([^\]]+)\](?!:)", lambda m: m[0] if m[1] in notes else "", text))


def _unborne(ledger: Ledger) -> str:
    """Return why nothing is left of a section that somebody wrote."""
    known = f"was fully known on {ledger.as_known}" if ledger.as_of else ""
    rests = f"rests on {ledger.alone} alone" if ledger.alone else ""
    if known or rests:
        return f"no sentence there {' and '.join(filter(None, (known, rests)))}"
    return "the sources at hand bear out nothing that is said there"


def _headed(blocks: list[str]) -> Iterator[str]:
    """Yield blocks without the headings under which nothing is left."""
    for block, following in pairwise([*blocks, "# "]):
        if not (is_heading(block) and is_heading(following)):
            yield block


def _renumbered(blocks: Iterable[str]) -> Iterator[str]:
    """Yield blocks with the items of ordered lists numbered anew, since some may have been left out.

    The numbers of labelled items run through the section. What belongs to an item keeps its place under it.
    """
    number = labelled = wider = 0
    for block in blocks:
        if item := _NUMBERED.match(block):
            is_labelled = LABEL.match(block, item.end()) is not None
            labelled += is_labelled
            number = labelled if is_labelled else number + 1
            wider = len(f"{number}. ") - item.end()
            yield f"{number}. {block[item.end() :]}"
        elif is_inside_item(block):
            words = block.lstrip()
            yield " " * (len(block) - len(words) + wider) + words
        else:
            number = wider = 0
            yield block


def checks_set_aside(ledger: Ledger) -> Iterator[tuple[str, Sentence]]:
    """Yield the sentences that the ledger bears and for which a check is set aside, each as printed and as written."""
    for section in narrative_of(ledger).values():
        for line, paragraph in section.paragraphs():
            for sentence in statements(line, paragraph, section.name):
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
    wanted = chapter.strip().lower()
    if said := [text for name, text in _items(section(ledger, ANSWERS)) if name.lower() == wanted]:
        return Answer(" ".join(said))
    written = narrative_of(ledger).get(ANSWERS, Section(ANSWERS, 0, ()))
    names = {name.lower() for name, _ in _pairs(paragraph for _, paragraph in written.paragraphs())}
    if wanted in names:
        return Omitted("the opening answer", _unborne(ledger))
    return Omitted(f"the answer that opens “{chapter}”", "nobody wrote it")


def _items(shown: Prose | Omitted) -> tuple[tuple[str, str], ...]:
    """Return the items of a section as it is shown."""
    return tuple(_pairs(shown.markdown.split("\n\n") if isinstance(shown, Prose) else ()))


def _pairs(paragraphs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield of each item the bold words that open it, and the rest of it."""
    for match in filter(None, map(KEY_FACT.match, paragraphs)):
        yield match[1].rstrip(":"), " ".join(match[2].split())


def _borne(ledger: Ledger, name: str, paragraphs: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Yield a section's paragraphs as far as the ledger bears them, without what is inside an item that falls."""
    has_fallen = False
    for line, paragraph in paragraphs:
        if has_fallen and is_inside_item(paragraph):
            continue
        block = _kept(ledger, name, line, paragraph)
        has_fallen = not block and LABEL.search(opening(paragraph)) is not None
        if block:
            yield block


def _kept(ledger: Ledger, name: str, line: int, paragraph: str) -> str:
    """Return a paragraph with findings inserted and without the sentences whose facts the ledger lacks."""
    begins, is_draft, is_title = opening(paragraph, name), ledger.records.is_draft, is_heading(paragraph)
    written = statements(line, paragraph, name)
    if is_title and not any(each.cited or each.mark or each.findings for each in written):
        return paragraph
    shown = partial(_drafted, name="" if is_title else name) if is_draft else _filled
    texts = [shown(ledger, sentence) for sentence in written]
    bold = len(list(takewhile(lambda sentence: sentence.text.startswith("**"), written)))
    if (is_labelled := LABEL.search(begins) is not None) and not any(texts[: max(bold, 1)]):
        return ""
    kept = list(_led(written, texts))
    rests = RESTS.search(paragraph) if is_labelled else None
    if rests and not any(map(RESTS.search, kept)):  # what an item rests on does not go with a sentence of it
        kept.append(rests[0])
    return (with_labels_readable(begins) if is_draft else begins) + " ".join(kept) if kept else ""


def _led(written: Iterable[Sentence], texts: Iterable[str | None]) -> Iterator[str]:
    """Yield the texts that stand; the word that leads several sentences passes to the first of them that does."""
    lost = ""
    for sentence, text in zip(written, texts, strict=True):
        lead = _LEAD.match(sentence.text)
        if text is None:
            lost = lead[0] if lead else lost
        else:
            yield text if lead else lost + text
            lost = ""


def _drafted(ledger: Ledger, sentence: Sentence, name: str) -> str | None:
    """Return a sentence for a draft: as written where something is wrong with it.

    In the section of a `name` the mark of its place stands behind it. None where the ledger holds a fact that takes its
    place, or, if it is limited, does not hold all that it cites yet.
    """
    text, case = _filled(ledger, sentence), ledger.records
    is_limited = ledger.as_of or ledger.limited_to
    if text is None and any(fact in ledger.facts.index for fact in sentence.until):
        return None
    if text is None and is_limited and all(fact in case.facts for fact in sentence.cited):
        return None
    if text is None:
        text = as_written(typeset(sentence.text), ledger.facts.index, case.left_out.union(case.facts))
    text = with_labels_readable(text)
    return marked(text, place(name, sentence.line, sentence.bare)) if name else text


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

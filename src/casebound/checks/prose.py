"""Proofreading: that every sentence of a case's prose says only what the facts that it cites hold.

Three kinds of sentence may stand in `narrative.md`: one that cites facts, one marked as analysis, one marked as a
question. In notebooks a sentence may stand uncited as long as it states no number and no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from casebound import paths
from casebound.analysis.findings import finding, names
from casebound.checks import items, sections
from casebound.facts.catalogue import kept
from casebound.facts.evidence.anchors import hedges_in
from casebound.facts.evidence.wording import (
    SCOPE,
    added_denial,
    beyond_scope,
    denies,
    denies_too,
    keeping,
    retells,
    tells,
    turned_round,
    undone,
)
from casebound.facts.ledger.casefile import Casefile
from casebound.facts.ledger.chapters import Listed
from casebound.facts.ledger.holding import held_by, names_of
from casebound.facts.ledger.ledger import Ledger, known_facts, limited
from casebound.facts.problems import CaseError, Problem, unknown
from casebound.facts.records.reading import text_of
from casebound.facts.text.claims import Held, figures_in, unheld
from casebound.pages.markup import MarkupError, cited_ids
from casebound.pages.narrative import FINDING, NAME, Sentence, narrative_of, plain_bounds, statements
from casebound.pages.notebooks import cells
from casebound.pages.sections import ITEM, Section, is_heading
from casebound.pages.sections import sections as parted

Limits = tuple[str, str]  # of a ledger: a moment and sources, empty for all
Found = tuple[str, str, str]  # the code of a check, what is wrong, and the fix
# The codes of the four kinds of claim that a sentence may not add to the facts that it cites
CLAIMS = {"number": "CB611", "date": "CB612", "name": "CB613", "quotation": "CB614"}
LIMITS = "limits"
_NEARLY_RESTS = re.compile(r"\[ *(?!rests:)[Rr]ests? *:[^\[\]]*\]")


def problems_of(ledger: Ledger, listed: Sequence[Listed]) -> list[Problem]:
    """Return everything that is unbound in the narrative and in the Markdown cells of the chapters `listed`, in order.

    A section that none of them shows is among it, unless there are none.
    """
    reader = _Reader(ledger)
    file, written = reader.case.file(NAME), reader.sections
    problems = [*reader.narrative(), *items.problems_of(file, written), *sections.problems_of(file, written, listed)]
    for path in (chapter.path for chapter in listed if not chapter.leave_out):
        problems += reader.notebook(path)
    return problems


def of_the_file(case: str) -> list[Problem]:
    """Return what keeps a narrative from being read at all; nothing where there is none."""
    path, file = paths.case_dir(case) / NAME, f"data/{case}/{NAME}"
    try:
        if path.exists():
            parted(text_of(path, file), file)
    except CaseError as error:
        return error.problems
    return []


def _uncited(text: str, kind: str) -> Iterator[Found]:
    """Yield the numbers and dates of a text that cites nothing, and the fix."""
    for words in figures_in(text):
        fix = "say it in a sentence that cites the fact that holds it: [@fact-id]"
        yield "CB601", f"{kind} states “{words}” and cites nothing", fix


def _misread(paragraph: str) -> Iterator[tuple[str, str]]:
    """Yield what would not be printed as it was meant: a citation in code or escaped, a placeholder with a slip."""
    try:
        printed = cited_ids(plain_bounds(ITEM.sub("", paragraph)))
    except MarkupError as error:
        what, _, fix = error.message.partition("; write ")
        yield what, f"write {fix}"
        return
    meant = {name for sentence in statements(0, paragraph) for name in sentence.cited}
    for name in sorted(meant - set(printed)):
        yield f"the citation of '{name}' would not be printed", "write it as plain [@fact-id]"
    for left in re.findall(r"\{[^{}]*\}", FINDING.sub("", paragraph)):
        fix = "write {name}, without blanks; data/README.md lists the findings"
        yield f"“{left}” would be printed as it stands", fix
    for left in _NEARLY_RESTS.findall(paragraph):
        yield f"“{left}” would be printed as it stands", "write [rests: one-label; another]"


@lru_cache(maxsize=8)  # while only prose is edited, the records stay the same object
def _limited(case: Casefile, as_of: str, sources: str) -> Ledger:
    return limited(case, as_of, sources)


class _Reader:
    """Compares prose with one ledger; keeps what each fact holds, so that nothing is worked out twice."""

    def __init__(self, ledger: Ledger):
        self.case: Casefile = ledger.records
        self.ledger = ledger
        self.known = cache(self._known)  # by the limits of a ledger
        self.fallen = self.case.fallen()
        self.held = {name: held_by(self.case, entry) for name, entry in self.case.facts.items()}
        self.terms = ledger.terms
        self.sections = narrative_of(ledger)
        text = " ".join(line for section in self.sections.values() for line in section.lines)
        self.ordinary = self.case.ordinary_words | {word for word in text.split() if word.islower() and word.isalpha()}

    def narrative(self) -> Iterator[Problem]:
        """Yield what is unbound in `narrative.md`."""
        for section in self.sections.values():
            for line, paragraph in section.paragraphs():
                yield from self._paragraph(paragraph, self.case.file(NAME), line, section.name)

    def notebook(self, path: Path) -> Iterator[Problem]:
        """Yield what is unbound in a notebook's Markdown cells."""
        file = path.relative_to(paths.project_root()).as_posix()
        try:
            read = cells(path)
        except ValueError as error:
            what = f"not a notebook that can be read: {error}"
            yield Problem(file, 0, "", what, "save it anew from Jupyter", "CB605")
            return
        for number, cell in enumerate(read, 1):
            if cell.kind == "markdown":
                at = Problem(file, 0, f"cell {number}", "")
                for _, paragraph in Section("", 0, tuple(cell.source.splitlines())).paragraphs():
                    yield from self._paragraph(paragraph, file, 0, at.id)
                    yield from items.stray_labels(paragraph, at)
                    yield from items.unknown_rests(paragraph, items.labels_in(self.sections), at)

    def _paragraph(self, paragraph: str, file: str, line: int, where: str) -> Iterator[Problem]:
        """Yield what is unbound in a paragraph: of the narrative, or of a notebook, where it has no line (0)."""
        stated = statements(line, paragraph, where)
        if is_heading(paragraph) and not (line and any(each.cited or each.mark or each.findings for each in stated)):
            for code, what, fix in self._bare_heading(paragraph, where) if line else _uncited(paragraph, "the heading"):
                yield Problem(file, line, where, what, fix, code)
            return
        for what, fix in _misread(paragraph):
            yield Problem(file, line, where, what, fix, "CB602")
        before: Sentence | None = None
        for sentence in stated:
            at = Problem(file, line and sentence.line, where, "")
            found = [
                replace(at, what=what, fix=fix, code=code)
                for code, what, fix in self._against(sentence, before, where, in_narrative=bool(line))
            ]
            before = sentence
            for problem in kept(found, sentence.aside, at):
                yield replace(problem, what=f"{problem.what}\n    in: {sentence.bare}")

    def _bare_heading(self, heading: str, where: str) -> Iterator[Found]:
        """Yield what a heading without a citation states; one of the recommendations may name whom they address."""
        held = Held.of(" ".join(self.case.case.names))
        for kind, words in unheld(heading.lstrip("# "), held, self.ordinary, self.case.known_names):
            if kind != "name" or where != items.RECOMMENDATIONS:
                what = f"the heading states “{words}” and cites nothing"
                yield "CB601", what, "cite the fact that holds it: '### … [@fact-id]'; or drop it"

    def _against(self, sentence: Sentence, before: Sentence | None, where: str, in_narrative: bool) -> Iterator[Found]:
        """Yield what keeps a sentence, with the one `before` it in its paragraph, from being bound, and the fix."""
        if sentence.findings and not in_narrative:
            what = f"the finding '{sentence.findings[0]}' can be inserted only in {self.case.file(NAME)}"
            yield "CB606", what, "write the sentence there"
            return
        if not (sentence.cited or sentence.mark or sentence.findings or in_narrative):
            yield from _uncited(sentence.bare, "the sentence")
            return
        if self.case.left_out & {*sentence.cited, *sentence.until, *sentence.findings}:
            return  # until those entries can be read
        lost = [name for name in (*sentence.cited, *sentence.until) if name not in self.held]
        for name in lost:
            yield "CB006", *unknown("fact", name, self.held)
        fallen = [name for name in sentence.cited if name in self.fallen]
        for name in fallen:
            yield "CB608", f"the sentence falls: no source carries '{name}'", "cite another fact, or drop the sentence"
        if lost or fallen:
            return
        yield from self._findings(sentence)
        if not sentence.cited and sentence.mark is None:
            fix = "cite what it rests on ([@fact-id]), or mark it [analysis: @fact-id] or [question]"
            yield "CB607", "the sentence cites nothing", fix
            return
        if sentence.mark == "question" and not sentence.bare.endswith("?"):
            yield "CB609", "the sentence is marked as a question and asks nothing", "end it with a question mark"
        yield from self._unheld(sentence)
        yield from self._judgement(sentence)
        yield from self._scope(sentence, is_ours=sentence.mark == "analysis" or where == LIMITS)
        if sentence.mark is None:
            yield from self._hedges(sentence, before)

    def _findings(self, sentence: Sentence) -> Iterator[Found]:
        """What a sentence inserts can be worked out while it stands, from facts that it cites."""
        problems: list[Found] = []
        for limits in self._while_it_stands(sentence.until):
            if not (found := list(self._at(limits, sentence))):
                return  # it need not be shown at each of these moments
            problems = problems or found
        yield from problems

    def _at(self, limits: Limits, sentence: Sentence) -> Iterator[Found]:
        """Yield what keeps a sentence from being shown in a ledger so limited, and the fix."""
        known = self.known(*limits)
        for fact in sorted(set(sentence.cited) - known):
            if fact in self.ledger.facts.index:
                what = f"never shown: '{fact}' is not known before {', '.join(sentence.until)}"
                yield "CB608", what, "drop `until`, or cite what was known then"
            else:
                what = f"the sentence falls: the sources that are left do not support all of '{fact}'"
                yield "CB608", what, "correct the fact, cite another, or drop the sentence"
        for name in sentence.findings:
            computed = finding(_limited(self.case, *limits), name) if known else None
            if name not in (known_names := names(self.case.case)):
                what, near = unknown("finding", name, known_names)
                yield "CB006", what, f"declare it in case.yaml, under lengths or sums; {near}"
            elif computed is None:
                what = f"the finding '{name}' cannot be worked out from what is known while the sentence stands"
                until = ", or change what it is `until`" if sentence.until else ""
                yield "CB606", what, f"{self._needed(name)}, or drop the sentence{until}"
            elif missing := sorted(set(computed.facts) - set(sentence.cited)):
                yield "CB606", f"the finding '{name}' rests on {', '.join(missing)}, not cited here", "cite it too"

    def _needed(self, name: str) -> str:
        """Return what a finding is worked out from."""
        case = self.case.case
        if asked := case.sums.get(name):
            return f"give each of {', '.join(asked.of)} a quantity of one unit, measure and scope, and another period"
        if length := case.lengths.get(name):
            ends = [" or ".join(point) for point in (length.start, length.end)]
            return f"it runs from {ends[0]} to {ends[1]} (lengths in case.yaml): record and date both"
        return "record what it counts"

    def _while_it_stands(self, until: tuple[str, ...]) -> Iterator[Limits]:
        """Yield when a sentence stands: with all that is known, where it stands for good; else at the last moment
        before one of these facts was known, and with the seed alone."""
        if not until:
            yield "", ""
            return
        reported = self.ledger.reported
        # a fact whose sources are gone is never known, so it does not take the sentence's place
        moments = [moment for fact in until if pd.notna(moment := reported.get(fact))]
        yield (min(moments) - pd.Timedelta(seconds=1)).isoformat() if moments else "", ""
        if seed := self.case.case.seed:
            yield "", seed

    def _known(self, as_of: str, sources: str) -> frozenset[str]:
        try:
            return known_facts(self.case, as_of, sources)
        except CaseError:  # no source could be read yet
            return frozenset()

    def _unheld(self, sentence: Sentence) -> Iterator[Found]:
        held = Held.of(" ".join(self.case.case.names), *(self.held[name] for name in sentence.cited))
        known = self.ordinary, self.case.known_names
        missing = unheld(sentence.bare, held, *known)
        lacks = {name: unheld(sentence.bare, other, *known) for name, other in self.held.items()} if missing else {}
        for kind, words in missing:
            near = ", ".join([name for name, other in lacks.items() if (kind, words) not in other][:3])
            fix = f"it stands in {near}: cite that" if near else self._other_form(kind, words, sentence)
            cited = ", ".join(sentence.cited) or "nothing"
            yield (
                CLAIMS[kind],
                f"the {kind} “{words}” stands in none of the facts that the sentence cites ({cited})",
                fix,
            )

    def _other_form(self, kind: str, words: str, sentence: Sentence) -> str:
        """Return the fix for what no fact holds: the form in which one that the sentence cites, or any, holds it."""
        for name in sentence.cited:
            if form := self.held[name].form_of(kind, words):
                return f"'{name}' holds it as “{form}”: write it so, or correct it"
        for name, held in self.held.items():
            if form := held.form_of(kind, words):
                return f"'{name}' holds “{form}”: cite that and write it so, or correct it"
        own = "; a name of the case's own goes under `names` in case.yaml" if kind == "name" else ""
        return f"no fact of the ledger holds it: correct or drop it{own}"

    def _judgement(self, sentence: Sentence) -> Iterator[Found]:
        """Likelihood is for marked judgements, or a source's own word; it never stands beside a word of confidence."""
        likelihood = self.terms.found_in("likelihood", sentence.bare)
        if likelihood and (confidence := self.terms.found_in("confidence", sentence.bare)):
            what = f"“{likelihood[0]}” and “{confidence[0]}” stand in one sentence"
            yield "CB617", what, "say how likely in one sentence, and how sure you are of it in another"
        statements = " ".join(self.case.facts[name].record.statement for name in sentence.cited)
        for term in likelihood if sentence.mark is None else ():
            if term not in self.terms.found_in("likelihood", statements):
                fix = "mark it [analysis: @fact-id], or drop the word"
                yield "CB617", f"“{term}” is a judgement of likelihood", fix

    def _scope(self, sentence: Sentence, is_ours: bool) -> Iterator[Found]:
        """A sentence says *first*, *only* or *all* where its facts do, or where it says *in these sources*."""
        facts = [self.case.facts[name].record for name in sentence.cited]
        held = [text for fact in facts for piece in fact.supporting for text in piece.texts]
        held += [fact.statement for fact in facts]
        claims = (
            beyond_scope(self.terms, sentence.bare, " … ".join(held), is_ours) if sentence.mark != "question" else ()
        )
        for word, kind in claims:
            what = f"the sentence says “{word}”, and its facts have no word of that kind ({kind})"
            yield "CB618", what, f"drop it, say “in these sources”, or cite what says so; {SCOPE}"

    def _hedges(self, sentence: Sentence, before: Sentence | None) -> Iterator[Found]:
        """A sentence keeps the hedge of every fact that it cites, and denies just where they deny."""
        keeps, terms = hedges_in(sentence.bare, self.terms.keepers), self.terms
        texts = {name: self.case.facts[name].record.statement for name in sentence.cited}
        told = self._told(sentence, before)
        for name in texts:
            status = terms["status"].get(self.case.facts[name].record.status)
            hedge = status.hedge if status else None
            if hedge == "negation" and name in told:
                continue
            if status and hedge and hedge not in keeps and self._tells(hedge, sentence, name):
                what = f"'{name}' is {status.label}, and the sentence tells it as settled"
                yield "CB615", what, f"keep the {hedge}: {keeping(terms, hedge)}; or mark it as analysis"
            maybe = {"possibility": terms.hedges["possibility"]}
            if hedge == "report" and "possibility" not in keeps and (words := hedges_in(texts[name], maybe)):
                what = f"'{name}' says “{words['possibility'][0]}”, and the sentence tells it as settled"
                yield "CB615", what, f"keep the possibility: {keeping(terms, 'possibility')}; or mark it as analysis"
        denying = [name for name in texts if denies(terms, texts[name]) and self._tells("negation", sentence, name)]
        denying = [name for name in denying if name not in told]
        if denying and not denies_too(terms, sentence.bare, [texts[name] for name in denying]):
            yield "CB616", f"'{denying[0]}' denies something, and the sentence does not", "keep the “not”"
        elif word := turned_round(terms, sentence.bare, texts.values()):
            yield "CB616", f"the sentence says “{word}”, and its facts say the opposite", "say what the facts say"
        elif word := added_denial(terms, sentence.bare, texts.values()):
            what = f"the sentence says “{word}”, and none of its facts denies anything"
            yield "CB616", what, "say what the facts say, or mark it [analysis: @fact-id]"
        elif word := undone(terms, sentence.bare, texts.values()):
            what = f"the sentence says “{word}”, and its facts only say that this is not so"
            yield "CB616", what, "keep the “not”"

    def _told(self, sentence: Sentence, before: Sentence | None) -> list[str]:
        """Return the facts whose denial the sentence before tells, and which this one does not tell again."""
        if before is None or before.mark is not None or not denies(self.terms, before.bare):
            return []
        facts = [self.case.facts[name].record for name in sentence.cited if name in before.cited]
        others = [fact for fact in facts if denies(self.terms, fact.statement)]
        return [
            fact.id
            for fact in others
            if not retells(self.terms, sentence.bare, fact.statement, names_of(self.case, fact))
        ]

    def _tells(self, kind: str, sentence: Sentence, name: str) -> bool:
        """Tell whether a sentence speaks of what a fact hedges or denies (`tells`)."""
        fact = self.case.facts[name].record
        names = names_of(self.case, fact)
        return tells(self.terms, kind, sentence.bare, fact.statement, names, beside=len(sentence.cited) > 1)

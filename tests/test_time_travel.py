"""Time travel: nothing shown of an earlier moment holds what became known later."""

import re

import pandas as pd
import pytest

from casebound.analysis import conflicts, unknowns
from casebound.analysis.findings import findings
from casebound.facts.ledger.ledger import limited
from casebound.pages.display import Answer, Prose
from casebound.pages.narrative import answer, key_facts, narrative_of, section


@pytest.fixture(scope="module")
def first_known(seed):
    """Return the facts of the seed case by the moment from which they could be known, of a known day."""
    known = pd.Series({fact: seed.reported[fact] for fact in seed.facts.index})
    return {moment: list(of_it.index) for moment, of_it in known.dropna().groupby(known)}


@pytest.fixture(scope="module")
def just_before(seed, first_known):
    """Return what is shown just before each moment: the ledger, all prose, and the facts of the computed results."""
    names = list(narrative_of(seed))
    shown = {}
    for moment in sorted(first_known)[1:]:
        ledger = limited(seed.records, (moment - pd.Timedelta(seconds=1)).isoformat(), "")
        prose = [section(ledger, name).markdown for name in names]
        prose.append(key_facts(ledger)._repr_mimebundle_()["text/plain"])
        computed, register = findings(ledger), conflicts.register(ledger)
        prose += [f"{finding.asks} {finding.text} {finding.reason}" for finding in computed.values()]
        prose += [f"{matter.asks} {' '.join(matter.reasons)} {matter.because}" for matter in register]
        prose += list(ledger.answers["answer"])
        facts = {
            "findings": {fact for finding in computed.values() for fact in finding.facts},
            "conflicts": {fact for matter in register for fact in (*matter.facts, matter.followed)},
            "set aside": set(conflicts.set_aside(ledger)),
        }
        shown[moment] = (ledger, "\n".join(prose), facts)
    return shown


def test_there_are_moments_to_travel_to(just_before, first_known, seed):
    assert len(just_before) > 30
    assert sum(map(len, first_known.values())) > 0.95 * len(seed.facts)


def test_a_fact_is_in_no_table_before_its_first_source_could_be_read(just_before, first_known):
    for moment, (ledger, _, facts) in just_before.items():
        late = {fact for later, of_it in first_known.items() if later >= moment for fact in of_it}
        tables = {
            **facts,
            "facts": set(ledger.facts.index),
            "evidence": set(ledger.evidence["fact"]),
            "answers": set(ledger.answers["fact"]),
            "causes": set(ledger.causes["cause"]) | set(ledger.causes["effect"]),
            "supersessions": set(ledger.supersessions["old"]) | set(ledger.supersessions["new"]),
            "followed": set(ledger.followed) | set(ledger.openers.values()),
        }
        for name, held in tables.items():
            assert not held & late, (moment, name)


def test_a_question_that_arises_later_is_not_asked_before(just_before):
    for moment, (ledger, *_) in just_before.items():
        table = unknowns.questions(ledger)
        asked = set(table.index)
        assert {fact for of_it in table["facts"] for fact in of_it} <= set(ledger.facts.index)
        for question in ledger.case.questions:
            arisen = question.arises_from is None or question.arises_from in ledger.facts.index
            is_answered = question.id in set(ledger.answers["question"])
            assert (question.id in asked) == (arisen or is_answered), (moment, question.id)


def test_whatever_is_known_each_chapter_opens_with_an_answer(just_before, seed):
    chapters = set(re.findall(r"^- \*\*(.+?):\*\*", "\n".join(narrative_of(seed)["answers"].lines), re.M)) & {
        *narrative_of(seed)
    }
    assert len(chapters) > 5
    for moment, (ledger, *_) in just_before.items():
        for chapter in chapters:
            if isinstance(section(ledger, chapter), Prose):
                assert isinstance(answer(ledger, chapter), Answer), (moment, chapter)


def test_no_prose_says_or_cites_what_is_not_known_yet(just_before, first_known, seed):
    for moment, (_, prose, _) in just_before.items():
        for later, facts in first_known.items():
            for fact in facts if later >= moment else ():
                row = seed.facts.loc[fact]
                assert f"@{fact}]" not in prose and f"@{fact};" not in prose, (moment, fact)
                assert row["statement"] not in prose, (moment, fact)
                assert not row["named"] or row["label"] not in prose, (moment, fact)


def test_what_is_known_stays_known(just_before):
    known: set[str] = set()
    for moment in sorted(just_before):
        now = set(just_before[moment][0].facts.index)
        assert known <= now, moment
        known = now

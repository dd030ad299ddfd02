"""Growth: a case of twice the facts takes at most little more than twice the work, counted in calls and not in time."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from casebound.analysis import conflicts, corroboration, timeline, unknowns
from casebound.checks import facts, prose
from casebound.checks.case import problems_of
from casebound.facts.ledger.casefile import casefile
from casebound.facts.ledger.ledger import load
from casebound.pages import figures, narrative, tables
from casebound.pages.markup import parsed, walked
from casebound.report.document.model import Chapter, FactEntry, Heading, Piece, SourceEntry
from casebound.report.document.numbering import Numbering
from casebound.report.errors import Problems
from casebound.report.evidence import appendix

SIZES = (432, 864)
TWICE = 2.3  # n log n of 864 is 2.23 times that of 432; n² would be 4 times
PAGE = 8.7 * 72  # points: the height that a figure may have


@pytest.fixture(scope="module")
def cases():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent / "bench"))
        return __import__("cases")


@pytest.fixture(scope="module")
def grown(cases, tmp_path_factory):
    """Return the casefile and the ledger of an invented case of each size."""
    root = tmp_path_factory.mktemp("grown")
    for name in ("data", "notebooks"):
        shutil.copytree(cases.ROOT / name, root / name)
    for size in SIZES:
        cases.write(root / "data" / f"of-{size}", size)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(root))
        yield [(casefile(f"of-{size}"), load(f"of-{size}")) for size in SIZES]


class Id(str):
    """An id whose comparisons count as steps, so that a search through a list shows."""

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other)

    __hash__ = str.__hash__


WORK = {
    "the checks": lambda records, ledger: facts.problems_of(records),
    "proofreading": lambda records, ledger: prose.problems_of(ledger, []),
    "the order": lambda records, ledger: tables.order(ledger),
    "conflicts": lambda records, ledger: (conflicts.register(ledger), tables.register(ledger)),
    "credibility": lambda records, ledger: corroboration.corroboration(ledger),
    "questions": lambda records, ledger: unknowns.questions(ledger),
    "a section": lambda records, ledger: narrative.section(ledger, "recovery"),
    "the appendix": lambda records, ledger: appendix.entries(ledger),
}


@pytest.mark.parametrize("name", WORK)
def test_twice_the_facts_take_about_twice_the_steps(grown, steps, name):
    few, many = (steps(lambda pair=pair: WORK[name](*pair)) for pair in grown)
    assert many < TWICE * few


def test_the_invented_case_is_one_that_every_check_lets_pass(grown):
    for size in SIZES:
        assert problems_of(f"of-{size}") == []
    assert [len(ledger.facts) for _, ledger in grown] == list(SIZES)


def test_the_same_number_gives_the_same_case(cases, tmp_path):
    for name in ("one", "other"):
        cases.write(tmp_path / name, 40)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "other" / f).read_bytes() for f in files)


def test_numbering_looks_at_each_thing_once(steps):
    counts = []
    for size in SIZES:
        piece = Piece("“words”", True, "", "reporter", f"s{size - 1}", "A paper", "", "verified")
        entries = {Id(f"f{n}"): FactEntry(f"f{n}", "Words.", "", "done", (piece,)) for n in range(size)}
        sources = [SourceEntry(f"s{n}", "A paper.", None, "", "B", "") for n in range(size)]
        paragraphs = [parsed(f"Words [@f{n}].")[1].children for n in range(size)]
        for token in walked(token for paragraph in paragraphs for token in paragraph):
            if token.type == "citation":
                token.meta["ids"] = tuple(map(Id, token.meta["ids"]))

        def work(entries=entries, sources=sources, paragraphs=paragraphs):
            numbering = Numbering(entries, {source.id: source for source in sources}, Problems())
            chapter = Chapter("10-a", Heading(2, [], "A", anchor="10-a"))
            for paragraph in paragraphs:
                numbering._tokens(walked(paragraph), chapter)
                numbering.anchor("alike")
            assert [cited.number for cited in numbering.evidence().cited] == list(range(1, len(paragraphs) + 1))

        counts.append(steps(work))
    assert counts[1] < TWICE * counts[0]


def test_every_event_has_the_places_that_counting_one_by_one_gives(grown):
    _, ledger = grown[0]
    order, facts = timeline.certain_order(ledger), list(timeline.events(ledger).index)[:60]
    for fact, (first, last) in zip(facts, order.places(facts), strict=True):
        others = [other for other in facts if other != fact]
        assert first == 1 + sum(order.before(other, fact) for other in others)
        assert last == len(facts) - sum(order.before(fact, other) for other in others)


FIGURE = """
- id: {id}
  statement: A figure of many.
  when: 2031-04-12
  dated: {{rule: at-publication, base: 2031-04-12}}
  status: done
  affected: [suppliers]
  answers: {{bearers: so much}}
  quantity: {{{quantity}}}
  evidence:
    - source: audit-2031-04-12
      says: a figure of many
      basis: official
"""
SHARE = "value: 1, unit: percent, measure: share of loss of income, scope: the valley"
BORNE = "value: {n}, unit: GBP million, measure: damage, scope: farm {n}"
MADE = "value: {n}, unit: tonnes, measure: butter made, scope: Brightwater, period: {week}"
WEEKS = [f"{day}/{day + timedelta(days=6)}" for day in (date(2031, 1, 6) + timedelta(weeks=n) for n in range(50))]


@pytest.fixture(scope="module")
def crowded(grown):
    """Return a ledger in which the cost has fifty bearers with a share and fifty with a sum, and output fifty weeks."""
    folder = casefile(f"of-{SIZES[0]}").folder
    crowd = shutil.copytree(folder, folder.with_name("crowded"))
    question = "questions:\n- {id: bearers, about: bearers, theme: costs, asks: Who bears the cost?}\n"
    case = (crowd / "case.yaml").read_text("utf-8")
    (crowd / "case.yaml").write_text(case.replace("questions:\n", question), "utf-8")
    quantities = [SHARE] * 50
    quantities += [each.format(n=n, week=week) for n, week in enumerate(WEEKS, 1) for each in (BORNE, MADE)]
    added = "".join(FIGURE.format(id=f"figure-{n}", quantity=words) for n, words in enumerate(quantities))
    with (crowd / "costs.yaml").open("a", encoding="utf-8") as file:
        file.write(added)
    return load("crowded")


@pytest.mark.parametrize("name", sorted(set(figures.__all__) - {"show", "table_of"}))
def test_a_figure_of_many_facts_fits_its_page_and_says_what_it_leaves_out(grown, crowded, name):
    figure = getattr(figures, name)(crowded if name in ("bearers", "output") else grown[1][1])
    height = float(re.search(r'viewBox="\S+ \S+ \S+ (\S+)"', figure.data)[1])
    assert height <= PAGE
    assert len(figure.alt) < 5_000  # no listener has the patience for more


def test_figures_of_many_bearers_and_periods_say_how_many_they_leave_out(crowded):
    figure = figures.bearers(crowded)
    assert "The rest, with 44 further shares." in figure.alt
    assert figure.note.endswith("Not drawn: 44 smaller figures of single bearers.")
    assert figures.output(crowded).note.endswith("Drawn: the last 24 of 50 periods.")
    assert len(figures.output(crowded).table.rows) == 50

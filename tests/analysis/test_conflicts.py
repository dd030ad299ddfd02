"""Conflicts: two answers to one question that cannot both be so, shown with both sides."""

import pytest

from casebound.analysis import conflicts, corroboration
from casebound.facts.ledger.relations import CONFLICTS
from casebound.pages import tables


def pairs(ledger):
    table = conflicts.conflicts(ledger)
    asked = table["question"].astype(object).where(table["question"].notna(), None)
    return dict(zip(zip(asked, table["first"], table["second"], strict=True), table["kind"], strict=True))


def test_the_invented_case_has_conflicts_of_four_kinds(dairy_at_second):
    assert pairs(dairy_at_second) == {
        # "would not open ... until April 1" against the caption "churns are turning again"
        ("churn-state", "no-opening-until-april", "churns-turning-caption"): "status",
        # "lost track of 120 village shops" against "lost track of 145 village shops"
        ("shops-lost", "shops-lost-120", "shops-lost-145"): "value",
        # "may have copied customer addresses" against "has not confirmed whether addresses left the building"
        ("data-taken", "addresses-possible", "addresses-unconfirmed"): "hedge",
        # a caption: "stood still for over a month"
        (None, "stood-still-caption", "no-opening-until-april"): "wording",
    }


def test_what_is_at_odds_by_its_wording_a_person_says_and_why(dairy_at_second):
    table = conflicts.conflicts(dairy_at_second).set_index("kind")
    assert table.at["wording", "reason"] == "It reads as if the stop were over."
    assert table["reason"].drop("wording").isna().all()


def test_wording_at_odds_with_a_fact_that_is_not_known_is_left_out(project):
    project.edit(
        "timeline.yaml", "{fact: no-opening-until-april, reason: It reads", "{fact: first-cheque, reason: It reads"
    )
    assert "wording" in set(conflicts.conflicts(project.load())["kind"])
    assert "wording" not in set(conflicts.conflicts(project.load(as_of="2031-03-20"))["kind"])


def test_without_conflicts_the_table_has_its_columns(project):
    table = conflicts.conflicts(project.load(sources="oak-2031-03-24"))
    assert list(table.columns) == ["question", "asks", "first", "second", "kind", "reason"]
    assert len(table) == 0


@pytest.mark.parametrize(("when", "kind"), [("2031-02-25", "date"), ("2031-02-10", None), ("2031-02", None)])
def test_dates_that_exclude_each_other_are_a_conflict(project, when, kind):
    project.append(
        "timeline.yaml",
        f"""
- id: attack-began-later
  statement: The attack began in the dark weeks.
  when: {when}
  dated: {{rule: named-day, phrase: dark weeks, base: 2031-03-24}}
  status: done
  answers: {{attack-start: late February}}
  evidence:
    - {{source: oak-2031-03-24, quote: in its dark weeks, basis: reporter}}
""",
    )
    assert pairs(project.load()).get(("attack-start", "attack-began", "attack-began-later")) == kind


def test_states_of_different_days_are_no_conflict(project):
    # the churns may have stood still in February and turn on 20 March
    project.edit("timeline.yaml", "  opens: stoppage\n", "  opens: stoppage\n  answers: {churn-state: stopped}\n")
    pair = ("churn-state", "churns-stopped", "churns-turning-caption")
    assert pair in pairs(project.load())
    by_then = 'label: "Caption: churns turning"\n  when: "../2031-03-20"\n  dated: {rule: by-publication'
    on_the_day = 'label: "Caption: churns turning"\n  when: 2031-03-20\n  dated: {rule: at-publication'
    project.edit("recovery.yaml", by_then, on_the_day)
    assert pair not in pairs(project.load())


def test_a_plan_and_the_one_that_overtakes_it_are_no_conflict(project):
    # "until April 1" on 20 March, "until April 8" on 24 March
    early = {"as_of": "2031-03-24"}
    assert "reopening" not in {question for question, *_ in pairs(project.load(**early))}
    steps = "  supersedes:\n    - {fact: no-opening-until-april, how: superseded}\n"
    project.edit("timeline.yaml", steps, "")
    asked = ("reopening", "no-opening-until-april", "opening-slips")
    assert pairs(project.load(**early))[asked] == "forecast"


def test_what_is_overtaken_over_two_steps_is_no_conflict_either(dairy):
    # 1 April gave way to 8 April, and that to the restart on 9 April
    assert ("reopening", "no-opening-until-april", "churns-restarted") not in pairs(dairy)


# Each kind


def test_each_kind_is_found(dairy):
    expected = {
        # "5 February 2031", by the logs; "25 February", by a paper
        ("attack-start", "attack-on-5-february", "attack-on-25-february"): "date",
        # the union on 2 April: 20 April; it came on 9 April
        ("reopening", "union-forecast", "churns-restarted"): "forecast",
        # "120 village shops", "133 shops"
        ("shops-lost", "shops-lost-120", "shops-lost-133"): "value",
        # "145 village shops", which the auditor corrects
        ("shops-lost", "shops-lost-145", "shops-lost-133"): "revision",
        # two creameries, three creameries
        ("creameries", "creameries-two", "creameries-three"): "scope",
        # the loss of the valley, the sales of the firm
        ("cost", "cost-valley", "cost-sales"): "scope",
        # the crowd that claims it, the gang that the auditor names
        ("attacker", "claimed-by-club", "whey-gang-named"): "name",
        # "may have copied", and the firm's admission
        ("data-taken", "addresses-possible", "addresses-admitted"): "hedge",
        # as a person reads it, with the kind that the person gives it
        (None, "cold-store-empty", "cold-store-back"): "status",
    }
    assert expected.items() <= pairs(dairy).items()
    assert set(expected.values()) | {"wording"} == set(CONFLICTS)


SHOPS = ("shops-lost", "shops-lost-120", "shops-lost-145")
COUNTED = "value: 145, unit: shops, measure: shops lost track of, scope: Brightwater"
BOOKED = ("booked-cost", "cost-february", "cost-march")
SALES = "measure: sales lost, scope: Brightwater"


@pytest.mark.parametrize(
    ("file", "old", "new", "pair", "kind"),
    [
        ("impacts.yaml", COUNTED, COUNTED.replace("145", "120"), SHOPS, None),  # the same figure
        # ranges that meet
        ("impacts.yaml", COUNTED, COUNTED.replace("value: 145", "low: 100, high: 150"), SHOPS, None),
        ("impacts.yaml", COUNTED, COUNTED.replace("unit: shops", "unit: farms"), SHOPS, None),
        # figures of one unit that measure different things cannot be compared
        ("impacts.yaml", COUNTED, COUNTED.replace("lost track of", "closed"), SHOPS, "scope"),
        ("impacts.yaml", COUNTED, COUNTED.replace("Brightwater", "county"), SHOPS, "scope"),
        # of the same time they are at odds; of different times both can be right
        ("costs.yaml", "period: 2031-03}", "period: 2031-02}", BOOKED, "value"),
        ("costs.yaml", "period: 2031-03}", "period: 2031-02-28}", BOOKED, None),
        ("costs.yaml", f"{SALES}}}", f"{SALES}, period: 2031-02}}", ("cost", "cost-february", "cost-sales"), None),
        (
            *("impacts.yaml", "places: [holt-fen, cawdale, mere-end]", "places: [cawdale, holt-fen]"),
            *(("creameries", "creameries-two", "creameries-three"), None),
        ),
        (
            *("attribution.yaml", "accused: whey-gang", "accused: club"),
            *(("attacker", "claimed-by-club", "whey-gang-named"), None),
        ),
        # a withdrawn fact contradicts nothing
        (
            *("attribution.yaml", "how: superseded}", "how: withdrawn}"),
            *(("data-taken", "addresses-unconfirmed", "addresses-admitted"), None),
        ),
        # a forecast holds on the day that it names, not on the day on which it was made
        (
            *("recovery.yaml", "forecast: 2031-04-20", "forecast: 2031-04-09"),
            *(("reopening", "union-forecast", "churns-restarted"), None),
        ),
    ],
)
def test_answers_are_at_odds_only_where_they_exclude_each_other(project, file, old, new, pair, kind):
    project.edit(file, old, new)
    assert pairs(project.load()).get(pair) == kind


def test_a_revision_is_one_only_as_long_as_it_corrects(project):
    pair = ("shops-lost", "shops-lost-145", "shops-lost-133")
    project.edit("impacts.yaml", "how: corrected", "how: superseded")
    assert pair not in pairs(project.load())
    project.edit("impacts.yaml", "  supersedes:\n    - {fact: shops-lost-145, how: superseded}\n", "")
    assert pairs(project.load())[pair] == "value"


# The register


def test_a_figure_that_a_later_one_corrects_is_settled_by_it(project):
    resolution = "resolution: {follow: [shops-lost-133, shops-lost-145], reason: The first figure came before"
    project.edit("case.yaml", f"lose track of?,\n     {resolution} anybody had counted.}}}}", "lose track of?}")
    project.edit("impacts.yaml", '  answers:\n    shops-lost: "120"\n', "")
    ledger = project.load()
    matter = matter_on(ledger, "How many shops")
    assert matter.kinds == ("revision",) and matter.corrections == (("shops-lost-145", "shops-lost-133"),)
    assert (matter.followed, matter.because) == ("shops-lost-133", None)
    entry = tables.register(ledger).markdown.partition("### How many shops")[2].partition("###")[0]
    assert "Account 2 corrects account 1. We follow account 2 [@shops-lost-133]." in entry
    assert "shops-lost-145" not in conflicts.set_aside(ledger)  # corrected, rather than not followed
    assert corroboration.corroboration(ledger).at["shops-lost-145", "credibility"] == "5"


def matter_on(ledger, words):
    [matter] = [matter for matter in conflicts.register(ledger) if words in matter.asks]
    return matter


def test_the_register_has_one_entry_a_question(dairy):
    register = {matter.asks: matter for matter in conflicts.register(dairy)}
    matter = register["How many shops did the firm lose track of?"]
    assert matter.facts == ("shops-lost-120", "shops-lost-145", "shops-lost-133")
    assert matter.kinds == ("value", "revision")
    assert matter.followed == "shops-lost-133" and matter.because == "The first figure came before anybody had counted."
    assert len(conflicts.register(dairy)) == len(register)
    asked = {question.asks for question in dairy.case.questions}
    assert len(register.keys() - asked) == 2  # read so by a person, and they share no fact: the label of the first


def test_readings_that_share_a_fact_are_one_matter(project):
    project.edit("recovery.yaml", "{fact: cold-store-back, kind", "{fact: stood-still-caption, kind")
    matter = matter_on(project.load(), project.load().facts.at["stood-still-caption", "label"])
    assert matter.facts == ("stood-still-caption", "no-opening-until-april", "cold-store-empty")
    assert set(matter.reasons) == {"It reads as if the stop were over.", "A store that hums again is seldom empty."}


def test_the_register_stands_in_the_order_of_the_questions(dairy):
    asked = [question.asks for question in dairy.case.questions]
    shown = [matter.asks for matter in conflicts.register(dairy) if matter.asks in asked]
    assert shown == sorted(shown, key=asked.index)


def test_a_matter_may_be_resolved_without_following_any(dairy):
    matter = matter_on(dairy, "creameries")
    assert matter.followed is None
    assert matter.because == "The papers count the same stop differently, and neither says how."


def test_only_hedges_leave_a_matter_open(dairy):
    left_open = [matter.asks for matter in conflicts.register(dairy) if matter.leaves_open]
    assert left_open == ["Were addresses taken?"]


def test_the_first_fact_at_hand_is_followed(dairy_at_second):
    # the auditor's count is not known yet, so the union's stands
    matter = matter_on(dairy_at_second, "shops")
    assert matter.followed == "shops-lost-145"


def test_a_resolution_whose_words_no_source_at_hand_holds_is_left_out(project):
    old = "The first figure came before anybody had counted."
    project.edit("case.yaml", old, "The auditor counted 133 of them.")
    known = project.load(as_of="2031-03-24")
    matter = matter_on(known, "shops")
    assert (matter.followed, matter.because) == (None, None)
    matter = matter_on(project.load(), "shops")
    assert matter.followed == "shops-lost-133"


def test_what_is_at_odds_with_the_one_followed_is_set_aside(dairy, dairy_at_second, dairy_at_first):
    assert conflicts.set_aside(dairy) == {
        *("attack-on-25-february", "shops-lost-120", "shops-lost-145")  # "February", with no day, may be so too
    }
    assert conflicts.set_aside(dairy_at_second) == {"shops-lost-120"}
    assert conflicts.set_aside(dairy_at_first) == set()

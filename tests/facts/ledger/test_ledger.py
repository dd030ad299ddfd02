"""Ledger: the invented case as tables, whole, as known at a moment, and limited to some sources.

Its first article could be read from 09:40 on 20 March 2031 ("Updated: 20/03/2031 - 09:40"), its second from
18:05 on 24 March 2031 ("Published: 24 March 2031 at 18:05").
"""

import inspect
import io
import re
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from casebound.facts.ledger.ledger import FRAMES, Ledger, load
from casebound.facts.problems import CaseError
from casebound.report.document.htmltable import table_of

FIRST, SECOND = "quill-2031-03-20", "oak-2031-03-24"
LATER, OPEN = ("gill-2031-04-10", "marsh-2031-04-10", "audit-2031-04-12"), "churn-notes"
ONLY_IN_SECOND = {"opening-slips", "shops-lost-145", "inside-job", "first-cheque"}


def refused(project, **options):
    with pytest.raises(CaseError) as caught:
        project.load(**options)
    return [str(problem) for problem in caught.value.problems]


# The tables


def test_facts_and_pieces_have_a_row_each(dairy):
    assert dairy.facts.index.is_unique
    assert len(dairy.facts) == 54
    assert list(dairy.evidence.index) == list(range(63))
    assert set(dairy.evidence["fact"]) == set(dairy.facts.index)
    assert set(dairy.evidence["source"]) == set(dairy.sources.index) == {FIRST, SECOND, *LATER, OPEN}


def test_a_piece_has_the_origin_of_its_words_or_else_its_source_s(dairy):
    pieces = dairy.evidence.set_index(["fact", "source"])["origin"]
    # "in the firm's statement"
    assert pieces["churns-restarted", "gill-2031-04-10"] == "brightwater-2031-04-10"
    assert pieces["churns-restarted", "audit-2031-04-12"] == "audit-2031-04-12"
    assert pieces["disclosure", "gill-2031-04-10"] == "gill-2031-04-10"


def test_what_overtakes_what_has_a_row_each(dairy):
    assert set(dairy.supersessions.itertuples(index=False, name=None)) == {
        ("no-opening-until-april", "opening-slips", "superseded"),
        ("opening-slips", "churns-restarted", "superseded"),
        ("shops-lost-145", "shops-lost-133", "corrected"),
        ("inside-job", "reed-takes-back", "withdrawn"),
        ("addresses-unconfirmed", "addresses-admitted", "superseded"),
    }
    assert dairy.superseded == set(dairy.supersessions["old"])
    assert dairy.followed == {"attack-on-5-february", "shops-lost-133"}


def test_a_fact_s_row_says_what_its_entry_says(dairy):
    row = dairy.facts.loc["inspector-visit"]
    assert row["theme"] == "response"
    assert row["date"] == "between 17 and 20\u00a0March\u00a02031"
    assert (row["earliest"], row["latest"]) == (pd.Timestamp("2031-03-17"), pd.Timestamp("2031-03-20"))
    assert not row["lasts"] and row["firm"] and row["named"]
    row = dairy.facts.loc["shops-lost-120"]
    assert (row["low"], row["high"], row["unit"]) == (120, 120, "shops")
    assert row["affected"] == ("retailers",)
    assert pd.isna(row["earliest"]) and row["latest"] == pd.Timestamp("2031-03-20")


def test_a_fact_without_a_label_is_shown_by_its_statement(dairy):
    row = dairy.facts.loc["system-bought"]
    assert row["label"] == row["statement"] == "The firm bought its ordering system in 2029, on 3 June."
    assert not row["named"]


def test_our_words_are_typeset_and_the_source_s_are_not(dairy):
    assert dairy.facts.at["order-books-emptied", "statement"] == "A cyber attack emptied the firm’s order books."
    [quote] = dairy.evidence.loc[dairy.evidence["fact"] == "county-levers", "quote"]
    assert quote == 'it was" pulling every lever" for one of the valley\'s oldest employers'


def test_origins_are_counted_apart_from_sources_and_pieces(dairy, project):
    counted = dairy.facts[["pieces", "sources", "origins"]]
    assert list(counted.loc["cold-store-back"]) == [2, 2, 2]
    assert list(counted.loc["in-stages"]) == [2, 1, 1]
    project.edit(
        "sources.yaml",
        "  grade: C\n  grade_reason: An invented paper that names some",
        "  origin: quill-2031-03-20\n  grade: C\n  grade_reason: An invented paper that names some",
    )
    assert list(project.load().facts.loc["cold-store-back", ["sources", "origins"]]) == [2, 1]
    # two papers that print the firm's statement, and the auditor
    assert list(counted.loc["churns-restarted"]) == [3, 3, 2]
    assert list(counted.loc["addresses-admitted"]) == [2, 2, 1]


def test_a_piece_says_whether_it_was_verified_read_or_neither(dairy, project):
    assert set(dairy.evidence.dropna(subset=["quote"])["state"]) == {"verified"}
    told = dairy.evidence.dropna(subset=["says"]).set_index(["fact", "source"])
    assert set(told["state"]) == {"read", "unread"}
    assert told.loc[("churning-normal", "audit-2031-04-12"), ["state", "read"]].tolist() == ["read", "2031-05-01"]
    assert told.loc[("cold-store-empty", "marsh-2031-04-10"), "state"] == "unread"
    project.edit("context.yaml", "quote: The firm bought its", "says: The firm bought its")
    sha256 = next(line for line in project.text("sources.yaml").splitlines() if "sha256: a3" in line)
    project.edit("sources.yaml", f"  access: full\n{sha256}\n", "  access: excerpt\n")
    states = project.load().evidence.set_index(["fact", "source"])["state"]
    assert states["system-bought", FIRST] == "unread"
    assert states["inside-job", SECOND] == "unread"
    assert states["no-ransom", FIRST] == "verified"


def test_a_piece_whose_text_has_another_fingerprint_is_not_verified(project):
    project.edit("sources.yaml", "sha256: a3b", "sha256: b3b")
    evidence = project.load().evidence
    assert set(evidence.loc[evidence["source"] == SECOND, "state"]) == {"unread"}


@pytest.mark.parametrize(
    ("fact", "start", "end"),
    [
        ("attack-began", (date(2031, 2, 1), date(2031, 2, 19)), (date(2031, 2, 1), date(2031, 2, 19))),
        ("shops-lost-120", (None, date(2031, 3, 20)), (None, date(2031, 3, 20))),  # by publication: on any day before
        ("clerks-left", (date(2031, 4, 10), None), (date(2031, 4, 10), None)),  # on a page of no known day
        ("paper-lists", (date(2031, 2, 1), date(2031, 2, 28)), (date(2031, 3, 20), date(2031, 3, 20))),
        ("paid-by-hand", (date(2031, 3, 20), date(2031, 3, 20)), (date(2031, 3, 20), None)),
    ],
)
def test_a_date_has_the_windows_that_its_rule_gives(dairy, fact, start, end):
    when = dairy.when(fact)
    assert (when.start.earliest, when.start.latest) == start
    assert (when.end.earliest, when.end.latest) == end


def test_what_happened_by_a_day_is_no_interval(dairy):
    assert not dairy.facts.at["shops-lost-120", "lasts"]
    assert dairy.facts.at["paper-lists", "lasts"]


# As known at a moment


def test_a_source_of_no_known_day_is_in_no_ledger_of_a_moment_and_in_the_whole(project, dairy):
    assert pd.isna(dairy.sources.at[OPEN, "available"])
    for as_of in ("2031-04-12T23:59:59", "2031-04-12", "2999-01-01"):
        known = project.load(as_of=as_of)
        assert set(dairy.facts.index) - set(known.facts.index) == {"clerks-left"}
        assert set(dairy.sources.index) - set(known.sources.index) == {OPEN}
    assert list(project.load(sources=OPEN).facts.index) == ["clerks-left"]
    [problem] = refused(project, sources=OPEN, as_of="2999-01-01")
    assert "nothing was known at 2999-01-01" in problem


def test_what_overtakes_is_known_only_where_both_are(project):
    def overtaken(**limits):
        return set(project.load(**limits).supersessions["old"])

    assert overtaken(as_of="2031-03-20") == set()
    assert overtaken(as_of="2031-03-24") == {"no-opening-until-april"}
    assert overtaken(as_of="2031-04-10") == {
        *("no-opening-until-april", "opening-slips", "inside-job", "addresses-unconfirmed")
    }
    # without the article of 24 March neither 8 April nor the union's figure is known
    assert overtaken(sources=f"{FIRST},{','.join(LATER)}") == {"addresses-unconfirmed"}


def test_of_a_resolution_the_first_fact_that_is_known_is_followed(project):
    assert project.load(as_of="2031-03-20").followed == set()
    assert project.load(as_of="2031-03-24").followed == {"shops-lost-145"}
    assert project.load(as_of="2031-04-12").followed == {"shops-lost-133", "attack-on-5-february"}


def test_a_phase_is_opened_by_what_is_followed_and_not_overtaken(project):
    opened = [project.load(as_of=day).openers for day in ("2031-03-20", "2031-03-24", "2031-04-12")]
    assert [one["production"] for one in opened] == ["no-opening-until-april", "opening-slips", "churns-restarted"]
    assert [one["attack"] for one in opened] == ["attack-began", "attack-began", "attack-on-5-february"]


@pytest.mark.parametrize("as_of", ["2031-03-20T09:40", "2031-03-24T18:04", "2031-03-23", "2031-03-20T10:40+01:00"])
def test_before_the_second_source_what_it_alone_says_is_not_known(project, dairy_at_second, as_of):
    known = project.load(as_of=as_of)
    assert set(dairy_at_second.facts.index) - set(known.facts.index) == ONLY_IN_SECOND
    assert list(known.sources.index) == [FIRST]
    assert set(known.evidence["source"]) == {FIRST}


@pytest.mark.parametrize("as_of", ["2031-03-20T09:39", "2031-03-19", "2031-03-20T10:39+01:00"])
def test_before_the_first_source_nothing_is_known(project, as_of):
    [problem] = refused(project, as_of=as_of)
    assert f"nothing was known at {as_of}" in problem
    assert problem.endswith("fix: choose a moment from 2031-03-20T09:40 on")


def test_a_source_of_which_only_the_day_is_known_counts_from_the_end_of_that_day(project):
    [problem] = refused(project, as_of="2031-04-10T23:59", sources="gill-2031-04-10")
    assert problem.endswith("fix: choose a moment from 2031-04-10 on")
    assert project.load(as_of="2031-04-10", sources="gill-2031-04-10").known


def test_a_moment_without_a_zone_is_in_the_case_s_zone(project):
    project.edit("case.yaml", "timezone: Europe/London", "timezone: Pacific/Auckland")
    assert refused(project, as_of="2031-03-20T22:39")  # 09:40 in London is 22:40 in Auckland
    assert str(project.load(as_of="2031-03-20T22:40").as_of) == "2031-03-20 22:40:00+13:00"


def test_a_date_counts_its_whole_day(project):
    assert project.load(as_of="2031-03-24").as_of.isoformat() == "2031-03-24T23:59:59+00:00"
    assert project.load(as_of="2031-04-24").as_of.isoformat() == "2031-04-24T23:59:59+01:00"


@pytest.mark.parametrize("as_of", ["yesterday", "2031-03", "2031-02-30", "2031-03-20T25:00"])
def test_a_bad_date_is_refused(project, as_of):
    [problem] = refused(project, as_of=as_of)
    assert problem.startswith(f"as_of: '{as_of}' is not a date")
    assert "fix: write a date or a date with time" in problem


@pytest.mark.parametrize("as_of", ["0001-01-01", "9999-12-31T23:59-12:00"])
def test_a_year_at_the_end_of_the_calendar_is_refused(project, as_of):
    assert "is out of range" in refused(project, as_of=as_of)[0]


def test_what_a_build_asks_for_limits_a_reader_who_names_no_limit(project, monkeypatch):
    monkeypatch.setenv("CASEBOUND_AS_OF", "2031-03-20T09:40")
    assert list(project.load().sources.index) == [FIRST]
    assert len(project.load(as_of="2031-03-24").sources) == 2
    monkeypatch.setenv("CASEBOUND_AS_OF", "")
    monkeypatch.setenv("CASEBOUND_SOURCES", SECOND)
    assert list(project.load().sources.index) == [SECOND]


def test_what_is_known_is_as_new_as_its_newest_dated_source(dairy, dairy_at_second, dairy_at_first):
    assert dairy.known.isoformat() == "2031-04-12T23:59:59+01:00"
    assert dairy_at_second.known.isoformat() == "2031-03-24T18:05:00+00:00"
    assert dairy_at_first.known.isoformat() == "2031-03-20T09:40:00+00:00"
    assert dairy.as_of is None


# Limited to some sources


def test_a_fact_stays_only_where_a_source_at_hand_supports_it(project):
    known = project.load(sources=SECOND)
    # no-opening-until-april and shops-lost-120 have a piece in the second source, which speaks against them
    assert set(known.facts.index) == ONLY_IN_SECOND | {"cold-store-back"}
    assert set(known.evidence["fact"]) == set(known.facts.index)
    assert set(known.evidence["source"]) == set(known.limited_to) == {SECOND}
    assert list(known.facts.loc["cold-store-back", ["pieces", "origins"]]) == [1, 1]


def test_a_fact_that_a_source_only_disputes_is_not_known_from_it(project):
    piece = f"    - {{source: {SECOND}, says: the bills were paid, basis: reporter, stance: disputes}}\n"
    first = "    - source: quill-2031-03-20\n      quote: bills lay unpaid\n"
    project.edit("impacts.yaml", first, piece + first)
    assert len(project.load().evidence.query("fact == 'bills-unpaid'")) == 2
    assert "bills-unpaid" not in project.load(sources=SECOND).facts.index


def test_causes_and_answers_go_with_their_facts(project, dairy):
    known = project.load(sources=SECOND)
    assert len(dairy.causes) == 7 and len(known.causes) == 0
    assert set(known.answers["fact"]) == {"opening-slips", "shops-lost-145", "inside-job"}
    assert len(project.load(as_of="2031-03-20").causes) == 7


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("statement: The cold store at Cawdale was humming again.", "statement: The cold store {}."),
        ("label: Cold store back", "label: 'It {}'"),
        ("  system: parts logistics", "  answers:\n    cost: 'it {}'\n  system: parts logistics"),
    ],
)
def test_a_fact_that_says_what_only_a_later_source_holds_is_not_known_before_it(project, old, new):
    project.edit("recovery.yaml", old, new.format('"works as before"'))  # of the second source
    assert project.problems() == []
    assert "cold-store-back" in project.load().facts.index
    assert "cold-store-back" not in project.load(as_of="2031-03-20").facts.index


@pytest.mark.parametrize(
    ("link", "limits"),
    [
        ("inferred, reason: a trial", {"sources": SECOND}),  # which does not carry the cause
        ("quoted, words: works as before", {"as_of": "2031-03-20"}),  # the words are the second source's
    ],
)
def test_an_effect_stays_without_a_cause_that_is_not_known(project, link, limits):
    cause = f"  caused_by:\n    - {{fact: order-books-emptied, link: {link}}}\n"
    project.edit("recovery.yaml", "  system: parts logistics\n", f"{cause}  system: parts logistics\n")
    assert "cold-store-back" in set(project.load().causes["effect"])
    known = project.load(**limits)
    assert "cold-store-back" in known.facts.index
    assert "cold-store-back" not in set(known.causes["effect"])


def test_sources_may_be_listed_with_blanks_and_all(project, dairy):
    everything = f" {FIRST} , {SECOND},{' , '.join(LATER)} ,{OPEN},"
    assert len(project.load(sources=everything).facts) == len(dairy.facts)


@pytest.mark.parametrize("sources", [",", " , ", [" "]])
def test_commas_and_blanks_stand_for_no_source_and_not_for_all(project, sources):
    [problem] = refused(project, sources=sources)
    assert "which names no source\n    fix: give ids, or leave it empty for all of them" in problem


def test_unknown_sources_are_all_named_with_the_nearest(project):
    known = ", ".join(sorted((FIRST, SECOND, *LATER, OPEN)))
    assert refused(project, sources="quill-2031-03-02,oak-2031-03-24,zzz", as_of="soon") == [
        "as_of: 'soon' is not a date\n    fix: write a date or a date with time: 2025-09-25 or 2025-09-25T17:12",
        "data/dairy-2031/sources.yaml: there is no source 'quill-2031-03-02'\n"
        "    fix: did you mean 'quill-2031-03-20'?",
        f"data/dairy-2031/sources.yaml: there is no source 'zzz'\n    fix: known: {known}",
    ]


def test_a_source_that_could_not_be_read_yet_is_no_basis(project):
    [problem] = refused(project, sources=SECOND, as_of="2031-03-20")
    assert problem.endswith("fix: choose a moment from 2031-03-24T18:05 on")


def test_two_readings_are_equal(project, dairy):
    again = project.load()
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(dairy, name))


# The seed


def test_the_seed_s_article_is_one_origin(article):
    assert len(article.sources) == 1
    assert article.facts["origins"].max() == 1  # none where only the claimants say so
    # "Updated: 25/09/2025 - 17:12", in UK summer time
    assert article.known.isoformat() == "2025-09-25T17:12:00+01:00"


def test_the_seed_s_quotations_are_all_verified(seed):
    assert set(seed.evidence.dropna(subset=["quote"])["state"]) == {"verified"}


def test_a_source_may_have_no_publisher_and_no_address(dairy):
    assert dairy.sources.loc["churn-notes", ["publisher", "url"]].isna().all()


@pytest.mark.parametrize(
    ("argument", "value", "what", "fix"),
    [
        ("case", Path("dairy-2031"), "a PosixPath", "write the name of a folder of data/"),
        ("as_of", 2031, "an int", "give a date or a date with time, such as '2025-09-25'"),
        ("sources", 7, "an int", "give ids as one text with commas"),
        ("sources", [FIRST, None], "a NoneType", "give ids as one text with commas"),
    ],
)
def test_an_argument_of_another_type_is_refused_with_its_fix(project, argument, value, what, fix):
    with pytest.raises(CaseError) as caught:
        load(**{"case": project.case, argument: value})
    [problem] = map(str, caught.value.problems)
    assert problem.startswith(f"load({argument}=…): cannot take {what}\n    fix: {fix}")


@pytest.mark.parametrize(
    ("as_of", "moment"),
    [
        (date(2031, 3, 24), "2031-03-24T23:59:59+00:00"),
        (datetime(2031, 3, 24, 18, 5), "2031-03-24T18:05:00+00:00"),
        (datetime(2031, 4, 24, 18, 5), "2031-04-24T18:05:00+01:00"),  # in the case's zone, which is that of London
        (pd.Timestamp("2031-04-24 18:05", tz="Asia/Tokyo"), "2031-04-24T10:05:00+01:00"),
        (pd.Timestamp("2031-04-24"), "2031-04-24T00:00:00+01:00"),  # a moment, as its type says
    ],
)
def test_a_moment_may_be_a_day_or_a_time_of_python_or_pandas(project, as_of, moment):
    assert project.load(as_of=as_of).as_of.isoformat() == moment


def test_a_moment_of_another_zone_is_printed_in_the_case_s_zone(project):
    assert project.load(as_of="2031-04-24T18:05+09:00").as_known == "24 April 2031, 10:05 BST"


def test_a_newest_source_of_a_month_dates_the_ledger_by_the_month(project):
    assert project.load().as_known == "12 April 2031"
    project.edit("sources.yaml", "available: 2031-04-12", "available: 2031-04")
    assert project.load().as_known == "a day in April 2031"
    assert project.load(as_of="2031-04-30").as_known == "30 April 2031"


def test_a_moment_that_is_no_time_is_refused(project):
    assert "'NaT' is not a date" in refused(project, as_of=pd.NaT)[0]


@pytest.mark.parametrize("ids", [[FIRST, SECOND], {FIRST, SECOND}, pd.Index([FIRST, SECOND])])
def test_sources_may_be_any_list_of_ids(project, ids):
    assert set(project.load(sources=ids).limited_to) == {FIRST, SECOND}
    assert len(project.load(sources=[]).sources) == 6


def test_a_ledger_is_printed_in_one_short_line_and_shown_as_a_small_table(dairy):
    title = "Ledger of dairy-2031 as known on 12 April 2031"
    assert repr(dairy) == f"{title}; facts: 54, pieces of evidence: 63, sources: 6"
    shown = table_of(dairy._repr_html_())
    assert "".join(token.content for token in shown.caption) == title
    rows = [["".join(token.content for token in cell) for cell in row] for row in shown.rows]
    assert rows == [[name, *map(str, getattr(dairy, name).shape)] for name in FRAMES]


@pytest.mark.parametrize("limits", [{}, {"sources": OPEN}], ids=["whole", "with hardly a fact"])
def test_the_frames_are_as_the_ledger_s_docstring_lists_them(project, limits):
    ledger = project.load(**limits)
    listed = dict.fromkeys(FRAMES, ())
    for line in inspect.getdoc(Ledger).splitlines():
        if found := re.match(rf"({'|'.join(FRAMES)}): one row .*?(?:by its id `(\w+)` \(string\))?$", line):
            name = found[1]
            listed[name] = [(found[2], "string")] if found[2] else []
        elif found := re.match(r"    ([a-z0-9_, ]+) \((.+?)\): \w", line):
            listed[name] += [(column, found[2]) for column in found[1].split(", ")]
    for name, columns in listed.items():
        frame = getattr(ledger, name)
        frame = frame.reset_index() if frame.index.name else frame
        types = [(column, re.sub(r", [A-Z]\w+/\w+", ", zone", str(dtype))) for column, dtype in frame.dtypes.items()]
        assert sorted(types) == sorted(columns)


def test_what_is_absent_is_na_in_frames_and_none_in_their_rows(dairy):
    assert dairy.facts.at["inspector-visit", "low"] is dairy.facts.at["inspector-visit", "unit"] is pd.NA
    assert dairy.evidence["speaker"].isna().any()
    pieces = [piece for pieces in dairy.carriers.values() for piece in pieces]
    assert {type(piece["speaker"]) for piece in pieces} == {str, type(None)}


def test_days_of_facts_merge_with_days_from_a_file(dairy):
    rain = pd.read_csv(io.StringIO("day,millimetres\n2031-03-20,12\n"), parse_dates=["day"])
    facts = dairy.facts.dropna(subset=["latest"]).sort_values("latest")
    assert pd.merge_asof(facts, rain, left_on="latest", right_on="day")["millimetres"].max() == 12

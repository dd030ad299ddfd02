"""Extracting: what a report takes from a ledger."""

from casebound.facts.ledger.ledger import load
from casebound.report.evidence import extract


def test_the_report_s_metadata_are_the_case_s(dairy, dairy_at_first):
    meta = extract.about(dairy)
    assert meta["title"] == "The empty order books of Brightwater Dairies"
    assert (meta["as_known"], meta["timestamp"]) == ("12 April 2031", "2031-04-12T22:59:59+00:00")
    assert extract.about(dairy_at_first)["as_known"] == "20 March 2031, 09:40 GMT"


def test_the_first_page_says_to_which_sources_a_report_is_limited(project):
    meta = extract.about(project.load(sources="oak-2031-03-24"))
    assert meta["as_known"].endswith(", from The Hill Post, 18:05\u00a0GMT on 24\u00a0March\u00a02031 alone")
    assert "rests on The Hill Post" in meta["limits"]


def test_the_timestamp_is_in_utc():
    # "Updated: 25/09/2025 - 17:12", in UK summer time
    article = load("jlr-2025", sources="visavadia-2025-09-25")
    assert extract.about(article)["timestamp"] == "2025-09-25T16:12:00+00:00"


def test_limits_of_a_reader_s_shell_are_not_the_report_s(project, monkeypatch):
    whole = extract.extract("dairy-2031", "", "")
    monkeypatch.setenv("CASEBOUND_AS_OF", "2031-03-20T09:40")
    monkeypatch.setenv("CASEBOUND_SOURCES", "quill-2031-03-20")
    assert extract.extract("dairy-2031", "", "") == whole


def test_a_ledger_gives_its_appendix_and_its_data_as_known_then(project):
    whole, then = (extract.extract("dairy-2031", moment, "") for moment in ("", "2031-03-20T09:40"))
    assert set(then.entries) < set(whole.entries) and set(then.sources) < set(whole.sources)
    assert then.data.keys() == whole.data.keys() and then.data != whole.data

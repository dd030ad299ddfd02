import pytest

from casebound.pages.markup import plain_text, walked

TABLE = "application/vnd.casebound.table+json"


def explaining(kind, *words):
    rows = [[word, f"What {word} means."] for word in words]
    columns = [{"name": "Word"}, {"name": "Meaning"}]
    return {"key": kind, "caption": "Words", "columns": columns, "rows": rows, "header_columns": 1, "explains": kind}


def listing(*statuses):
    columns = [{"name": "Event"}, {"name": "Status"}]
    return {"key": "k", "caption": "Events", "columns": columns, "rows": [["It was claimed", s] for s in statuses]}


@pytest.fixture
def linked(bound, sample):
    """Return a function from bundles and texts of one chapter to the words that are linked, each with its target."""

    def from_parts(*parts):
        cells = [sample.markdown("10-a", "# A")]
        for part in parts:
            cells.append(
                sample.code("10-a", "x", {TABLE: part}) if isinstance(part, dict) else sample.markdown("10-a", part)
            )
        [chapter] = bound(*cells).chapters
        found = []
        for block in chapter.blocks:
            tokens = getattr(block, "tokens", None) or [
                t for row in getattr(block, "rows", ()) for cell in row for t in cell
            ]
            tokens = list(walked(tokens))
            found += [(tokens[i + 1].content, t.attrs["href"]) for i, t in enumerate(tokens) if t.meta.get("term")]
        return found, chapter

    return from_parts


def test_a_word_of_the_glossary_is_linked_where_a_chapter_first_uses_it(linked):
    found, chapter = linked("An undrawn loan stays *Undrawn*.", explaining("prose", "Undrawn", "Loan"))
    assert found == [("undrawn", "#term-undrawn"), ("loan", "#term-loan")]
    assert plain_text(chapter.blocks[0].tokens[1].children) == "An undrawn loan stays Undrawn."
    assert chapter.blocks[1].row_anchors == ["term-undrawn", "term-loan"]


def test_the_longest_word_wins_a_plural_counts_and_a_part_of_a_word_does_not(linked):
    found, _ = linked("Reloaned, loan-like: guaranteed loans.", explaining("prose", "Loan", "Guaranteed loan"))
    assert found == [("guaranteed loans", "#term-guaranteed-loan")]


def test_a_word_inside_a_longer_one_that_is_linked_already_waits_for_its_own_turn(linked):
    found, chapter = linked("A bank loan, a bank loan, a loan.", explaining("prose", "Loan", "Bank loan"))
    assert found == [("bank loan", "#term-bank-loan"), ("loan", "#term-loan")]
    said = [token.content for token in chapter.blocks[0].tokens[1].children if token.type == "text"]
    assert said == ["A ", "bank loan", ", a bank loan, a ", "loan", "."]


def test_no_word_is_linked_inside_a_link_a_heading_or_code(linked):
    found, _ = linked("## Loan\n\n[A loan](https://a.example) and `loan`.", explaining("prose", "Loan"))
    assert found == []


def test_a_status_is_linked_in_the_first_cell_that_holds_it_and_nothing_else(linked):
    found, _ = linked(listing("claimed", "done", "claimed"), "Claimed.", explaining("cells", "claimed", "done"))
    assert found == [("claimed", "#term-claimed"), ("done", "#term-done")]


def test_a_word_that_two_tables_explain_has_two_rows_to_lead_to(linked):
    found, _ = linked("Claimed.", listing("claimed"), explaining("prose", "Claimed"), explaining("cells", "claimed"))
    assert found == [("Claimed", "#term-claimed"), ("claimed", "#term-claimed-2")]


def test_a_report_that_explains_nothing_has_no_such_links(linked):
    assert linked("Claimed.", listing("claimed"))[0] == []

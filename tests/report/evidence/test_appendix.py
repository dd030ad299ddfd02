"""Appendix: what the ledger holds of every fact and every source, in the words of the report."""

from casebound.report.evidence import appendix


def test_every_fact_has_an_entry_with_all_its_pieces(dairy):
    entries = appendix.entries(dairy)
    assert list(entries) == list(dairy.facts.index)
    assert sum(len(entry.pieces) for entry in entries.values()) == len(dairy.evidence)
    # "Our cold store at Cawdale works as before," a spokesman said.
    first, second = entries["cold-store-back"].pieces
    assert second.saying == "“Our cold store at Cawdale works as before”" and second.is_quoted
    assert second.who.startswith("a spokesman · ") and second.source == "oak-2031-03-24"
    assert (second.state, second.stance, second.where) == ("verified", "", ", paragraph 7")
    assert first.who.endswith("organisation attacked")
    assert entries["shops-lost-120"].pieces[1].stance == "disputes"


def test_an_entry_says_status_and_date_in_words(dairy):
    entry = appendix.entries(dairy)["addresses-unconfirmed"]
    assert (entry.status, entry.when) == ("not confirmed", "20\u00a0March\u00a02031")


def test_a_source_s_entry_says_what_is_known_of_it(dairy, seed):
    entry = appendix.sources(dairy)["oak-2031-03-24"]
    assert entry.citation.startswith("Ben Oak, “Shops wait on: dairy's return slips by a week”, The Hill Post, ")
    assert entry.available == "24\u00a0March\u00a02031, 18:05\u00a0GMT" and entry.url is None
    assert entry.grade.startswith("C: Fairly reliable.")
    assert appendix.sources(dairy)["quill-2031-03-20"].url == "https://courier.example/creameries-stir"
    assert "publisher not stated in the text" in appendix.sources(dairy)["churn-notes"].citation
    assert ", [GB News], " in appendix.sources(seed)["visavadia-2025-09-25"].citation


def test_a_source_without_an_author_is_named_by_its_publisher_and_its_day(seed):
    entry = appendix.sources(seed)["jlr-2025-11-14"]
    named = {
        piece.origin for fact in appendix.entries(seed).values() for piece in fact.pieces if piece.source == entry.id
    }
    assert named == {"JLR, 14\u00a0November\u00a02025"}
    assert entry.citation.startswith("“JLR PERFORMANCE IMPACTED IN CHALLENGING QUARTER”, JLR, ")


def test_a_source_of_which_only_the_first_day_is_known_says_so(seed):
    assert appendix.sources(seed)["register-2025-11"].available == "day not known"


def test_an_entry_says_how_many_origins_it_has_and_how_credible_it_is(seed):
    entry = appendix.entries(seed)["disclosure"]
    assert entry.corroboration == (
        "1 independent origin · from JLR’s statement of 2 September 2025 · credibility 2, probably true"
    )
    assert entry.facts.endswith(" · disclosure")


def test_a_source_s_entry_prints_particles_bodies_and_the_fields_that_find_it(project):
    project.edit("sources.yaml", "{family: Oak, given: Ben}", "{family: Oak, given: Ben, non-dropping-particle: van}")
    further = (
        "editor: [{literal: The Desk}]\n  volume: 12\n  page: 3-4\n  DOI: 10.1000/182\n  container-title: The Hill"
    )
    project.edit("sources.yaml", "container-title: The Hill", further)
    project.edit(
        "sources.yaml", "publisher: County audit", "author: [{literal: Audit Team}]\n  publisher: County audit"
    )
    entries = appendix.sources(project.load())
    citation = entries["oak-2031-03-24"].citation
    assert citation.startswith("Ben van Oak, “") and "edited by The Desk, vol. 12, p. 3-4, doi:10.1000/182" in citation
    assert entries["audit-2031-04-12"].citation.startswith("Audit Team, “What the attack")


def test_a_piece_of_an_excerpt_holds_the_figure_as_printed_and_opens_its_source_there(seed):
    [piece] = appendix.entries(seed)["uk-cars-september"].pieces
    assert piece.saying.endswith(" (printed there: “51,090 cars rolled”)")
    assert piece.link.endswith("/319682#:~:text=51%2C090%20cars%20rolled")
    quoted = appendix.entries(seed)["attack-began"].pieces[0]
    assert quoted.link == ""  # the article's text names no address


def test_a_paraphrase_says_on_which_day_it_was_read_or_that_it_was_not(dairy):
    entries = appendix.entries(dairy)
    assert [piece.state for piece in entries["churning-normal"].pieces] == ["read 1\u00a0May\u00a02031"]
    states = [piece.state for piece in entries["cold-store-empty"].pieces]
    assert states == ["unread: nobody compared the paraphrase with its source"]


def test_what_a_later_source_says_is_not_handed_over(dairy_at_first):
    given = repr([appendix.entries(dairy_at_first), appendix.sources(dairy_at_first)])
    for words in ("oak-2031-03-24", "Hill Post", "145", "8\u00a0April", "works as before", "inside job"):
        assert words not in given

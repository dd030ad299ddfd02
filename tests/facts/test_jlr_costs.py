"""The seed's costs and effects say what their sources say, where an earlier edition said something else."""

import pytest

# What the statement must hold, and the source that says it.
MENDED = [
    # revenue: stoppages and old Jaguars alone; the tariffs stand with the loss and with the volumes
    ("causes-of-lower-revenue", "two causes of its lower revenue", "jlr-2025-11-14"),
    ("causes-of-loss", "US tariffs", "jlr-2025-11-14"),
    ("causes-of-lower-volumes", "US tariffs", "jlr-2025-10-07-volumes"),
    # wholesales leave the joint venture out, retail sales hold it
    ("wholesales-to-september", "without its joint venture in China", "jlr-2025-10-07-volumes"),
    ("retail-sales-to-september", "its joint venture in China included", "jlr-2025-10-07-volumes"),
    ("wholesales-to-december", "without its joint venture in China", "tata-motors-2026-01-06"),
    # hedges and speakers
    ("lost-profit-a-day", "could be costing", "bbc-2025-09-10"),
    ("organisations-affected", "by its estimate", "insurance-times-2025-10"),
    ("most-damaging-event", "appears to be", "reuters-2025-10-22"),
    ("uk-cost-could-rise", "could be higher", "cybernews-2025-10-23"),
    ("supply-chain-jobs-100000", "about 100,000", "bbc-2025-09-25"),
    ("vehicles-lost", "The Financial Express reported", "financial-express-2026-02-05"),
    ("members-laid-off-on-reduced-pay", "reduced or zero pay", "pa-2025-09-17"),
    ("suppliers-staff-sent-home", "employ over 6,000 people", "lbndaily-2025-09"),
    ("gdp-september-revised", "pharmaceutical", "pa-2026-01-15"),
    # the other papers do not agree with each other
    ("chancellor-words-vary", "in a different sentence", "shropshire-star-2025-09-25"),
]
WITHDRAWN = ("other-causes-of-lower-revenue", "other-transcriptions-agree", "members-laid-off-on-little-pay")


@pytest.mark.parametrize(("fact", "fragment", "source"), MENDED)
def test_a_statement_says_what_its_source_says(seed, fact, fragment, source):
    assert fragment in seed.facts.at[fact, "statement"]
    assert source in set(seed.supports.loc[seed.supports["fact"] == fact, "source"])


@pytest.mark.parametrize("fact", WITHDRAWN)
def test_what_a_source_contradicts_is_withdrawn(seed, fact):
    assert fact not in seed.facts.index


def test_nothing_names_the_tariffs_as_a_cause_of_the_lower_revenue(seed):
    assert "tariff" not in " ".join(piece["says"] for piece in seed.carriers["causes-of-lower-revenue"])

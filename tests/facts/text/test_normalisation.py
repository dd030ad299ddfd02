"""Normalisation: the signs that become one, and that it settles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.facts.text.normalisation import plain, plain_words

BLANKS = (" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u202f", "\u2009", "\n\n \t")
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


@pytest.mark.parametrize(
    ("signs", "written", "becomes"),
    [
        ("'‘’‚‛ʼ′`´", "dairy{}s", "dairy's"),
        ('"“”„‟«»″', "{0}in stages{0}", '"in stages"'),
        ("-‐‑‒–—―−", "2029{}2031", "2029-2031"),
        (BLANKS, "two{}churns", "two churns"),
        (INVISIBLE, "chur{}n", "churn"),
        (["Ünder"], "{} no Name 1,234.50 £", "Ünder no Name 1,234.50 £"),
    ],
    ids=["apostrophes", "quotation marks", "dashes", "white space", "invisible characters", "all else stays"],
)
def test_signs_that_differ_in_looks_alone_become_one(signs, written, becomes):
    for sign in signs:
        assert plain(written.format(sign)).text == becomes, repr(sign)


@given(st.text(alphabet="ab'’“\" \n\u00a0\u200b–…é", max_size=40))
def test_a_normalised_text_stays_as_it_is_and_knows_its_places(text):
    once = plain(text)
    assert plain_words(text) == once.text == plain(once.text).text
    assert len(once.places) == len(once.text)
    assert list(once.places) == sorted(set(once.places))

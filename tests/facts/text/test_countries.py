"""Countries: a name or an adjective of a country stands for the others, and for those of no other country."""

import pytest

from casebound.facts.text.claims import Held, unheld


@pytest.mark.parametrize(
    ("text", "sentence", "lacks"),
    [
        ("a firm in Norway", "Norwegian police came.", []),
        ("police in France, Britain and Ukraine", "French, British and Ukrainian police came.", []),
        ("French police", "Police in France came.", []),
        ("the American owner", "The owner is in the US.", []),
        ("Dutch police", "Police in the Netherlands came.", []),
        ("a firm in South Korea", "A South Korean firm fell.", []),
        ("a firm in Norway", "The Swedish police came.", ["Swedish"]),
        ("a firm in Nigeria", "Police in Niger came.", ["Niger"]),
        ("a mine in Latin American hills", "The mine is in the US.", ["US"]),
        ("a firm of New Mexico", "The Mexican police came.", ["Mexican"]),
    ],
)
def test_a_country_and_its_adjective_hold_each_other(text, sentence, lacks):
    assert [words for _, words in unheld(sentence, Held.of(text))] == lacks

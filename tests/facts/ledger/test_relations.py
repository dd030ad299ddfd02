"""Relations: which fact a resolution follows, and which opens a phase."""

import pytest

from casebound.facts.ledger.relations import follows, openers
from casebound.facts.records.models import Resolution


@pytest.mark.parametrize(
    ("superseded", "followed", "expected"),
    [
        (set(), set(), ["a", "b", "c"]),
        ({"a"}, set(), ["b", "c"]),
        ({"a"}, {"c"}, ["c"]),
        ({"a"}, {"a"}, ["b", "c"]),  # what was overtaken does not come back by being followed
        (set(), {"b", "c"}, ["b", "c"]),
        ({"a", "b", "c"}, {"a"}, []),
    ],
)
def test_an_opener_is_not_overtaken_and_of_several_followed(superseded, followed, expected):
    facts = {"a": "attack", "b": "attack", "c": "attack", "d": "stoppage"}
    opened = openers(facts, superseded, followed)
    assert opened.get("attack", []) == expected
    assert opened["stoppage"] == ["d"]


def test_a_resolution_follows_the_first_of_its_facts_that_is_known():
    resolution = Resolution(follow=("a", "b"), reason="x")
    assert follows(resolution, {"a", "b"}) == "a"
    assert follows(resolution, {"b", "c"}) == "b"
    assert follows(resolution, {"c"}) is None
    assert follows(Resolution(reason="x"), {"a"}) is None

"""Stamps: what several places say of one date, settled into EDTF."""

import pytest

from casebound.authoring.sources.files.reading import Claim
from casebound.authoring.sources.stamps import settled

MOMENT = "2024-05-07T07:30:00+01:00"


@pytest.mark.parametrize(
    ("values", "language", "date", "doubt"),
    [
        ([MOMENT], "en-GB", "2024-05-07T07:30+01:00", ""),
        (
            [MOMENT, "2024-05-07T06:30:59Z", "7 May 2024", "7 May 2024, 07:30 BST"],
            "en-GB",
            "2024-05-07T07:30+01:00",
            "",
        ),
        ([MOMENT, "07/05/2024"], "en", "2024-05-07T07:30+01:00", ""),
        (["2024-05-07", "05/07/2024"], "", "2024-05-07", ""),
        (["07/05/2024"], "en-GB", "2024-05-07", ""),
        (["07/05/2024"], "en-US", "2024-07-05", ""),
        (["07/05/2024"], "en", "[2024-05-07,2024-07-05]", "more than one day is possible (place: 07/05/2024)"),
        (
            ["25/05/2024 - 16:48"],
            "en",
            "2024-05-25",
            "16:48 has no certain zone, so only the day is written; in the case's",
        ),
        ([MOMENT, "2024-05-08"], "en-GB", "[2024-05-07,2024-05-08]", "more than one day is possible"),
        ([MOMENT, "7 May 2024, 08:30 BST"], "en-GB", "2024-05-07", "the times differ"),
        (["2024-05-07T08:12+02:00", "7. mai 2024 kl. 08.12"], "nb", "2024-05-07", "the text prints no zone"),
        (["May 7, 2024 9:10 a.m. EST"], "en-US", "2024-05-07", "09:10 has no certain zone"),
        (["some time in May", "2024-05-07T"], "en-GB", "", ""),
        ([], "en-GB", "", ""),
    ],
)
def test_claims_are_settled_or_doubtful(values, language, date, doubt):
    found, why = settled([Claim("place", value) for value in values], language, "Europe/London")
    assert found == date and why.startswith(doubt) and bool(why) == bool(doubt)

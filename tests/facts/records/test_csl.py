"""CSL: its names as prose has them, its dates in parts, and sources as CSL-JSON."""

import pytest
from pydantic import ValidationError

from casebound.facts.records import csl
from casebound.facts.records.models import Name, Source

PLAIN = {
    **{"id": "oak-2031", "type": "book", "title": "Mills", "issued": "2031-03-24", "available": "2031-03-24"},
    **{"grade": "C", "grade_reason": "A book.", "access": "excerpt"},
}


def source(**fields):
    return Source.model_validate({**PLAIN, **{name.replace("_", "-"): value for name, value in fields.items()}})


@pytest.mark.parametrize(
    ("name", "printed", "short"),
    [
        ({"family": "Quill", "given": "Ada"}, "Ada Quill", "Quill"),
        ({"family": "Quill"}, "Quill", "Quill"),
        ({"literal": "Press Association"}, "Press Association", "Press Association"),
        (
            {"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"},
            "Ludwig van Beethoven",
            "Beethoven",
        ),
        ({"family": "Gaulle", "given": "Ann", "non-dropping-particle": "de"}, "Ann de Gaulle", "de Gaulle"),
        ({"family": "Alembert", "given": "Jo", "non-dropping-particle": "d'"}, "Jo d'Alembert", "d'Alembert"),
        ({"family": "Khwarizmi", "given": "Zid", "non-dropping-particle": "al-"}, "Zid al-Khwarizmi", "al-Khwarizmi"),
        (
            {"family": "Vega", "given": "L", "dropping-particle": "de", "non-dropping-particle": "la"},
            "L de la Vega",
            "la Vega",
        ),
        ({"family": "Reed", "given": "Bo", "suffix": "III"}, "Bo Reed III", "Reed"),
        ({"family": "Reed", "given": "Bo", "suffix": "Jr.", "comma-suffix": "yes"}, "Bo Reed, Jr.", "Reed"),
        ({"family": "Nagy", "given": "Imre", "static-ordering": "true"}, "Nagy Imre", "Nagy"),
        ({"family": "毛", "given": "泽东"}, "毛泽东", "毛"),
        ({"family": "van Oak", "given": "Ben", "parse-names": "yes"}, "Ben van Oak", "van Oak"),
    ],
)
def test_a_name_is_printed_in_full_and_in_short(name, printed, short):
    read = Name.model_validate(name)
    assert (csl.printed(read), csl.surname(read)) == (printed, short)


@pytest.mark.parametrize(
    ("parts", "edtf"),
    [
        ({"date-parts": [["2025", "9", "25"]]}, "2025-09-25"),
        ({"date-parts": [[2025, 9]]}, "2025-09"),
        ({"date-parts": [["2025"]]}, "2025"),
        ({"date-parts": [["2025", "10"]], "circa": "true"}, "2025-10~"),
        ({"date-parts": [["2025", "9", "1"], ["2025", "9", "5"]]}, "2025-09-01/2025-09-05"),
        ("2025-09-25T16:48+01:00", "2025-09-25T16:48+01:00"),
    ],
)
def test_a_date_in_parts_is_read_as_edtf(parts, edtf):
    assert source(issued=parts).issued == edtf


@pytest.mark.parametrize(
    "parts",
    [
        {"date-parts": [["2025", "13", "1"]]},
        {"date-parts": [["2025", "Sept"]]},
        {"date-parts": []},
        {"date-parts": [[]]},
        {"date-parts": "2025-09-25"},
        {"date-parts": [["2025", "9", "25", "16"]]},
        {"date-parts": [["2025"], ["2026"], ["2027"]]},
        {"raw": "25 Sept 2025"},
        {"date-parts": [["2025"]], "season": "2"},
    ],
)
def test_a_date_in_parts_that_is_none_is_refused(parts):
    with pytest.raises(ValidationError, match=r"is not a date|not in the calendar|date-parts"):
        source(issued=parts)


@pytest.mark.parametrize(
    ("edtf", "in_csl"),
    [
        ("2025-09-25", {"date-parts": [[2025, 9, 25]]}),
        ("2025-09", {"date-parts": [[2025, 9]]}),
        ("2025", {"date-parts": [[2025]]}),
        ("2025-10~", {"date-parts": [[2025, 10]], "circa": True}),
        ("2025-09-25T16:48+01:00", {"date-parts": [[2025, 9, 25]]}),
        ("2025-09-01/2025-09-05", {"date-parts": [[2025, 9, 1], [2025, 9, 5]]}),
        ("[2025-09-24..2025-09-25]", {"literal": "24 or 25 September 2025"}),
        ("[2025-09-24..]", {"literal": "on or after 24 September 2025"}),
        ("2025-09-24/..", {"literal": "from 24 September 2025"}),
    ],
)
def test_a_date_leaves_in_parts_or_in_words(edtf, in_csl):
    assert csl.item(source(issued=edtf))["issued"] == in_csl


def test_an_item_holds_the_fields_of_csl_and_none_of_ours():
    item = csl.item(
        source(author=[{"family": "Oak", "dropping-particle": "of the"}], translator=[{"literal": "The Desk"}],
               URL="https://hill.example", volume="12", ISBN="1", publisher_place="Holt", accessed="2031-05-01",
               note="Ours.", origin="mill-2031")
    )  # fmt: skip
    assert item == {
        **{"id": "oak-2031", "type": "book", "title": "Mills", "URL": "https://hill.example", "note": "Ours."},
        "author": ({"family": "Oak", "dropping-particle": "of the"},),
        "translator": ({"literal": "The Desk"},),
        **{"issued": {"date-parts": [[2031, 3, 24]]}, "accessed": {"date-parts": [[2031, 5, 1]]}},
        **{"volume": "12", "ISBN": "1", "publisher-place": "Holt"},
    }


@pytest.mark.parametrize("field", [*csl.NAMES, *csl.DATES, *csl.TEXTS])
def test_every_further_field_is_taken_and_handed_on(field):
    value = [{"literal": "The Desk"}] if field in csl.NAMES else "2031-05-01"
    assert field in csl.item(Source.model_validate({**PLAIN, field: value}))


@pytest.mark.parametrize("field", ["abstract", "event", "categories", "custom", "locator", "citation-number", "doi"])
def test_a_field_that_csl_has_not_or_that_means_nothing_here_is_refused(field):
    with pytest.raises(ValidationError, match="Extra inputs"):
        Source.model_validate({**PLAIN, field: "x"})

"""Register: the layouts of real texts pass if their words are named rightly, and fail if they are named wrongly."""

import hashlib

import pytest
import yaml

from casebound.checks.texts.verification import verification
from casebound.facts.ledger.casefile import casefile

BASE = {"title": "Crews type on paper", "issued": "2025-09-25", "available": "2025-09-25", "language": "en-GB"}
QUILL = [{"family": "Quill", "given": "Ada"}]
STORY = "Harbour Freight Lines has lost its booking system.\n\nIt types on paper."

LAYOUTS = {
    "a section above the title, a byline with a role, a picture": (
        "Business\n\nCrews type on paper\n\nBy Ada Quill, Business Editor\n\n"
        "- Published 25 September 2025, 10:15 BST\n\nCrews in September\n\nFoto: NTB\n\n{story}\n\nGet in touch",
        {
            "author": QUILL,
            "issued": "2025-09-25T10:15+01:00",
            "available": "2025-09-25",
            "printed": {
                "byline": "By Ada Quill, Business Editor",
                "published": "- Published 25 September 2025, 10:15 BST",
                "captions": ["Crews in September"],
            },
        },
        [
            ({"title": "Crews write on paper"}, "CB104"),
            ({"title": "Business Crews"}, "CB104"),
            ({"author": [{"family": "Quil", "given": "Ada"}]}, "CB105"),
            ({"issued": "2025-09-25T10:51+01:00"}, "CB106"),
            ({"available": "2025-09-26"}, "CB106"),
            ({"printed": {"captions": ["Crews in October"]}}, "CB107"),
        ],
    ),
    "a release with a dateline, a publisher and an American stamp": (
        "FOR IMMEDIATE RELEASE\n\nHARBOUR FREIGHT LINES\n\nCREWS TYPE ON PAPER\n\n"
        "Posted On: Sep. 25, 2025 2:14 PM CDT\n\nHOLT, Sept. 25 (Wire) - {story}",
        {
            "language": "en-US",
            "publisher": "Harbour Freight Lines",
            "issued": "2025-09-25T14:14-05:00",
            "printed": {
                "title": "CREWS TYPE ON PAPER",
                "publisher": "HARBOUR FREIGHT LINES",
                "published": "Posted On: Sep. 25, 2025 2:14 PM CDT",
            },
        },
        [
            ({"printed": None}, "CB104"),
            ({"title": "Crews type on cards"}, "CB104"),
            ({"publisher": "Holt Freight Lines"}, "CB107"),
            ({"issued": "2025-09-25T14:14-04:00"}, "CB106"),
            ({"issued": "2025-09-24"}, "CB106"),
        ],
    ),
    "a filing": (
        "UNITED STATES\nSECURITIES COMMISSION\n\nFORM 8-K\n\nDate of Report: September 25, 2025\n\n"
        "Harbour Freight Lines Inc.\n\nItem 1.05\n\n{story}",
        {
            "title": "Form 8-K",
            "language": "en-US",
            "printed": {"title": "FORM 8-K", "published": "Date of Report: September 25, 2025"},
        },
        [
            ({"title": "Form 8-Q"}, "CB104"),
            ({"printed": {"title": "FORM 8-K", "published": "Date of Report: September 26, 2025"}}, "CB106"),
            ({"issued": "2025-09-26"}, "CB106"),
        ],
    ),
    "a live blog": (
        "LIVE\n\nCrews type on paper\n\nSummary\n\nBy ADA QUILL\n\nUpdated 26 Sep 2025 08.05 BST\n\n"
        "First published 25 Sep 2025 06.00 BST\n\n10:15\n\n{story}\n\n10:02\n\nMore soon.",
        {
            "author": QUILL,
            "available": "2025-09-26T08:05+01:00",
            "printed": {"byline": "By ADA QUILL", "updated": "Updated 26 Sep 2025 08.05 BST"},
        },
        [
            ({"available": "2025-09-25"}, "CB106"),
            ({"available": "2025-09-26T08:04+01:00"}, "CB106"),
            ({"issued": "2025-09-24"}, "CB106"),
            ({"printed": {"byline": "By BO REED"}}, "CB105"),
            ({"author": [*QUILL, {"family": "Reed"}]}, "CB105"),
        ],
    ),
    "a German text with an updated stamp": (
        "Panorama\n\nCrews type on paper\n\nVon Ada Quill\n\nAktualisiert: 25.09.2025, 16:48 Uhr\n\n{story}",
        {
            "language": "de-DE",
            "author": QUILL,
            "available": "2025-09-25T16:48+01:00",
            "printed": {"byline": "Von Ada Quill", "updated": "Aktualisiert: 25.09.2025, 16:48 Uhr"},
        },
        [
            ({"available": "2025-09-24"}, "CB106"),
            ({"available": "2025-09-25T16:49+01:00"}, "CB106"),
            ({"printed": {"updated": "Aktualisiert: 25.09.2025, 16:49 Uhr"}}, "CB106"),
        ],
    ),
    "a syndicated text with dash speech and no stamp": (
        "The Holt Echo | News\n\nCrews type on paper\n\n(NTB) {story}\n\n– We type it all, says Anke Brandt.\n\n©NTB",
        {"publisher": "NTB", "printed": {"publisher": "©NTB"}},
        [({"publisher": "NTA"}, "CB107"), ({"author": [{"family": "Brand", "given": "Anke"}]}, "CB105")],
    ),
}


@pytest.fixture
def verified(project):
    """Return a function from a text and an entry to what comes of verifying a case with that source alone."""
    for path in project.path("").glob("*.yaml"):
        if path.name not in ("case.yaml", "sources.yaml"):
            path.write_text("", "utf-8")

    def made(text, **fields):
        for path in project.articles.iterdir():
            path.unlink()
        raw = text.replace("{story}", STORY).encode()
        (project.articles / "src.txt").write_bytes(raw)
        entry = {"id": "src", "type": "article", "origin": "src", "grade": "B", "grade_reason": "Invented."}
        entry |= {"access": "full", "sha256": hashlib.sha256(raw).hexdigest()} | BASE | fields
        shown = yaml.safe_dump([{name: value for name, value in entry.items() if value is not None}])
        project.path("sources.yaml").write_text(shown, "utf-8")
        return verification(casefile(project.case), project.articles)

    return made


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_passes_when_named_rightly(verified, layout):
    text, right, _ = LAYOUTS[layout]
    assert list(map(str, verified(text, **right).problems)) == []


@pytest.mark.parametrize(
    ("layout", "wrong", "code"),
    [(layout, wrong, code) for layout, (_, _, all_wrong) in LAYOUTS.items() for wrong, code in all_wrong],
)
def test_a_layout_fails_when_named_wrongly(verified, layout, wrong, code):
    text, right, _ = LAYOUTS[layout]
    assert {problem.code for problem in verified(text, **right | wrong).problems} == {code}


PLAIN = "Crews type on paper\n\n{stamp}\n\n{story}"


@pytest.mark.parametrize(
    ("stamp", "fields", "codes"),
    [
        ("Published: 25/09/2025 - 16:48", {}, []),
        ("Published: 25/09/2025\n\n- 16:48", {"issued": "2025-09-25T16:49+01:00"}, ["issued"]),
        ("Published: 25/09/2025", {"issued": "2025-09-21", "available": "2025-09-21"}, ["available", "issued"]),
        ("Updated: 26/09/2025", {}, ["available"]),
        ("Published: 09/10/2025", {"issued": "2025-09-10", "available": "2025-09-10", "language": "en-US"}, []),
        ("Published: 09/10/2025", {"issued": "2025-10-09", "available": "2025-10-09"}, []),
    ],
)
def test_a_line_that_looks_like_a_stamp_is_compared_although_nothing_is_named(verified, stamp, fields, codes):
    problems = verified(PLAIN.replace("{stamp}", stamp), **fields).problems
    assert sorted(problem.what.split()[0] for problem in problems) == codes


@pytest.mark.parametrize(
    ("text", "fields", "said"),
    [
        (PLAIN.replace("{stamp}", "25 Sept"), {"printed": {"published": "25 Sept"}}, "are not read as one day"),
        (PLAIN.replace("{stamp}", "No stamp"), {}, "no words of the text are named that print it"),
        (PLAIN.replace("{stamp}", "Published two days ago"), {}, "no words of the text are named that print it"),
        (PLAIN, {"title": "[crews and paper]"}, "title: the title is a description in brackets"),
    ],
)
def test_what_is_not_read_is_listed_and_never_taken_for_compared(verified, text, fields, said):
    result = verified(text, **fields)
    assert result.problems == ()
    assert any(said in unchecked.why for unchecked in result.unchecked), result.unchecked

"""Sources taken in: twelve kinds of file, field by field; what is known already; files and pages that are refused."""

import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import typst
import yaml

from casebound.authoring.source import take
from casebound.authoring.sources.draft import draft_of
from casebound.authoring.sources.files.kinds import reading_of
from casebound.cli import main
from casebound.facts.ledger.casefile import readable
from casebound.facts.problems import CaseError

PAGES = Path(__file__).parents[1] / "pages_saved"
TODAY = date(2025, 12, 1)
REPORT = """
#set document(title: "Report on the outage of May 2024", author: "Island Data Office")
#set page(width: 15cm, height: 12cm, header: [Island Data Office],
  footer: context align(center, counter(page).display()))
#set text(lang: "en", region: "GB")
#heading[Report on the outage of May 2024]

Published: 2 September 2024

This report tells how the booking system of Skerry Lines was attacked, what was copied from it, and what the office has
asked the company to do. It rests on the papers of the company and on interviews with eleven of its clerks.

The attackers entered by the account of a supplier that had been left open. They copied 31,000 addresses in one night.
""" + "\n\n".join(
    f"Finding {i}. The company kept the records of ferry {i} longer than its own rules allow, and it could not say who "
    "had read them during the year before the attack." for i in range(1, 13)
)  # fmt: skip
FERRIES = "Two of the four ferries of Skerry Lines stayed in port on Tuesday"
UPDATED = "2024-05-07T09:10+01:00"

# By page: what is true of each field, None where the page does not say it; `text` is the first paragraph's beginning,
# the last paragraph's end, and words beside the article that must not stand in it. Then: the fields that are unsure.
TRUE = {
    "article.html": (
        {"title": "Ferries idle as harbour's booking system fails", "author": ["Marsh", "Holm"],
         "publisher": "The Sound Gazette", "issued": "2024-05-07T07:30+01:00", "available": UPDATED,
         "language": "en-GB", "type": "article-newspaper", "URL": "https://gazette.example/news/ferries-idle",
         "text": (FERRIES, "before the first ferry left.", ["Storm closes", "partners", "Share on", "Registered"])},
        "text"),
    "live-blog.html": (
        {"title": "Skerry ferries: live updates", "author": None, "publisher": "Island Broadcasting",
         "issued": "2024-05-07T06:02+01:00", "available": "2024-05-07T18:44+01:00", "language": "en",
         "type": "article-newspaper", "URL": "https://islandbroadcasting.example/live/skerry",
         "text": ("Two of four ferries stay", "about the reason.", ["not responsible"])},
        "text"),
    "release.html": (
        {"title": "Incident affecting our booking system", "author": None, "publisher": "Skerry Lines",
         "issued": "2024-05-07", "available": "2024-05-07", "language": "en-GB", "type": "webpage", "URL": None,
         "text": ("Skerry Lines has been affected", "press@skerrylines.example", ["Timetable"])},
        "type"),
    "filing.html": (
        {"title": "CURRENT REPORT", "author": None, "publisher": None, "issued": "2024-05-09",
         "available": "2024-05-09", "language": "en", "type": "webpage", "URL": None,
         "text": ("On May 5, 2024, Skerry Lines Holdings", "Chief Executive Officer", [])},
        "title issued available language type"),
    "syndicated.html": (
        {"title": "Ferries idle after booking system fails", "author": ["Newsdesk"], "publisher": "Coast Courier",
         "issued": "2024-05-07T11:05+00:00", "available": "2024-05-07T11:05+00:00", "language": "en", "type": "webpage",
         "URL": "https://coastcourier.example/2024/05/07/ferries-idle",
         "text": (FERRIES, "first appeared in The Sound Gazette.", ["Gull says", "powered"])},
        "author type text origin"),
    "paywalled.html": (
        {"title": "Inside the ferry line's worst week", "author": ["Strand"], "publisher": "The Ledger",
         "issued": "2024-05-11T04:00+00:00", "available": "2024-05-11T16:20+00:00", "language": "en-GB",
         "type": "article-newspaper", "URL": "https://ledger.example/ferry-week",
         "text": ("On the first morning", "asked not to be named.", ["Sign in"])},
        "available text"),
    "norwegian.html": (
        {"title": "Ferjene ligger til kai", "author": ["Bjørnsønn"], "publisher": "Kystavisa",
         "issued": "2024-05-07T08:12+02:00", "available": "2024-05-07T08:12+02:00", "language": "nb-NO",
         "type": "article-newspaper", "URL": "https://kystavisa.example/ferjene",
         "text": ("To av de fire ferjene", "nettsider tirsdag morgen.", [])},
        "issued available"),
    "german.html": (
        {"title": "Fähren bleiben im Hafen", "author": ["Weiß"], "publisher": "Sundbote", "issued": None,
         "available": "2024-05-08T17:12+02:00", "language": "de", "type": "webpage",
         "URL": "https://sundbote.example/faehren",
         "text": ("Zwei der vier Fähren", "auf ihrer Seite mitteilt.", [])},
        "available language type"),
    "amp.html": (
        {"title": "Ferry firm says data was copied", "author": ["Quill"], "publisher": "Mainland Tribune",
         "issued": "2024-05-20T21:40-04:00", "available": "2024-05-22T10:00-04:00", "language": "en-US",
         "type": "article-newspaper", "URL": "https://mainland.example/ferry-data",
         "text": ("Skerry Lines said on Monday", "by the end of the month, it said.", ["Politics"])},
        "available"),
    "print-view.html": (
        {"title": "Harbour counts the cost", "author": ["Oak"], "publisher": "The Pier Review", "issued": "2024-06-03",
         "available": "2024-06-03", "language": "en", "type": "webpage",
         "URL": "https://pierreview.example/business/harbour-cost?print=1",
         "text": ("The week without bookings", "said.", [])},
        "title publisher issued available language type"),
    "report.pdf": (
        {"title": "Report on the outage of May 2024", "author": ["Island Data Office"], "publisher": None,
         "issued": "2024-09-02", "available": "2024-09-02", "language": "en-GB", "type": "document", "URL": None,
         "text": ("This report tells how", "before the attack.", ["2\n"])},
        "author type text issued available"),
    "pasted.txt": (
        {"title": "Third ferry back on the sound", "author": ["Gill"], "publisher": None,
         "issued": "2024-05-09T18:05+01:00", "available": "2024-05-09T18:05+01:00", "language": "en",
         "type": "document", "URL": None, "text": ("A third ferry of Skerry Lines", "stay for a fortnight.", [])},
        "title language type"),
    "council.txt": (
        {"title": "CORRECTION: NUMBER OF PASSENGERS LEFT ON THE QUAY", "author": None,
         "publisher": "Skerry Island Council", "issued": "2024-05-09T16:30+01:00",
         "available": "2024-05-09T16:30+01:00", "language": "en", "type": "document", "URL": None,
         "text": ("Skerry Island Council wishes", "ENDS", [])},
        "title language type"),
    "local-paper.html": (
        {"title": "City library network down after ransomware", "author": ["Kruger"],
         "publisher": "Mill Valley Sentinel", "issued": "2025-03-12T16:05+00:00",
         "available": "2025-03-12T19:44+00:00", "language": "en-US", "type": "article", "URL": "https://sentinel.example/2025/03/12/library/",
         "text": ("MILL VALLEY – All nine", "the end of the month.", ["Share this", "Leave a reply", "Sports"])},
        "text"),
    "broadcaster.html": (
        {"title": "Bakery chain closes shops after hack", "author": ["Hale", "Nair"], "publisher": "ABC News",
         "issued": "2025-04-02T05:01+00:00", "available": "2025-04-02T15:30+00:00", "language": "en-GB",
         "type": "article-newspaper", "URL": "https://www.abc.example/news/articles/c1",
         "text": ("Crumb & Co has shut", "on Wednesday morning.", ["Hackers hit hat", "Related", "Save"])},
        "text"),
    "authority.html": (
        {"title": "Statement on cyber incident at Northfield Water", "author": None, "publisher": "GOV.EX",
         "issued": "2025-03-14", "available": "2025-03-17", "language": "en", "type": "webpage", "URL": None,
         "text": ("Officials were told on 12 March", "First published.", ["cookies", "Open Licence"])},
        "publisher type text"),
    "letter.eml": (
        {"title": "What we know about your data—and what we do not", "author": ["Holm"], "publisher": None,
         "issued": "2024-05-21T09:00+01:00", "available": "2024-05-21T09:00+01:00", "language": "en",
         "type": "personal_communication", "URL": None,
         "text": ("Dear passenger,", "Skerry Lines\n", ["JVBERi0", "=\n"])},
        "language type text"),
}  # fmt: skip


def saved(name: str, folder: Path) -> Path:
    if name.endswith(".pdf"):
        typst.compile(REPORT.encode(), output=folder / name)
        return folder / name
    return PAGES / name


def verdicts(name, case, folder) -> dict[str, str]:
    """Return by field: right, wrong, or unsure, where the command says that a person should look."""
    truth, _ = TRUE[name]
    path = saved(name, folder)
    draft = draft_of(reading_of(path.read_bytes(), path.name), case, "", TODAY)
    said = {doubt.place for doubt in draft.doubts} | set(draft.missing)
    said |= {"publisher"} if "container-title" in said else set()
    said |= {"available"} if "issued" in said else set()
    found = draft.fields | {"publisher": draft.fields.get("container-title") or draft.fields.get("publisher")}
    found["author"] = [author.get("family") or author["literal"] for author in found.get("author", [])]
    verdict = {}
    for field, true in truth.items():
        right = is_text(draft.text, *true) if field == "text" else (found.get(field) or None) == true
        if true is None:
            verdict[field] = "right" if field in said else "wrong"  # that it is not there is said, too
        else:
            verdict[field] = "unsure" if field in said else "right" if right else "wrong"
    if "origin" in said:
        verdict["origin"] = "unsure"
    return verdict


def is_text(text: str, first: str, last: str, beside: list[str]) -> bool:
    return f"\n\n{first}" in text and f"{last.rstrip()}" in text and not [words for words in beside if words in text]


@pytest.mark.parametrize("name", TRUE)
def test_a_field_of_a_saved_page_is_right_or_said_to_be_unsure(name, project, tmp_path):
    _, unsure = TRUE[name]
    found = verdicts(name, readable(project.case).case, tmp_path)
    assert [field for field, verdict in found.items() if verdict == "wrong"] == []
    assert {field for field, verdict in found.items() if verdict == "unsure"} == set(unsure.split())


def test_the_share_of_fields_that_are_right_is_known(project, tmp_path):
    case = readable(project.case).case
    counts = Counter(verdict for name in TRUE for verdict in verdicts(name, case, tmp_path).values())
    assert counts == {"right": 109, "unsure": 45}


# What is written


def taken(project, name, folder, **options) -> list[str]:
    return take(project.case, str(saved(name, folder)), today=TODAY, **options)


@pytest.mark.parametrize("name", TRUE)
def test_what_is_added_passes_check_and_verify_and_changes_nothing_else_in_the_file(name, project, tmp_path):
    before = project.path("sources.yaml").read_bytes()
    lines = taken(project, name, tmp_path)
    after = project.path("sources.yaml").read_bytes()
    assert after.startswith(before + b"\n- id: ")
    own = re.search(r"sources.yaml:(\d+): (\S+) added; its grade is F", lines[-1])
    assert after.splitlines()[int(own[1]) - 1] == f"- id: {own[2]}".encode()
    assert not [problem for problem in project.problems() if own[2] in problem and "unused" not in problem]
    assert not [problem for problem in project.refused() if own[2] in problem]
    assert not [line for line in lines if line.startswith("    verify:")]
    assert (project.articles / f"{own[2]}.txt").read_bytes().endswith(b"\n")


def test_an_entry_names_the_words_that_print_its_fields(project, tmp_path):
    taken(project, "article.html", tmp_path)
    assert project.text("sources.yaml").endswith(
        """
- id: marsh-2024-05-07
  type: article-newspaper
  title: Ferries idle as harbour's booking system fails
  author:
    - {family: Marsh, given: Ida}
    - {family: Holm, given: Per, non-dropping-particle: van der}
  container-title: The Sound Gazette
  URL: https://gazette.example/news/ferries-idle
  language: en-GB
  issued: 2024-05-07T07:30+01:00
  available: 2024-05-07T09:10+01:00
  printed:
    standfirst: Crews write tickets by hand while the operator looks for the fault
    byline: By Ida Marsh and Per van der Holm
    published: "Published: 7 May 2024, 07:30 BST"
    updated: "Updated: 7 May 2024, 09:10 BST"
    captions:
      - The quay at Skerry on Tuesday morning
  grade: F
  grade_reason: Not yet graded.
  access: full
  sha256: {sha256}
  note: "From the page's metadata, not from its text: the publisher."
""".replace("{sha256}", project.text("sources.yaml").split("sha256: ")[-1].split()[0])
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"# the sources\n",
        b"[]\n",
        b"# none yet\n[ ]  # fill\n",
        b"  - {id: a-1}\n",
        b"- id: a-1 # first",
        b"- id: a-1\r\n",
    ],
)
def test_an_entry_goes_to_the_end_of_any_list(content):
    from casebound.authoring.sources.entry import added

    fields = {"id": "b-2", "title": "no: 12", "issued": "[..2024-05-01]", "author": [{"literal": "A, B"}]}
    after = added(content, fields, "sources.yaml")
    assert yaml.load(after, yaml.BaseLoader)[-1] == fields
    assert after.count(b"\r\n") in (0, after.count(b"\n"))
    kept = content.replace(b"[]", b"").replace(b"[ ]", b"")
    assert after.startswith(kept)


@pytest.mark.parametrize("content", [b"[{id: a-1}]\n", b"a: 1\n", b"- id: a\n..."])
def test_a_file_that_takes_no_entry_is_said_and_left(content):
    from casebound.authoring.sources.entry import added

    with pytest.raises(CaseError, match=r"add the entry by hand:\n- id: b-2"):
        added(content, {"id": "b-2"}, "sources.yaml")


# What is known already


def edited(folder: Path, *pairs: tuple[str, str]) -> Path:
    text = (PAGES / "article.html").read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (folder / "edited.html").write_text(text, "utf-8")
    return folder / "edited.html"


def test_a_text_that_is_known_is_not_added_again_and_is_written_where_it_is_missing(project, tmp_path):
    taken(project, "article.html", tmp_path)
    before, text = project.text("sources.yaml"), project.articles / "marsh-2024-05-07.txt"
    assert taken(project, "article.html", tmp_path)[-1].endswith(
        "marsh-2024-05-07 has this text already: nothing to do"
    )
    (tmp_path / "crlf.txt").write_bytes(text.read_bytes().replace(b"\n", b"\r\n"))
    [line] = take(project.case, str(tmp_path / "crlf.txt"))
    assert "has this text already, but for its line ends: nothing to do" in line
    text.unlink()
    assert taken(project, "article.html", tmp_path)[-1].endswith("articles/marsh-2024-05-07.txt, where it was missing")
    assert text.exists() and project.text("sources.yaml") == before


def test_a_text_in_articles_keeps_its_name_and_its_bytes(project):
    place = project.articles / "mine.txt"
    shutil.copy(PAGES / "pasted.txt", place)
    take(project.case, str(place))
    assert sorted(path.name for path in project.articles.iterdir()) == ["article.txt", "mine.txt", "second-article.txt"]
    assert not project.refused()


def test_a_copy_of_a_known_text_has_its_origin(project, tmp_path):
    taken(project, "article.html", tmp_path)
    lines = taken(project, "syndicated.html", tmp_path)
    assert any("of its words stand in 'marsh-2024-05-07', too, so it has that origin" in line for line in lines)
    assert yaml.safe_load(project.text("sources.yaml"))[-1]["origin"] == "marsh-2024-05-07"


@pytest.mark.parametrize("address", ["https://www.gazette.example/news/ferries-idle/#top", ""])
def test_another_version_of_a_source_is_said_and_nothing_is_written(address, project, tmp_path):
    taken(project, "article.html", tmp_path)
    before, names = project.text("sources.yaml"), sorted(project.articles.iterdir())
    page = edited(
        tmp_path, ("some of whom waited", "most of whom waited"), ("https://gazette.example/news/ferries-idle", address)
    )
    with pytest.raises(CaseError) as refused:
        take(project.case, str(page), today=TODAY)
    said = str(refused.value)
    assert "has this source with another text; paragraphs: 17 the same, 1 new, 1 gone" in said
    assert "fix: if it is a later version" in said and "--id marsh-2024-05-07-updated" in said
    assert (project.text("sources.yaml"), sorted(project.articles.iterdir())) == (before, names)
    take(project.case, str(page), name="marsh-2024-05-07-updated", today=TODAY)
    assert yaml.safe_load(project.text("sources.yaml"))[-1]["origin"] == "marsh-2024-05-07"


def test_another_article_of_an_author_on_one_day_gets_an_id_of_its_own(project, tmp_path):
    taken(project, "article.html", tmp_path)
    other = (PAGES / "article.html").read_text("utf-8")
    other = re.sub(
        "<p>.*?</p>", "<p>The pier opens again after the storm, and its keeper says that all is well.</p>", other
    )
    other = other.replace("Ferries idle as harbour", "Pier open as storm").replace("ferries-idle", "pier-open")
    (tmp_path / "other.html").write_text(other, "utf-8")
    assert "marsh-2024-05-07-2 added" in take(project.case, str(tmp_path / "other.html"), today=TODAY)[-1]


def test_a_source_seen_as_an_excerpt_is_named(project, tmp_path):
    project.append("sources.yaml", """
- {id: a-1, type: webpage, title: A, URL: "https://gazette.example/news/ferries-idle", issued: 2024-05-07,
   available: 2024-05-07, grade: C, grade_reason: It is invented., access: excerpt}
""")  # fmt: skip
    with pytest.raises(CaseError, match=r"as an excerpt, without a text\n    fix: .*--id a-1"):
        taken(project, "article.html", tmp_path)


# Places that differ


@pytest.mark.parametrize(
    ("pairs", "doubt"),
    [
        ([('content="2024-05-07T07:30', 'content="2024-05-06T07:30')], "issued: more than one day is possible (JSON"),
        ([('"name": "Ida Marsh"', '"name": "Ada Quill"')], "author: the places differ (byline: Ida Marsh"),
        ([('"og:title" content="Ferries', '"og:title" content="Boats')], "title: the text prints “Ferries"),
        ([('content="The Sound Gazette"', 'content="The Hill Post"')], "publisher: the places differ (JSON-LD: The"),
        ([('<html lang="en-GB">', '<html lang="fr">')], "language: the page names fr and en-GB"),
        ([('rel="canonical" href="https://gazette', 'rel="canonical" href="https://other')], "URL: the places differ"),
        ([("<h1>", "<h1>Pier open</h1><h1>")], "text: the page prints several headlines of the first rank"),
        ([('"@type": "NewsArticle"', '"@type": "LiveBlogPosting"')], "text: a live blog: each post"),
        ([('{"@context"', '{"@context" "')], "metadata: the page's JSON-LD cannot be read"),
        ([("2024", "2034")], "issued: it lies in the future"),
        ([("<p>Was anybody hurt? No.</p>", "<p>Subscribe to continue reading</p>")], "text: a wall stands before the"),
        ([("Updated: <time datetime=\"2024-05-07T09:10:00+01:00\">7 May 2024, 09:10 BST</time>", ""),
          ("T09:10:00", "T04:10:00"), ("T08:10:00Z", "T03:10:00Z")], "available: updated (2024-05-07T04:10+01:00)"),
    ],
)  # fmt: skip
def test_places_that_differ_make_a_field_unsure(pairs, doubt, project, tmp_path):
    lines = take(project.case, str(edited(tmp_path, *pairs)), today=TODAY)
    assert [line for line in lines if line.strip().startswith(doubt)], "\n".join(lines)
    assert project.problems() == [] and project.refused() == []


# What is refused


@pytest.fixture
def run(project, capsys, monkeypatch):
    """Return a function that runs `casebound source`: its exit code and both streams."""
    monkeypatch.chdir(project.root)

    def ran(*words):
        with pytest.raises(SystemExit) as caught:
            main(["source", *map(str, words), *(("--case", project.case) if "--case" not in words else ())])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.out + shown.err
        return caught.value.code, shown.out, shown.err

    return ran


SCAN = "#set page(width: 9cm, height: 9cm)\n#rect(width: 3cm, height: 2cm, fill: gray)"
WRONG = {
    "none.html": (None, "there is no such file"),
    "empty.html": (b"<html><body><script>1</script></body></html>", "no words in it"),
    "empty.txt": (b" \n", "the article is empty"),
    "latin.txt": ("Café und Öl".encode("latin-1"), "is not UTF-8"),
    "paper.docx": (b"PK\x03\x04\x00\x00", "this is no page, PDF or text"),
    "photo.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "this is no page, PDF or text"),
    "cut.pdf": (b"%PDF-1.7\n1 0 obj\n<<", "the PDF cannot be read"),
    "folder": ("folder", "a folder"),
    "scan.pdf": ("scan", "the PDF holds no text: it is a scan"),
    "locked.pdf": ("locked", "the PDF is encrypted"),
    "empty.eml": (b"MIME-Version: 1.0\nSubject: A\nFrom: a@b.example\n\n", "no words in it"),
}


def broken(path: Path, content) -> None:
    from pypdf import PdfWriter

    if content == "folder":
        path.mkdir()
    elif content == "scan":
        typst.compile(SCAN.encode(), output=path)
    elif content == "locked":
        writer = PdfWriter(clone_from=saved("report.pdf", path.parent))
        writer.encrypt("secret", algorithm="RC4-128")
        writer.write(path)
    elif content is not None:
        path.write_bytes(content)


@pytest.mark.parametrize("name", WRONG)
def test_a_file_without_text_is_refused_in_plain_words(name, run, project, tmp_path):
    content, what = WRONG[name]
    broken(tmp_path / name, content)
    before = project.text("sources.yaml")
    code, out, err = run(tmp_path / name)
    assert (code, out) == (1, "") and err.startswith(f"{tmp_path / name}: ")
    assert what in err and "\n    fix: " in err and project.text("sources.yaml") == before


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        ([PAGES / "pasted.txt", "--case", "dairy-2032"], 1, "there is no case 'dairy-2032'"),
        ([PAGES / "pasted.txt", "--url", "ftp://a.example/b"], 1, "'ftp://a.example/b' is no address of the web"),
        ([PAGES / "pasted.txt", "--id", "My Source"], 1, "'My Source' is no id"),
        ([PAGES / "pasted.txt", "--id", "oak-2031-03-24"], 1, "there is a source 'oak-2031-03-24' already"),
        (["--fetch", "file:///etc/passwd"], 1, "is no address of the web"),
        ([], 2, "name a file (- for pasted words), or a page to fetch"),
        ([PAGES / "pasted.txt", "--fetch", "https://a.example"], 2, "name a file (- for pasted words), or a page"),
    ],
)
def test_a_wrong_request_is_refused_in_plain_words(words, code, what, run, project):
    before = project.text("sources.yaml")
    result = run(*words)
    assert result[0] == code and what in result[2] and project.text("sources.yaml") == before


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_added(run, project):
    shutil.rmtree(project.articles)
    project.articles.write_text("no folder")
    before = project.text("sources.yaml")
    code, _, err = run(PAGES / "pasted.txt")
    assert code == 1 and err.startswith("articles: cannot be written: File exists [CB001]\n    fix: ")
    assert project.text("sources.yaml") == before


def test_another_text_of_that_name_is_never_overwritten(run, project):
    (project.articles / "gill-2024-05-09.txt").write_text("mine")
    code, _, err = run(PAGES / "pasted.txt")
    assert code == 1 and "articles/gill-2024-05-09.txt: another text has this name" in err


def test_pasted_words_are_read_from_standard_input(run, project, monkeypatch):
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((PAGES / "pasted.txt").read_bytes())))
    code, out, _ = run("-", "--url", "https://gill.example/third")
    assert code == 0 and "gill-2024-05-09 added" in out and "URL: https://gill.example/third" in out


def test_a_page_in_one_file_of_a_browser_is_read_as_a_page(run, project, tmp_path):
    html = (PAGES / "release.html").read_text("utf-8")
    (tmp_path / "page.mhtml").write_text(
        "From: <Saved by a browser>\nSnapshot-Content-Location: https://skerrylines.example/media\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\nContent-Type: text/html; '
        f'charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n{html}\n--b--\n', "utf-8"
    )  # fmt: skip
    code, out, _ = run(tmp_path / "page.mhtml")
    assert code == 0 and "URL: https://skerrylines.example/media\n" in out and "skerry-lines-2024-05-07 added" in out

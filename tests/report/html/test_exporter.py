import base64
import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from itertools import pairwise
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from casebound.pages.style import styled
from casebound.report.document.model import Figure
from casebound.report.html import drawings
from casebound.report.html.exporter import ReportHTMLExporter, faces

NAMES = "Łódź Şahin Șerban Þórður Škoda Győr Ñuñoa Ærø € ₹ ₿ ← ≤ ≈ × − ½"
HOSTILE = """\
# A <script>fetch("https://evil.example/a")</script>

<script>document.title = "run"</script> <img src=x onerror="document.title='run'">

[click](javascript:document.title='run') [data](data:text/html,<script>1</script>)

`<script>` [x](https://a.example/"onmouseover="alert(1) "title\\"><b>")

    <iframe src="https://evil.example/b"></iframe>
"""


@pytest.fixture(scope="module")
def page(whole):
    return ReportHTMLExporter().bound(whole)


@pytest.fixture(scope="module")
def soup(page):
    return BeautifulSoup(page, "html.parser")


@pytest.fixture
def opened(browser, tmp_path):
    """Return a function that opens a page and returns it with its console messages and requests."""
    contexts = []

    def from_text(text, width=1280, scheme="light"):
        file = tmp_path / "report.html"
        file.write_text(text, encoding="utf-8")
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme))
        tab, heard, asked = contexts[-1].new_page(), [], []
        tab.on("console", lambda message: heard.append(message.text))
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(file.as_uri())
        asked = [url for url in asked if not url.startswith(("data:", file.as_uri()))]
        return tab, heard, asked

    yield from_text
    for context in contexts:
        context.close()


def hostile_page(bound, sample):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="x()"><script>x()</script></svg>'
    words = {"caption": "<b onclick=alert(1)>", "alt": '"><script>alert(1)</script>'}
    figure = {"key": "x", "data": svg, "table": None, **words}
    table = (
        "<table><tr><th onclick='alert(1)'>a</th></tr>"
        "<tr><td onmouseover='alert(1)'>&lt;script&gt;alert(1)&lt;/script&gt;<b onload=x()>b</b></td></tr></table>"
    )
    cells = [
        sample.markdown("10-a", HOSTILE),
        sample.code("10-a", "'</code><script>alert(1)</script>'", {"application/vnd.casebound.figure+json": figure}),
        sample.code("10-a", "x", {"text/html": table}, {"text/plain": "</pre><script>alert(1)</script>"}),
    ]
    return ReportHTMLExporter().bound(
        bound(*cells, title='</title><script>document.title="run"</script>', description='"><script>')
    )


def test_the_policy_names_the_only_style_sheet(soup):
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    [style] = soup.find_all("style")
    digest = base64.b64encode(hashlib.sha256(style.string.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; img-src data:;") and f"'sha256-{digest}'" in policy


def test_the_page_has_no_script_no_style_attribute_and_no_address_to_load(soup):
    assert [tag["type"] for tag in soup.find_all("script")] == ["application/ld+json"]  # data, which nothing runs
    assert not soup.find_all(["iframe", "object", "embed", "foreignobject"])
    assert not soup.find_all(style=True)
    loaded = [tag["src"] for tag in soup.find_all(src=True)] + [tag["href"] for tag in soup.find_all("link")]
    assert loaded and all(address.startswith("data:") for address in loaded)


def test_ids_are_unique_and_every_inner_link_has_its_target(soup):
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    targets = {a["href"][1:] for a in soup.find_all("a", href=True) if a["href"].startswith("#")}
    assert targets <= set(ids) and len(targets) > 40


def test_the_title_is_the_only_first_heading_no_level_is_skipped_and_no_chapter_comes_twice(soup):
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    texts = [heading.get_text() for heading in soup.find_all("h2")]
    assert len(texts) == len(set(texts))


def test_a_number_with_one_fact_behind_it_opens_that_facts_entry_which_leads_back(soup, whole):
    note = next(note for note in whole.chapters[0].notes if not note.kind and len(note.links) == 1)
    [button] = soup.select(f"#{note.refs[0]}")
    entry = soup.select_one("#" + button["popovertarget"])
    assert (button.name, button.get_text(), button["aria-label"]) == ("button", str(note.number), f"Note {note.number}")
    assert entry.has_attr("popover") and note.links[0]["entry"].statement in entry.get_text()
    assert entry.select_one(f'a[href="#{note.refs[0]}"]').get_text() == str(note.number)
    assert soup.select_one(entry.select_one('div a[href^="#source-"]')["href"])


def test_a_number_with_several_facts_behind_it_opens_a_card_that_opens_each_of_them(soup, whole):
    note = next(note for note in whole.cover.notes if len(note.links) == 2)
    card = soup.select_one("#" + soup.select_one(f"#{note.refs[0]}")["popovertarget"])
    opened = [(button["popovertarget"], button.get_text()) for button in card.select("li button")]
    assert opened == [(link["to"], link["entry"].statement) for link in note.links]


def test_analysis_stands_in_a_ring_and_its_card_says_so(soup, whole):
    note = next(note for note in whole.chapters[0].notes if note.kind == "analysis")
    button = soup.select_one(f"#{note.refs[0]}")
    assert "ours" in button["class"] and button["aria-label"].endswith("our analysis")
    assert soup.select_one(f"#{button['popovertarget']} .kind").get_text() == "Our analysis, from this fact"


def test_where_accounts_differ_the_number_is_dotted_and_its_card_leads_to_them(soup, whole):
    note = next(note for part in whole.parts for note in part.notes if note.accounts)
    button = soup.select_one(f"#{note.refs[0]}")
    assert "odds" in button["class"] and button["aria-label"].endswith("accounts differ")
    [link] = soup.select(f"#{button['popovertarget']} .caution a")
    assert link["href"] == f"#{note.accounts}" and soup.select_one(link["href"])
    assert not [other for other in soup.select("button.n.odds") if "accounts differ" not in other["aria-label"]]


def test_a_footnote_is_a_note_like_the_others(soup, whole):
    note = next(note for note in whole.chapters[0].notes if note.kind == "written")
    card = soup.select_one("#" + soup.select_one(f"#{note.refs[0]}")["popovertarget"])
    assert "when it was first given" in card.get_text() and card.select_one('button[popovertarget^="evidence-"]')


def test_a_note_stands_beside_the_sentence_that_first_has_its_number_for_the_eye_alone(soup, whole):
    note = next(note for note in whole.chapters[1].notes if note.kind == "written" and len(note.refs) == 2)
    first, second = (soup.select_one(f"#{ref}").find_parent("sup").find_next_sibling() for ref in note.refs)
    assert first["class"] == ["aside"] and first["aria-hidden"] == "true" and not first.select("a, button")
    assert second is None or second["class"] != ["aside"] or second.b.get_text() != str(note.number)


def test_what_has_no_margin_has_its_sources_below(soup, whole):
    [table] = [block for block in whole.chapters[2].blocks if getattr(block, "key", "") == "collections"]
    below = soup.select_one(f"#{table.anchor} .behind")
    shown = {sup.get_text().strip("\u2060") for sup in soup.select(f"#{table.anchor} sup")}
    assert below["aria-hidden"] == "true" and {b.get_text() for b in below.select("b")} == shown


def test_a_finding_can_be_linked_to_and_what_rests_on_findings_leads_to_them(soup):
    [rests] = soup.select(".rests")
    assert rests.get_text() == "Rests on findings 1 and 2."
    assert [soup.select_one(link["href"]).find_parent("li") is not None for link in rests.select("a")] == [True, True]


def test_a_chapter_opens_with_its_answer_which_stands_in_the_contents_too(soup):
    answer = soup.select_one("#\\30 5-findings").find_next_sibling()
    [listed] = soup.select("#contents span")
    assert answer["class"] == ["answer"] and "Eleven farms" in answer.get_text()
    assert listed.get_text() in answer.get_text() and not listed.select("button")


def test_the_first_page_has_its_columns_side_by_side_and_its_key_facts_beside_what_happened(soup):
    rows = [
        [heading.get_text().removesuffix(" #") for heading in row.select("h2")] for row in soup.select(".cover .row")
    ]
    assert rows == [["What happened", "Why it matters"], ["Sure", "Not known"]]


def test_what_the_page_is_is_said_for_those_who_index_it(soup):
    about = json.loads(soup.find("script", type="application/ld+json").string)
    assert (about["@type"], about["name"]) == ("Report", soup.find("h1").get_text())


def test_the_table_behind_a_figure_can_be_taken_along_as_csv(soup):
    link = soup.select_one("details.data a[download]")
    rows = list(csv.reader(io.StringIO(unquote(link["href"].partition(",")[2]))))
    table = link.find_parent("details").find("table")
    assert link["download"].endswith(".csv")
    assert rows[0] == [cell.get_text() for cell in table.select("thead th, thead td")]
    assert len(rows) == 1 + len(table.select("tbody tr"))


def test_the_annex_is_folded_and_what_supports_no_claim_says_so(soup):
    assert not soup.select("details[open], :checked")
    assert [heading.get_text() for heading in soup.select(".annex summary h3")] == [
        "About this report",
        "Sources",
        "Code",
    ]
    assert "disputes" in {mark.get_text() for mark in soup.select(".entry b")}
    assert soup.select_one("div.figure details.data table tbody th[scope=row]")


def test_language_title_description_and_the_words_for_each_picture_are_given(soup):
    assert all(img["alt"].strip() for img in soup.find_all("img"))
    assert soup.html["lang"] == "en-GB"
    assert soup.title.string == "When the milk stood still"
    assert soup.find("meta", property="og:description")["content"].startswith("What is known")


def test_hostile_content_neither_runs_nor_asks_the_network(bound, sample, opened):
    tab, heard, asked = opened(hostile_page(bound, sample))
    assert tab.title() == '</title><script>document.title="run"</script>'
    assert heard == [] and asked == []
    run = "script:not([type='application/ld+json']), iframe, [onerror], [onclick], [onmouseover], [onload]"
    assert tab.locator(run).count() == 0
    assert "javascript:document.title" in tab.locator("main").inner_text()
    assert tab.locator('a[href^="javascript" i], a[href^="data:text" i]').count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "light"), (390, "dark")])
def test_the_page_is_quiet_and_fits_its_window(page, opened, width, scheme):
    tab, heard, asked = opened(page, width, scheme)
    assert heard == [] and asked == []
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")


def test_a_long_word_makes_the_page_no_wider(bound, sample, opened):
    long = "Orders went to " + "x2v5k4w6tz" * 6 + ".onion"
    doc = bound(sample.markdown("00-a", f"# A\n\n{long} [@farm-7]."))
    entry = doc.evidence.cited[0].entry
    pieces = tuple(replace(piece, saying=long, origin=long) for piece in entry.pieces)
    doc.evidence.cited[0] = replace(doc.evidence.cited[0], entry=replace(entry, statement=long, pieces=pieces))
    tab, _, _ = opened(ReportHTMLExporter().bound(doc), 390)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_style_sheet_is_let_in_by_the_policy(page, opened):
    tab, _, _ = opened(page, 1280, "dark")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"
    assert tab.evaluate("getComputedStyle(document.querySelector('.contents')).position") == "sticky"


def test_the_contents_show_the_chapter_in_view_and_its_parts_without_a_script(page, opened):
    tab, _, _ = opened(page)
    if not tab.evaluate("CSS.supports('animation-timeline', 'view()') && CSS.supports('timeline-scope', '--a')"):
        pytest.skip("this Chromium is older than the rule")
    bold = """() => [...document.querySelectorAll(".contents > ol > li > a")]
        .filter(link => getComputedStyle(link).fontWeight == 600).map(link => link.hash)"""
    for place, has_parts in (("10-timeline", True), ("45-my-question", False), ("20-impacts", True)):
        # scrolled again in each frame: under load the browser may not heed the first scroll
        tab.wait_for_function(f"""() => {{
            document.getElementById('{place}').scrollIntoView();
            return ({bold})().join() === '#{place}';
        }}""")
        parts = tab.locator(f".contents a[href^='#{place}-']")
        assert bool(parts.count()) == has_parts and all(part.is_visible() for part in parts.all())
    assert not tab.locator(".contents a[href^='#10-timeline-']").first.is_visible()


def test_a_note_is_opened_read_followed_and_left_by_keyboard_alone(page, whole, opened):
    tab, heard, asked = opened(page)
    note = next(note for note in whole.cover.notes if len(note.links) == 2)
    shown = "[...document.querySelectorAll(':popover-open')].map(each => each.id)"
    tab.locator(f"#{note.refs[0]}").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")  # the first fact, over the note
    assert tab.evaluate(shown) == [note.anchor, note.links[0]["to"]]
    assert tab.locator(f"#{note.links[0]['to']} > div").count() >= 1
    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")
    assert tab.evaluate(shown) == []
    assert tab.evaluate("document.activeElement.id") == note.refs[0]  # where one was
    assert heard == [] and asked == []


def test_an_entry_is_reached_by_its_address_and_all_are_shown_when_asked_for(page, whole, opened):
    tab, _, _ = opened(page)
    one, other = (cited.anchor for cited in whole.evidence.cited[:2])
    assert not tab.locator(f"#{one}").is_visible()
    tab.evaluate(f"location.hash = '{one}'")
    assert tab.locator(f"#{one}").is_visible() and not tab.locator(f"#{other}").is_visible()
    assert tab.evaluate(f"document.getElementById('{one}').getBoundingClientRect().top") < 800
    tab.locator("#show-evidence").check()
    assert tab.locator(f"#{other}").is_visible()


@pytest.mark.parametrize(("width", "is_beside"), [(1280, True), (1200, False)])
def test_notes_stand_in_the_margin_where_it_is_wide(page, opened, width, is_beside):
    tab, _, _ = opened(page, width)
    aside = tab.locator("#\\30 5-findings ~ p .aside").first
    assert aside.is_visible() == is_beside
    if is_beside:
        text = tab.locator("#\\30 5-findings ~ p").first.bounding_box()
        assert aside.bounding_box()["x"] >= text["x"] + text["width"]


@pytest.mark.parametrize(("width", "seen"), [(1280, [True, False]), (390, [False, True])])
def test_a_figure_has_the_drawing_of_its_window(bound, sample, opened, width, seen):
    doc = bound(*sample.cells())
    doc.figures[0].narrow = sample.drawing("svg").decode()
    tab, _, _ = opened(ReportHTMLExporter().bound(doc), width)
    drawings_there = tab.locator(".picture.both svg")
    assert [drawings_there.nth(n).is_visible() for n in range(2)] == seen
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids))
    assert tab.evaluate("document.querySelector('.picture.both').scrollWidth") <= width


def test_a_figure_stands_in_the_page_with_its_words_and_its_typeface(page, soup, opened):
    svg = soup.select_one("figure svg")
    assert svg.parent["role"] == "img" and svg.parent["aria-label"] and svg.find("text")
    tab, _, _ = opened(page)
    loaded = (
        "document.fonts.ready.then(() => [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family))"
    )
    assert {name.strip('"') for name in tab.evaluate(loaded)} == {"Inter", "Casebound Serif"}


@pytest.mark.parametrize("weight", [400, 600])
def test_words_of_a_figure_are_as_wide_in_the_page_as_they_were_laid_out(opened, weight):
    words, edges = f"HAVATo, Tel. 10–20 → Wv. {NAMES}H", "HH"  # both from the first upright line to the last
    with styled():
        of = FontProperties(family="Inter", weight=weight, size=100)
        laid_out = [text_to_path.get_text_width_height_descent(text, of, False)[0] for text in (words, edges)]
    texts = "".join(f'<text font-size="100" font-weight="{weight}">{text}</text>' for text in (words, edges))
    style = f"<style>{faces()} text {{ font-family: Inter }}</style>"
    tab, _, _ = opened(f'<!doctype html>{style}<svg xmlns="http://www.w3.org/2000/svg">{texts}</svg>')
    measured = "[...document.querySelectorAll('text')].map(text => text.getComputedTextLength())"
    shown = tab.evaluate(f"document.fonts.ready.then(() => {measured})")
    assert shown[0] - shown[1] == pytest.approx(laid_out[0] - laid_out[1], rel=0.002)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>document.title='run'</script>",
        '<image href="https://evil.example/a.png" width="9" height="9"/>',
        '<use href="https://evil.example/a.svg#b"/>',
        '<path d="M 0 0" onload="document.title=1"/>',
        "<foreignObject><p>hello</p></foreignObject>",
        '<rect width="9" height="9" style="fill: url(https://evil.example/a)"/>',
        '<rect width="9" height="9" clip-path="url(https://evil.example/a#b)"/>',
        '<a href="https://evil.example/"><text>press</text></a>',
    ],
)
def test_a_picture_with_more_than_lines_and_words_stays_outside_the_page(inside):
    data = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()
    assert drawings.drawn(Figure("x", data, "a picture", None, width=9, height=9)) == []

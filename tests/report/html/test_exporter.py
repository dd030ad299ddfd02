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
from casebound.report.html.exporter import ReportHTMLExporter

NAMES = "Łódź Nguyễn Șerban Þórður Ελένη Ђорђе Київ Қазақ € ₹ ₿ ← ≤ ≈ × − ½"
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


def test_a_citation_leads_to_its_evidence_and_back(soup):
    [button] = soup.select("#ref-1-a")
    assert button["aria-label"] == "Evidence 1"
    card = soup.select_one("#" + button["popovertarget"])
    assert card.has_attr("popover")
    entry = soup.select_one(card.select_one('a[href^="#"]')["href"])
    assert entry.select_one('a[href="#ref-1-a"]')
    assert card.select_one(".statement").get_text() == entry.select_one(".statement").get_text()


def test_what_the_page_is_and_cites_is_said_for_those_who_index_it(soup):
    about = json.loads(soup.find("script", type="application/ld+json").string)
    assert (about["@type"], about["name"]) == ("Report", soup.find("h1").get_text())
    assert len(about["citation"]) == len(soup.select(".register li"))


def test_the_table_behind_a_figure_can_be_taken_along_as_csv(soup):
    link = soup.select_one("details.data a[download]")
    rows = list(csv.reader(io.StringIO(unquote(link["href"].partition(",")[2]))))
    table = link.find_parent("details").find("table")
    assert link["download"].endswith(".csv")
    assert rows[0] == [cell.get_text() for cell in table.select("thead th, thead td")]
    assert len(rows) == 1 + len(table.select("tbody tr"))


def test_marks_footnotes_and_data_are_shown(soup):
    assert {m.get_text() for m in soup.select("main p .mark")} >= {"analysis", "open question", "disputes"}
    assert [li["value"] for li in soup.select(".notes li")] == ["1", "2", "3"]
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


def test_the_contents_show_the_section_in_view_without_a_script(page, opened):
    tab, _, _ = opened(page)
    if not tab.evaluate("CSS.supports('scroll-target-group', 'auto')"):
        pytest.skip("this Chromium is older than the rule")
    for place in ("20-impacts", "45-my-question"):
        # scrolled again in each frame: under load the browser may not heed the first scroll
        tab.wait_for_function(f"""() => {{
            scrollTo(0, 0);
            document.getElementById('{place}').scrollIntoView();
            return document.querySelector(".contents a:target-current[href^='#{place}']");
        }}""")


def test_a_citation_is_opened_read_followed_and_left_by_keyboard_alone(page, opened):
    tab, heard, asked = opened(page)
    tab.locator("#ref-1-a").focus()
    tab.keyboard.press("Enter")
    card = tab.locator("#card-1")
    assert card.is_visible() and card.locator(".piece").count() >= 1
    tab.keyboard.press("Escape")
    assert not card.is_visible()
    assert tab.evaluate("document.activeElement.id") == "ref-1-a"  # where one was
    tab.keyboard.press("Enter")
    for _ in range(9):
        tab.keyboard.press("Tab")
        if (tab.evaluate("document.activeElement.getAttribute('href')") or "").startswith("#evidence"):
            break
    tab.keyboard.press("Enter")
    target = tab.evaluate("document.querySelector(':target').id")
    assert target.startswith("evidence-")
    assert tab.evaluate("getComputedStyle(document.querySelector(':target')).backgroundColor") == "rgb(255, 243, 201)"
    tab.locator(f"#{target} a[href='#ref-1-a']").focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector(':target').id") == "ref-1-a"
    assert heard == [] and asked == []


def test_a_figure_stands_in_the_page_with_its_words_and_its_typeface(page, soup, opened):
    svg = soup.select_one("figure svg")
    assert svg["role"] == "img" and svg["aria-label"] and svg.find("text")
    tab, _, _ = opened(page)
    assert tab.evaluate("document.fonts.ready.then(() => [...document.fonts].some(f => f.status === 'loaded'))")


@pytest.mark.parametrize("weight", [400, 600])
def test_words_of_a_figure_are_as_wide_in_the_page_as_they_were_laid_out(opened, weight):
    words, edges = f"HAVATo, Tel. 10x20 → Wv. {NAMES}H", "HH"  # both from the first upright line to the last
    with styled():
        of = FontProperties(family="Inter", weight=weight, size=100)
        laid_out = [text_to_path.get_text_width_height_descent(text, of, False)[0] for text in (words, edges)]
    texts = "".join(f'<text font-size="100" font-weight="{weight}">{text}</text>' for text in (words, edges))
    style = f"<style>{drawings.faces()} text {{ font-family: Inter }}</style>"
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
    assert drawings.inlined(Figure("image/svg+xml", data, "a picture", 9, 9)) is None

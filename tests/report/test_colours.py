"""Colours: text at 4.5:1 on every ground of page and paper, by day, by night and in print; marks and edges at 3:1."""

import re
from itertools import product
from pathlib import Path

import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure as Canvas

from casebound.pages import figures, style
from casebound.report.html import exporter
from casebound.report.pdf import exporter as pdf_exporter

CSS, DRAFT = ((exporter.TEMPLATES / f"{name}.css").read_text("utf-8") for name in ("report", "draft"))
TYPST = (pdf_exporter.TEMPLATES / "preamble.typ").read_text("utf-8")
TEXTS, GROUNDS = ("ink", "soft", "accent", "warm"), ("ground", "panel", "marked")
ON_PAPER = ("ink", "soft", "accent", "warm")
NEITHER = {"line"}  # rules between rows, which only adorn
HEX = "#[0-9a-f]{3,8}"


def schemes():
    """Return the variables of the style sheet that are colours: by day; by night and in print, what differs."""
    day, *others = [dict(re.findall(rf"--(\w+): ({HEX})", rule)) for rule in re.findall(r":root \{(.*?)\}", CSS, re.S)]
    assert len(others) == 2
    return {"day": day, **{name: day | other for name, other in zip(("night", "print"), others, strict=True)}}


def paper():
    return {"ground": "#ffffff", **dict(re.findall(rf'#let ([\w-]+) = rgb\("({HEX})"\)', TYPST))}


@pytest.mark.parametrize(("scheme", "text", "ground"), [*product(schemes(), TEXTS, GROUNDS)])
def test_text_of_the_page_stands_out_from_its_ground(contrast, scheme, text, ground):
    colours = schemes()[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize(("scheme", "text"), [*product(schemes(), ("ink", "accent"))])
def test_text_of_a_table_stands_out_from_the_shadow_that_says_it_goes_on(contrast, scheme, text):
    [shadow] = set(re.findall(r"rgb\(0 0 0 / (\.\d+)\), transparent\) (?:left|right)", CSS))
    colours = schemes()[scheme]
    dark = to_hex([part * (1 - float(shadow)) for part in to_rgb(colours["ground"])])
    assert contrast(colours[text], dark) >= 4.5


@pytest.mark.parametrize(("text", "ground"), [*product(ON_PAPER, ("ground", "panel"))])
def test_text_of_the_paper_stands_out_from_its_ground(contrast, text, ground):
    assert contrast(paper()[text], paper()[ground]) >= 4.5


def test_every_colour_of_the_figures_has_one_of_the_page_in_its_place_by_night():
    colours = {value for value in vars(style).values() if isinstance(value, str) and re.fullmatch(HEX, value)}
    rules = re.findall(rf'^  \[(fill|stroke)="({HEX})"\] {{ \1: var\(--(\w+)\); }}', CSS, re.M)
    assert {(part, colour) for part, colour, _ in rules} == {*product(("fill", "stroke"), colours)}
    assert {name for _, _, name in rules} <= schemes()["night"].keys()


def test_every_colour_of_page_and_paper_is_one_that_is_measured():
    for colours in schemes().values():
        assert set(colours) == {*TEXTS, *GROUNDS, *NEITHER}
    assert set(paper()) == {*ON_PAPER, "ground", "panel", "line-colour"}


def test_no_colour_stands_outside_the_variables():
    rules = re.sub(r":root \{.*?\}|/\*.*?\*/", "", CSS, flags=re.S)
    assert set(re.findall(rf"(?<![\w-])({HEX})(?=[;\s,)])", rules)) <= {"#fff"}  # the paper of the figures
    body = re.sub(r"#let [\w-]+ = rgb\(.*\)", "", TYPST)
    assert "rgb(" not in body and "luma(" not in body
    assert {path.name for path in Path(exporter.TEMPLATES).glob("*.css")} == {"report.css", "draft.css"}
    assert set(re.findall(HEX, DRAFT)) == {schemes()["day"]["warm"]}  # on paper, where no variable reaches the margin


def test_a_drawing_in_another_style_stays_as_it_is_by_night():
    canvas = Canvas()
    canvas.subplots().plot([1, 3, 2])
    svg = figures.show(canvas, alt="a", caption="c").data
    colours = set(re.findall("#[0-9A-Fa-f]{6}", svg))
    assert {"#FFFFFF", "#000000"} <= colours
    assert not [colour for colour in colours if f'"{colour}"' in CSS]

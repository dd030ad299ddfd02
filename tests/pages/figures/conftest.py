"""Figures as tests look at them: both drawings of each, with every text in its place, and what is wrong with one."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text

from casebound.facts.ledger.ledger import load
from casebound.pages import figures
from casebound.pages.display import Omitted
from casebound.pages.style import styled

ROOT = Path(__file__).parents[3]
EARLIER = {
    "first days": {"as_of": "2025-09-03"},
    "early": {"as_of": "2025-09-12"},
    "with the article": {"as_of": "2025-09-25T17:12"},
    "after the restart": {"as_of": "2025-10-10"},
    "the article alone": {"sources": "visavadia-2025-09-25"},
}


@pytest.fixture(scope="session")
def ledgers(dairy, dairy_at_first, dairy_at_second, seed, make_project):
    """Return ledgers by name: of the invented cases, of the cases in the repository, as they are and were earlier."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(ROOT))
        real = {"seed": seed, "hydro": load("hydro-2019")}
        real |= {name: load("jlr-2025", **options) for name, options in EARLIER.items()}
        hospital = make_project("hospital-2033")
        patch.setenv("CASEBOUND_ROOT", str(hospital.root))
        invented = {"dairy": dairy, "dairy at first": dairy_at_first, "dairy at second": dairy_at_second}
        return {**real, **invented, "hospital": hospital.load()}


class Look:
    """What a call shows, and both drawings that were saved for it, the `wide` and the `narrow` one."""

    def __init__(self, name: str, ledger) -> None:
        saved, save = [], Canvas.savefig
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Canvas, "savefig", lambda self, *a, **k: (saved.append(self), save(self, *a, **k))[1])
            self.shown = getattr(figures, name)(ledger)
        self.is_omitted = isinstance(self.shown, Omitted)
        self.drawings = sorted(saved, key=lambda canvas: -canvas.get_size_inches()[0])
        for canvas in self.drawings:
            with styled():
                canvas.draw_without_rendering()

    @property
    def wide(self) -> Canvas:
        return self.drawings[0]

    @property
    def narrow(self) -> Canvas:
        return self.drawings[1]

    def words(self, canvas: Canvas | None = None) -> list[str]:
        """Return every text of a drawing, of the wide one if none is given, with plain blanks."""
        return [text.replace("\u00a0", " ") for text, _ in texts_of(canvas or self.wide)]


@pytest.fixture(scope="session")
def look():
    """Return a function from a figure's name and a ledger to what it shows and its drawings."""
    return Look


@pytest.fixture
def drawings(look):
    """Return a function from a figure's name and a ledger to what it shows and its drawings."""

    def made(name, ledger):
        looked = look(name, ledger)
        return looked.shown, looked.drawings

    return made


@pytest.fixture(scope="session")
def faults():
    """Return a function from a drawing to what is wrong with it."""
    return faults_of


def texts_of(canvas):
    """Return every text that is drawn, with its box in points of the drawing."""
    texts = [text for text in canvas.findobj(Text) if text.get_text() and text.get_visible()]
    drawn = [text for text in texts if text.axes is None or text.axes.axison or text in text.axes.texts]
    return [(text.get_text(), text.get_window_extent()) for text in drawn]


def faults_of(canvas) -> list:
    """Return the pairs of texts that overlap by more than a hair, and those that leave the drawing."""
    shown = texts_of(canvas)
    hair = -0.9 * canvas.dpi / 72
    boxes = [(text, box.padded(hair)) for text, box in shown]
    found = [(a, b) for (a, box), (b, other) in combinations(boxes, 2) if box.overlaps(other)]
    return found + [text for text, box in shown if not holds(canvas.bbox.padded(1), box)]


def holds(outer, box) -> bool:
    return outer.contains(*box.min) and outer.contains(*box.max)

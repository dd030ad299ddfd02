"""What the tests of single figures share: the drawings that were saved for a figure, and what is wrong with one."""

from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas


@pytest.fixture
def drawings(monkeypatch):
    """Return a function from a figure's function and a ledger to what it shows and the drawings saved for it."""
    saved, save = [], Canvas.savefig

    def record(canvas, *given, **options):
        saved.append(canvas)
        return save(canvas, *given, **options)

    def made(figure, ledger):
        saved.clear()
        with monkeypatch.context() as patch:
            patch.setattr(Canvas, "savefig", record)
            return figure(ledger), list(saved)

    return made


@pytest.fixture(scope="session")
def faults():
    """Return a function from a drawing to the pairs of its words that overlap, and those that leave the drawing."""

    def found(canvas):
        FigureCanvasAgg(canvas).draw()
        texts = [text for axes in canvas.axes for text in axes.texts if text.get_text()]
        boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
        assert len(boxes) > 1
        pairs = combinations(boxes, 2)
        crossed = [(a, b) for (a, box), (b, other) in pairs if box.padded(-0.7).overlaps(other.padded(-0.7))]
        whole = canvas.bbox.padded(1)
        return crossed + [text for text, box in boxes if not (whole.x0 <= box.x0 and box.x1 <= whole.x1)]

    return found

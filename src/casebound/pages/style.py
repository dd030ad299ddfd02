"""Style: the one visual language of the figures: typeface, palette, the shape of each status."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.patheffects import Normal, Stroke

from casebound.paths import FONTS

INK, MUTED, FAINT, PANEL, PAPER = "#1c2733", "#566270", "#d5dbe1", "#eef3f7", "#ffffff"
ACCENT, WARM = "#1f5f8b", "#a4480f"
Look = dict[str, Any]  # keyword arguments of Matplotlib
# A status has a shape as well as a colour, so that it is told apart without colour and in grey print.
STATUS: dict[str, Look] = {
    "done": {"marker": "o", "color": ACCENT, "filled": True},
    "under way": {"marker": "o", "color": ACCENT, "filled": False},
    "planned": {"marker": "D", "color": WARM, "filled": False},
    "expected": {"marker": "h", "color": WARM, "filled": False},
    "pledged": {"marker": "^", "color": WARM, "filled": False},
    "claimed": {"marker": "s", "color": MUTED, "filled": False},
    "possible": {"marker": "v", "color": MUTED, "filled": False},
    "denied": {"marker": "x", "color": MUTED, "filled": True},
    "unconfirmed": {"marker": "P", "color": MUTED, "filled": True},
}
# A range is pale and broad, with a line in its middle that stands out from the paper as a mark does.
RANGE: Look = {"lw": 0.9, "solid_capstyle": "butt", "path_effects": [Stroke(linewidth=4, alpha=0.35), Normal()]}
WIDTH = 168 / 25.4  # inches: that of the report's text on A4, so that a point in a figure is a point on paper

_RC: dict = {
    "font.family": ["Inter"],
    "font.size": 7.5,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
    "ytick.major.size": 0,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "none",
    "svg.hashsalt": "casebound",
    "text.parse_math": False,
    # for the powers of ten that Matplotlib writes itself
    "mathtext.fontset": "custom",
    **{f"mathtext.{face}": "Inter" for face in ("rm", "it", "bf", "sf", "tt", "cal", "bfit")},
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the report's style, whatever the reader's own Matplotlib settings are."""
    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in sorted(FONTS.glob("*.otf")):
        if str(path) not in known:
            font_manager.fontManager.addfont(path)
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_RC)
        yield


def mark(status: str, size: float = 5.0) -> Look:
    """Return the keyword arguments of `Axes.plot` that draw one mark of a status."""
    look = STATUS.get(status, STATUS["claimed"])
    return {
        **{"marker": look["marker"], "color": look["color"], "markersize": size, "linestyle": "none"},
        **{"markerfacecolor": look["color"] if look["filled"] else PAPER, "markeredgewidth": 1.1, "zorder": 4},
    }

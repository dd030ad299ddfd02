"""The page: docs/benchmarks.md and its picture, written from the results alone."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from matplotlib.figure import Figure

from casebound.pages.palette import ACCENT, FAINT, INK
from casebound.pages.style import WIDTH, styled

DOCS = Path(__file__).parents[2] / "docs"
# What is aimed at: what is measured, by what it is divided, and the most (or, below, the least) that it may be.
AIMS = (
    ("ours", "loop", 0.14),
    ("ours", "plain", 1.5),
    ("cold", "plain", 2.5),
    ("notebook", "ours", 0.7),
    ("Markdown", "ours", 0.5),
    ("prose", "ours", 0.5),
    ("unchanged", None, 0.3),
    ("watch", "ours", 0.3),
    ("one job", "two jobs", 1.6),
)
AT_LEAST = {"one job"}
GROWN = {"facts": "facts in one case", "cases": "cases of 100 facts"}
LARGEST = ("10,000 facts in one case", 10_000, 60)  # seconds
NEVER = {
    "MyST": "its program is on PyPI, but the theme that makes its pages is fetched from api.mystmd.org",
    "Quarto": "its program is neither on PyPI nor on npm; the package `quarto-cli` fetches it from elsewhere",
}
PAGE = """# What a report costs

Written by `make bench`, never by hand. All ways run the same {notebooks} notebooks of this repository, on copies of
its files. Times are of whole processes, medians over rounds; in each round every way that this run measures has its
turn. A ratio is the median of the ratios within the rounds, with the smallest and the largest; that of `make watch` is
taken against the median of our builds. Ours makes HTML and PDF, the others what is said of them.

![Bars: seconds of each way; lines: seconds and memory as cases grow](benchmarks.png)

## What was aimed at

{aims}

## All ways

{ways}

Not measured: {missing}

An edit changes one line: the code cell is one of `20-impacts`, the fact is `supply-chain-delays`, which every notebook
loads, the prose is one sentence, in a Markdown cell of `40-recovery` or in `narrative.md`, from where `20-impacts`
takes it, which does nothing but show it and so does not run again. Each edit is made to the repository's own files, and
no two are the same, so nothing that was kept from an earlier one fits.

The plain script reads the case once for each notebook, as the cells say, and so do fresh kernels; forked kernels find
it read. Every process finds its modules compiled, as Python keeps them unless `PYTHONDONTWRITEBYTECODE` is set.

## Growth

Invented cases in the proportions of the repository's own, each size in a process of its own: seconds of each stage,
of what runs beside the notebooks those for which it was waited, and the most memory. In the picture both axes are
logarithmic.{grown}

{growth}

## On what

{about}

`make bench BENCH="ours loop"` measures some parts only, and leaves the rest as it was. Absolute seconds differ from
machine to machine and from hour to hour; ratios are compared only within one run.
"""


def write(results: dict, folder: Path = DOCS) -> None:
    """Write the page and its picture into a folder."""
    (folder / "benchmarks.md").write_text(text(results), "utf-8")
    with styled():
        picture(results).savefig(folder / "benchmarks.png", dpi=200, metadata={"Software": None})


def text(results: dict) -> str:
    """Return the page in Markdown."""
    ways, grown = results["ways"], results["growth"]
    missing = {**results["missing"], **NEVER}
    return PAGE.format(
        notebooks=len(list((DOCS.parent / "notebooks").glob("[0-9]*.ipynb"))),
        aims=_table(("Measured", "Aim", "Found", ""), _aims(ways, grown)),
        ways=_table(("Way", "Seconds", "From – to", "Against plain", "Measured"), _rows(ways)),
        missing="; ".join(f"{name} ({why})" for name, why in missing.items()) + ".",
        grown=f" Measured {grown['run']}." if grown else "",
        growth="\n\n".join(_grown(grown[by]) for by in GROWN) if grown else "Not measured yet.",
        about=_table(("", ""), (results["about"] | results["versions"]).items()),
    )


def ratios(ways: dict, over: str, under: str) -> list[float]:
    """Return the ratios of two ways, round by round; none if they were not measured in one run."""
    if not {over, under} <= ways.keys() or ways[over]["run"] != ways[under]["run"]:
        return []
    above, below = ways[over]["seconds"], ways[under]["seconds"]
    below = below if len(below) == len(above) else [median(below)] * len(above)
    return [a / b for a, b in zip(above, below, strict=True)]


def _aims(ways: dict, grown: dict | None) -> list[tuple[str, ...]]:
    rows = []
    for over, under, bar in AIMS:
        found = ratios(ways, over, under) if under else ways.get(over, {}).get("seconds", [])
        means = ", against ".join(ways[name]["means"] for name in (over, under) if name in ways)
        rows.append((means or over, *_held(found, bar, "" if under else " s", over in AT_LEAST)))
    name, size, bar = LARGEST
    found = [row["all"] for row in (grown or {"facts": []})["facts"] if row["facts"] == size]
    return [*rows, (name, *_held(found, bar, " s", False))]


def _held(found: list[float], bar: float, unit: str, least: bool) -> tuple[str, str, str]:
    """Return what is aimed at, what was found, and whether that is met."""
    aim = f"{bar:g}{unit} or {'more' if least else 'less'}"
    if not found:
        return aim, "not measured" if unit else "not measured in one run", ""
    met = median(found) >= bar if least else median(found) <= bar
    return aim, spread(found) + unit, "met" if met else "**not met**"


def _rows(ways: dict) -> list[tuple[str, ...]]:
    rows = []
    for name, way in ways.items():
        seconds = way["seconds"]
        span = f"{min(seconds):.2f} – {max(seconds):.2f}"
        against = ratios(ways, name, "plain") if name not in ("plain", "one job", "two jobs", "watch") else []
        measured = f"{way['run']}, {len(seconds)} times"
        rows.append((way["means"], f"{median(seconds):.2f}", span, spread(against) if against else "", measured))
    return rows


def _grown(rows: list[dict]) -> str:
    return _table(tuple(rows[0]), [[f"{value:,.2f}".removesuffix(".00") for value in row.values()] for row in rows])


def spread(found: list[float]) -> str:
    """Return the median with the smallest and the largest; one alone as it is."""
    return f"{median(found):.2f} ({min(found):.2f} – {max(found):.2f})" if len(found) > 1 else f"{found[0]:.2f}"


def _table(head: tuple[str, ...], rows) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def picture(results: dict) -> Figure:
    """Return the picture: a bar a way with its spread, and below it how time and memory grow."""
    ways, grown = results["ways"], results["growth"]
    high, low = 0.19 * len(ways) + 0.5, 1.5 if grown else 0
    canvas = Figure(figsize=(WIDTH, high + low), layout="constrained")
    above, *below = canvas.subfigures(2, height_ratios=[high, low]) if grown else [canvas]
    _bars(above.subplots(), ways)
    for panel in below:
        shown = [(by, of) for by in GROWN for of in ("seconds", "MB at most")]
        for axes, (by, of) in zip(panel.subplots(1, len(shown)), shown, strict=True):
            _growth(axes, grown[by], by, of)
    return canvas


def _bars(axes, ways: dict) -> None:
    names = list(ways)[::-1]
    middles = [median(ways[name]["seconds"]) for name in names]
    ends = [[abs(middle - end(ways[name]["seconds"])) for name, middle in zip(names, middles, strict=True)]
            for end in (min, max)]  # fmt: skip
    ours = [ACCENT if name not in ("plain", "loop", "api", "book") else FAINT for name in names]
    axes.barh(names, middles, 0.62, color=ours, xerr=ends, error_kw={"ecolor": INK, "elinewidth": 0.8})
    axes.set_yticks(range(len(names)), [ways[name]["means"].replace("`", "") for name in names])
    for row, (middle, end) in enumerate(zip(middles, ends[1], strict=True)):
        axes.annotate(f"{middle:.2f}", (middle + end, row), (4, 0), textcoords="offset points", va="center")
    axes.set_xlabel("seconds, median; the line spans all rounds")


def _growth(axes, rows: list[dict], by: str, of: str) -> None:
    sizes, values = [row[by] for row in rows], [row["all" if of == "seconds" else "MB"] for row in rows]
    axes.loglog(sizes, values, color=ACCENT, marker="o", markersize=4)
    axes.minorticks_off()
    axes.set(xticks=sizes, xticklabels=[f"{size:,}" for size in sizes], yticks=[], xlabel=GROWN[by], title=of)
    axes.margins(0.15, 0.3)
    for spot in zip(sizes, values, strict=True):
        said = f"{spot[1]:,.0f}" if spot[1] >= 100 else f"{spot[1]:.1f}"
        axes.annotate(said, spot, (0, 5), textcoords="offset points", ha="center")

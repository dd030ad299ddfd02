"""The page: docs/benchmarks.md, written from the results alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from statistics import median

from contenders import WAYS

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
# What is measured, by what it is divided (None: seconds), and its upper limit.
AIMS = (
    ("ours", "loop", 0.2),
    ("ours", "plain", 1.5),
    ("cold", "plain", 2.5),
    ("notebook", "ours", 0.7),
    ("Markdown", "ours", 0.5),
    ("prose", "ours", 0.5),
    ("unchanged", None, 0.3),
    ("watch", "ours", 0.3),
)
LARGEST = (10_000, 60)  # facts, seconds
PAGE = """# What a report costs

Written by `make bench`, never by hand. All ways run the same {notebooks} notebooks of this repository, on copies of
its files. Times are of whole processes, medians over rounds; in each round every way has its turn. A ratio is the
median of the ratios within the rounds, with the smallest and the largest. Ours makes HTML and two PDFs.

## Aims

{aims}

## All ways

{ways}
{missing}
An edit changes one line: the code cell is one of `20-impacts`, the fact is `supply-chain-delays`, which every notebook
loads, the Markdown a heading of `40-recovery`, the prose one sentence in `narrative.md`, from where `20-impacts` takes
it; that notebook only shows it and does not run again. Each edit is made to the repository's own files, and
no two are the same, so nothing in the cache fits from an earlier one.

The plain script reads the case once for each notebook, as the cells say, and so do fresh kernels; forked kernels find
it read. Every process finds its modules compiled, as Python keeps them unless `PYTHONDONTWRITEBYTECODE` is set.

## Growth

Copies of the invented case of the tests, side by side in one case, built without the cache: the seconds of the whole
build and the memory of its largest process.

{growth}

## On what

{about}

`make bench BENCH="ours loop"` measures some parts and prints them; `BENCH="ours --against FOLDER"` compares two
checkouts. Absolute seconds differ from machine to machine and from hour to hour; compare ratios, within one run.
"""


def text(results: dict) -> str:
    """Return the page in Markdown."""
    missing = "; ".join(f"{way} ({why})" for way, why in results["missing"].items())
    return PAGE.format(
        notebooks=len(list(NOTEBOOKS.glob("[0-9]*.ipynb"))),
        aims=_table(("Measured", "Aim", "Found", ""), _aims(results["ways"], results["growth"])),
        ways=_table(("Way", "Seconds", "From – to", "Against plain"), _rows(results["ways"])),
        missing=f"\nNot measured: {missing}.\n" if missing else "",
        growth=_grown(results["growth"]),
        about=_table(("", ""), results["about"].items()),
    )


def measured(results: dict) -> str:
    """Return what some parts of the bench found, as tables for a terminal."""
    tables = [_table(("Way", "Seconds", "From – to", "Against plain"), _rows(results["ways"]))]
    tables += [_grown(results["growth"])] if results["growth"] else []
    return "\n\n".join([*tables, *(f"not measured: {way}: {why}" for way, why in results["missing"].items())])


def compared(ways: list[dict[str, list[float]]], *checkouts: str) -> str:
    """Return the ways of two checkouts side by side: the seconds of each, and the first against the second."""
    rows = [
        (WAYS[name].means, *(spread(each[name]) for each in ways), spread(ratios(ways[0][name], ways[1][name])))
        for name in ways[0]
    ]
    return _table(("Way", *checkouts, "Ratio"), rows)


def ratios(over: list[float], under: list[float]) -> list[float]:
    """Return the ratios of two ways, round by round."""
    return [a / b for a, b in zip(over, under, strict=True)]


def spread(values: list[float]) -> str:
    """Return the median with the smallest and the largest; one alone as it is."""
    return f"{median(values):.2f} ({min(values):.2f} – {max(values):.2f})" if len(values) > 1 else f"{values[0]:.2f}"


def _aims(ways: dict[str, list[float]], grown: list[dict]) -> Iterable[tuple[str, ...]]:
    for over, under, most in AIMS:
        if {over, under or over} <= ways.keys():
            means = ", against ".join(WAYS[name].means for name in (over, under) if name)
            yield means, *_held(ratios(ways[over], ways[under]) if under else ways[over], most, "" if under else " s")
    for row in grown:
        if row["facts"] == LARGEST[0]:
            yield f"{LARGEST[0]:,} facts in one case", *_held([row["seconds"]], LARGEST[1], " s")


def _held(values: list[float], most: float, unit: str) -> tuple[str, str, str]:
    """Return the aim, the measured value, and whether it meets the aim."""
    return f"{most:g}{unit} or less", spread(values) + unit, "met" if median(values) <= most else "**not met**"


def _rows(ways: dict[str, list[float]]) -> Iterable[tuple[str, ...]]:
    for name, seconds in ways.items():
        against = spread(ratios(seconds, ways["plain"])) if "plain" in ways and name not in ("plain", "watch") else ""
        yield WAYS[name].means, f"{median(seconds):.2f}", f"{min(seconds):.2f} – {max(seconds):.2f}", against


def _grown(rows: list[dict]) -> str:
    cells = [(f"{row['facts']:,}", f"{row['seconds']:.1f}", f"{row['MB']:,}") for row in rows]
    return _table(("Facts", "Seconds", "MB"), cells)


def _table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *rows])

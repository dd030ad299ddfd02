"""Figures: one function a picture. Each takes the ledger; what it draws stands as a table behind it."""

from __future__ import annotations

import io
import textwrap

import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from casebound.analysis import impacts, recovery, response
from casebound.analysis import timeline as timeline_analysis
from casebound.facts.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Prose, Table
from casebound.pages.style import ACCENT, FAINT, INK, MUTED, PAPER, STATUS, WARM, WIDTH, mark, styled


def show(canvas: Canvas, *, alt: str, caption: str, data: pd.DataFrame | Table | None = None, key: str = "") -> Figure:
    """Return a drawing as the report takes it; raise ValueError without alt text or caption.

    `alt` says in words what the picture shows; `caption` states the finding; `data` is the table behind it.
    """
    for name, words in (("alt", alt), ("caption", caption)):
        if not words or not words.strip():
            raise ValueError(f"a figure needs {name}=…: words for readers who do not see it, or who only skim")
    buffer = io.StringIO()
    with styled():
        canvas.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    if isinstance(data, pd.DataFrame):
        data = table_of(data, caption)
    return Figure(key or "figure", buffer.getvalue(), alt, caption, data)


def table_of(frame: pd.DataFrame, caption: str) -> Table:
    """Return a data frame as a table; its index heads the rows, numbers stand to the right."""
    numeric = tuple(str(name) for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name]))
    rows = tuple((str(index), *(str(cell) for cell in row)) for index, *row in frame.itertuples())
    return Table("data", caption, (str(frame.index.name or ""), *map(str, frame.columns)), rows, numeric)


def _nothing(what: str) -> Prose:
    return Prose(f"The sources at hand say nothing of {what}, so there is no figure.")


def _key(axes: Axes, ledger: Ledger, statuses: list[str], extra: list[Line2D] = (), **where) -> None:
    """Draw the key to the marks under the axes."""
    handles = [Line2D([], [], label=ledger.terms.label("status", s), **mark(s)) for s in STATUS if s in statuses]
    handles += list(extra)
    axes.legend(handles=handles, ncols=len(handles), frameon=False, handletextpad=0.3, columnspacing=1.2, fontsize=7, **where)


def timeline(ledger: Ledger) -> Figure | Prose:
    """Return the timeline: a row an event, grouped by theme; when it happened apart from when it was reported."""
    events = timeline_analysis.events(ledger)
    events = events[[ledger.facts.at[fact, "named"] for fact in events.index]]
    if not len(events):
        return _nothing("dated events")
    groups = [(term.label, events[events["theme"] == theme]) for theme, term in ledger.terms["theme"].items()]
    groups = [(label, group) for label, group in groups if len(group)]
    rows = len(events) + len(groups)
    height = 0.185 * rows + 0.93
    with styled():
        canvas = Canvas(figsize=(WIDTH, height))
        axes = canvas.add_axes((0.335, 0.78 / height, 0.645, 1 - 0.83 / height))
        left, right = _span_of(events)
        axes.set_xlim(left, right)
        axes.set_ylim(rows - 0.4, -0.6)
        y, ticks = 0, []
        for label, group in groups:
            axes.text(-0.51, y, label, transform=axes.get_yaxis_transform(), fontweight=600, va="center")
            axes.axhline(y + 0.5, xmin=-0.51, color=FAINT, lw=0.6, clip_on=False)
            for _fact, row in group.iterrows():
                y += 1
                ticks.append((y, row["label"]))
                _event(axes, y, row, left, right)
            y += 1
        for y, label in ticks:
            axes.text(-0.02, y, label, transform=axes.get_yaxis_transform(), va="center", ha="right", fontsize=7.2)
        axes.set_yticks([])
        axes.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=4, maxticks=8))
        axes.xaxis.set_major_formatter(mdates.DateFormatter("%-d %b" if left.year == right.year else "%b %Y"))
        axes.grid(axis="x", color=FAINT, lw=0.5)
        axes.set_axisbelow(True)
        axes.set_xlabel(f"{left.year}" if left.year == right.year else f"{left.year} to {right.year}", labelpad=2)
        extra = [
            Line2D([], [], color=ACCENT, lw=4, alpha=0.35, label="some day in this range"),
            Line2D([], [], color=MUTED, lw=1, ls=(0, (1, 1.5)), label="some day up to here"),
            Line2D([], [], color=INK, marker="|", markersize=7, lw=0, label="first reported"),
        ]
        for handles, place in ((None, 0.32), (extra, 0.50)):
            key = axes.figure.add_axes((0, (0.56 - place) / height, 1, 0.18 / height))
            key.axis("off")
            _key(key, ledger, [] if handles else list(events["status"]), handles or [], loc="center left", bbox_to_anchor=(-0.01, 0.5))
    known = events[events["start_from"].notna()]
    first = known.iloc[0] if len(known) else events.iloc[0]
    alt = (
        f"A row for each of {len(events)} events in {len(groups)} groups, along the days from {left:%-d %B} to {right:%-d %B %Y}. "
        f"“{first['label']}” lies {first['date']}. {int(events['start_from'].isna().sum())} events are only known to have happened "
        f"by some day, drawn as dotted lines that are open to the left. A small upright stroke shows when each was first reported."
    )
    caption = "What happened when: most events are dated only by the day on which they were reported."
    data = [
        (f"{row['label']} {tables.cited(fact)}", row["date"], f"{row['reported']:%-d %B %Y, %H:%M}", ledger.terms.label("status", row["status"]))
        for fact, row in events.iterrows()
    ]
    behind = Table("timeline-data", "Events, when they happened and when they were first reported",
                   ("Event", "Happened", "First reported", "Status"), tuple(data))  # fmt: skip
    return show(canvas, alt=alt, caption=caption, data=behind, key="timeline")


def _span_of(events: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    reported = [moment.tz_localize(None) for moment in events["reported"]]
    days = pd.concat([events[c] for c in ("start_from", "start_to", "end_from", "end_to")]).dropna().tolist() + reported
    margin = max(pd.Timedelta(days=3), (max(days) - min(days)) * 0.04)
    return min(days) - margin, max(days) + margin


def _event(axes: Axes, y: float, row: pd.Series, left: pd.Timestamp, right: pd.Timestamp) -> None:
    """Draw one event: a mark where its day is known, a pale bar over the days in question, dots where it is open."""
    color = STATUS.get(row["status"], STATUS["claimed"])["color"]
    begin, end = row["start_from"], row["end_to"]
    if row["lasts"] and pd.notna(begin):
        axes.plot([row["start_to"], end if pd.notna(end) else right], [y, y], color=color, lw=2.2, solid_capstyle="butt")
        axes.plot([begin, row["start_to"]], [y, y], color=color, lw=4, alpha=0.35, solid_capstyle="butt")
    elif pd.isna(begin):
        axes.plot([left, end], [y, y], color=MUTED, lw=1, ls=(0, (1, 1.5)))
    elif begin != end:
        axes.plot([begin, end], [y, y], color=color, lw=4, alpha=0.35, solid_capstyle="butt")
    if pd.notna(end):  # the mark stands on the last day possible, never in the middle as if that were likelier
        axes.plot([end], [y], **mark(row["status"], 4.6))
    axes.plot([row["reported"].tz_localize(None)], [y], color=INK, marker="|", markersize=7, markeredgewidth=0.9, zorder=3)


def cascade(ledger: Ledger) -> Figure | Prose:
    """Return the cascade: what led to what; links that a source states solid, links that we infer broken."""
    edges, steps = impacts.cascade(ledger), impacts.steps(ledger)
    if not len(edges):
        return _nothing("what led to what")
    columns: dict[int, list[str]] = {}
    for fact, step in steps.items():
        columns.setdefault(step, []).append(fact)
    places = _places(columns, edges)
    tallest = max(len(column) for column in columns.values())
    height = 0.56 * tallest + 0.55
    with styled():
        canvas = Canvas(figsize=(WIDTH, height))
        axes = canvas.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(0, height)
        axes.axis("off")
        wide = 1.32
        gap = (WIDTH - 0.1 - wide) / max(1, len(columns) - 1)
        spots = {f: (0.05 + gap * steps[f], 0.35 + (height - 0.45) * share) for f, share in places.items()}
        for fact, (x, y) in spots.items():
            _box(axes, x, y, wide, ledger.facts.at[fact, "label"])
        for _, edge in edges.iterrows():
            (x1, y1), (x2, y2) = spots[edge["cause"]], spots[edge["effect"]]
            _arrow(axes, (x1 + wide, y1), (x2, y2), edge["link"])
        for x, style, text in ((0.05, "-", "the source says so"), (1.75, (0, (3, 2)), "we infer it")):
            axes.plot([x, x + 0.3], [0.12, 0.12], color=ACCENT if style == "-" else WARM, lw=1.2, ls=style)
            axes.text(x + 0.38, 0.12, text, va="center", fontsize=7)
    quoted = int((edges["link"] == "quoted").sum())
    roots = [ledger.facts.at[fact, "label"] for fact in columns[0]]
    alt = (
        f"{len(steps)} boxes in {len(columns)} columns, joined by arrows from cause to effect. It begins with “{'”, “'.join(roots)}”. "
        + " ".join(f"“{row['cause_label']}” leads to “{row['effect_label']}” ({row['link']})." for _, row in edges.iterrows())
    )
    caption = f"What led to what: {quoted} of {len(edges)} links stand in the source’s own words, {len(edges) - quoted} are our inference."
    return show(canvas, alt=alt, caption=caption, data=tables.links(ledger), key="cascade")


def _places(columns: dict[int, list[str]], edges: pd.DataFrame) -> dict[str, float]:
    """Return each box's height as a share: every box near the middle of its causes, so that arrows seldom cross."""
    places: dict[str, float] = {}
    children = edges.groupby("cause").size()
    for step, facts in sorted(columns.items()):
        causes = {f: [places[c] for c in edges.loc[edges["effect"] == f, "cause"] if c in places] for f in facts}
        middle = {f: sum(c) / len(c) if c else 0.5 for f, c in causes.items()}
        ordered = sorted(facts, key=lambda f: (-middle[f], -int(children.get(f, 0)) if step > 1 else 0, f))
        if step == 1:  # boxes that lead on stand together in the middle
            leading = [f for f in ordered if f in children.index]
            ending = [f for f in ordered if f not in children.index]
            ordered = ending[: len(ending) // 2] + leading + ending[len(ending) // 2 :]
        for i, fact in enumerate(ordered):
            places[fact] = 1 - (i + 0.5) / len(ordered)
    return places


def _box(axes: Axes, x: float, y: float, wide: float, label: str) -> None:
    lines = textwrap.wrap(label, 21)
    tall = 0.13 * len(lines) + 0.12
    style = "round,pad=0,rounding_size=0.05"
    axes.add_patch(FancyBboxPatch((x, y - tall / 2), wide, tall, boxstyle=style, fc="#eef3f7", ec=ACCENT, lw=0.7, zorder=3))
    axes.text(x + wide / 2, y, "\n".join(lines), ha="center", va="center", fontsize=7, linespacing=1.15, zorder=4)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], link: str) -> None:
    style, color = ("-", ACCENT) if link == "quoted" else ((0, (3, 2)), WARM)
    bend = f"arc3,rad={0.0 if abs(start[1] - end[1]) < 0.05 else 0.08 if start[1] > end[1] else -0.08}"
    arrow = FancyArrowPatch(start, end, connectionstyle=bend, arrowstyle="-|>", mutation_scale=7, lw=1, ls=style, color=color, zorder=2)
    axes.add_patch(arrow)


def matrix(ledger: Ledger) -> Figure | Prose:
    """Return parties by effects, a mark a fact in the shape of its status."""
    table = impacts.matrix(ledger)
    if table.empty:
        return _nothing("who was affected")
    kinds = [ledger.terms.label("effect", kind) for kind in table.columns]
    parties = [ledger.terms.label("party", party) for party in table.index]
    height = 0.36 * len(parties) + 1.0
    statuses = []
    with styled():
        canvas = Canvas(figsize=(WIDTH, height))
        axes = canvas.add_axes((0.16, 0.34 / height, 0.83, 1 - 0.85 / height))
        axes.set_xlim(-0.5, len(kinds) - 0.5)
        axes.set_ylim(len(parties) - 0.5, -0.5)
        for i, party in enumerate(table.index):
            for j, kind in enumerate(table.columns):
                facts = table.at[party, kind]
                statuses += [ledger.facts.at[fact, "status"] for fact in facts]
                for n, fact in enumerate(facts):
                    x = j + (n - (len(facts) - 1) / 2) * 0.17
                    axes.plot([x], [i], **mark(ledger.facts.at[fact, "status"], 6))
        axes.set_xticks(range(len(kinds)), ["\n".join(textwrap.wrap(kind, 12)) for kind in kinds])
        axes.xaxis.tick_top()
        axes.tick_params(axis="x", length=0)
        axes.set_yticks(range(len(parties)), parties)
        axes.spines["bottom"].set_visible(False)
        for i in range(len(parties) + 1):
            axes.axhline(i - 0.5, color=FAINT, lw=0.6)
        _key(axes, ledger, statuses, loc="upper left", bbox_to_anchor=(-0.2, -0.02))
    hit = {party: int(sum(len(cell) for cell in table.loc[party])) for party in table.index}
    most = max(hit, key=hit.get)
    alt = "A grid of those affected against kinds of effect, a mark for each fact. " + " ".join(
        f"{ledger.terms.label('party', party)}: "
        + "; ".join(
            f"{ledger.terms.label('effect', kind).lower()} ({', '.join(ledger.facts.at[f, 'label'] for f in table.at[party, kind])})"
            for kind in table.columns
            if table.at[party, kind]
        )
        + "."
        for party in table.index
    )
    caption = f"Who was affected in what way, one mark a fact: the sources say most of {_people(ledger, most)}."
    return show(canvas, alt=alt, caption=caption, data=tables.effects(ledger), key="matrix")


def _people(ledger: Ledger, party: str) -> str:
    label = ledger.terms.label("party", party)
    return label[0].lower() + label[1:] if label.startswith("The ") else f"the {label.lower()}"


def ladder(ledger: Ledger) -> Figure | Prose:
    """Return the restoration ladder: each system from its lowest to its last known state."""
    table = recovery.systems(ledger)
    if not len(table):
        return _nothing("systems")
    table = table.assign(rung=[ledger.terms["state"][s].rung for s in table["state"]])
    table = table.sort_values("rung", ascending=False, kind="stable")
    rungs = sorted(ledger.terms["state"].values(), key=lambda term: term.rung)
    captions = recovery.states(ledger)
    captions = captions[captions["basis"] == "caption"]
    height = 0.3 * len(table) + 0.9
    with styled():
        canvas = Canvas(figsize=(WIDTH, height))
        axes = canvas.add_axes((0.25, 0.4 / height, 0.72, 1 - 0.75 / height))
        axes.set_xlim(-0.35, len(rungs) - 0.65)
        axes.set_ylim(len(table) - 0.5, -0.5)
        for y, (system, row) in enumerate(table.iterrows()):
            low = ledger.terms["state"][row["lowest"]].rung
            axes.axhline(y, color=FAINT, lw=0.6)
            if low != row["rung"]:
                axes.annotate("", (row["rung"] - 0.06, y), (low, y), arrowprops={"arrowstyle": "-|>", "color": ACCENT, "lw": 1.6, "shrinkA": 3, "shrinkB": 0})
                axes.plot([low], [y], marker="o", color=ACCENT, markerfacecolor=PAPER, markersize=6, zorder=4)
            elif row["rung"] > 0:
                axes.text(row["rung"] - 0.12, y - 0.02, "before: not stated", ha="right", va="center", fontsize=7, color=MUTED, backgroundcolor=PAPER)
            axes.plot([row["rung"]], [y], marker="o", color=ACCENT, markersize=7, zorder=4)
            for _, other in captions[captions["system"] == system].iterrows():
                if other["fact"] not in (row["fact"], row["low_fact"]) and other["rung"] != low:
                    axes.plot([other["rung"] + 0.1], [y], marker="s", color=WARM, markerfacecolor=PAPER, markersize=6, zorder=4)
        axes.set_yticks(range(len(table)), [ledger.terms.label("system", s) for s in table.index])
        axes.set_xticks(range(len(rungs)), [term.label for term in rungs])
        axes.xaxis.tick_top()
        axes.tick_params(axis="x", length=0)
        axes.spines["bottom"].set_visible(False)
        handles = [
            Line2D([], [], marker="o", color=ACCENT, markerfacecolor=PAPER, lw=0, label="lowest state told of"),
            Line2D([], [], marker="o", color=ACCENT, lw=0, label="last known state"),
        ]
        if len(captions):
            handles.append(Line2D([], [], marker="s", color=WARM, markerfacecolor=PAPER, lw=0, label="what a caption says"))
        axes.legend(handles=handles, ncols=3, frameon=False, fontsize=7, loc="upper left", bbox_to_anchor=(-0.33, -0.01), handletextpad=0.2)
    back = int((table["state"] == "restored").sum())
    alt = f"{len(rungs)} rungs from {rungs[0].label} to {rungs[-1].label}, a row for each of {len(table)} systems. " + " ".join(
        f"{ledger.terms.label('system', system)}: "
        + (f"from {row['lowest']} to {row['state']}." if row["lowest"] != row["state"] else f"{row['state']}.")
        for system, row in table.iterrows()
    )
    first_steps = [ledger.terms.label("system", system) for system in table.index[table["state"] == "restarting"]]
    caption = f"How far each system had come back: {back} of {len(table)} were restored"
    caption += f"; only first steps had been taken in {' and '.join(first_steps).lower()}." if first_steps else "."
    return show(canvas, alt=alt, caption=caption, data=tables.systems(ledger), key="ladder")


def responses(ledger: Ledger) -> Figure | Prose:
    """Return the acts of each actor of the government in three columns: done, under way, said or promised."""
    acts = response.acts(ledger)
    if not len(acts):
        return _nothing("the Government's response")
    kinds = ["done", "under way", "said or promised"]
    actors = list(dict.fromkeys(acts["actor"]))
    lines = {(a, k): [textwrap.wrap(label, 25) for label in group["label"]] for (a, k), group in acts.groupby(["actor", "kind"])}
    names = {actor: textwrap.wrap(actor, 20) for actor in actors}
    line = 0.135
    rows = [max(len(names[a]), *(sum(len(w) + 0.5 for w in lines.get((a, k), [])) for k in kinds)) + 0.7 for a in actors]
    height = line * sum(rows) + 0.62
    with styled():
        canvas = Canvas(figsize=(WIDTH, height))
        axes = canvas.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(0, height)
        axes.axis("off")
        lefts = {kind: 1.35 + 1.72 * i for i, kind in enumerate(kinds)}
        for kind, x in lefts.items():
            axes.text(x, height - 0.14, kind, fontweight=600, va="center")
        y = height - 0.28
        for actor, tall in zip(actors, rows, strict=True):
            axes.axhline(y, color=FAINT, lw=0.7)
            axes.text(0.02, y - line * 0.6, "\n".join(names[actor]), va="top", fontweight=600, linespacing=1.15)
            for kind, x in lefts.items():
                _acts(axes, x, y - line * 0.6, line, acts[(acts["actor"] == actor) & (acts["kind"] == kind)], ledger)
            y -= line * tall
        axes.axhline(y, color=FAINT, lw=0.7)
        key = canvas.add_axes((0, 0, 1, 0.22 / height))
        key.axis("off")
        _key(key, ledger, list(acts["status"]), loc="center left", bbox_to_anchor=(-0.005, 0.5))
    number = acts["kind"].value_counts()
    alt = " ".join(f"{row['actor']}: {row['label']} ({row['kind']})." for _, row in acts.iterrows())
    caption = (
        f"What the Government did and what it said: {number.get('done', 0)} acts done, {number.get('under way', 0)} under way, "
        f"{number.get('said or promised', 0)} said or promised."
    )
    return show(canvas, alt=alt, caption=caption, data=tables.acts(ledger), key="responses")


def _acts(axes: Axes, x: float, y: float, line: float, acts: pd.DataFrame, ledger: Ledger) -> None:
    """Write the labels of acts below each other, each with the mark of its status."""
    for fact, row in acts.iterrows():
        lines = textwrap.wrap(row["label"], 25)
        axes.plot([x + 0.04], [y - 0.05], **mark(ledger.facts.at[fact, "status"], 5))
        axes.text(x + 0.15, y, "\n".join(lines), va="top", fontsize=7.2, linespacing=1.15)
        y -= line * (len(lines) + 0.5)

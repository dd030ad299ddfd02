"""Cases of any size, invented: what growth is measured on.

A case is made of episodes of 20 facts, each the story of one plant in the proportions of the seed: what stopped and
why, whom it hit, what it cost, who helped, what came back, who claims it; with quotations and paraphrases, accounts
at odds, corrections, a resolution. Answers to one question stay few, however large the case: a question with many
that exclude each other has as many pairs at odds as there are pairs, and no report could be short of them.
"""

from __future__ import annotations

import hashlib
import shutil
from datetime import date, timedelta
from pathlib import Path

import yaml

from casebound.facts.evidence.anchors import Anchor, digest
from casebound.facts.evidence.lock import NAME, Locked, lock_text
from casebound.facts.records.models import Evidence

ROOT = Path(__file__).parents[2]
FACTS = 20  # in an episode
_SOURCES = ("chronicle", "echo", "post", "audit", "union", "herald", "notes")
_SYLLABLES = "bram der fen wick mere low gate nor ton ham stead ley ford dale well hurst".split()
_SHARED = 12  # episodes whose claimants answer the one question who did it


def project(root: Path, facts: int, cases: int = 1) -> list[str]:
    """Write a project with the repository's notebooks and so many cases of so many facts; return their names."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    (root / "data").mkdir()
    shutil.copy(ROOT / "data" / "terms.yaml", root / "data")
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    names = [f"invented-{number}" for number in range(1, cases + 1)]
    for name in names:
        write(root / "data" / name, facts)
    return names


def write(folder: Path, facts: int) -> None:
    """Write a case of so many facts, rounded up to whole episodes; the same number gives the same bytes."""
    episodes = [_Episode(number) for number in range(-(-facts // FACTS))]
    folder.mkdir()
    themes: dict[str, list[dict]] = {}
    for episode in episodes:
        for theme, fact in episode.facts():
            themes.setdefault(theme, []).append(fact)
    for theme, found in themes.items():
        _dump(folder / f"{theme}.yaml", found)
    _dump(folder / "sources.yaml", [source for episode in episodes for source in episode.sources()])
    _dump(folder / "case.yaml", _case(episodes))
    (folder / "narrative.md").write_text(_narrative(episodes), "utf-8")
    (folder / NAME).write_text(_lock([fact for found in themes.values() for fact in found]), "utf-8")


def _dump(path: Path, content: object) -> None:
    text = yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=1000)
    path.write_text(text, "utf-8")


class _Episode:
    """The story of one plant."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.place = _name(number)
        self.name = self.place.lower()
        self.mayor = f"Ada {_name(number + 100)}"
        self.stop = date(2031 + number // 40 % 5, 1, 6) + timedelta(days=number % 40)
        self.told = self.stop + timedelta(days=40)

    def id(self, what: str) -> str:
        return f"{what}-{self.number}"

    def day(self, after: int) -> date:
        return self.stop + timedelta(days=after)

    def sources(self) -> list[dict]:
        """Return the sources: one read whole, the others as excerpts; two print the same statement."""
        found = []
        for number, paper in enumerate(_SOURCES):
            whole = number == 0
            found.append({
                **{"id": self.id(paper), "type": "article-newspaper", "title": f"What became of {self.place}"},
                **{"author": [{"family": "Quill", "given": "Ida"}], "container-title": f"The {self.place} {paper}"},
                **{"URL": f"https://{paper}.example/{self.number}", "language": "en-GB", "issued": str(self.told)},
                **{"available": str(self.told), "origin": self.id("union" if paper == "herald" else paper)},
                **{"grade": "BCCADDF"[number], "grade_reason": "An invented paper."},
                **({"access": "full", "sha256": _sha256(self.id(paper))} if whole else {"access": "excerpt"}),
            })  # fmt: skip
        return found

    def actors(self) -> dict[str, dict]:
        return {
            self.id("firm"): {"name": f"{self.place} Works", "group": "company"},
            self.id("mayor"): {"name": self.mayor, "role": f"mayor of {self.place}", "group": "government"},
            self.id("crowd"): {"name": f"{self.place} crowd", "group": "attacker"},
        }

    def questions(self) -> list[dict]:
        """Return what is asked of the plant; every second time with an answer that the report follows."""
        place, follows = self.place, {"follow": [self.id("stop")], "reason": "The works counted the days."}
        found = [
            {"id": self.id("ask-stop"), "theme": "timeline", "kind": "date", "asks": f"When did {place} stop?"},
            {"id": self.id("ask-loss"), "theme": "costs", "kind": "figure", "asks": f"What did it cost at {place}?"},
            {"id": self.id("ask-back"), "theme": "recovery", "kind": "date", "asks": f"When was {place} back?"},
            {"id": self.id("ask-data"), "theme": "attribution", "asks": f"Was data taken at {place}?"},
        ]
        return [{**found[0], "resolution": follows}, *found[1:]] if self.number % 2 else found

    def _fact(self, what: str, statement: str, after: int | None = None, by: str = "chronicle", **fields) -> dict:
        """Return a fact; `after` is its day after the stop (none: some day up to the report), `by` the papers."""
        date_of = f" on {_written(self.day(after))}" if after is not None else ""
        said, piece = statement + date_of, fields.pop("piece", {})
        exact = {"rule": "exact-date", "phrase": date_of.strip(), "base": str(self.told)}
        return {
            **{"id": self.id(what), "statement": f"{said}.", "label": fields.pop("label", None)},
            **{"when": f"../{self.told}" if after is None else str(self.day(after))},
            **{"dated": {"rule": "by-publication", "base": str(self.told)} if after is None else exact},
            **{"status": fields.pop("status", "done"), **fields},
            "evidence": [
                {"source": self.id(paper), "quote" if paper == "chronicle" else "says": said,
                 **{"basis": "reporter", **piece}}
                for paper in by.split()
            ],
        }  # fmt: skip

    def facts(self) -> list[tuple[str, dict]]:
        """Return each fact with its theme."""
        return [
            (theme, {name: value for name, value in fact.items() if value is not None})
            for theme, found in self._themes().items()
            for fact in found
        ]

    def _themes(self) -> dict[str, list[dict]]:
        return {
            "timeline": self._timeline(),
            "impacts": self._impacts(),
            "costs": self._costs(),
            "response": self._response(),
            "recovery": self._recovery(),
            "attribution": self._attribution(),
            "context": self._context(),
        }

    def _opens(self, phase: str) -> str | None:
        return phase if self.number == 0 else None

    def _timeline(self) -> list[dict]:
        stop, place = self.id("stop"), self.place
        plant = {"system": "production", "state": "stopped", "places": [self.name]}
        return [
            self._fact("alarm", f"An alarm rang at {place}", -1, label=f"Alarm at {place}", opens=self._opens("attack"),
                       supersedes=None),
            self._fact("stop", f"Work at {place} stopped after the alarm", 0, "chronicle post", **plant,
                       label=f"{place} stops", opens=self._opens("stoppage"), affected=["company"], effect="stoppage",
                       answers={self.id("ask-stop"): f"when {place} stopped"},
                       caused_by=[{"fact": self.id("alarm"), "link": "quoted", "words": "after the alarm"}]),
            self._fact("stop-later", f"The clocks of {place} stood still", 3, "echo", label=f"Clocks of {place} still",
                       answers={self.id("ask-stop"): f"when the clocks of {place} stood still"},
                       at_odds=[{"fact": stop, "kind": "date", "reason": "Clocks stand still when work stops."}]
                       if self.number % 4 == 0 else None),
        ]  # fmt: skip

    def _impacts(self) -> list[dict]:
        place, firms = self.place, 10 + self.number % 80
        inferred = {"fact": self.id("stop"), "link": "inferred", "reason": "Who does not work pays no bills."}
        return [
            self._fact("late", f"The works of {place} paid {firms} firms late", by="chronicle", affected=["suppliers"],
                       effect="payment", caused_by=[inferred], label=f"Firms of {place} paid late",
                       quantity={"value": str(firms), "unit": "firms", "measure": "firms paid late", "scope": place}),
            self._fact("short", f"Shops at {place} may run short", None, "union", status="possible",
                       affected=["retailers"], effect="outlook", label=f"Shops at {place} may run short"),
        ]  # fmt: skip

    def _costs(self) -> list[dict]:
        place, loss = self.place, 2 + self.number % 9
        money = {"unit": "GBP million", "measure": "loss by the stop", "scope": place, "method": "count"}
        asked = {self.id("ask-loss"): f"the loss of {place}"}
        return [
            self._fact("loss", f"The stop cost {place} £{loss}m", by="post", label=f"Loss of {place}", answers=asked,
                       quantity={"value": str(loss), **money}),
            self._fact("loss-later", f"A count put the loss of {place} at £{loss + 4}m", 30, "audit", answers=asked,
                       label=f"Loss of {place}, counted", quantity={"value": str(loss + 4), **money},
                       supersedes=[{"fact": self.id("loss"), "how": "corrected"}], piece={"basis": "official"}),
            self._fact("fewer", f"The works of {place} made {loss * 100} wheels fewer", by="echo",
                       label=f"{place} makes fewer wheels",
                       quantity={"value": str(loss * 100), "unit": "wheels", "measure": "wheels lost", "scope": place}),
            self._fact("repair", f"The repair of {place} cost £{loss}m", by="notes", label=f"Repair of {place}",
                       quantity={"value": str(loss), **money, "measure": "cost of the repair"}),
        ]  # fmt: skip

    def _response(self) -> list[dict]:
        place, mayor = self.place, {"actor": self.id("mayor"), "piece": {"speaker": self.mayor, "basis": "official"}}
        return [
            self._fact("visit", f"{self.mayor} walked round {place}", 5, **mayor, help="contact",
                       label=f"Mayor walks round {place}"),
            self._fact("promise", f"{self.mayor} promised {place} a new road", 9, "herald", **mayor, status="pledged",
                       help="money", label=f"A road for {place}"),
            self._fact("road", f"The road of {place} was open", 35, "union herald", label=f"Road of {place} open",
                       outcome_of=self.id("promise")),
        ]  # fmt: skip

    def _recovery(self) -> list[dict]:
        place, plant = self.place, {"system": "production", "places": [self.name]}
        works = {"actor": self.id("firm"), "piece": {"speaker": f"{place} Works", "basis": "company"}}
        back = {self.id("ask-back"): f"when {place} was back"}
        plan = _written(self.day(24))
        forecast = {"status": "planned", "forecast": str(self.day(24)), "system": "production", "answers": back}
        return [
            self._fact("resumed", f"Work at {place} began again", 20, "chronicle", **plant, **works, state="resuming",
                       label=f"{place} resumes", opens=self._opens("phased restart")),
            self._fact("plan", f"The works of {place} would be back on {plan}, a foreman said", None, "post",
                       label=f"{place} to be back", **(forecast if self.number % 3 == 0 else {"status": "planned"})),
            self._fact("back", f"Work at {place} was back", 28, "post audit", **plant, **works, state="restored",
                       label=f"{place} back", opens=self._opens("production"), answers=back,
                       caused_by=[{"fact": self.id("resumed"), "link": "inferred", "reason": "It began again."}]),
            self._fact("bills", f"Bills of {place} were paid again", 31, "union", system="supplier payments",
                       state="restored", label=f"Bills of {place} paid"),
        ]  # fmt: skip

    def _attribution(self) -> list[dict]:
        place, crowd = self.place, self.id("crowd")
        data = {self.id("ask-data"): f"not confirmed at {place}"}
        answers = {"attacker": f"a crowd at {place}"} if self.number < _SHARED else None
        return [
            self._fact("claim", f"The {place} crowd claimed the attack", 12, "herald", status="claimed", actor=crowd,
                       accused=crowd, answers=answers, label=f"A crowd at {place} claims it",
                       piece={"speaker": f"{place} crowd", "basis": "attacker"}),
            self._fact("data", f"The works of {place} had not confirmed that data was gone", 14, status="unconfirmed",
                       answers=data, label=f"{place}: data not confirmed"),
        ]  # fmt: skip

    def _context(self) -> list[dict]:
        place, people = self.place, 100 + self.number
        return [
            self._fact("people", f"The works of {place} had {people} people", by="chronicle",
                       quantity={"value": str(people), "unit": "people", "measure": "people", "scope": place}),
            self._fact("river", f"The works of {place} stand by a river", by="notes"),
        ]  # fmt: skip

    def said(self) -> dict[str, list[str]]:
        """Return the sentences of the narrative, by section."""
        place, cited = self.place, lambda *facts: "[" + "; ".join(f"@{self.id(fact)}" for fact in facts) + "]"
        return {
            "timeline": [
                f"Work at {place} stopped after the alarm on {_written(self.day(0))} {cited('stop', 'alarm')}."
            ],
            "impacts": [f"The works of {place} paid {10 + self.number % 80} firms late {cited('late')}."],
            "costs": [f"A count put the loss of {place} at £{6 + self.number % 9}m {cited('loss-later')}."],
            "government response": [
                f"{self.mayor} walked round {place} and promised a new road {cited('visit', 'promise')}."
            ],
            "outcomes": [f"The road of {place} was open on {_written(self.day(35))} {cited('road')}."],
            "recovery": [
                f"Work at {place} began again, and was back on {_written(self.day(28))} {cited('resumed', 'back')}."
            ],
            "attribution": [f"The {place} crowd claimed the attack {cited('claim')}."],
            "data": [f"The works of {place} had not confirmed that data was gone {cited('data')}."],
        }


_ONCE = {  # sections that stay as long however many plants there are
    "key facts": ["- **{stop.length}** lay between the stop and the restart [@stop-0; @back-0]."],
    "summary": ["An alarm rang and work stopped [@alarm-0; @stop-0]."],
    "how long": ["It took {stop.length} [analysis: @stop-0; @back-0]."],
    "order": ["The alarm came first [analysis: @alarm-0]."],
    "cascade": ["Work stopped after the alarm [@stop-0]."],
    "economy": ["The stop was no small matter [analysis: @stop-0]."],
    "forecasts": ["A foreman said that the works would be back [@plan-0]."],
    "lessons": ["Who hears an alarm may stop in time [analysis]."],
    "discussion": ["Was it worth a road? [question]"],
    "conflicts": ["The papers tell of the stop in different ways [analysis: @stop-0; @stop-later-0]."],
    "limits": ["All of it is invented [analysis]."],
}


def _narrative(episodes: list[_Episode]) -> str:
    sections = {name: list(lines) for name, lines in _ONCE.items()}
    for episode in episodes:
        for name, lines in episode.said().items():
            sections.setdefault(name, []).extend(lines)
    return "\n".join(f"# {name.capitalize()}\n\n" + "\n\n".join(lines) + "\n" for name, lines in sections.items())


def _case(episodes: list[_Episode]) -> dict:
    asked = [{"id": "attacker", "theme": "attribution", "kind": "name", "asks": "Who did it?"}]
    return {
        **{"title": "The alarms", "subtitle": "An invented case of any size", "summary": "What stopped and came back."},
        **{"subject": "The works", "names": ["The works"], "timezone": "Europe/London", "language": "en-GB"},
        **{"seed": episodes[0].id("chronicle"), "disclosure": episodes[0].id("stop")},
        "actors": {name: actor for episode in episodes for name, actor in episode.actors().items()},
        "places": {episode.name: {"name": episode.place, "kind": "plant"} for episode in episodes},
        "glossary": [{"term": "alarm", "means": "A bell that rings."}],
        "questions": asked + [question for episode in episodes for question in episode.questions()],
    }


def _lock(facts: list[dict]) -> str:
    """Return the lock as `make verify` would write it, had the texts of the invented papers been written too."""
    entries = []
    for fact in facts:
        for number, piece in enumerate(fact["evidence"]):
            if "quote" in piece:
                anchor = Anchor(((10, 10 + len(piece["quote"])),), "paragraph 1", False, {})
                one = Locked(digest(Evidence(**piece)), _sha256(piece["source"]), anchor)
                entries.append(((fact["id"], number), piece["source"], one))
    return lock_text(entries)


def _sha256(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def _name(number: int) -> str:
    """Return the name of a plant: its number in syllables."""
    size = len(_SYLLABLES)
    return "".join(_SYLLABLES[number // size**place % size] for place in range(3)).capitalize()


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

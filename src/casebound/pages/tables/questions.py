"""Tables of the questions that the case asks: what is left open, and what is answered and told nowhere else."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import conflicts, unknowns
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.text.claims import typeset
from casebound.pages import narrative
from casebound.pages.display import Prose, Table
from casebound.pages.markup import cited, escaped
from casebound.pages.tables.shared import counted, table

MOST = 3  # answers to an open question in its row


def open_questions(ledger: Ledger) -> Table:
    """Return the questions that are open, each with the answers that come nearest: first those without any.

    Filled by `questions` in case.yaml.
    """
    questions = unknowns.questions(ledger)
    none = "" if len(questions) else "the case asks no question that this report could ask"
    questions = questions[questions["is_open"]]
    rank = questions["answered"].map({"not answered": 0, "partly": 1}).fillna(2)
    questions = questions.loc[rank.sort_values(kind="stable").index]
    columns = {"Question": _asked(questions), "Nearest answer": _nearest(ledger, questions)}
    note = "No question that this report asks is open." if questions.empty else None
    return table("open-questions", "Open questions, and the nearest answer to each", columns, note, none=none)


def _nearest(ledger: Ledger, questions: pd.DataFrame) -> list[str]:
    """Return the latest answers to each open question, of those at odds if accounts differ, and how many more."""
    at_odds = {matter.asks: matter.facts for matter in conflicts.register(ledger)}
    facts = questions["facts"].where(questions["answered"] != "in conflict", questions["asks"].map(at_odds))
    latest = ledger.facts["latest"]
    shown = [sorted(of_it, key=lambda fact: (pd.isna(latest[fact]), latest[fact]))[-MOST:] for of_it in facts]
    told = _answers(ledger, questions.assign(facts=shown))
    return [
        f"{'Accounts differ: ' if answered == 'in conflict' else ''}{answer or 'no answer recorded'}"
        + (f"; and {counted(len(all_of_it) - MOST, 'earlier answer')} in the annex" if len(all_of_it) > MOST else "")
        for answered, answer, all_of_it in zip(questions["answered"], told, facts, strict=True)
    ]


def answers(ledger: Ledger) -> Table | Prose:
    """Return the questions that facts answer of which the narrative cites none, so that no section tells the answer.

    Nothing where there are none. Filled by `answers` of facts that narrative.md does not cite.
    """
    told = narrative.told(ledger)
    questions = unknowns.questions(ledger)
    untold = questions["facts"].map(told.isdisjoint).astype(bool)
    questions = questions[~questions["is_open"] & questions["answered"].isin(("answered", "claimed")) & untold]
    if questions.empty:
        return Prose("")
    columns = {"Question": _asked(questions), "Answer": _answers(ledger, questions)}
    return table("answers", "Further questions, with their answers", columns)


def _asked(questions: pd.DataFrame) -> pd.Series:
    return questions["asks"].map(typeset).map(escaped)


def _answers(ledger: Ledger, questions: pd.DataFrame) -> list[str]:
    """Return what the facts answer to each question, every answer with its citation; empty if none does."""
    answers = ledger.answers.set_index(["question", "fact"])["answer"]
    return [
        "; ".join(f"{escaped(typeset(answers[name, fact]))} {cited(fact)}" for fact in facts)
        for name, facts in questions["facts"].items()
    ]

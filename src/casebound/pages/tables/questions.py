"""Tables of the questions that the case asks: what is left open, and what is answered and told nowhere else."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import unknowns
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.text.claims import typeset
from casebound.pages import narrative
from casebound.pages.display import Prose, Table
from casebound.pages.markup import cited, escaped
from casebound.pages.tables.shared import table


def open_questions(ledger: Ledger) -> Table:
    """Return the questions that the sources leave open, but for those in conflict, which the register shows.

    Filled by `questions` in case.yaml.
    """
    questions = unknowns.questions(ledger)
    none = "" if len(questions) else "the case asks no question that this report could ask"
    questions = questions[questions["answered"].isin(("not answered", "partly"))]
    questions = questions.sort_values("answered", kind="stable")  # by the alphabet: what nobody answers comes first
    columns = {
        "Question": _asked(questions),
        "Answered": questions["answered"],
        "What they say": [answer or "no answer recorded" for answer in _answers(ledger, questions)],
    }
    note = "No question that this report asks is without an answer." if questions.empty else None
    return table(
        "open-questions",
        "What one would want to know, and no source firmly answers; for accounts at odds see above",
        columns,
        note,
        none=none,
    )


def answers(ledger: Ledger) -> Table | Prose:
    """Return the questions that facts answer of which the narrative cites none, so that no section tells the answer.

    Nothing where there are none. Filled by `answers` of facts that narrative.md does not cite.
    """
    told = narrative.told(ledger)
    questions = unknowns.questions(ledger)
    untold = questions["facts"].map(told.isdisjoint).astype(bool)
    questions = questions[questions["answered"].eq("answered") & untold]
    if questions.empty:
        return Prose("")
    columns = {"Question": _asked(questions), "Answer": _answers(ledger, questions)}
    return table("answers", "What else one would want to know, and the sources answer", columns)


def _asked(questions: pd.DataFrame) -> pd.Series:
    return questions["asks"].map(typeset).map(escaped)


def _answers(ledger: Ledger, questions: pd.DataFrame) -> list[str]:
    """Return what the facts answer to each question, every answer with its citation; empty if none does."""
    answers = ledger.answers.set_index(["question", "fact"])["answer"]
    return [
        "; ".join(f"{escaped(answers[name, fact])} {cited(fact)}" for fact in facts)
        for name, facts in questions["facts"].items()
    ]

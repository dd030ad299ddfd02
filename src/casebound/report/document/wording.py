"""The words that the binder itself writes, the same in HTML and PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casebound.facts.dates.edtf import MONTHS
from casebound.report.document.model import FactEntry

STATES = {
    "verified": "The quotation was found word for word, and the words round it were checked; evidence.lock says where.",
    "found": "The quotation was found word for word; the words round it were not checked, for the reason given.",
    "read": "Our paraphrase was compared with the source, or with the part of it that could be seen, on the day shown.",
    "unread": "The words have not been compared with the source, for the reason given.",
}
CLAIMED = "In these sources only those who claim to have done it say so."
DISPUTED = "Accounts differ:"
FOLLOWED = "Another account differs, and the report follows this one:"
MARKS = "A number leads to the evidence. A ring marks our reasoning; a dotted line, accounts that differ."
SCALES = (
    ("credibility", "How well a fact is borne out on the Admiralty scale: from 1, confirmed, to 6, cannot be judged."),
    ("grade", "How reliable a source is: from A, completely reliable, to E, unreliable; F, cannot be judged."),
)
EVIDENCE = "Each fact with its quotations and paraphrases, numbered in the order in which the report first rests on it."
OURS = "A title or publisher in square brackets is ours: the text that we saw does not print it."
DATED, NAMED = 2, 3  # how many sources a note dates, and how many it names if it names not all
_MONTH = re.compile("|".join(MONTHS))
QUOTATIONS = "Quotations remain their publishers’."
UNCITED = "Recorded, but not told in the report"


def first_rows(printed: int, rows: int) -> str:
    """Return the note of a table of which only the first rows are printed."""
    return f"Printed are the first {printed} of {rows:,} rows; report.html has all of them."


def left_out(printed: int, facts: int) -> str:
    """Return the note of an appendix that leaves out facts."""
    return f" Printed are the {printed:,} of {facts:,} facts that the body cites; report.html has all of them."


def key() -> tuple[tuple[str, str], ...]:
    """Return the key to the words by which an entry says how far it can be relied on."""
    return (*STATES.items(), *SCALES, ("[…]", OURS))


def behind(links: Sequence[dict]) -> str:
    """Return what a note says in the margin: the sources of its facts in short, without their dates if there are many.

    The number alone, which is hollow, says that a conclusion is ours.
    """
    pieces = [piece for link in links for piece in link["entry"].pieces if not piece.stance]
    dated = list(dict.fromkeys(_MONTH.sub(lambda month: month[0][:3], piece.origin) for piece in pieces))
    names = list(dict.fromkeys(origin.partition(", ")[0] for origin in dated))
    named = names if len(names) <= NAMED + 1 else [*names[:NAMED], f"{len(names) - NAMED} more"]
    words = "; ".join(dated) if len(dated) <= DATED else ", ".join(named)
    if pieces and all(piece.state.startswith("unread") for piece in pieces):
        words += " (unread)"
    return words or "Our own count or judgement"


def at_odds(entry: FactEntry) -> str:
    """Return what an entry says before the question on which accounts differ."""
    return FOLLOWED if entry.is_followed else DISPUTED


def saying(quote: str | None, says: str | None, printed: str | None) -> str:
    """Return a quotation in quotation marks, or the paraphrase with the figure as the source prints it."""
    if quote:
        return f"“{_inside(quote)}”"
    figure = f" (printed there: “{_inside(printed)}”)" if printed else ""
    return f"In our words: {says}{figure}"


def _inside(quote: str) -> str:
    """Return a quotation whose own double marks are single ones, since it stands in double marks."""
    return quote.translate(str.maketrans('“”"', "‘’'"))


def licensed(name: str) -> str:
    """Return under what licence facts and prose stand, if the case names one, and whose the quotations are."""
    return f"Facts and prose: {name}. {QUOTATIONS}" if name else QUOTATIONS

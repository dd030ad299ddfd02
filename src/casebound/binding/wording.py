"""The words that the binder itself writes, the same in HTML and PDF."""

from __future__ import annotations

from casebound.binding.blocks import Piece

STATES = {
    "verified": "quotation checked against the text",
    "recorded": "recorded earlier, text not at hand for this report",
    "excerpt": "taken from an excerpt",
}
KEY = (
    ("analysis", "The sentence is our own conclusion from the evidence, not a reported fact."),
    ("open question", "The sentence asks what these sources do not answer."),
)
STATE_KEY = (
    ("checked", "The quotation was found, word for word, in the source’s text when this report was made."),
    ("recorded", "It was found in the text earlier; the text was not at hand when this report was made."),
    ("excerpt", "Only an excerpt of the source could be read."),
)
EVIDENCE = "Each number in the report leads to one entry here, and each entry leads back to where it is used."
UNCITED = "Recorded but not cited in this report"
_SHORT = {"verified": "checked", "recorded": "recorded", "excerpt": "excerpt"}


def state(piece: Piece) -> str:
    """Return the short word for a piece's state."""
    return _SHORT.get(piece.state, piece.state)


def saying(piece: Piece) -> str:
    """Return a quotation in quotation marks, or the paraphrase."""
    return f"“{piece.quote}”" if piece.quote else (piece.says or "")


def attribution(piece: Piece) -> str:
    """Return who says it and on what basis."""
    return " · ".join(filter(None, (piece.speaker, piece.basis)))


def stance(piece: Piece) -> str:
    """Return the stance where it is not plain support."""
    return "" if piece.stance in ("", "supports") else piece.stance

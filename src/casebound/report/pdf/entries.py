"""Entries: facts and sources of the annex as Typst source."""

from __future__ import annotations

from casebound.report.document.model import Appendix, Cited, FactEntry, SourceEntry
from casebound.report.pdf.printer import Printer, listed
from casebound.report.pdf.typst_markup import array, in_language, words


def piece_array(entry: FactEntry, evidence: Appendix) -> str:
    """Return an entry's pieces of evidence as a Typst array of dictionaries."""
    parts = ({**vars(piece), "anchor": evidence.anchors[piece.source]} for piece in entry.pieces)
    given = (
        {name: in_language(part, piece["language"] if name == "saying" else "") for name, part in piece.items()}
        for piece in parts
    )
    return array("(" + ", ".join(f"{name}: {part}" for name, part in piece.items()) + ")" for piece in given)


def citation(source: SourceEntry) -> str:
    """Return a source's citation as Typst markup, its title marked as of its language if that is not the report's."""
    before, title, after = source.citation.partition(source.title) if source.language else (source.citation, "", "")
    return words(before) + (f"#{in_language(title, source.language)};" if title else "") + words(after)


def used(fact: Cited, printer: Printer) -> str:
    """Return the notes of the body behind which a fact stands, as Typst content; `none` if there are none."""
    notes = [printer.places.link(note.chapter, str(note.number)) for note in fact.notes]
    return f"[Note{'s' * (len(notes) > 1)} {listed(notes)}]" if notes else "none"

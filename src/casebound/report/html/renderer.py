"""The renderer: tokens as HTML, with a number behind each sentence that opens its evidence in place."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from casebound.pages.markup import parser
from casebound.report.document.model import Note, Remark

# The word joiner joins a number to its sentence, so that it heads no line.
_BUTTON = Markup(
    '<sup>\u2060<button class="n{kind}" popovertarget="{opens}" id="{ref}" aria-label="{label}">{number}</button></sup>'
)
_ENTRY = Markup('<button popovertarget="{to}">E{number}</button>')
_ASIDE = Markup('<span class="aside" aria-hidden="true"><b>{}</b> {}</span>')


class Renderer(RendererHTML):
    """markdown-it's renderer with rules for citations, marks, labels and footnotes.

    A rule returns plain text: some versions of markdown-it add it to the text so far, and what is added to Markup
    is escaped.
    """

    def html(self, tokens: list[Token] | None) -> Markup:
        """Return block or inline tokens as HTML."""
        return Markup(self.render(tokens or [], parser().options, {}))

    def with_asides(self, tokens: list[Token] | None) -> Markup:
        """Return tokens as HTML, each note beside the sentence that first has its number, for a wide margin."""
        return Markup(self.render(tokens or [], parser().options, {"asides": True}))

    def citation(self, tokens, idx, options, env) -> str:
        meta = tokens[idx].meta
        if "note" in meta:
            return str(numbered(meta["note"], meta["ref"], has_aside="asides" in env))
        entries = [_ENTRY.format(**link) for link in meta.get("links", ())]
        return str(Markup(" ").join(["", *entries]))

    mark = footnote_ref = citation

    def text(self, tokens, idx, options, env) -> str:
        # a number follows its sentence at once
        is_last = tokens[idx + 1 : idx + 2] and "note" in tokens[idx + 1].meta
        return str(escape(tokens[idx].content.rstrip() if is_last else tokens[idx].content))

    def label(self, tokens, idx, options, env) -> str:
        anchor = tokens[idx].meta.get("anchor")
        return f'<span class="item" id="{escape(anchor)}"></span>' if anchor else ""

    def rests(self, tokens, idx, options, env) -> str:
        found = tokens[idx].meta.get("findings", ())
        links = [Markup('<a href="#{1}">{0}</a>').format(*finding) for finding in found]
        if not links:
            return ""
        words = Markup(" and ").join(filter(None, [Markup(", ").join(links[:-1]), links[-1]]))
        return f'<span class="rests">Rests on finding{"s" * (len(links) > 1)} {words}.</span>'

    def problem(self, tokens, idx, options, env) -> str:
        return str(remark(tokens[idx].meta["remark"]))

    def link_open(self, tokens, idx, options, env) -> str:
        href = str(tokens[idx].attrs["href"])
        kind = ' class="term"' if tokens[idx].meta.get("term") else ""
        return f'<a href="{escape(href)}"{kind}>'

    def fence(self, tokens, idx, options, env) -> str:
        return f'<pre tabindex="0"><code>{escape(tokens[idx].content)}</code></pre>\n'

    code_block = fence


def has_card(note: Note) -> bool:
    """Tell whether a note needs a card of its own: one fact as it is reported is said by its entry."""
    return note.kind in ("analysis", "written") or len(note.links) != 1


def numbered(note: Note, ref: str, *, has_aside: bool) -> Markup:
    """Return the number of a note at one of its places, and beside the first of them the note itself, if it is to be.

    The aside is for the eye alone: the button says the same to those who listen.
    """
    ours, at_odds = note.kind == "analysis", bool(note.accounts)
    kind = " ours" * ours + " odds" * at_odds
    label = f"Note {note.number}" + ", our analysis" * ours + ", accounts differ" * at_odds
    opens = note.anchor if has_card(note) else note.links[0]["to"]
    button = _BUTTON.format(kind=kind, opens=opens, ref=ref, label=label, number=note.number)
    beside = _ASIDE.format(note.number, in_short(note)) if has_aside and note.refs[0] == ref else ""
    return button + beside


def in_short(note: Note) -> Markup:
    """Return a note as the margin prints it: its sources, and the numbers of its evidence."""
    if note.kind == "written":
        return Renderer().html([token for token in note.tokens if token.type == "inline"])
    numbers = ", ".join(f"E{link['number']}" for link in note.links)
    return Markup("{} <i>({})</i>").format(note.words, numbers) if numbers else escape(note.words)


def first_notes(lists: Iterable[list[Token]]) -> list[tuple[Note, Markup]]:
    """Return the notes whose numbers first stand in these texts, each once, with how the margin prints them."""
    notes = {
        token.meta["note"].number: token.meta["note"]
        for tokens in lists
        for token in tokens
        if "note" in token.meta and token.meta["note"].refs[0] == token.meta["ref"]
    }
    return [(note, in_short(note)) for note in notes.values()]


def remark(shown: Remark) -> Markup:
    """Return a problem of a draft as a note, which may stand in a paragraph."""
    label, parts = shown.label, [Markup("<b>{}</b>").format(shown.label)]
    if shown.following:
        link = '<a href="#problem-{0}" aria-label="To problem {0}">next</a>'
        parts.append(Markup(link).format(shown.following))
    parts += [Markup('<b class="about">{}</b>').format(shown.about)] if shown.about else []
    parts += [Markup("<span>{}</span>").format(shown.what)]
    parts += [Markup('<span class="fix">Fix: {}</span>').format(shown.fix)] if shown.fix else []
    parts += [Markup('<span class="place">{}</span>').format(shown.where)] if shown.where else []
    anchor = Markup(' id="{}"').format(shown.anchor) if shown.number else ""
    opening = Markup('<span class="problem" role="note" aria-label="{}"{}>').format(label, anchor)
    return opening + Markup(" ").join(parts) + Markup("</span>")

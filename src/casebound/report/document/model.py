"""What a report is made of: blocks, chapters, evidence and the document that holds them.

Tables, figures and boxes are those of `casebound.pages.display`, their texts held as the tokens of
`casebound.pages.markup`. Both exporters read this model and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markdown_it.token import Token

from casebound.pages.display import Answer, Figure, KeyFacts, Omitted, StatusBox, Table

Tokens = list[Token]
FAILED = "application/vnd.casebound.failed+json"  # what a draft holds of prose that cannot be laid out: why


@dataclass(frozen=True)
class Piece:
    """One piece of evidence, worded once for card, note and appendix; any part may be empty.

    `saying` is the quotation or our paraphrase, `language` that of a quotation if not the report's; `stance` is empty
    for support; `source` is an id, `origin` what print calls the source; `link` opens the source, at these words if it
    can.
    """

    saying: str
    is_quoted: bool
    stance: str
    who: str
    source: str
    origin: str
    where: str
    state: str
    grade: str = ""
    link: str = ""
    language: str = ""


@dataclass(eq=False)
class Remark:
    """A problem as a draft shows it: what is wrong, its fix, its place in the files, and its number in reading order.

    `about` is the statement of a fact that is not shown beside it. One that `is_note` is no problem of its own.
    """

    what: str
    fix: str = ""
    where: str = ""
    about: str = ""
    is_note: bool = False
    number: int = 0
    following: int = 0  # none behind the last

    @property
    def label(self) -> str:
        """What it is called."""
        return f"Problem {self.number}" if self.number else "Note"

    @property
    def anchor(self) -> str:
        """The anchor of the place that shows it."""
        return f"problem-{self.number}"


@dataclass
class Draft:
    """What marks a report as a draft: the remarks that have no other place than its start, or than the head of the
    facts or of the sources, and how many there are in all."""

    first: list[Remark] = field(default_factory=list)
    facts: list[Remark] = field(default_factory=list)
    sources: list[Remark] = field(default_factory=list)
    count: int = 0

    @property
    def words(self) -> str:
        """The words that mark every page."""
        return f"Draft · {self.count or 'no'} problem{'s' * (self.count != 1)} left"


@dataclass(frozen=True)
class FactEntry:
    """One fact of the ledger with its evidence and its corroboration in words."""

    id: str
    statement: str
    when: str
    status: str
    pieces: tuple[Piece, ...]
    corroboration: str = ""
    dated: str = ""  # why a person dates it so, where the source's words alone do not
    caution: str = ""  # what a reader has to know before relying on it
    asks: str = ""  # of a fact with which other accounts are at odds: the question to which they are answers
    is_followed: bool = False  # whether it is the one of them that the report follows
    remarks: tuple[Remark, ...] = ()  # of a draft

    @property
    def facts(self) -> str:
        """The line under the statement."""
        return " · ".join(filter(None, (self.when, self.status, self.corroboration, self.id)))


@dataclass(frozen=True)
class SourceEntry:
    """One source as the register prints it; `language` is that of its `title` in the citation, if not the report's."""

    id: str
    citation: str
    url: str | None
    available: str
    grade: str
    access: str
    note: str = ""
    title: str = ""
    language: str = ""
    remarks: tuple[Remark, ...] = ()  # of a draft


@dataclass(frozen=True)
class Extract:
    """What a ledger gives to a report: the metadata `about` it, its appendix, the files of its data by name, and the
    prose that was asked for, as bundles of MIME types by the call that shows it; to a draft also the statements of the
    facts that are left out.

    It stands here, and not beside what makes it, so that a builder to which it is handed needs no pandas.
    """

    about: dict
    entries: dict[str, FactEntry]
    sources: dict[str, SourceEntry]
    data: dict[str, bytes]
    prose: dict[tuple[str, ...], dict]
    left_out: dict[str, str] = field(default_factory=dict)


@dataclass
class Heading:
    """A heading; `level` is 2 for a chapter, 3 and more inside it.

    `place` is `annex` or `first-page` where its cell is tagged so. On the first page the part below one that
    `is_column` stands beside the part before.
    """

    level: int
    tokens: Tokens
    text: str
    anchor: str = ""
    is_column: bool = False
    place: str = ""


@dataclass
class Prose:
    """Paragraphs, lists, quotations and code as block tokens; `is_written` where they stand in a Markdown cell."""

    tokens: Tokens
    is_written: bool = False


@dataclass
class Preformatted:
    """Text whose line breaks and blanks count."""

    text: str


@dataclass(frozen=True)
class Code:
    """The source of one code cell and the heading that it stands under."""

    source: str
    label: str


# `Omitted` and `Answer` stand in no finished document
Block = (
    Heading
    | Prose
    | Table[Tokens]
    | Figure[Tokens]
    | Preformatted
    | KeyFacts[Tokens]
    | StatusBox[Tokens]
    | Answer[Tokens]
    | Omitted
)


@dataclass(eq=False)
class Note:
    """What stands behind one small number of the body: the facts that a sentence rests on, or a footnote.

    Sentences of a chapter that rest on the same facts share a note. `kind` is empty for reported facts, `analysis` or
    `question` for sentences marked so, and `written` for a footnote, whose block tokens are in `tokens`. `links` lead
    to the entries, in the order of their numbers. `words` name the sources in short, as the margin prints them.
    `accounts` is the anchor of the accounts that differ, if on a fact the report follows none or another. `refs` are
    the places of the number.
    """

    number: int
    kind: str = ""
    links: list[dict] = field(default_factory=list)  # each with `number`, `to` and `entry`
    words: str = ""
    accounts: str = ""
    chapter: str = "report"  # the anchor of its chapter, or of the first page
    tokens: Tokens = field(default_factory=list)
    refs: list[str] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """The anchor of the note itself."""
        return f"note-{self.number}"


@dataclass
class Chapter:
    """One notebook of the report, or what of it stands in the annex; `answer` is what it opens with."""

    name: str
    title: Heading
    blocks: list[Block] = field(default_factory=list)
    code: list[Code] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    answer: Tokens | None = None


@dataclass(frozen=True)
class Cited:
    """A fact in the annex: its number, and the notes of the body behind which it stands."""

    number: int
    entry: FactEntry
    anchor: str
    notes: tuple[Note, ...] = ()


@dataclass
class Appendix:
    """The evidence that the binder lays out: the facts that the body cites, the other facts, and the sources.

    One that leaves facts out says in `whole` how many there are.
    """

    cited: list[Cited]
    uncited: list[Cited]
    sources: list[SourceEntry]
    anchors: dict[str, str]
    whole: int = 0

    @property
    def entries(self) -> list[FactEntry]:
        """Every fact's entry."""
        return [c.entry for c in (*self.cited, *self.uncited)]


@dataclass
class Document:
    """A whole report: `meta` as the notebook gives it, the first page, the chapters of the body, then the annex.

    `cover` is the notebook whose title cell is tagged `first-page`. `annex` holds, chapter by chapter, what stands
    under headings tagged `annex`, and comes before the data behind the figures and the evidence. `left_out` says what
    of the notebooks' outputs is not in it, one line each; `draft` is there in a draft alone.
    """

    meta: dict
    cover: Chapter | None
    chapters: list[Chapter]
    annex: list[Chapter]
    evidence: Appendix | None
    left_out: list[str] = field(default_factory=list)
    draft: Draft | None = None

    @property
    def contents(self) -> list[tuple[Chapter, list[Heading]]]:
        """Each chapter of the body with the headings of the next level inside it."""
        return [(c, [b for b in c.blocks if isinstance(b, Heading) and b.level == 3]) for c in self.chapters]

    @property
    def known(self) -> str:
        """The line under the title that dates the report."""
        return f"As known on {self.meta['as_known']}" if self.meta["as_known"] else ""

    @property
    def byline(self) -> str:
        """The line under the title: of what day the report tells, its edition, who wrote it."""
        edition = f"edition {self.meta['edition']}" if self.meta["edition"] else ""
        return " · ".join(filter(None, [self.known, edition, ", ".join(self.meta["authors"])]))

    @property
    def parts(self) -> list[Chapter]:
        """The first page, the chapters of the body, and those of the annex."""
        return [*([self.cover] if self.cover else []), *self.chapters, *self.annex]

    @property
    def figures(self) -> list[Figure[Tokens]]:
        """Every figure, in order."""
        return [b for part in self.parts for b in part.blocks if isinstance(b, Figure)]

"""Records: what one entry of each data file may hold (the tables of data/README.md, as code)."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    create_model,
)

from casebound.facts.dates import edtf
from casebound.facts.problems import Problem, did_you_mean
from casebound.facts.records import csl
from casebound.facts.records.reading import Located

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Number = Annotated[float, BeforeValidator(lambda v: v.replace(",", "") if isinstance(v, str) else v)]
Edtf = Annotated[Text, AfterValidator(lambda text: edtf.parse(text).text)]
CslDate = Annotated[Edtf, BeforeValidator(csl.edtf_of)]
# Checks that a person sets aside for an entry, by code, each with the reason
Aside = dict[Annotated[str, StringConstraints(pattern=r"^CB\d{3}$")], Text]
NEWEST, SEED, FORECAST = "newest source", "seed", "first forecast of "  # what a length may begin or end with but facts
# One end of a length: facts, or one of the words above
Points = Annotated[tuple[Text, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v), Field(min_length=1)]
FindingName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$", max_length=60)]
_NAMED = ("author", *csl.NAMES)  # the fields of a source that hold names
SUPPORTS = "supports"  # the stance of a piece of evidence that names no other


def _timezone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):  # a folder of zones, such as Etc, is an OSError
        what = f"there is no time zone '{name}'; {did_you_mean(name, available_timezones())}"
        raise ValueError(what) from None


class Record(BaseModel):
    """An entry of a data file: unknown fields are refused, nothing can be changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


R = TypeVar("R", bound=Record)


class Dated(Record):
    """How a person came from the source's words to `when`: rule, words, the day or fact they start from, and why."""

    rule: Text
    phrase: Text | None = None
    base: Edtf | None = None
    event: Slug | None = None
    reason: Text | None = None


class Quantity(Record):
    """A figure with what makes it comparable: two may share an axis only if unit, scope and measure agree."""

    qualifier: Text | None = None
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: Text
    measure: Text
    scope: Text
    period: Edtf | None = None
    method: Text | None = None


class Cause(Record):
    """An edge of the cascade: `fact` led to the fact that holds this entry.

    A source says so, in words that a fact quotes (`quoted`) or paraphrases (`stated`), or we infer it.
    """

    fact: Slug
    link: Literal["quoted", "stated", "inferred"]
    words: Text | None = None
    reason: Text | None = None


class AtOdds(Record):
    """A fact that contradicts another in a person's judgement: in what (`kind`), and why."""

    fact: Slug
    kind: Text = "wording"
    reason: Text


class Supersedes(Record):
    """An earlier fact that this one overtakes: by a later state of the matter, by a correction, or by withdrawal."""

    fact: Slug
    how: Literal["superseded", "corrected", "withdrawn"]


class Evidence(Record):
    """Where a source says it: a quotation word for word, or a paraphrase if its wording is not kept."""

    source: Slug
    basis: Text
    quote: Text | None = None
    says: Text | None = None
    figure_as_printed: Text | None = None
    read: Edtf | None = None
    origin: Slug | None = None
    speaker: Text | None = None
    direct: bool = False
    apart: tuple[Text, ...] = ()
    stance: Text = SUPPORTS

    @property
    def supports(self) -> bool:
        """Whether the piece supports its fact; what disputes or supersedes it does not."""
        return self.stance == SUPPORTS

    @property
    def words(self) -> str:
        """The quotation, or the paraphrase where there is none."""
        return self.quote or self.says or ""

    @property
    def texts(self) -> list[str]:
        """Every text of the source that the piece gives."""
        return [text for text in (self.quote, self.says, self.figure_as_printed) if text]


class Fact(Record):
    """One claim of the ledger, in our words, with the evidence that carries it."""

    id: Slug
    statement: Text
    label: Annotated[Text, StringConstraints(max_length=48)] | None = None
    when: Edtf
    dated: Dated
    status: Text
    evidence: Annotated[tuple[Evidence, ...], BeforeValidator(lambda v: v or ())]  # none left: `make check` says so
    answers: dict[Slug, Text] = {}
    opens: Text | None = None
    actor: Slug | None = None
    system: Text | None = None
    state: Text | None = None
    places: tuple[Slug, ...] = ()
    forecast: Edtf | None = None
    told_to: tuple[Text, ...] = ()
    accused: Slug | None = None
    act: Text | None = None
    outcome_of: Slug | None = None
    affected: tuple[Text, ...] = ()
    effect: Text | None = None
    caused_by: tuple[Cause, ...] = ()
    at_odds: tuple[AtOdds, ...] = ()
    supersedes: tuple[Supersedes, ...] = ()
    quantity: Quantity | None = None
    aside: Aside = {}
    note: Text | None = None

    @property
    def supporting(self) -> list[Evidence]:
        """The pieces of evidence that support the fact."""
        return [piece for piece in self.evidence if piece.supports]


class Name(Record):
    """A name in CSL terms: of a person in parts, or as a `literal` of a body."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = None
    dropping_particle: Text | None = Field(default=None, alias="dropping-particle")
    non_dropping_particle: Text | None = Field(default=None, alias="non-dropping-particle")
    suffix: Text | None = None
    comma_suffix: bool = Field(default=False, alias="comma-suffix")
    static_ordering: bool = Field(default=False, alias="static-ordering")
    parse_names: bool = Field(default=False, alias="parse-names")


class Printed(Record):
    """The words of a source's text that print what the register says of it, each as they stand there."""

    title: Text | None = None
    standfirst: Text | None = None
    byline: Text | None = None
    published: Text | None = None
    updated: Text | None = None
    publisher: Text | None = None
    captions: tuple[Text, ...] = ()


if TYPE_CHECKING:
    Item = Record
else:
    _names = dict.fromkeys(csl.NAMES, (tuple[Name, ...], ()))
    _texts = dict.fromkeys(csl.TEXTS, (Text | None, None))
    Item = create_model("Item", __base__=Record, **_names, **_texts, **dict.fromkeys(csl.DATES, (CslDate | None, None)))


class Source(Item):
    """A source in CSL terms, with when its text could be read, its origin and its grade.

    Beside the fields here it may have those that csl.py lists.
    """

    id: Slug
    type: Text
    title: Text
    author: tuple[Name, ...] = ()
    container_title: Text | None = Field(default=None, alias="container-title")
    publisher: Text | None = None
    url: Text | None = Field(default=None, alias="URL")
    language: Text | None = None
    issued: CslDate
    available: CslDate
    printed: Printed | None = None
    origin: Slug | None = None
    grade: Annotated[str, StringConstraints(pattern="^[A-F]$")]
    grade_reason: Text
    access: Literal["full", "excerpt"]
    sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")] | None = None
    aside: Aside = Field(default={})
    note: Text | None = None

    @property
    def first_said(self) -> str:
        """The origin of what the source says where its evidence names no other: the one named here, else itself."""
        return self.origin or self.id


class Actor(Record):
    """Somebody who acts in the case."""

    name: Text
    role: Text | None = None
    group: Text


class Place(Record):
    """Somewhere that the case speaks of: a site, a town, a country."""

    name: Text
    kind: Text


class Resolution(Record):
    """Which of several answers to a question the report follows (the first of them that is known), and why."""

    follow: tuple[Slug, ...] = ()
    reason: Text


class Question(Record):
    """What the case asks; facts answer it by naming its id, and `kind` says what of theirs is compared.

    `about` says that the answers tell who did it, what became of data, or who bears the cost.
    """

    id: Slug
    asks: Text
    theme: Text
    about: Literal["attacker", "data", "bearers"] | None = None
    kind: Literal["date", "figure", "places", "state", "name", "words"] = "words"
    arises_from: Slug | None = None
    resolution: Resolution | None = None


class Definition(Record):
    """A word of the glossary."""

    term: Text
    means: Text
    arises_from: Slug | None = None


class Quoted(Record):
    """Which percentage of a text's words the quotations of a case may take, and why not the usual one."""

    limit: Annotated[Number, Field(gt=0, le=100)]
    reason: Text


class Length(Record):
    """A length of time that the case asks for: from one point to another, each a fact, facts, or words such as `seed`.

    Of several facts the first that the report holds and follows counts. `still` names the system that must be shown to
    have stood still at the second point. Nobody asks before the fact `arises_from` is known, nor once `until` is.
    """

    asks: Text
    start: Points = Field(alias="from")
    end: Points = Field(alias="to")
    still: Text | None = None
    arises_from: Slug | None = None
    until: Slug | None = None


class Sum(Record):
    """A sum that the case asks for, of the figures of these facts."""

    asks: Text
    of: tuple[Slug, ...]


class Chapter(Record):
    """What a case does differently with a notebook: its title, the one before which it goes, why it is left out."""

    title: Text | None = None
    before: Text | None = None
    leave_out: Text | None = None


class Case(Record):
    """A case: what it is called, whose names may stand anywhere in its prose, and what it asks."""

    title: Text
    subtitle: Text
    summary: Text
    subject: Text
    names: tuple[Text, ...]
    timezone: Annotated[Text, AfterValidator(_timezone)]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")] | None = None
    paper: Literal["a4", "us-letter"] | None = None
    license: Text | None = None
    authors: tuple[Text, ...] = ()
    keywords: tuple[Text, ...] = ()
    seed: Slug | None = None
    lengths: dict[FindingName, Length] = {}
    sums: dict[FindingName, Sum] = {}
    quoted: Quoted | None = None
    origins: dict[Slug, Text] = {}
    actors: dict[Slug, Actor] = {}
    places: dict[Slug, Place] = {}
    glossary: tuple[Definition, ...] = ()
    questions: tuple[Question, ...] = ()
    chapters: dict[Text, Chapter] = {}
    aside: Aside = {}


def records(model: type[R], located: Located, problems: list[Problem], left_out: set[str]) -> list[tuple[R, int]]:
    """Return the file's valid entries as records with their index.

    The errors of the others are added to `problems`, and their ids to `left_out`.
    """
    content = located.content or []
    if not isinstance(content, list):
        problems.append(
            Problem(located.name, 1, "", "the file is not a list of entries", "begin each entry with '- id:'", "CB003")
        )
        return []
    entries = ((record(model, located, problems, entry, (i,)), i) for i, entry in enumerate(content))
    read = [(entry, i) for entry, i in entries if entry is not None]
    valid = {i for _, i in read}
    left_out.update(_id_of(entry) for i, entry in enumerate(content) if i not in valid)
    return read


def _id_of(entry: Any) -> str:
    return str(entry.get("id", "")) if isinstance(entry, dict) else ""


_STAND_INS = {"names": (), "timezone": "UTC", "language": "en-GB"}  # for the rest to be checked by


def case_in(located: Located, problems: list[Problem], left_out: set[str]) -> Case | None:
    """Return case.yaml as a record, None if it has no fields at all.

    An actor, place, question or field with an error is added to `problems` and left out.
    """
    if not isinstance(located.content, dict):
        problems.append(Problem(located.name, 1, "", "the file holds no fields", "begin it with 'title: …'", "CB003"))
        return None
    content, first = copy.deepcopy(located.content), True
    while True:
        try:
            return Case.model_validate(content)
        except ValidationError as error:
            if first:
                record(Case, located, problems, located.content)
            first = False
            places = {tuple(detail["loc"][:2]) for detail in error.errors(include_url=False)}
            for field, *entry in sorted(places, key=str, reverse=True):  # the last of a list first
                _leave_out(content, field, entry, left_out)


def _leave_out(content: dict, field: Any, entry: list, left_out: set[str]) -> None:
    """Take a field out of case.yaml's content, or only one entry of it; a field that is needed gets a stand-in."""
    inside = content.get(field)
    if entry and isinstance(inside, dict) and entry[0] in inside:
        left_out.add(str(entry[0]))
        del inside[entry[0]]
    elif entry and isinstance(inside, list) and isinstance(entry[0], int) and entry[0] < len(inside):
        left_out.add(_id_of(inside.pop(entry[0])))
    elif field in content or Case.model_fields[field].is_required():
        content.pop(field, None)
        if field in Case.model_fields and Case.model_fields[field].is_required():
            content[field] = _STAND_INS.get(field, "?")


def record(model: type[R], located: Located, problems: list[Problem], entry: Any, place=()) -> R | None:
    """Return one entry as a record, or None after adding its errors to `problems`."""
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        name = _id_of(entry)
        for detail in error.errors(include_url=False):
            loc = tuple(detail["loc"])
            what, fix = _plain(model, detail, loc)
            problems.append(Problem(located.name, located.line((*place, *loc)), name, what, fix, "CB003"))
        return None


def _plain(model: type[Record], detail: Any, loc: tuple) -> tuple[str, str]:
    """Say a validation error in a data author's words."""
    field = ".".join(str(p) for p in loc)
    if detail["type"] == "missing":
        return f"the field '{field}' is missing", "add it; data/README.md says what it holds"
    if detail["type"] == "extra_forbidden":
        return f"unknown field '{field}'", did_you_mean(str(loc[-1]), _fields(model, loc))
    if detail["type"] == "value_error":
        what, _, fix = str(detail["ctx"]["error"]).partition("; ")
        return what, fix or "data/README.md says what it may hold"
    if loc and loc[0] in _NAMED and detail["type"] in ("tuple_type", "model_type"):
        return f"'{field}' holds no name of CSL", "write [{family: Quill, given: Ada}], or [{literal: …}] for a body"
    given = detail.get("input")
    shown = f"'{field}'" if isinstance(given, dict | list) else f"'{field}: {given}'"
    return f"{shown}: {detail['msg'][0].lower()}{detail['msg'][1:]}", "data/README.md says what it may hold"


def _fields(model: type[Record], loc: tuple) -> list[str]:
    """Return the field names that are allowed at `loc`, by walking the nested models."""
    nested: dict[str, type[Record]] = {"evidence": Evidence, "dated": Dated, "quantity": Quantity, "caused_by": Cause,
              "at_odds": AtOdds, "supersedes": Supersedes, "actors": Actor, "questions": Question,
              "places": Place, "lengths": Length, "sums": Sum, "resolution": Resolution, "chapters": Chapter,
              "glossary": Definition, "quoted": Quoted,
              "printed": Printed, **dict.fromkeys(_NAMED, Name)}  # fmt: skip
    for part in loc[:-1]:
        model = nested.get(part, model) if isinstance(part, str) else model
    return [field.alias or name for name, field in model.model_fields.items()]

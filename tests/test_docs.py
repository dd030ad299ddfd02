"""The documentation: README.md, data/README.md, docs/ and CHANGELOG.md are true of the project."""

from __future__ import annotations

import importlib
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import get_args

import nbformat
import pytest
import yaml

from casebound import cli
from casebound.analysis import corroboration
from casebound.analysis.findings import COUNTS, findings
from casebound.authoring import schema
from casebound.checks import dating
from casebound.facts.dates import edtf, phrases
from casebound.facts.dates.said import Said
from casebound.facts.ledger.relations import CONFLICTS
from casebound.facts.records import csl, models, terms
from casebound.facts.text.normalisation import plain
from casebound.pages.notebooks import Cell
from casebound.report.cache.plain import not_plain
from casebound.report.document.assemble import document
from casebound.report.errors import BuildProblems
from casebound.report.evidence.exports import data_package

ROOT = Path(__file__).parents[1]
NAMES = (
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "data/README.md"),
    *(f"docs/{name}.md" for name in ("method", "extend", "explore", "building", "cache", "benchmarks")),
)
DOCS = [ROOT / name for name in NAMES]
each_doc = pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


DICTIONARY, METHOD, EXTEND, README = map(read, ("data/README.md", "docs/method.md", "docs/extend.md", "README.md"))
MAKEFILE, TERMS = read("Makefile"), yaml.safe_load(read("data/terms.yaml"))


# Reading Markdown.


FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def fences(text: str, language: str | None = None) -> list[str]:
    """Return the fenced blocks of a language, or all."""
    return [block for named, block in FENCE.findall(text) if language in (None, named)]


def code_in(text: str) -> str:
    """Return all that is written as code: blocks and spans."""
    return "\n".join([*fences(text), *re.findall(r"`([^`\n]+)`", FENCE.sub("", text))])


def section(text: str, heading: str) -> str:
    """Return what stands between a heading and the next one of any level."""
    [content] = re.findall(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.M | re.S)
    return content


def tables(text: str) -> list[list[list[str]]]:
    """Return the tables of a text, each a list of rows of cells, without head."""
    blocks = re.findall(r"(?:^\|.*\|\n)+", text, re.M)
    return [[[c.strip() for c in line[1:-1].split("|")] for line in block.strip().split("\n")[2:]] for block in blocks]


def spans(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def keyed(rows: list[list[str]]) -> dict[str, list[str]]:
    """Return the rows of a table by the code in their first cell."""
    return {spans(row[0])[0]: row for row in rows}


def anchors_in(text: str) -> set[str]:
    """Return the anchors that GitHub gives the headings of a text."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# Links, commands, names.


def broken_links(path: Path, text: str) -> list[str]:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text)):
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or (anchor and anchor not in anchors_in(target.read_text("utf-8"))):
            broken.append(link)
    return broken


@each_doc
def test_every_link_leads_somewhere(path):
    assert not broken_links(path, path.read_text("utf-8"))


def test_a_link_that_leads_nowhere_is_found():
    text = "[a](README.md) [b](no.md) [c](README.md#limits) [d](README.md#no-such-heading)"
    assert broken_links(ROOT / "CHANGELOG.md", text) == ["no.md", "README.md#no-such-heading"]


TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.M))
VARIABLES = set(re.findall(r"^([A-Z_]+) \?=", MAKEFILE, re.M))


@each_doc
def test_every_make_target_and_variable_that_is_named_exists(path):
    code = code_in(path.read_text("utf-8"))
    assert set(re.findall(r"\bmake ([a-z]+)", code)) <= TARGETS
    assert set(re.findall(r"\b([A-Z_]{3,})=", code)) <= VARIABLES


def test_the_readme_explains_the_variables_of_a_report_with_an_example():
    named = keyed(tables(section(README, "Variables"))[0])
    assert named.keys() == {"CASE", "AS_OF", "SOURCES", "PAPER", "DRAFT", "JOBS", "COLD"} <= VARIABLES
    assert all(f"{name}=" in example for name, (_, _, example) in named.items())


@each_doc
def test_every_function_of_a_page_that_is_named_exists(path):
    for module, name in re.findall(
        r"\b(narrative|tables|figures)\.([a-z_]+)\b(?!\.)", code_in(path.read_text("utf-8"))
    ):
        if name not in ("md", "py", "lnks"):  # file names, and the slip that extend.md makes on purpose
            assert hasattr(importlib.import_module(f"casebound.pages.{module}"), name), f"{module}.{name}"


def tree() -> dict[str, bool]:
    """Return whether each path that the README's tree names is made."""
    [block] = [block for block in fences(README, "") if "src/casebound/" in block]
    paths, above = {}, {}
    for line in block.splitlines():
        names, _, means = line.strip().partition("   ")
        depth = len(line) - len(line.lstrip())
        inside = "".join(folder for indent, folder in above.items() if indent < depth)
        above = {indent: folder for indent, folder in above.items() if indent < depth} | {depth: names}
        paths |= {inside + name: means.strip().startswith("made by") for name in names.split(" ")}
    return paths


def test_the_tree_in_the_readme_names_what_exists_and_all_that_stands_at_the_top():
    assert not [name for name, is_made in tree().items() if not is_made and not (ROOT / name).exists()]
    rooms = {path.name for path in (ROOT / "src" / "casebound").iterdir() if not path.name.startswith("__")}
    assert rooms <= {Path(name).name for name in tree() if name.startswith("src/casebound/")}
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)  # empty without a checkout
    top = {line.partition("/")[0] for line in listing.stdout.splitlines()}
    assert top <= {name.partition("/")[0] for name in tree()}


def test_the_readme_counts_what_the_seed_holds(seed):
    sources = (seed.sources["access"] == "excerpt").sum()
    limits = section(README, "Limits").replace("\n  ", " ")
    for counted in (
        f"{len(seed.facts)} facts from {len(seed.sources)} sources",
        f"the other {sources} were seen",
        findings(seed)["facts.alone"].text,
    ):
        assert counted in limits


def test_the_first_screen_of_the_readme_has_picture_commands_flow_and_tree():
    first = README.partition("\n## ")[0]
    for part in ("![", "make report", "make test", "articles → data → ledger → analysis", "src/casebound/"):
        assert part in first
    assert (ROOT / "docs" / "report.png").stat().st_size < 400_000


# The dictionary: fields, words, rules, columns.

RECORDS = {**schema.EXPLAINED, "hedges": terms.Hedge}


@pytest.mark.parametrize("heading", RECORDS)
def test_the_dictionary_holds_every_field_of_a_record_and_none_besides(heading):
    rows = tables(section(DICTIONARY, heading))[0]
    record = RECORDS[heading]
    own = {name: record.model_fields[name] for name in record.__annotations__}  # without those that it inherits
    fields = {field.alias or name: field for name, field in own.items()}
    assert [spans(row[0])[0] for row in rows] == list(fields)
    for name, required, *_ in rows:
        assert (required == "yes") == fields[spans(name)[0]].is_required(), name


def test_the_dictionary_holds_the_further_fields_of_a_source_and_its_types():
    listed = [spans(row[1]) for row in tables(section(DICTIONARY, "sources.yaml"))[1]]
    assert listed == [csl.NAMES, csl.DATES, csl.TEXTS, csl.TYPES]


def test_every_record_has_a_table():
    classes = [one for module in (models, terms) for one in vars(module).values() if isinstance(one, type)]
    known = {one for one in classes if issubclass(one, models.Record) and one not in (models.Record, models.Item)}
    assert known == set(RECORDS.values())


RULES = keyed(tables(section(DICTIONARY, "dated"))[1])


def test_every_rule_of_dating_is_explained():
    assert RULES.keys() == set(dating.RULES)


@pytest.mark.parametrize("rule", sorted(rule for rule in phrases.RULES if "event" not in rule))
def test_a_rule_gives_what_the_dictionary_says(rule):
    _, needs, _, phrase, gives = RULES[rule]
    assert ("`phrase`" in needs) == bool(phrase)
    said = Said("".join(spans(phrase)), edtf.parse("2025-09-25"), "past")
    assert phrases.resolved(rule, said) == spans(gives)
    if phrase:
        with pytest.raises(edtf.DateError):
            phrases.resolved(rule, replace(said, phrase="some time"))


def test_every_form_of_a_date_is_printed_as_the_dictionary_says():
    for written, (_, _, shown) in keyed(tables(section(DICTIONARY, "Dates"))[0]).items():
        printed = edtf.readable(edtf.parse(written)).replace("\u00a0", " ")
        assert shown == printed or written.startswith("../"), (written, printed)
    accepted = {form.strip() for form in edtf.ACCEPTED.split(", ")}
    assert {form for form in accepted if not form.startswith("[")} <= set(spans(section(DICTIONARY, "Dates")))


def test_the_dictionary_holds_every_vocabulary_and_says_to_which_a_case_may_add():
    listed = {name: row[1] for name, row in keyed(tables(section(DICTIONARY, "terms.yaml"))[0]).items()}
    assert listed == {name: "yes" if name in terms.OWN else "no" for name in terms.VOCABULARIES}
    assert set(spans(section(DICTIONARY, "hedges"))) >= {*TERMS["hedges"], *TERMS["scope"]}


def test_the_dictionary_holds_every_finding_that_is_counted_in_every_case():
    listed = keyed(tables(section(DICTIONARY, "narrative.md"))[2])
    assert {name.strip("{}"): asks for name, (_, asks) in listed.items()} == COUNTS


def test_the_dictionary_holds_every_section_that_a_notebook_shows():
    rows = tables(section(DICTIONARY, "narrative.md"))[3]
    listed = {name.removeprefix("# ").lower(): spans(row[1])[0] for row in rows for name in spans(row[0])}
    shown = {}
    for path in [ROOT / "notebooks" / name for name in dict.fromkeys(listed.values())]:
        source = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
        named = re.findall(r'narrative\.section\(ledger, "([^"]+)"\)', source)
        named += ["key facts"] if "narrative.key_facts(" in source else []
        named += ["answers"] if "narrative.answer(" in source and "answers" not in shown else []
        shown |= dict.fromkeys(named, path.name)
    assert listed == shown


def test_the_dictionary_holds_every_column_of_the_made_tables(seed):
    for name, content in data_package(seed).items():
        if name.endswith(".csv"):
            listed = [column for row in tables(section(DICTIONARY, name))[0] for column in spans(row[0])]
            assert sorted(listed) == sorted(content.decode().partition("\n")[0].split(","))


def test_the_statements_that_the_page_on_the_cache_lists_are_plain_each_in_its_place():
    text = read("docs/cache.md")
    for statement, where in tables(section(text, "Plain notebooks"))[0]:
        code = [line for line in spans(statement) if "ledger" in line or "=" in line or "import" in line]
        assert code, statement
        tags = ("parameters",) if "`parameters`" in where else ()
        for line in code:
            assert not not_plain([Cell("code", line.replace("NAME", "matrix"), tags)]), line
            assert bool(not_plain([Cell("code", f"{line}\n{line}", tags)])) is (where == "last in its cell"), line
    assert re.findall(r"only `([^`]+)` or `([^`]+)`", text) == [("ledger.facts", "print(1)")]
    assert all(not_plain([Cell("code", line, ())]) for line in ("ledger.facts", "print(1)"))


def test_the_dictionary_holds_every_file_of_the_data():
    listed = {Path(name).name.removeprefix("…") for row in tables(DICTIONARY)[0] for name in spans(row[0])}
    made = [path for path in (ROOT / "data").rglob("*") if path.name != "README.md"]
    files = {path.name for path in made if ".schema" not in path.parts}
    assert files <= listed


# Examples.

EXAMPLES = [
    entry
    for text in (DICTIONARY, EXTEND)
    for block in fences(text, "yaml")
    if block.startswith("- id:")
    for entry in yaml.load(block, Loader=yaml.BaseLoader)
]


@pytest.mark.parametrize("entry", EXAMPLES, ids=lambda entry: entry["id"])
def test_an_example_is_a_record_and_stands_in_a_case(entry):
    model = models.Fact if "statement" in entry else models.Source
    model.model_validate(entry)
    files = [*(ROOT / "data").glob("*/*.yaml"), *(ROOT / "tests" / "invented").glob("*/*.yaml")]
    [path] = [path for path in files if f"- id: {entry['id']}\n" in path.read_text("utf-8")]
    [kept] = [e for e in yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) if e["id"] == entry["id"]]
    assert all(piece in kept["evidence"] for piece in entry.get("evidence", []))
    assert {**entry, "evidence": []}.items() <= {**kept, "evidence": []}.items()


def test_the_resolution_that_extend_shows_stands_in_the_invented_case(dairy):
    [block] = [block for block in fences(EXTEND, "yaml") if "resolution:" in block]
    assert len(EXAMPLES) >= 5
    assert block in (ROOT / "tests" / "invented" / dairy.name / "case.yaml").read_text("utf-8")


def test_the_fact_that_extend_shows_has_the_origins_that_it_says(dairy):
    assert "three sources and two origins" in EXTEND
    row = corroboration.corroboration(dairy).loc["churns-restarted"]
    assert (dairy.facts.at["churns-restarted", "sources"], row["origins"]) == (3, 2)


def test_the_chapter_of_extend_runs(seed, monkeypatch):
    [block] = fences(EXTEND, "python")
    monkeypatch.setenv("CASEBOUND_ROOT", str(ROOT))
    *setup, call = block.strip().splitlines()
    names = {"case": seed.name, "as_of": "", "sources": ""}
    exec("\n".join(setup), names)
    assert eval(call, names).rows


def lines_only(text: str) -> str:
    """Return messages without their line numbers, which move, and with plain blanks inside dates."""
    return re.sub(r"(?<=\w):\d+:", ":", text).replace("\u00a0", " ")


# Groups of slips that can be made at once: file | words | what replaces them (↵: the end of a line). The last line of
# each group holds words of the messages that extend.md shows for it.
BREAKS = {
    "facts": """
        attribution.yaml | quote: Brightwater has not confirmed whether addresses | quote: addresses
        attribution.yaml | statement: Brightwater had not confirmed whether addresses | statement: Addresses
        attribution.yaml | status: unconfirmed | status: done
        recovery.yaml | quote: We have hired 12 more | quote: We have hired 12 new
        recovery.yaml | statement: Brightwater had hired 12 | statement: Brightwater had hired 15
        recovery.yaml | when: 2031-03-20/.. | when: 2031-03-20
        sources.yaml | issued: 2031-03-24T18:05 | issued: 2031-03-24T08:05
        from-publication & is a negation & is not in the text & the number “15” & but the text prints""",
    "within": """
        attribution.yaml | status: possible | status: done
        recovery.yaml | reason: More clerks for the bills | reason: With 40 more clerks the bills
        recovery.yaml | statement: Farmers are paid | opens: phased restart↵  statement: Farmers are paid
        is opened twice & of a reason stands in none & which is a possibility""",
    "excerpts": """
        impacts.yaml | figure_as_printed: 133 shops | figure_as_printed: 1 shop
        recovery.yaml | forecast: 2031-04-20 | forecast: 2031-04-21
        recovery.yaml | quote: We have hired 12 more clerks | says: 12 more clerks were hired
        a paraphrase & the forecast 21 April 2031 & the number “133” of the statement""",
    "withdrawal": """
        sources.yaml | - id: audit-2031-04-12 | - id: another-source
        cheque-uncashed: the fact falls & the sentence falls: no source carries 'cheque-uncashed'""",
    "later states": """
        impacts.yaml | fact: shops-lost-145, how | fact: shops-lost-154, how
        narrative.md | unconfirmed; until @addresses-admitted | admitted; until @addresses-unconfirmed
        never shown & no fact 'shops-lost-154'""",
    "resolutions": """
        case.yaml | came before anybody had counted | came before 200 were counted
        case.yaml | follow: [attack-on-5-february] | follow: [attack-on-5-march]
        the number “200” of the resolution & the resolution follows 'attack-on-5-march'""",
    "fields": """
        recovery.yaml | label: Clerks hired | lable: Clerks hired
        unknown field""",
    "items": """
        narrative.md | *Against:* The churns stopped at once | The churns stopped at once
        narrative.md | [rests: books-first] | [rests: book-first]
        narrative.md | [@odd-logins; @churns-stopped] | [@odd-logins; @churns-stopped; @system-bought]
        what speaks against it & no finding is labelled & the heading cites system-bought""",
    "prose": """
        narrative.md | Was the firm insured? [question] | The firm will open in May.
        narrative.md | lost track of 120 village | lost track of 130 village
        cites nothing & the number “130”""",
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_errors_that_extend_shows_are_the_real_ones(name, project):
    *slips, shown = BREAKS[name].strip().splitlines()
    for slip in slips:
        project.edit(*slip.strip().replace("↵", "\n").split(" | "))
    problems = {lines_only(problem) for problem in [*project.refused(), *project.problems()]}
    documented = lines_only("\n".join(fences(EXTEND, "text")))
    for words in shown.strip().split(" & "):
        assert any(words in problem and problem in documented for problem in problems), (words, problems)


@pytest.fixture
def run(project, capsys):
    """Return a function that runs a command on the invented case: exit code, output and errors."""

    def ran(*command):
        with pytest.raises(SystemExit) as ended:
            cli.main([*command, "--case", project.case])
        return ended.value.code, *capsys.readouterr()

    return ran


def test_the_output_that_extend_shows_for_a_sound_case_is_real(project, run):
    for command in (["verify", "--articles", str(project.articles)], ["check"]):
        code, out, _ = run(*command)
        shown, lines = fences(EXTEND, "text")[0].splitlines(), out.splitlines()
        assert code == 0 and {line for line in lines if ": not checked: " not in line} <= set(shown)
        assert {line for line in shown if ": not checked: " in line} <= set(lines)


def test_the_output_that_extend_shows_for_a_source_taken_in_is_real(run):
    command = re.search(r"make source CASE=dairy-2031 FILE=(\S+)", section(EXTEND, "A source"))
    code, out, _ = run("source", str(ROOT / command[1]))
    assert code == 0 and out in fences(section(EXTEND, "A source"), "text")


def test_the_suggestion_that_extend_shows_is_real(capsys, project):
    [command] = [line for line in code_in(EXTEND).splitlines() if line.startswith("make suggest CASE=dairy")]
    given = dict(pair.split("=") for pair in command.split()[2:])
    options = ["--paragraph", given["PARAGRAPH"], "--articles", str(ROOT / given["ARTICLES"])]
    with pytest.raises(SystemExit):
        cli.main(["suggest", given["SOURCE"], "--case", given["CASE"], *options])
    [shown] = [block for block in fences(EXTEND, "text") if block.startswith("Paragraph")]
    assert capsys.readouterr().out.startswith(shown)


def test_the_output_that_extend_shows_without_a_text_is_real(run, tmp_path):
    code, _, errors = run("verify", "--articles", str(tmp_path))
    what, _, unchecked = errors.replace(str(tmp_path), "articles").partition("\n")
    assert code == 1 and f"*{what}*" in EXTEND
    assert set(unchecked.splitlines()) & set("\n".join(fences(EXTEND, "text")).splitlines())


def test_the_errors_of_a_chapter_are_the_real_ones(project):
    cells = [nbformat.v4.new_markdown_cell("# Which?"), *map(nbformat.v4.new_code_cell, ("1", "2"))]
    cells += [nbformat.v4.new_markdown_cell("It cost 12 million.")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), project.root / "notebooks" / "45-my-question.ipynb")
    project.edit("narrative.md", "# Forecasts", "# Forecats")
    documented = "\n".join(fences(EXTEND, "text"))
    assert len(project.problems()) == 2
    assert all(problem in documented for problem in project.problems())


def test_the_errors_of_an_output_are_the_real_ones():
    outputs = [
        nbformat.v4.new_output("display_data", data={"application/vnd.plotly.v1+json": {}}),
        nbformat.v4.new_output("stream", text="line\n" * 400),
    ]
    chapter = {"casebound": {"chapter": "45-my-question"}}
    cells = [nbformat.v4.new_markdown_cell("# A chapter\n\n## Which links are our own?", metadata=chapter)]
    cells += [nbformat.v4.new_code_cell("x", outputs=outputs, metadata=chapter)]
    with pytest.raises(BuildProblems) as caught:
        document(nbformat.v4.new_notebook(cells=cells), {}, {})
    assert len(caught.value.lines) == 2
    assert all(line in "\n".join(fences(EXTEND, "text")) for line in caught.value.lines)


def test_the_errors_of_a_new_case_are_the_real_ones(project):
    folder = project.root / "data" / "my-case"
    folder.mkdir()
    (folder / "case.yaml").write_text("title: My case\n", "utf-8")
    (folder / "money.yaml").write_text("", "utf-8")
    problems = {lines_only(problem) for problem in type(project)(project.root, "my-case").problems()}
    shown = re.findall(r"^data/my-case.*\n    fix: .*$", "\n".join(fences(EXTEND, "text")), re.M)
    assert len(shown) == 3
    assert {lines_only(problem) for problem in shown} <= problems


# The method: normalisation, statuses, limits.


def points(cell: str) -> set[str]:
    return {chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]{4})", cell)}


def test_the_method_publishes_the_whole_normalisation():
    rows = tables(section(METHOD, "Quotations"))[0]
    published = {char: becomes for _, chars, becomes in rows for char in points(chars)}
    changed = {chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000 and not chr(code).isspace()}
    changed = {char for char in changed if plain(char).text != char}
    assert changed == published.keys()
    for char, becomes in published.items():
        assert plain(char).text == "".join(points(becomes))
    assert plain("a \u00a0\r\n\t b").text == "a b"


def test_the_method_explains_every_status_as_the_terms_hold_it():
    rows = keyed(tables(section(METHOD, "Status"))[0])
    listed = {word: (admits.split(", "), keeps) for word, (_, _, admits, keeps) in rows.items()}
    assert listed == {word: (entry["admits"], entry.get("hedge", "")) for word, entry in TERMS["status"].items()}


def test_the_method_explains_every_kind_of_conflict_and_of_question():
    kinds, questions = map(keyed, tables(section(METHOD, "Conflicts"))[:2])
    assert {kind: what for kind, (_, what, _) in kinds.items()} == CONFLICTS
    assert sorted(questions) == sorted(get_args(models.Question.model_fields["kind"].annotation))


# What carries a fact, as the rows of the method's table have it: origins, best grade, set aside, corrected.
CARRIED = {
    "two or more independent origins": [(2, grade, False, False) for grade in "ABCDEF"],
    "one, of a source graded A or B": [(1, grade, False, False) for grade in "AB"],
    "one, graded C": [(1, "C", False, False)],
    "one, graded D or E": [(1, grade, False, False) for grade in "DE"],
    "one, graded F": [(1, "F", False, False)],
    "none: an attacker's word alone": [(0, grade, False, False) for grade in "ABCDEF"],
    "any, but the report follows another account": [(n, grade, True, False) for n in (0, 1, 2) for grade in "ABCDEF"],
    "any, but corrected or withdrawn later": [
        (n, grade, left, True) for n in (0, 1, 2) for grade in "ABCDEF" for left in (False, True)
    ],
}


def test_the_method_grades_credibility_as_it_is_worked_out():
    published = {row[0]: row[1:] for row in tables(section(METHOD, "Corroboration and credibility"))[0]}
    assert published.keys() == CARRIED.keys()
    for carried, cases in CARRIED.items():
        for origins, grade, left, replaced in cases:
            given = [corroboration._credibility(origins, grade, disputed, left, replaced) for disputed in (False, True)]
            assert given == published[carried], carried


def test_the_method_names_the_credibilities_as_the_terms_do():
    rows = keyed(tables(section(METHOD, "Corroboration and credibility"))[1])
    assert {word: row[1] for word, row in rows.items()} == {k: v["label"] for k, v in TERMS["credibility"].items()}


def test_the_method_counts_the_sources_of_each_grade(seed):
    rows = keyed(tables(section(METHOD, "The sources of jlr-2025"))[0])
    assert {grade: int(row[1]) for grade, row in rows.items()} == seed.sources["grade"].value_counts().to_dict()


# What passes `make check` though it is wrong: limit that the method states, file, words, what replaces them.
LIMITS = """
the right words in the wrong relation | narrative.md
    The Industry Minister and the Business Secretary met JLR's chief executive at Gaydon, and
    JLR's chief executive and the Business Secretary met the Industry Minister at Gaydon, and
a wrong verb | narrative.md
    Without essential digital systems retailers struggled to service vehicles, and
    Without essential digital systems retailers serviced vehicles, and
a citation beside the point | narrative.md
    delays across JLR's supply chain [@supply-chain-delays;
    delays across JLR's supply chain [@sales-faster;
fields | recovery.yaml
    system: invoicing
    system: supplier payments
wording at odds | timeline.yaml
    at_odds:↵    - {fact: no-manufacturing-until-october, reason: The caption reads as if the halt were over.}
    note: no more
reasons | impacts.yaml
    reason: A backlog of payments is what unpaid invoices add up to.
    reason: It is so.
"""


def test_a_limit_of_the_checks_that_the_method_states_is_one(make_project, monkeypatch):
    stated = section(METHOD, "What the checks cannot catch").lower()
    project = make_project("jlr-2025")
    monkeypatch.setenv("CASEBOUND_ROOT", str(project.root))
    for limit, name, old, new in re.findall(r"(.+) \| (.+)\n +(.+)\n +(.+)\n", LIMITS):
        assert limit in stated
        project.edit(name, *(words.replace("↵", "\n") for words in (old, new)))
    assert not project.problems()


# The changelog.


def test_the_changelog_names_every_fact(seed):
    assert set(seed.records.facts) <= set(spans(section(read("CHANGELOG.md"), "Facts")))

"""The tutorial docs/first-case.md: every command works as written, and every message is real."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from casebound import cli
from casebound.authoring.filling import page

ROOT = Path(__file__).parents[1]
TUTORIAL = (ROOT / "docs" / "first-case.md").read_text("utf-8")
OPTIONS = {"CASE": "--case", "SOURCE": None, "FILE": None, "PARAGRAPH": "--paragraph", "SUBJECT": "--subject"}


def test_the_list_of_what_fills_what_is_made_from_the_notebooks():
    assert TUTORIAL.endswith(page())


def arguments(line):
    """Return the program's arguments for a `make` command of the tutorial."""
    _, target, *variables = shlex.split(line)
    given = dict(each.split("=", 1) for each in variables)
    if target == "new":
        return ["new", given["CASE"], "--subject", given["SUBJECT"]]
    draft = ["--draft"] if given.pop("DRAFT", "") else []
    named = [[OPTIONS[name], value] if OPTIONS[name] else [value] for name, value in given.items()]
    return [target, *draft, *(word for pair in named for word in pair)]


def written(path, language, block):
    """Write a block of the tutorial into its file: in place of keys and headings that are there, else at the end."""
    text = path.read_text("utf-8")
    parts = re.split(r"(?m)^(?=# )", block) if language == "md" else [block]
    if language == "yaml" and not block.startswith("- "):
        parts = re.split(r"(?m)^(?=\w)", block)
    for part in filter(str.strip, parts):
        head = part.splitlines()[0]
        opening = head if language == "md" else head.partition(":")[0] + ":"
        is_there = re.search(rf"(?m)^{re.escape(opening)}.*\n", text)
        if is_there and not part.startswith("- "):
            text = text[: is_there.start()] + part.rstrip() + "\n" + text[is_there.end() :]
        else:
            text += part
    path.write_text(text, "utf-8")


def test_the_tutorial_goes_from_a_saved_page_to_a_report(project, monkeypatch, capsys):
    root = project.root
    monkeypatch.chdir(root)
    shutil.copytree(ROOT / "tests" / "pages_saved", root / "tests" / "pages_saved")
    printed, place, failed = "", None, False
    steps = TUTORIAL.partition("## What fills")[0]
    blocks = re.finditer(r"(?ms)^```(\w+)\n(.*?)^```$|`(data/ferries-2024/[\w.]+)`", steps)
    for block in blocks:
        language, text, file = block.groups()
        if file:
            place = root / file
        elif language == "sh":
            printed = ""
            for line in text.splitlines():
                if line.startswith("sed"):
                    _, _, change, name = line.split()
                    _, old, new, _ = change.split("/")
                    (root / name).write_text((root / name).read_text("utf-8").replace(old, new), "utf-8")
                    continue
                with pytest.raises(SystemExit) as ended:
                    cli.main(arguments(line))
                out = capsys.readouterr()
                printed += out.out + out.err
                failed |= bool(ended.value.code)
        elif language == "text":
            missing = [line for line in text.splitlines() if line.strip() and line.strip() not in printed]
            assert not missing, printed
            assert failed == ("[CB" in text), printed
            failed = False
        else:
            assert not failed, printed
            written(place, language, text)
    assert not failed, printed
    made = (root / "reports" / "ferries-2024" / "report.html").read_text("utf-8")
    assert "stayed in port on 7" in made.replace("\u00a0", " ") and "No source says that anybody did it" in made

"""Reading: every scalar stays text, every entry has its line, and errors are plain."""

import pytest

from casebound.facts.problems import CaseError
from casebound.facts.records.reading import text_of, yaml_in


def read(text):
    return yaml_in(text if isinstance(text, bytes) else text.encode(), "data/x.yaml")


def refused(text):
    with pytest.raises(CaseError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "word", ["NO", "yes", "12:30", "12:30:45", "2025-09", "2025-09-25", "1_000", "0x1F", "010", "1e3", "~", "null", "="]
)
def test_a_word_that_yaml_would_change_stays_text(word):
    assert read(f"{word}: [{word}]\n").content == {word: [word]}


def test_every_entry_has_its_line():
    found = read("- id: a\n  evidence:\n    - quote: x\n    - quote: >\n        folded\n\n- {id: b, when: c}\n")
    places = [(0,), (0, "evidence"), (0, "evidence", 1), (0, "evidence", 1, "quote")]
    assert [found.line(place) for place in places] == [1, 2, 4, 4]
    assert found.line((1, "when")) == 7


def test_an_entry_that_is_not_there_has_the_line_of_what_should_hold_it():
    found = read("- id: a\n- id: b\n  dated:\n    rule: x\n")
    assert found.line((1, "dated", "phrase")) == 3
    assert found.line((9, "id")) == 1


def test_an_empty_file_holds_nothing():
    assert read("# only a comment\n").content is None


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm():
    found = read(b"\xef\xbb\xbf- id: a\r\n- id: b\r\n")
    assert found.content == [{"id": "a"}, {"id": "b"}]
    assert found.line((1,)) == 2


def test_every_field_that_stands_twice_is_refused_with_its_second_line():
    problems = refused("- id: a\n  when: b\n  id: c\n- when: a\n  dated: {rule: x, rule: y}\n")
    assert problems[0].startswith("data/x.yaml:3: the field 'id' stands twice in one entry")
    assert problems[1].startswith("data/x.yaml:5: the field 'rule' stands twice in one entry")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- id: a\n  when: [b\n- id: c\n", 3),
        ("a: b: c\n", 1),
        ("a: 'open\n", 2),
        ("- a\n\tb: c\n", 2),
    ],
)
def test_broken_yaml_is_refused_with_its_line(text, line):
    [problem] = refused(text)
    assert problem.startswith(f"data/x.yaml:{line}: not valid YAML")
    assert "Traceback" not in problem


@pytest.mark.parametrize(
    "text", ["a: &x\n  b: *x\n", "a: &x 1\nb: *x\n", "a: &x 1\nb: *y\n", "a: &x {b: c}\nd:\n  <<: *x\n"]
)
def test_an_alias_is_refused_since_a_few_can_stand_for_a_file_of_any_size(text):
    assert "an alias (*) stands for another entry" in refused(text)[0]


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 100_000])
def test_entries_deep_in_one_another_are_refused(text):
    assert "entries lie too deep in one another" in refused(text)[0]


def test_a_second_document_is_refused():
    assert refused("a: b\n---\nc: d\n")[0].startswith("data/x.yaml:2: a second document begins")


def test_a_field_s_name_is_a_word():
    assert "data/x.yaml:1: the name of a field is not a word" in refused("? [a, b]\n: c\n")[0]


def test_a_control_character_is_refused():
    [problem] = refused(b"a: \x07\n")
    assert problem.startswith("data/x.yaml: not valid YAML")


@pytest.mark.parametrize("raw", ["a: é\n".encode("latin-1"), b"a: \xff\n", "a: b\n".encode("utf-16")])
def test_a_file_that_is_not_utf_8_is_refused(raw):
    [problem] = refused(raw)
    assert problem.startswith("data/x.yaml: not UTF-8 (byte ")
    assert "fix: save the file as UTF-8" in problem


def test_a_missing_file_is_named_as_the_user_knows_it(tmp_path):
    with pytest.raises(CaseError, match=r"^data/x/case\.yaml: the file is missing"):
        text_of(tmp_path / "nowhere.yaml", "data/x/case.yaml")


def test_a_folder_in_a_file_s_place_is_refused_plainly(tmp_path):
    with pytest.raises(CaseError, match=r"^data/x/case\.yaml: cannot be read"):
        text_of(tmp_path, "data/x/case.yaml")


@pytest.mark.parametrize("text", ["a: !!python/object/apply:os.getcwd []\n", "a: !!int 5\n", "a: !own\n  b: c\n"])
def test_a_tag_is_refused(text):
    assert "a tag, " in refused(text)[0]

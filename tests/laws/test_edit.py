"""Editing front matter: one key changes, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bragfolio.core.read.edit import set_key
from bragfolio.core.read.yaml_tree import parse_yaml
from bragfolio.model.front_matter import front_matter
from bragfolio.problems import has_errors

VALUES = (
    " plain", " 'quoted # not a comment'", ' "two\n  lines"', " |\n  literal\n\n  # no comment\n", " >-\n    folded\n    text", "\n  - a\n  - b",
    "\n- a\n- b: c\n  d: e", "\n  deep:\n    - {x: y}", " [a, b]", " [a,\n  b]", " {a: b}", "", " # only a comment", " a # comment",
    ' "ü – 😀"',
)  # fmt: skip
"""What can stand behind a key; no `|+`, which would take the blank lines behind a removed key for its own."""
COMMENTS = ("", "# about the next key\n", "\n", "  # indented\n\n")
KEYS = ("title", "date", "visibility", "tags", "draft", "extra", "a b", "visibility2", "0")


@st.composite
def fronts(draw):
    """Draw the lines of front matter as people write it, and the key to change: it has it, more often than not."""
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=6, unique=True))
    text = "".join(f"{draw(st.sampled_from(COMMENTS))}{key}:{draw(st.sampled_from(VALUES))}\n" for key in keys)
    return text + draw(st.sampled_from(COMMENTS)), draw(st.sampled_from([*keys, "new"]))


@given(fronts(), st.sampled_from([None, "public", "[a, b]", '"#1: x"']), st.text(max_size=20))
def test_a_set_key_is_read_back_and_all_others_stay(front, value, body):
    text, key = front
    before, problems = parse_yaml(text, "x.md")
    assert isinstance(before, dict)
    assert not has_errors(problems)
    changed = set_key(f"---\n{text}---\n{body}", key, value)
    written = changed.removeprefix("---\n").removesuffix(f"---\n{body}")
    assert len(written) == len(changed) - len(f"---\n---\n{body}")
    after, problems = parse_yaml(written, "x.md")
    assert not has_errors(problems)
    expected = {name: part for name, part in before.items() if name != key}
    if value is not None:
        expected = {**before, key: parse_yaml(value, "")[0]}
    assert (after or {}) == expected
    assert list(after or {}) == list(expected)


@given(fronts())
def test_every_line_outside_the_key_stays_as_it_was(front):
    text, key = front
    changed = set_key(f"---\n{text}---\n", key, "new")
    if key == "new":
        assert changed == f"---\n{text}{key}: new\n---\n"
        return
    lines = changed.splitlines(keepends=True)[1:-1]
    at = lines.index(f"{key}: new\n")
    before, after = "".join(lines[:at]), "".join(lines[at + 1 :])
    assert text.startswith(before)
    assert text.endswith(after)
    assert text[len(before) :].startswith(f"{key}:")


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=30), min_size=1), st.sampled_from(KEYS))
def test_what_brag_wrote_itself_is_changed_and_changed_back(keys, key):
    text = front_matter(keys) + "body\n"
    if key in keys:
        line = next(line for line in text.splitlines() if line.startswith((f"{key}:", f'"{key}":')))
        assert set_key(text, key, None) == text.replace(line + "\n", "", 1)
    else:
        assert set_key(set_key(text, key, "x"), key, None) == text


CASES = {
    "set": ("a: 1\nb: 2\n", "a", "3", "a: 3\nb: 2\n"),
    "add": ("a: 1\n", "b", "2", "a: 1\nb: 2\n"),
    "remove": ("a: 1\nb: 2\n", "a", None, "b: 2\n"),
    "remove what is not there": ("a: 1\n", "b", None, "a: 1\n"),
    "nested keys of the same name": ("x:\n  a: 1\na: 2\n", "a", "3", "x:\n  a: 1\na: 3\n"),
    "list without indentation": ("a:\n- 1\n- 2\nb: 3\n", "a", None, "b: 3\n"),
    "comment of the next key": ("a:\n  - 1\n# on b\nb: 3\n", "a", None, "# on b\nb: 3\n"),
    "blank line behind": ("a: 1\n\nb: 3\n", "a", "2", "a: 2\n\nb: 3\n"),
    "literal with blank lines": ("a: |\n  x\n\n  y\n\nb: 3\n", "a", None, "\nb: 3\n"),
    "comment behind": ("a: 1   # because\nb: 3\n", "a", "2", "a: 2\nb: 3\n"),
    "indented keys": ("  a: 1\n  b: 2\n", "c", "3", "  a: 1\n  b: 2\n  c: 3\n"),
    "quoted key": ('"a": 1\nb: 2\n', "a", "3", "a: 3\nb: 2\n"),
    "braces": ("{a: 1, b: [2]}\n", "a", "3", "a: 3\nb: [2]\n"),
    "nothing": ("", "a", "1", "a: 1\n"),
    "only a comment": ("# todo\n", "a", "1", "# todo\na: 1\n"),
    "broken": ("a: [\nb: 1\n", "b", "2", "a: [\nb: 1\nb: 2\n"),
}


@pytest.mark.parametrize(("front", "key", "value", "expected"), CASES.values(), ids=CASES)
def test_it_is_changed_as_a_person_would(front, key, value, expected):
    assert set_key(f"---\n{front}---\nbody\n", key, value) == f"---\n{expected}---\nbody\n"


def test_deeply_nested_front_matter_does_not_crash_the_process():
    text = f"---\na: {'[' * 60_000}\n---\n"
    assert set_key(text, "b", None) == text

"""Front matter: what is written is what is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bragfolio.core.read.frontmatter import read_document
from bragfolio.core.read.yaml_tree import parse_yaml
from bragfolio.model.front_matter import front_matter, yaml_text

TEXT = st.text(max_size=40) | st.sampled_from([
    "---", "...", "--- a", "# a", "a # b", "a #b", "a: b", "a:", ":a", "- a", "-", "?", "? a", "@a", "`a", "%a", "!a", "&a",
    "*a", "|", ">", "[a", "]", "{a", "}", ",", "a, b", "'a'", '"a"', 'a "b" c', "~", "null", "no", "true", "1.10", "0123", "1e3", "2026-07",
    "\x00", "\x07", "\x1b[31m", "\x85", "\u2028", "\ufeff", "\u202e", "\ufffe", "a\r\nb", "a\n---\nb", "\ta", " a ", "a\\b", "C#", "C++",
    "https://example.org/a?b=c#d", "=", "<<", "key: [", "😀", "a\u00a0", "\u00a0", "a" * 3000, "---\ntitle: x\n---\n",
])  # fmt: skip
KEY = st.text(min_size=1, max_size=30)
TREE = st.recursive(
    TEXT, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4), max_leaves=20
)


@given(st.dictionaries(KEY, TREE, min_size=1, max_size=6))
def test_what_is_written_as_front_matter_is_read_back(keys):
    document, problems = read_document("x.md", (front_matter(keys) + "body\n").encode())
    assert [problem for problem in problems if problem.code != "bidi"] == []
    assert document is not None
    assert (document.tree, document.body) == (keys, "body\n")


@given(st.lists(TREE, max_size=6))
def test_a_list_is_read_back(items):
    tree, problems = parse_yaml(yaml_text(items), "x.yaml")
    assert (tree, problems) == (items, [])


CASES = {
    "plain": ({"title": "Cut checkout p99 by 63 %"}, "title: Cut checkout p99 by 63 %\n"),
    "apostrophe": ({"title": "Don't panic"}, "title: Don't panic\n"),
    "date": ({"date": "2026-07-20"}, "date: 2026-07-20\n"),
    "colon": ({"title": "Won: 1st prize"}, 'title: "Won: 1st prize"\n'),
    "comment": ({"title": "Ticket #12"}, 'title: "Ticket #12"\n'),
    "marker": ({"title": "---"}, 'title: "---"\n'),
    "at": ({"title": "@home"}, 'title: "@home"\n'),
    "empty": ({"title": ""}, 'title: ""\n'),
    "lines": ({"summary": "One.\nTwo."}, 'summary: "One.\\nTwo."\n'),
    "escape": ({"title": "\x1b[1m"}, 'title: "\\x1b[1m"\n'),
    "boolean": ({"ongoing": True}, "ongoing: true\n"),
    "number": ({"stars": 4}, "stars: 4\n"),
    "none": ({"title": "a", "slug": None}, "title: a\n"),
    "short list": ({"skills": ["C#", "Go, the game"]}, 'skills: [C#, "Go, the game"]\n'),
    "url in a list": ({"urls": ["https://a.example"]}, 'urls: ["https://a.example"]\n'),
    "long list": ({"skills": ["x" * 60, "y" * 60]}, "skills:\n  - " + "x" * 60 + "\n  - " + "y" * 60 + "\n"),
    "mapping": ({"email": {"value": "a@b.example", "visibility": "private"}},
                "email: {value: a@b.example, visibility: private}\n"),
    "mappings": ({"positions": [{"title": "CTO"}, {"title": "x" * 110, "tags": ["a"]}]},
                 "positions:\n  - {title: CTO}\n  - title: " + "x" * 110 + "\n    tags: [a]\n"),
    "nothing": ({}, "{}\n"),
    "empty list": ({"skills": []}, "skills: []\n"),
}  # fmt: skip


@pytest.mark.parametrize(("value", "text"), CASES.values(), ids=CASES)
def test_it_is_written_as_a_person_would(value, text):
    assert yaml_text(value) == text


@pytest.mark.parametrize("value", [{"title": "\ud800"}, {"x" * 2000: "a"}], ids=["surrogate", "long key"])
def test_what_cannot_be_written_is_refused(value):
    with pytest.raises(ValueError, match=r"surrogate|characters"):
        yaml_text(value)

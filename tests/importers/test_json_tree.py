"""JSON tree: limits, refusals with their places, and the place of any value."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bragfolio.core.importers.json_tree import parse_json, pointer
from bragfolio.problems import CODES

DEEP = 100_000
REFUSED = {
    "I02-50-MB": (b'{"a": "' + b"x" * 50_000_000 + b'"}', ("file-size", 0, 0)),
    "I02-deep-lists": (b"[" * DEEP, ("yaml-depth", 1, 33)),
    "I02-deep-objects": (b'{"a":' * DEEP, ("yaml-depth", 1, 161)),
    "I02-deep-and-closed": (b"[" * DEEP + b"]" * DEEP, ("yaml-depth", 1, 33)),
    "I02-five-MB-of-escapes": (b'["' + b'\\"' * 2_400_000, ("json-syntax", 1, 2)),
    "I02-five-MB-of-lists": (b"[" + b"[]," * 1_600_000 + b"[}", ("file-size", 0, 0)),
    "I02-five-MB-of-numbers": (b"[" + b"0," * 2_400_000 + b"}", ("file-size", 0, 0)),
    "I02-deep-at-the-end": (b"[" + b"[]," * 190_000 + b"[" * 100, ("yaml-depth", 1, 570_033)),
    "I02-duplicate": (b'{\n "a": 1,\n "b": {"c": 1,\n  "c": 2}}', ("yaml-duplicate", 4, 3)),
    "I02-duplicate-escaped": (b'{"a": 1, "\\u0061": 2}', ("yaml-duplicate", 1, 10)),
    "I02-nan": (b'{"a": "NaN",\n "b": NaN}', ("json-syntax", 2, 7)),
    "I02-infinity": (b"[-Infinity]", ("json-syntax", 1, 2)),
    "I02-utf-16": ('{"a": 1}'.encode("utf-16"), ("encoding", 1, 1)),
    "I02-latin-1": (b'{"a":\n"\xe9"}', ("encoding", 2, 2)),
    "I02-lone-surrogate": (b'{"a": "\\ud83d\\ude00",\n "b": ["\\ud83d"]}', ("encoding", 2, 8)),
    "I02-lone-surrogate-key": (b'{\n"\\udc00": 1}', ("encoding", 2, 11)),
    "I02-empty": (b"", ("json-syntax", 1, 1)),
    "I02-comment": (b"{\n  // me\n}", ("json-syntax", 2, 3)),
    "I02-trailing-comma": (b'{"a": [1,\n]}', ("json-syntax", 2, 1)),
    "I02-control-character": (b'{"a": "\x01"}', ("json-syntax", 1, 8)),
    "I02-two-values": (b"{} {}", ("json-syntax", 1, 4)),
}  # fmt: skip


@pytest.mark.parametrize(("data", "where"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_json_is_refused_with_its_place_within_two_seconds(data, where):
    begin = time.process_time()
    tree, problems = parse_json("resume.json", data)
    assert time.process_time() - begin < 2
    assert tree is None
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [where]
    assert all(p.is_error and p.code in CODES and p.message and p.hint for p in problems)


def test_a_byte_order_mark_is_passed_over_i02_bom():
    tree, problems = parse_json("resume.json", b'\xef\xbb\xbf{"a": 1}')
    assert problems == []
    assert tree is not None
    assert tree.value == {"a": "1"}


def test_numbers_stay_as_they_were_written_i02_numbers():
    tree, _ = parse_json("resume.json", b'{"score": 3.80, "huge": ' + b"9" * 5000 + b"}")
    assert tree is not None
    assert tree.value == {"score": "3.80", "huge": "9" * 5000}


def test_a_place_is_that_of_the_value_and_that_of_its_key():
    tree, _ = parse_json("resume.json", b'{"a": 1,\r\n "b": [{"c": "\xc3\xa9\\n"},\n  {"c": null}]}\n')
    assert tree is not None
    places = tree.locate([("a",), ("b",), ("b", 1), ("b", 1, "c"), ("b", 9), ()])
    assert {path: (*place.key, *place.value) for path, place in places.items()} == {
        (): (1, 1, 1, 1),
        ("a",): (1, 2, 1, 7),
        ("b",): (2, 2, 2, 7),
        ("b", 1): (3, 3, 3, 3),
        ("b", 1, "c"): (3, 4, 3, 9),
        ("b", 9): (2, 2, 2, 7),
    }


@pytest.mark.parametrize(
    ("path", "text"),
    [((), "/"), (("work", 0, "url"), "/work/0/url"), (("a/b", "~"), "/a~1b/~0"), (("\x1b[31m",), "/\\x1b[31m"),
     (("x" * 200,), f"/{'x' * 78}…")],
    ids=["whole", "plain", "escaped", "unprintable", "long"],
)  # fmt: skip
def test_a_pointer_can_be_printed(path, text):
    assert pointer(path) == text


VALUE = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


def paths_of(value, path=()):
    """Yield every value with its path."""
    yield path, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in members:
        yield from paths_of(part, (*path, key))


@given(value=VALUE, indent=st.sampled_from([None, 0, 3]), is_ascii=st.booleans())
def test_every_value_is_found_where_it_stands(value, indent, is_ascii):
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii)
    tree, problems = parse_json("resume.json", text.encode())
    assert problems == []
    assert tree is not None
    assert tree.value == value
    lines = text.split("\n")
    found = dict(paths_of(value))
    for path, place in tree.locate(found).items():
        line, column = place.value
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        assert json.JSONDecoder().raw_decode(rest)[0] == found[path]
        if path and isinstance(path[-1], str):
            line, column = place.key
            assert json.JSONDecoder().raw_decode(lines[line - 1][column - 1 :])[0] == path[-1]

"""JSON tree: JSON as plain values, with limits, and the place of any value when there is something to say about it.

The depth is checked before anything is built, and nothing here recurses deeper than `MAX_DEPTH`: the standard parser
raises RecursionError on deep input. Places are looked up only on request, in one pass that lets the C parser skip
whatever was not asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final, NoReturn

from msgspec import Struct

from bragfolio.core.read.text import position
from bragfolio.core.read.yaml_tree import Path
from bragfolio.problems import Problem, Span, error, printable

MAX_BYTES: Final = 5_000_000
"""Of one file; a resume has some thousands."""
MAX_DEPTH: Final = 32
MAX_VALUES: Final = 200_000
"""Millions of empty lists or zeros fit into the bytes, and take seconds to build."""
_MAX_REPORTED: Final = 20
"""Problems of one sort."""
_SPACE: Final = re.compile(r"[ \t\n]*")
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)', re.DOTALL)
_NO_BRACKETS: Final = re.compile(r"[^\[\]{}]+")
_BRACKET: Final = re.compile(rf"[\[\]{{}}]|{_STRING.pattern}", re.DOTALL)
"""Every bracket, and every string, whole, so that brackets inside are passed over."""
_STEPS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}
_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str)
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


class Number(str):
    """A number, as it was written."""

    __slots__ = ()


Json = str | bool | list["Json"] | dict[str, "Json"] | None
"""A value; numbers are `Number`."""


Container = list[Json] | dict[str, Json]


class _Repeated(dict[str, Json]):
    """An object in which a key stands twice; the last value is in it."""


class _Refused(Exception):  # noqa: N818 - control flow inside this module, not an error of the program
    def __init__(self, word: str) -> None:
        self.word = word


class Place(Struct, frozen=True):
    """Where a value stands, and its key. Lines and columns count from 1."""

    value: tuple[int, int]
    key: tuple[int, int]
    """As `value` for the items of a list and the whole."""


class JsonTree(Struct, frozen=True):
    """A JSON file that parsed."""

    file: str
    """As messages give it."""
    text: str
    value: Json

    def locate(self, paths: Iterable[Path]) -> dict[Path, Place]:
        """Return the place of each of *paths*; where one ends early, the last place on the way to it."""
        wanted = set(paths)
        offsets = dict(_offsets(self.text, wanted))
        near = {path: next(path[:n] for n in range(len(path), -1, -1) if path[:n] in offsets) for path in wanted}
        found = {path: offsets[near[path]] for path in wanted}
        places = _positions(self.text, {offset for pair in found.values() for offset in pair})
        return {path: Place(places[value], places[key]) for path, (key, value) in found.items()}


def parse_json(file: str, data: bytes) -> tuple[JsonTree | None, list[Problem]]:
    """Return the tree of a JSON file (RFC 8259), None when anything is wrong with it, and what is.

    A byte-order mark is passed over. Refused: more than 5 MB, 200,000 values or 32 levels, other encodings than UTF-8,
    NaN and Infinity, a key twice in one object, and lone surrogates.
    """
    if len(data) > MAX_BYTES:
        message = f"the file has more than {MAX_BYTES // 1_000_000} MB"
        return None, [error("file-size", message, Span(file), "is this the right file? A resume has some kilobytes")]
    text, problem = _decode(file, data)
    problem = problem or _too_much(file, text)
    if problem:
        return None, [problem]
    try:
        value, has_repeats = _parse(text)
    except json.JSONDecodeError as failure:
        return None, [_syntax_problem(file, text, failure)]
    except _Refused as refused:
        return None, [_not_a_number(file, text, refused.word)]
    tree = JsonTree(file, text, value)
    problems = (_repeated_keys(tree) if has_repeats else []) + _surrogates(tree)
    return (None, problems) if problems else (tree, [])


def pointer(path: Path) -> str:
    """Return the JSON pointer (RFC 6901) of *path*, fit to be printed, at most 80 characters."""
    text = printable("".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)) or "/"
    return text if len(text) <= 80 else f"{text[:79]}…"


def _decode(file: str, data: bytes) -> tuple[str, Problem | None]:
    if b"\0" in data[:64]:
        return "", error("encoding", "the file is UTF-16 or not text at all", Span(file, 1, 1), "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        before = data[: failure.start].decode("utf-8-sig")
        span = Span(file, *position(before, len(before)))
        message = f"byte {failure.start} (0x{data[failure.start]:02x}) is not UTF-8"
        return "", error("encoding", message, span, "save the file as UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n"), None


def _too_much(file: str, text: str) -> Problem | None:
    """Return the problem of a text that is too deep, or holds too many values, before anything is built of it."""
    structure = _STRING.sub("", text)
    brackets = _NO_BRACKETS.sub("", structure)
    if max(structure.count(","), len(brackets) // 2) > MAX_VALUES:
        message = f"the file has more than {MAX_VALUES:,} values"
        return error("file-size", message, Span(file), "is this the right file? A resume has some hundreds")
    if max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) <= MAX_DEPTH:
        return None
    depth = 0
    for match in _BRACKET.finditer(text):
        depth += _STEPS.get(match[0], 0)
        if depth > MAX_DEPTH:
            break
    message = f"this is nested deeper than {MAX_DEPTH} levels"
    return error("yaml-depth", message, Span(file, *position(text, match.start())), "a resume has five")


def _parse(text: str) -> tuple[Json, bool]:
    """Return the value, and whether a key stands twice in an object of it."""
    repeats: list[int] = []

    def build(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        repeats.append(len(pairs))
        return _Repeated(found)

    value: Json = json.loads(
        text, object_pairs_hook=build, parse_int=Number, parse_float=Number, parse_constant=_refuse
    )
    return value, bool(repeats)


def _refuse(word: str) -> NoReturn:
    raise _Refused(word)


def _syntax_problem(file: str, text: str, failure: json.JSONDecodeError) -> Problem:
    span = Span(file, *position(text, failure.pos))
    if not text.strip():
        return error("json-syntax", "the file is empty", span, "export it again")
    what = failure.msg[0].lower() + failure.msg[1:]
    hint = "check commas, quotes and brackets just before this place; JSON has no comments"
    return error("json-syntax", f"JSON cannot be read here: {what}", span, hint)


def _not_a_number(file: str, text: str, word: str) -> Problem:
    pattern = re.compile(rf'"(?:[^"\\]|\\.)*+"|({re.escape(word)})', re.DOTALL)
    match = next(match for match in pattern.finditer(text) if match[1])
    span = Span(file, *position(text, match.start()))
    return error("json-syntax", f"{word} is not a value of JSON", span, "write a number, or null")


def _repeated_keys(tree: JsonTree) -> list[Problem]:
    paths = [path for path, value in _containers(tree.value) if isinstance(value, _Repeated)][:_MAX_REPORTED]
    offsets = dict(_offsets(tree.text, set(paths)))
    repeats: list[tuple[str, int, int]] = []
    for path in paths:
        first: dict[str | int, int] = {}
        for key, at, _ in _members(tree.text, offsets[path][1]) if path in offsets else ():
            if first.setdefault(key, at) != at:
                repeats.append((str(key), first[key], at))
    places = _positions(tree.text, {offset for _, *pair in repeats for offset in pair})
    return [
        error(
            "yaml-duplicate",
            f"the key “{printable(key[:40])}” stands here again; it was first set on line {places[first_at][0]}",
            Span(tree.file, *places[at]),
            "keep one of them",
        )
        for key, first_at, at in repeats[:_MAX_REPORTED]
    ]


def _surrogates(tree: JsonTree) -> list[Problem]:
    if not _SURROGATE.search(tree.text):
        return []
    broken = [path for path, value in _containers([tree.value]) for path in _broken_members(path, value)]
    broken = [path[1:] for path in broken[:_MAX_REPORTED]]
    message = "this holds half of a character (a lone surrogate), which no file can hold"
    places = tree.locate(broken)
    return [error("encoding", message, Span(tree.file, *places[path].value), "write it anew") for path in broken]


def _broken_members(path: Path, container: Container) -> Iterator[Path]:
    members = container.items() if isinstance(container, dict) else enumerate(container)
    for key, value in members:
        if (isinstance(value, str) and _is_broken(value)) or (isinstance(key, str) and _is_broken(key)):
            yield (*path, key)


def _is_broken(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _containers(root: Json) -> Iterator[tuple[Path, Container]]:
    """Yield every object and list with its path."""
    waiting: list[tuple[Path, Json]] = [((), root)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            yield path, value
            waiting += [((*path, key), part) for key, part in value.items() if isinstance(part, dict | list)]
        elif isinstance(value, list):
            yield path, value
            waiting += [((*path, index), part) for index, part in enumerate(value) if isinstance(part, dict | list)]


def _offsets(text: str, wanted: set[Path]) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Yield each of *wanted* that exists, and all on the way to it, with the offsets of key and value."""
    below: dict[Path, set[str | int]] = {}
    for path in wanted:
        for n, part in enumerate(path):
            below.setdefault(path[:n], set()).add(part)
    start = _after_space(text, 0)
    waiting: list[tuple[Path, int, int]] = [((), start, start)]
    while waiting:
        path, key_at, at = waiting.pop()
        yield path, (key_at, at)
        keys = below.get(path)
        if keys:
            waiting += [((*path, key), key_at, at) for key, key_at, at in _members(text, at) if key in keys]


def _members(text: str, at: int) -> Iterator[tuple[str | int, int, int]]:
    """Yield the key or index, its offset and the value's offset, of each member of the object or list at *at*.

    Nothing for any other value. The text must be JSON.
    """
    opening = text[at : at + 1]
    if opening not in {"{", "["}:
        return
    at = _after_space(text, at + 1)
    index = 0
    while text[at] not in "}]":
        key: str | int = index
        key_at = at
        if opening == "{":
            key, at = _DECODER.raw_decode(text, at)
            at = _after_space(text, _after_space(text, at) + 1)
        yield key, key_at, at
        _, at = _DECODER.raw_decode(text, at)
        at = _after_space(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)
        index += 1


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _positions(text: str, offsets: set[int]) -> dict[int, tuple[int, int]]:
    """Return line and column of each of *offsets*, in one pass over *text*."""
    found = {}
    line, line_start, last = 1, 0, 0
    for offset in sorted(offsets):
        newlines = text.count("\n", last, offset)
        if newlines:
            line += newlines
            line_start = text.rfind("\n", last, offset) + 1
        found[offset] = (line, offset - line_start + 1)
        last = offset
    return found

"""YAML tree: YAML as nested dicts and lists of text, with limits; it guesses no types.

The C parser's events are walked without recursion, so that depth, aliases and tags are refused before anything is
built (libyaml's composer crashes the process at 25,000 levels, and aliases expand without bound).
"""

from __future__ import annotations

import re
from bisect import bisect
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import yaml

from bragfolio.problems import Problem, Span, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

Tree = str | list["Tree"] | dict[str, "Tree"]
"""A scalar as it was written, a sequence, or a mapping."""
Path = tuple[str | int, ...]
"""The way to a value: keys and list indices."""
Place = tuple[int, int]
"""Line and column, from 0."""

MAX_DEPTH: Final = 32
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BaseLoader: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CLOSING_SIGNS: Final = {"[": "]", "{": "}"}
_CUT_COMMENT: Final = re.compile(r"^(?>[^'\"\n#]*?:[ \t]+)(?:[^'\"#\s][^'\"\n]*?[ \t])?(#[^\s#].*)$", re.MULTILINE)
"""A `#` that was hardly meant as a comment, behind the first key of a line."""

_CUT_SENTENCE: Final = re.compile(
    r"^(?:title|name|employer|summary|short|impact|my_part|headline|claim):[ \t]+[^'\"#\s][^'\"\n]*?[ \t](#[ \t].*)$",
    re.MULTILINE,
)
"""A comment behind a sentence is more often a number sign: `We are # 1`."""


class _Refused(Exception):  # noqa: N818 - control flow inside this module, not an error of the program
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def parse_yaml(text: str, file: str, first_line: int = 1) -> tuple[Tree, list[Problem]]:
    """Return the tree of one YAML document, `""` when it is empty or broken, and what is wrong.

    *first_line* is where *text* starts in *file*.
    """
    try:
        tree, has_duplicates = _build(text, file, first_line)
    except _Refused as refused:
        return "", [refused.problem]
    except yaml.MarkedYAMLError as failure:
        return "", [_syntax_problem(failure, text, file, first_line)]
    except yaml.YAMLError as failure:
        hint = "save it as plain text, in UTF-8"
        return "", [error("yaml-syntax", f"this is not YAML: {failure}", Span(file, first_line, 1), hint)]
    problems = _duplicates(text, file, first_line) if has_duplicates else []
    return tree, problems + _cut_values(text, file, first_line)


def _cut_values(text: str, file: str, first_line: int) -> list[Problem]:
    """Return a warning for each value that a `#` cuts off; one inside a text of several lines is part of that text."""
    found: list[tuple[Place, str]] = []
    for pattern in (_CUT_COMMENT, _CUT_SENTENCE):
        line, counted = 0, 0
        for match in pattern.finditer(text):
            line += text.count("\n", counted, match.start())
            counted = match.start()
            found.append(((line, match.start(1) - counted), match[1]))
    if not found:
        return []
    scalars = [
        (event.start_mark, event.end_mark) for event in parse_events(text) if isinstance(event, yaml.ScalarEvent)
    ]
    texts = [
        ((start.line, start.column), (end.line, end.column))
        for start, end in scalars
        if start and end and start.line < end.line
    ]
    hint = "put the whole value in quotes, or write a space after the # if it is a comment"
    return [
        warning("yaml-comment", f"“{cut[:40]}” is read as a comment", Span(file, at[0] + first_line, at[1] + 1), hint)
        for at, cut in found
        if not ((before := bisect(texts, (at, at))) and at < texts[before - 1][1])
    ]


def parse_events(text: str) -> Iterator[yaml.Event]:
    """Yield what YAML consists of, without building it. Raises YAMLError where it stops to be YAML."""
    return yaml.parse(text, Loader=_Loader)


def locate(text: str, first_line: int, path: Path, *, key: bool = False) -> tuple[int, int]:
    """Return the line and column of the value at *path* (of its key if *key*) in YAML that parsed.

    Where the path ends early, the last place on the way to it.
    """
    places = _places(text)
    while path not in places:
        path = path[:-1]
    line, column = places[path][0 if key else 1]
    return line + first_line, column + 1


@lru_cache(maxsize=1)
def _places(text: str) -> dict[Path, tuple[Place, Place]]:
    """Return where each key and each value of YAML that parsed stands. Kept for the next problem of the same file."""
    root = yaml.compose(text, Loader=_BaseLoader)
    places: dict[Path, tuple[Place, Place]] = {(): (_place(root), _place(root))}
    waiting: list[tuple[Path, yaml.Node | None]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        pairs: list[tuple[str | int, yaml.Node, yaml.Node]] = []
        if isinstance(node, yaml.MappingNode):
            pairs = [(key.value, key, value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            pairs = [(index, value, value) for index, value in enumerate(node.value)]
        for part, key, value in pairs:
            places.setdefault((*path, part), (_place(key), _place(value)))
            waiting.append(((*path, part), value))
    return places


def _place(node: yaml.Node | None) -> Place:
    return (node.start_mark.line, node.start_mark.column) if node else (0, 0)


def _build(text: str, file: str, first_line: int) -> tuple[Tree, bool]:  # noqa: C901 - one event loop
    root: list[Tree] = []
    stack: list[tuple[list[Tree] | dict[str, Tree], list[str]]] = [(root, [])]
    has_duplicates = False

    def put(value: Tree) -> None:
        nonlocal has_duplicates
        container, keys = stack[-1]
        if isinstance(container, list):
            container.append(value)
        elif keys:
            key = keys.pop()
            has_duplicates |= key in container
            container[key] = value
        elif isinstance(value, str):
            keys.append(value)
        else:
            raise _refuse("yaml-syntax", "a key must be plain text", event, file, first_line, "write key: value")

    for event in parse_events(text):
        if isinstance(event, yaml.NodeEvent):
            _check_event(event, file, first_line)
        if isinstance(event, yaml.ScalarEvent):
            put(event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(stack) > MAX_DEPTH:
                message = f"this is nested deeper than {MAX_DEPTH} levels"
                raise _refuse("yaml-depth", message, event, file, first_line, "no key needs more than four")
            new: list[Tree] | dict[str, Tree] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            put(new)
            stack.append((new, []))
        elif isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and root:
            raise _refuse("yaml-syntax", "a second YAML document starts here", event, file, first_line, "delete ---")
    return (root[0] if root else ""), has_duplicates


def _check_event(event: yaml.NodeEvent, file: str, first_line: int) -> None:
    if event.anchor is not None:
        message = "anchors (&) and aliases (*) are not used here"
        hint = "write the value itself; put text that starts with & or * in quotes"
        raise _refuse("yaml-alias", message, event, file, first_line, hint)
    if getattr(event, "tag", None) not in {None, "!"}:
        message, hint = "tags (!) are not used here", "delete it; put text that starts with ! in quotes"
        raise _refuse("yaml-tag", message, event, file, first_line, hint)


def _refuse(code: str, message: str, event: yaml.Event, file: str, first_line: int, hint: str) -> _Refused:  # noqa: PLR0917
    mark = event.start_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    return _Refused(error(code, message, Span(file, line + first_line, column + 1), hint))


def _syntax_problem(failure: yaml.MarkedYAMLError, text: str, file: str, first_line: int) -> Problem:
    context, what = failure.context or "", failure.problem or ""
    mark = failure.problem_mark or failure.context_mark
    row, column = (mark.line, mark.column) if mark else (0, 0)
    line = (text.split("\n")[row : row + 1] or [""])[0]
    indent = line[: len(line) - len(line.lstrip())]
    span = Span(file, row + first_line, column + 1)
    if "escape" in what or "hexdecimal" in what:  # as libyaml spells it
        hint = "put the value in single quotes, where a backslash is a backslash"
        return error("yaml-syntax", "this backslash begins no escape that YAML knows", span, hint)
    if "\t" in indent or line[column : column + 1] == "\t":
        span = Span(file, row + first_line, line.index("\t") + 1)
        return error("yaml-tab", "a tab stands where YAML allows spaces only", span, "use spaces")
    names_opening = re.search("quoted|flow (sequence|mapping)", context)
    opening = failure.context_mark if names_opening else _open_bracket(text)
    if opening:
        sign = text[opening.index]
        span = Span(file, opening.line + first_line, opening.column + 1)
        hint = f"close it with {_CLOSING_SIGNS.get(sign, sign)}"
        if re.search(r"[ \t]#", text[opening.index :].partition("\n")[0]):
            hint = "a # begins a comment: put the value that holds it in quotes"
        return error("yaml-syntax", f"what opens here with {sign} is not closed properly", span, hint)
    if failure.context_mark and "simple key" in context:
        span = Span(file, failure.context_mark.line + first_line, failure.context_mark.column + 1)
        hint = "write key: value, with a space after the colon"
        return error("yaml-syntax", "this line holds no key", span, hint)
    return _told(what or context, line, column, span)


_CURLY: Final = re.compile(r":\s+[\u201c\u201d\u201e\u2018\u2019\u201a\xab\xbb]")


def _told(what: str, line: str, column: int, span: Span) -> Problem:
    """Return what is wrong with a line that YAML did not expect to go on like this."""
    message = f"YAML cannot be read here: {what}"
    hint = "put the value in double quotes; in single ones an apostrophe is doubled"
    is_colon = line[column : column + 1] == ":"
    if line[:column].rstrip().endswith('"'):
        message, hint = "the text goes on behind its closing quote", 'write \\" for a quote within double quotes'
    elif is_colon and _CURLY.search(line[:column]):
        message = "this colon makes YAML expect a new key"
        hint = 'put the value in straight quotes, "like this": to YAML the curly ones are letters'
    elif is_colon and ":" in line[:column]:
        message, hint = "this colon makes YAML expect a new key", "put the value in quotes"
    elif "<document start>" in what:
        message = "this line begins further left than those above it"
        hint = "begin each key, or each - of a list, in the first column"
    elif is_colon:
        message = "this line does not fit to the lines above it"
        hint = "start each key in the same column, and write a space after each colon, above too"
    return error("yaml-syntax", message, span, hint)


def _open_bracket(text: str) -> yaml.Mark | None:
    """Return where the innermost bracket opens that is still open where YAML stops to make sense, None for none."""
    opened: list[yaml.Mark] = []
    try:
        for token in yaml.scan(text, Loader=_Loader):
            if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
                opened.append(token.start_mark)
            elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken) and opened:
                opened.pop()
    except yaml.YAMLError:
        pass  # where it stopped before
    return opened[-1] if opened else None


def _duplicates(text: str, file: str, first_line: int) -> list[Problem]:
    return [
        error(
            "yaml-duplicate",
            f"the key “{again.value}” stands here again; it was first set on line {first.start_mark.line + first_line}",
            Span(file, again.start_mark.line + first_line, again.start_mark.column + 1),
            "keep one of them",
        )
        for first, again in _repeated_keys(yaml.compose(text, Loader=_BaseLoader))
    ]


def _repeated_keys(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        first: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in first:
                yield first[key.value], key
            first.setdefault(key.value, key)
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated_keys(value)

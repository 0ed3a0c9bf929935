"""Front matter: the YAML between two lines of `---` on top of a Markdown file."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from bragfolio.core.read.text import decode_text
from bragfolio.core.read.yaml_tree import Tree, parse_yaml
from bragfolio.model.entry import Source
from bragfolio.problems import Problem, Span, error, has_errors

MAX_FRONT_MATTER: Final = 64 * 1024
"""Bytes; YAML of 100,000 keys takes seconds."""
MAX_FILE: Final = 4 * 1024 * 1024
"""Bytes of one Markdown or YAML file; a body holds at most a million characters."""
_OPENING: Final = re.compile(r"---[ \t]*\n")
_CLOSING: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)


class Halves(Struct, frozen=True):
    """A Markdown file cut in two."""

    file: str
    """As messages give it."""
    front: str
    """The YAML, without the lines around it."""
    body: str
    body_line: int
    """The line on which the body starts."""


class Document(Struct, frozen=True):
    """A Markdown file, taken apart."""

    tree: dict[str, Tree]
    source: Source
    body: str
    body_line: int


class _Broken(Exception):  # noqa: N818 - control flow inside this module, not an error of the program
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def read_document(file: str, data: bytes) -> tuple[Document | None, list[Problem]]:
    """Return the parts of a Markdown file, or None when it is broken, and what is wrong with it."""
    halves, problems = split_document(file, data)
    if halves is None:
        return None, problems
    document, found = read_front_matter(halves)
    return document, problems + found


def split_document(file: str, data: bytes) -> tuple[Halves | None, list[Problem]]:
    """Return the two halves of a Markdown file, or None when it has none, and what is wrong with it."""
    text, problems = decode_text(file, data)
    if has_errors(problems):
        return None, problems
    try:
        front, end = _find_front_matter(text, file)
    except _Broken as broken:
        return None, [*problems, broken.problem]
    return Halves(file, front, text[end:], text.count("\n", 0, end) + 1), problems


def read_front_matter(halves: Halves) -> tuple[Document | None, list[Problem]]:
    """Return a file with its keys read, or None when they are broken, and what is wrong with them."""
    tree, found = parse_yaml(halves.front, halves.file, 2)
    problems = list(found)
    if not has_errors(problems) and not (isinstance(tree, dict) and tree):
        hint = "add title: and date: between the two lines of ---"
        code, what = ("frontmatter-missing", "is empty") if tree in ("", {}) else ("value-type", "holds no keys")
        problems.append(error(code, f"the front matter {what}", Span(halves.file, 1, 1), hint))
    if has_errors(problems) or not isinstance(tree, dict):
        return None, problems
    return Document(tree, Source(halves.file, halves.front, 2), halves.body, halves.body_line), problems


def _find_front_matter(text: str, file: str) -> tuple[str, int]:
    """Return the YAML between the two lines of `---`, and where the body starts."""
    top = Span(file, 1, 1)
    opening = _OPENING.match(text)
    if not opening:
        hint = "start the file with --- and a title: and date:, then --- again"
        raise _Broken(error("frontmatter-missing", "there is no front matter", top, hint))
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        hint = "add a line of --- below the last key"
        raise _Broken(error("frontmatter-unclosed", "the front matter is not closed", top, hint))
    front = text[opening.end() : closing.start()]
    if len(front) > MAX_FRONT_MATTER:
        message = f"the front matter is larger than {MAX_FRONT_MATTER // 1024} KiB"
        raise _Broken(error("frontmatter-size", message, top, "move long text below it"))
    return front, closing.end()

"""Front matter: the YAML between two lines of `---` on top of a Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bragfolio.core.read.text import decode_text
from bragfolio.core.read.yaml_tree import Tree, parse_yaml
from bragfolio.model.entry import Source
from bragfolio.problems import Problem, Span, error

MAX_FRONT_MATTER: Final = 64 * 1024
"""Bytes; YAML of 100,000 keys takes seconds."""
MAX_FILE: Final = 4 * 1024 * 1024
"""Bytes of one Markdown or YAML file; a body holds at most a million characters."""
_OPENING: Final = re.compile(r"---[ \t]*\n")
_CLOSING: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file, taken apart."""

    tree: dict[str, Tree]
    source: Source
    body: str
    body_line: int


def read_document(file: str, data: bytes) -> tuple[Document | None, list[Problem]]:
    """Return the parts of a Markdown file, or None when it is broken, and what is wrong with it."""
    text, problems = decode_text(file, data)
    if any(problem.is_error for problem in problems):
        return None, problems
    opening = _OPENING.match(text)
    if not opening:
        hint = "start the file with --- and a title: and date:, then --- again"
        return None, [*problems, error("frontmatter-missing", "there is no front matter", Span(file, 1, 1), hint)]
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        hint = "add a line of --- below the last key"
        return None, [*problems, error("frontmatter-unclosed", "the front matter is not closed", Span(file, 1, 1), hint)]
    front = text[opening.end() : closing.start()]
    if len(front) > MAX_FRONT_MATTER:
        message = f"the front matter is larger than {MAX_FRONT_MATTER // 1024} KiB"
        return None, [*problems, error("frontmatter-size", message, Span(file, 1, 1), "move long text below it")]
    tree, found = parse_yaml(front, file, 2)
    problems += found
    if any(problem.is_error for problem in found):
        return None, problems
    if tree == "":
        hint = "add title: and date: between the two lines of ---"
        return None, [*problems, error("frontmatter-missing", "the front matter is empty", Span(file, 1, 1), hint)]
    if not isinstance(tree, dict):
        hint = "write key: value lines between the two lines of ---"
        return None, [*problems, error("value-type", "front matter holds keys and values", Span(file, 2, 1), hint)]
    body_line = text.count("\n", 0, closing.end()) + 1
    return Document(tree, Source(file, front, 2), text[closing.end() :], body_line), problems

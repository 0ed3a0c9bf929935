"""Ladders: promotion criteria that companies and programs publish, each shape with what reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct, structs

from bragfolio.core.importers.emit import authored_keys
from bragfolio.core.importers.ladders.draft import LadderDraft
from bragfolio.core.importers.ladders.financial_times import is_financial_times, read_financial_times
from bragfolio.core.importers.ladders.ladderline import is_ladderline, read_ladderline
from bragfolio.core.importers.ladders.monzo import is_monzo, read_monzo
from bragfolio.core.importers.ladders.table import is_table, read_table
from bragfolio.core.importers.plan import Plan
from bragfolio.core.read.entries import located
from bragfolio.core.read.frontmatter import read_document
from bragfolio.core.read.shape import decode_tree
from bragfolio.core.read.text import decode_text
from bragfolio.core.read.yaml_tree import Tree, parse_yaml
from bragfolio.model.entry import Source
from bragfolio.model.front_matter import yaml_text
from bragfolio.model.ladder import Ladder
from bragfolio.model.slugs import slugify
from bragfolio.problems import Problem, Span, error, has_errors

FORMAT: Final = "ladder"
MAX_BYTES: Final = 1_000_000
"""Of one file; published ladders have some tens of kilobytes."""


class Shape(Struct, frozen=True):
    """A way in which ladders are written in YAML."""

    name: str
    is_one: Callable[[dict[str, Tree]], bool]
    read: Callable[[dict[str, Tree], LadderDraft], Ladder]


SHAPES: Final = (
    Shape("Financial Times", is_financial_times, read_financial_times),
    Shape("Ladderline", is_ladderline, read_ladderline),
    Shape("Monzo", is_monzo, read_monzo),
)
"""The first that fits reads the file; a table of level, competency, criterion is tried after them."""


def read_ladder(file: str, data: bytes) -> Plan:
    """Return the ladder in *data*, by the shape it has, its id made of the file's name; with any error none."""
    if len(data) > MAX_BYTES:
        hint = "is this the right file? A ladder has some kilobytes"
        return _failed([error("file-size", "the file has more than a megabyte", Span(file), hint)])
    text, problems = decode_text(file, data)
    if has_errors(problems):
        return _failed(problems)
    draft = LadderDraft()
    ladder, source, found = _read(file, text, draft)
    problems += found + located(draft.issues, source)
    problems = [problem for problem in problems if problem.code != "bidi"]  # such characters are not brought in
    if ladder is None or has_errors(problems):
        return _failed(problems)
    stem = file.replace("\\", "/").rpartition("/")[2]
    ladder = structs.replace(ladder, id=slugify(stem.rpartition(".")[0] or stem))
    if not any(competency.criteria for competency in ladder.competencies):
        problems.append(error("value", "this ladder has no criteria", Span(file), "is this the right file?"))
    problems += _unreadable(file, ladder)
    if has_errors(problems):
        return _failed(problems)
    example = f"{ladder.id}/{ladder.levels[-1].id}/{ladder.competencies[0].id}"
    note = f"Say in an achievement what it proves: `ladder: [{example}]`. Then see what is missing: brag coach ladder"
    return Plan(
        FORMAT, notes=(note,), ladder=ladder, ladder_source=stem, spans={(): Span(file)}, problems=tuple(problems)
    )


def _failed(problems: list[Problem]) -> Plan:
    return Plan(FORMAT, problems=tuple(problems))


def _read(file: str, text: str, draft: LadderDraft) -> tuple[Ladder | None, Source, list[Problem]]:
    has_front_matter = text.startswith("---\n") and "\n---" in text[4:]
    tree: Tree = ""
    problems: list[Problem] = []
    source = Source(file, "", 1)
    if has_front_matter:
        document, problems = read_document(file, text.encode())
        tree, source = (document.tree, document.source) if document else ("", source)
    elif is_table(text):
        return _read_table(file, text, draft, source)
    else:
        tree, problems = parse_yaml(text, file)
        source = Source(file, text, 1)
    shape = next((shape for shape in SHAPES if isinstance(tree, dict) and shape.is_one(tree)), None)
    if shape and isinstance(tree, dict):
        return shape.read(tree, draft), source, problems
    if has_front_matter and is_table(text):
        return _read_table(file, text, draft, source)
    return None, source, problems if has_errors(problems) else [_unknown(file)]


def _read_table(file: str, text: str, draft: LadderDraft, source: Source) -> tuple[Ladder, Source, list[Problem]]:
    ladder, problems = read_table(file, text, draft)
    return ladder, source, problems


def _unreadable(file: str, ladder: Ladder) -> list[Problem]:
    """Return why Brag could not read *ladder* back from the file that it would become."""
    try:
        tree, problems = parse_yaml(yaml_text(authored_keys(ladder)), file)
    except ValueError as failure:
        return [error("encoding", str(failure), Span(file), "delete it")]
    _, issues = decode_tree(tree, Ladder)
    return [problem for problem in problems if problem.is_error] + [
        error(issue.code, issue.message, Span(file), issue.hint) for issue in issues
    ]


def _unknown(file: str) -> Problem:
    names = ", ".join(shape.name for shape in SHAPES)
    hint = f"known are the shapes of {names}, and a table with the columns level, competency, criterion"
    return error("value", "this is no ladder that Brag knows", Span(file), hint)

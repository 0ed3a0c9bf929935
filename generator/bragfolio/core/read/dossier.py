"""Dossier: reads the private files that are no entries: people, goals, plan, postings, ladders, ledgers ..."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar, cast

from bragfolio.core.read.entries import located, read_yaml_file
from bragfolio.core.read.frontmatter import read_document
from bragfolio.core.read.ledgers import read_ledger
from bragfolio.core.read.postings import read_posting
from bragfolio.core.read.shape import Issue, decode_sound, decode_tree
from bragfolio.model.common import Authored
from bragfolio.model.dossier import Dossier, Kept
from bragfolio.model.entry import Source
from bragfolio.model.goals import Goal
from bragfolio.model.ladder import Ladder
from bragfolio.model.ledgers import Announcement, Making, Opportunity, Sending
from bragfolio.model.people import OtherPerson
from bragfolio.model.plan import CareerPlan
from bragfolio.model.posting import Posting
from bragfolio.model.private_files import PRIVATE_FILES, PrivateFile
from bragfolio.model.promotion import Promotion
from bragfolio.model.story import Question, Story
from bragfolio.model.tree import SourceTree
from bragfolio.problems import Problem, Span, error

if TYPE_CHECKING:
    from bragfolio.model.tree import SourceFile

T = TypeVar("T", bound=Authored)
_SUFFIXES: Final = {"markdown": ".md", "yaml": ".yaml"}


def read_dossier(tree: SourceTree) -> tuple[Dossier, list[Problem]]:
    """Return what the private files of *tree* say, and everything that is wrong with them.

    What is broken is left out; an id that stands twice is an error, and its first item counts.
    """
    problems: list[Problem] = []
    kept: dict[type[Authored], list[Kept[Authored]]] = {}
    for kind in PRIVATE_FILES:
        items = kept.setdefault(kind.model, [])
        for file in _files_of(tree, kind):
            found, wrong = _read(file, kind)
            problems += wrong + _taken(items, found, kind)
            ids = {item.id for item in items}
            items += [item for item in found if kind.holds == "lines" or item.id not in ids]

    def of(model: type[T]) -> tuple[Kept[T], ...]:
        return tuple(cast("list[Kept[T]]", kept[model]))

    plan, promotion = of(CareerPlan), of(Promotion)
    dossier = Dossier(
        people=of(OtherPerson), goals=of(Goal), plan=plan[0] if plan else None, promotion=promotion[0] if promotion else None,
        questions=of(Question), stories=of(Story), postings=of(Posting), ladders=of(Ladder),
        announcements=of(Announcement), sendings=of(Sending), makings=of(Making), opportunities=of(Opportunity),
    )  # fmt: skip
    return dossier, problems


def _files_of(tree: SourceTree, kind: PrivateFile) -> list[SourceFile]:
    if not kind.path.endswith("/"):
        return [tree.files[kind.path]] if kind.path in tree.files else []
    suffix = _SUFFIXES[kind.holds]
    return [file for path, file in tree.files.items() if path.startswith(kind.path) and path.endswith(suffix)]


def _read(file: SourceFile, kind: PrivateFile) -> tuple[list[Kept[Authored]], list[Problem]]:
    if kind.model is Posting and not (file.data or b"").startswith(b"---"):
        return _read_advert(file)
    if kind.holds == "lines":
        return read_ledger(file, kind.model)
    if kind.holds == "markdown":
        return read_markdown_file(file, kind.model)
    tree, source, problems = read_yaml_file(file)
    if tree == "":
        return [], problems
    if kind.holds == "list":
        found, wrong = _read_list(tree, source, kind)
        return found, problems + wrong
    authored, issues = decode_sound(tree, kind.model)
    id_ = _id_of(authored, file)
    return [Kept(id_, authored, source)] if authored is not None else [], problems + located(issues, source)


def read_markdown_file(file: SourceFile, model: type[T]) -> tuple[list[Kept[T]], list[Problem]]:
    """Return the item that *file* holds, none when its front matter cannot be read, and what is wrong with it."""
    document, problems = read_document(file.label, file.data or b"")
    if document is None:
        return [], problems
    authored, issues = decode_sound(document.tree, model)
    problems += located(issues, document.source)
    stem = file.path.rpartition("/")[2].removesuffix(".md")
    return [Kept(stem, authored, document.source, (), document.body)] if authored is not None else [], problems


def _read_advert(file: SourceFile) -> tuple[list[Kept[Authored]], list[Problem]]:
    """Return a posting that was saved as it was copied, without keys."""
    read, problems = read_posting(file.label, file.data or b"")
    stem = file.path.rpartition("/")[2].removesuffix(".md")
    return [Kept(stem, read.posting, Source(file.label, "", 1), (), read.advert)] if read else [], problems


def _read_list(tree: object, source: Source, kind: PrivateFile) -> tuple[list[Kept[Authored]], list[Problem]]:
    if not isinstance(tree, list):
        name = kind.path.rpartition("/")[2]
        return [], [error("value-type", f"{name} holds a list", Span(source.file, 1, 1), "start each item with a dash")]
    kept: list[Kept[Authored]] = []
    problems: list[Problem] = []
    for index, part in enumerate(tree):
        authored, issues = decode_tree(part, kind.model)
        problems += located(
            [Issue((index, *i.path), i.code, i.message, i.hint, at_key=i.at_key) for i in issues], source
        )
        if authored is not None:
            kept.append(Kept(str(getattr(authored, "id", index)), authored, source, (index,)))
    return kept, problems


def _id_of(authored: Authored | None, file: SourceFile) -> str:
    return str(getattr(authored, "id", "") or file.path.rpartition("/")[2].rpartition(".")[0])


def _taken(items: list[Kept[Authored]], found: list[Kept[Authored]], kind: PrivateFile) -> list[Problem]:
    """Return every id of *found* that stands a second time."""
    if kind.holds == "lines":
        return []
    problems: list[Problem] = []
    seen = {item.id: item for item in items}
    for item in found:
        first = seen.setdefault(item.id, item)
        if first is not item:
            path = (*item.path, "id") if item.path else ()
            message = f"the id “{item.id}” is taken in {first.source.file}"
            problems += located([Issue(path, "id-duplicate", message, "choose another id")], item.source)
    return problems

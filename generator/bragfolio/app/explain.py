"""Explain: why an audience sees an entry or not, and every file of its site that shows it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.app.build import Renderer, load_renderer, plan_build
from bragfolio.app.prepare import Read, UnknownAudience, link_for, read
from bragfolio.core.link.addresses import encode_path, one_pager_page, redirect_page, slug_of
from bragfolio.core.link.references import item_name
from bragfolio.core.project.explain import Explanation
from bragfolio.core.project.explain import explain as explain_entry
from bragfolio.core.project.projection import View
from bragfolio.core.read.portfolio import find_file, named_files
from bragfolio.core.read.shape import did_you_mean
from bragfolio.core.render.one_pager import card_path
from bragfolio.core.render.search_index import read_part
from bragfolio.model.kinds import KIND_BY_FOLDER, LIST_KINDS
from bragfolio.model.skill import Skill
from bragfolio.model.slugs import slugify
from bragfolio.problems import Problem, Span, error, has_errors, in_order

if TYPE_CHECKING:
    from bragfolio.core.link.references import Linked
    from bragfolio.core.project.projection import Item
    from bragfolio.core.render.pictures import Copy
    from bragfolio.model.common import Common
    from bragfolio.model.entry import Entry

_TEXTS: Final = (".html", ".xml", ".json", ".js")
_APART: Final = re.compile(r"[,·]")
"""What stands between two names in one line of a page."""
_ON_PAPER: Final = frozenset({"achievement", "role", "skill"})
"""Kinds of what a one-pager says; other names on its page in the browser are links of the site."""


class Rehearsal(Struct, frozen=True):
    """The site of one audience as a build would make it, in memory."""

    linked: Linked
    problems: tuple[Problem, ...]
    """Errors alone. With any there are no files."""
    files: Mapping[str, bytes] = {}
    """Everything that is made, by path."""
    copies: Mapping[str, Copy] = {}
    """Files of the portfolio that it publishes, by path."""


class SkillName(Struct, frozen=True):
    """The name of a skill whose page is made of its proofs: its file is hidden, or there is none."""

    name: str
    proofs: tuple[str, ...]
    """The ids of the achievements that name it."""
    files: tuple[str, ...]
    """The paths that show it, in order."""


class ExplainReport(Struct, frozen=True):
    """Why an audience sees an entry or not."""

    problems: tuple[Problem, ...]
    """Errors alone."""
    as_of: dt.date | None = None
    kind: str = ""
    id: str = ""
    file: str = ""
    explanation: Explanation | None = None
    """None when there is no such entry."""
    files: tuple[str, ...] | None = None
    """The paths that show it, in order; None when errors keep every site from being built."""
    skill: SkillName | None = None
    """What is shown of a skill that is not shown itself."""


def explain(root: Path, name: str, audience: str, as_of: dt.date | None) -> ExplainReport:
    """Return why *audience* sees the entry *name*, `id` or `kind/id`, or not. Raise `prepare.UnknownAudience`."""
    found = read(root, as_of)
    problems = tuple(in_order([problem for problem in found.problems if problem.is_error]))
    if audience not in found.audiences.names:
        if not found.portfolio.is_config_whole:
            return ExplainReport(problems)  # a broken site.yaml may well define it
        raise UnknownAudience(did_you_mean(audience, found.audiences.names))
    entry = _find(found, name)
    day = found.day
    if isinstance(entry, Problem):
        skill = None if problems else _name_alone(root, found, audience, name.removeprefix("skill/"))
        if skill is None:
            return ExplainReport((*problems, entry))
        return ExplainReport((), day.as_of, "skill", slugify(skill.name), files=(), skill=skill)
    view = View(audience, day.as_of, day.timezone)
    explanation = explain_entry(found.portfolio, found.audiences, view, entry)
    files: tuple[str, ...] | None = ()
    skill = None
    if explanation.is_shown or problems:
        site = _site(root, found, audience)
        problems = site.problems
        files = None if problems else tuple(_files_showing(site, entry))
    elif isinstance(entry.version.authored, Skill):
        skill = _name_alone(root, found, audience, entry.version.authored.name)
    return ExplainReport(problems, day.as_of, entry.kind, entry.id, entry.source.file, explanation, files, skill)


def _name_alone(root: Path, found: Read, audience: str, name: str) -> SkillName | None:
    """Return what *audience* is shown of a skill that it sees no file of, None where nothing names it."""
    ref = link_for(found, audience)[0].skills.find(name)
    if ref is None or ref.item:
        return None
    trace = _Trace(ref.path, ref.name)
    pages = (path for path, data in _site(root, found, audience).files.items() if trace.is_in(path, data))
    return SkillName(ref.name, tuple(item.id for item in ref.proofs), tuple(sorted({ref.path, *pages})))


def _site(root: Path, found: Read, audience: str) -> Rehearsal:
    portfolio = found.portfolio
    return rehearse(root, found, load_renderer(root, portfolio.config, portfolio.config_source), audience)


def rehearse(root: Path, found: Read, renderer: Renderer, audience: str) -> Rehearsal:
    """Return the site of *audience*, PDFs included, without writing it. Raise `prepare.UnknownAudience`."""
    linked, _, more = link_for(found, audience)
    problems = [problem for problem in (*found.problems, *more) if problem.is_error]
    plan, more = plan_build(root, found, linked, renderer, base_url=None, with_pdf=not problems)
    problems += [problem for problem in more if problem.is_error]
    files: dict[str, bytes] = {}
    if plan and renderer.engine and not problems:
        for job in plan.jobs:
            page = renderer.engine.render(job.template, job.context())
            if isinstance(page, Problem):
                problems.append(page)
            else:
                files[job.path] = page.encode()
    if has_errors(problems) or plan is None:
        return Rehearsal(linked, tuple(in_order(problems)))
    return Rehearsal(linked, (), {**files, **plan.files}, plan.copies)


def _find(found: Read, name: str) -> Entry[Common] | Problem:
    """Return the entry that *name* means, or why there is none."""
    span = Span("brag explain")
    kind, _, id_ = name.rpartition("/")
    kind = KIND_BY_FOLDER[kind].name if kind in KIND_BY_FOLDER else kind
    entries = found.portfolio.entries
    matches = [entry for entry in entries if entry.id == id_ and kind in {"", entry.kind}]
    if len(matches) == 1:
        return matches[0]
    if matches:
        options = " or ".join(f"{entry.kind}/{entry.id}" for entry in matches)
        return error("not-found", f"“{name}” is the id of more than one entry", span, f"write {options}")
    listed = next((listed for listed in LIST_KINDS if name.partition("/")[0] in {listed.name, listed.file[:-5]}), None)
    if listed:
        message = f"what stands in {listed.file} has no id, so it cannot be explained alone"
        hint = "its own visibility: decides, and default_visibility: of site.yaml; `brag diff` tells who sees which"
        return error("not-found", message, span, hint)
    guess = did_you_mean(id_, sorted({entry.id for entry in entries}))
    hint = guess if "did you mean" in guess else "`brag list` shows all ids"
    return error("not-found", f"there is no entry “{name}”, or it has errors", span, hint)


def _files_showing(site: Rehearsal, entry: Entry[Common]) -> list[str]:
    """Return the files of *site* that show *entry*, sorted: those that link to it or print its name, and its pictures."""
    linked = site.linked
    item = next(item for item in linked.projection.items if item.files[-1] == entry.path)
    address = linked.addresses[item.kind, item.id]
    own = {address, *(redirect_page(old) for old in item.authored.redirects)}
    own |= {one_pager_page(slug_of(item))} if item.kind == "campaign" else set()
    trace = _Trace(address, item_name(item))
    pages = {path for path, data in site.files.items() if path in own or trace.is_in(path, data)}
    on_paper = pages if item.kind in _ON_PAPER else own
    papers = {path.removesuffix(".html") + ".pdf" for path in on_paper} & set(site.files)
    cards = {card_path(path) for path in own} & set(site.files)
    return sorted(pages | papers | cards | _attachments(site, item))


def _attachments(site: Rehearsal, item: Item[Common]) -> set[str]:
    """Return the published files, in all their sizes, that the keys and the bodies of *item* name."""
    linked = site.linked
    sources = {find_file(linked.assets, target, *item.files) for _, target in named_files(item.authored)}
    targets = {target.path for body in linked.bodies.get((item.kind, item.id), ()) for target in body.targets}
    sources |= {source for source, published in linked.assets.items() if published in targets}
    return {path for path, copy in site.copies.items() if copy.source in sources}


class _Trace:
    """What tells that a file shows an item: its address, or its name as a text of its own."""

    def __init__(self, address: str, name: str) -> None:
        self._address = re.compile(rf"(?:^|[\"'/>\s]){re.escape(encode_path(address))}(?=$|[\"'#?<\s])")
        self._name = _plain(name)

    def is_in(self, path: str, data: bytes) -> bool:
        """Tell whether the file at *path* holds it."""
        return path.endswith(_TEXTS) and any(self._matches(text) for text in _strings(path, data.decode()))

    def _matches(self, text: str) -> bool:
        parts = {_plain(text), *(_plain(part) for part in _APART.split(text))}
        return self._name in parts or bool(self._address.search(text))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _strings(path: str, text: str) -> Iterator[str]:
    """Yield the texts and the attributes of a page or a feed, or the strings of JSON."""
    if path.endswith(".json"):
        yield from _json_strings(json.loads(text))
        return
    if path.endswith(".js"):
        yield from _json_strings(read_part(text))
        return
    reader = _Reader(convert_charrefs=True)
    reader.feed(text)
    reader.close()
    for found in reader.texts:
        yield found
        if found.startswith('{"@context"'):
            yield from _json_strings(json.loads(found))


def _json_strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _json_strings(part)


class _Reader(HTMLParser):
    """Collects what a page says."""

    texts: list[str]

    def reset(self) -> None:
        """Begin anew."""
        super().reset()
        self.texts = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's own signature
        """Keep the values of attributes: addresses, alternatives, descriptions."""
        self.texts += [value for _, value in attrs if value]

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)

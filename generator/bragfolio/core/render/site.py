"""Site: every page and every other file of one build, from a linked projection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.core.choose.selections import is_searchable
from bragfolio.core.exporters.jsonresume import write_jsonresume
from bragfolio.core.link import addresses
from bragfolio.core.link.addresses import fold_path, redirect_page
from bragfolio.core.render import feeds
from bragfolio.core.render.desk import make_desk
from bragfolio.core.render.one_pager import card_path
from bragfolio.core.render.pages.achievement import achievement_jobs
from bragfolio.core.render.pages.achievements import list_jobs
from bragfolio.core.render.pages.experience import experience_jobs
from bragfolio.core.render.pages.one_pagers import one_pager_jobs
from bragfolio.core.render.pages.overview import overview_jobs
from bragfolio.core.render.pages.own import REDIRECT, own_jobs
from bragfolio.core.render.pages.search import search_jobs
from bragfolio.core.render.pages.skills import skill_jobs
from bragfolio.core.render.pictures import copies_of
from bragfolio.model.theme import FIND_STYLE, OWN_STYLE
from bragfolio.model.tree import CONTENT, label
from bragfolio.problems import Problem, Span, error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bragfolio.core.insight.career import Career
    from bragfolio.core.link.references import Linked
    from bragfolio.core.render.desk import Desk
    from bragfolio.core.render.one_pager import PaperWork
    from bragfolio.core.render.pages.job import Job
    from bragfolio.core.render.pictures import Copy, Shown
    from bragfolio.core.render.theme import Theme

_PAGES = (
    overview_jobs,
    list_jobs,
    achievement_jobs,
    skill_jobs,
    experience_jobs,
    search_jobs,
    own_jobs,
    one_pager_jobs,
)


class Plan(Struct, frozen=True):
    """What a build will write."""

    desk: Desk
    """What its pages are made from."""
    jobs: tuple[Job, ...]
    """Pages, still to be rendered."""
    files: Mapping[str, bytes]
    """Everything else that is made, by path."""
    copies: Mapping[str, Copy]
    """Files of the portfolio to copy, by published path."""


def plan_site(  # noqa: PLR0917 - what a site is made of
    linked: Linked,
    pictures: Mapping[str, Shown],
    theme: Theme,
    base_url: str,
    static: Iterable[tuple[str, str]],
    paper: PaperWork,
    career: Career | None = None,
) -> tuple[Plan, list[Problem]]:
    """Return everything that *linked* publishes, and every two things that want the same address.

    *pictures* holds the versions of each by its published path, *static* the files of static/, as pairs of published path and path from site_content/.
    With a *career*, which only `self` has, there are headquarters.
    """
    social = {page: card_path(page) for page in paper.cards}
    desk = make_desk(linked, pictures, theme, base_url, paper.one_pagers, social)
    jobs = tuple(job for make in _PAGES for job in make(desk))
    if career:
        from bragfolio.core.render.pages.headquarters import headquarters_jobs

        jobs += tuple(headquarters_jobs(desk, career))
    files = {path: text.encode() for path, text in _texts(desk, jobs)}
    is_used = {f"assets/{OWN_STYLE}": career is not None}
    is_used |= dict.fromkeys((theme.script, f"assets/{FIND_STYLE}"), is_searchable(linked.projection))
    files.update({path: data for path, data in theme.static.items() if is_used.get(path, True)})
    files.update({one.pdf_path: one.pdf for one in paper.one_pagers if one.pdf})
    files.update({card_path(page): card for page, card in paper.cards.items()})
    sources = dict.fromkeys([*static, *((published, source) for source, published in linked.assets.items())])
    copies = [copy for path, source in sources for copy in copies_of(path, source, pictures.get(path))]
    plan = Plan(desk, jobs, files, dict(copies))
    return plan, _collisions(plan, linked, copies)


def _texts(desk: Desk, jobs: tuple[Job, ...]) -> Iterator[tuple[str, str]]:
    yield addresses.ATOM, feeds.atom(desk)
    yield addresses.JSON_FEED, feeds.json_feed(desk)
    yield addresses.ROBOTS, feeds.robots(desk)
    yield addresses.RESUME, write_jsonresume(desk.linked, desk.base_url)
    if desk.base_url:
        yield addresses.SITEMAP, feeds.sitemap(desk, jobs)


def _collisions(plan: Plan, linked: Linked, copies: list[tuple[str, Copy]]) -> list[Problem]:
    """Return every two things that want one path, but for two entries: those the link stage has reported."""
    items = [(linked.addresses[item.kind, item.id], label(item.files[-1]), item) for item in linked.projection.items]
    pages = {path: file for path, file, _ in items if path != addresses.EXPERIENCE}
    others = [job.path for job in plan.jobs if job.path not in pages and job.template != REDIRECT]
    wanted = [(path, file, file) for path, file in pages.items()]
    wanted += [(path, "a page of the site", "") for path in others]
    wanted += [(path, "a file that Brag makes", "") for path in plan.files]
    wanted += [(path, label(copy.source), label(copy.source)) for path, copy in copies]
    wanted += [
        (redirect_page(old), f"the redirect in {file}", file)
        for _, file, item in items
        for old in item.authored.redirects
    ]
    problems = []
    taken: dict[str, tuple[int, str, str]] = {}
    for index, (path, what, file) in enumerate(wanted):
        first, other, other_file = taken.setdefault(fold_path(path), (index, what, file))
        if first != index:
            message = f"{path} would be published twice: by {other} and by {what}"
            problems.append(_clash(message, file, other_file))
    for path, what, file in wanted:
        folder = next((folder for folder in _folders(fold_path(path)) if folder in taken), "")
        if folder:
            _, other, other_file = taken[folder]
            message = f"{path}, {what}, needs a folder where {other} is published"
            problems.append(_clash(message, file, other_file))
    return problems


def _folders(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _clash(message: str, file: str, other: str) -> Problem:
    span = Span(file or other or CONTENT, *((1, 1) if file.endswith(".md") else ()))
    return error("path-duplicate", message, span, "rename one, or take the redirect away")

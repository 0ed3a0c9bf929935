"""Site: every page and every other file of one build, from a linked projection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bragfolio.core.exporters.jsonresume import write_jsonresume
from bragfolio.core.link import addresses
from bragfolio.core.link.addresses import fold_path
from bragfolio.core.render import feeds
from bragfolio.core.render.desk import make_desk
from bragfolio.core.render.pages.achievement import achievement_jobs
from bragfolio.core.render.pages.achievements import list_jobs
from bragfolio.core.render.pages.experience import experience_jobs
from bragfolio.core.render.pages.overview import overview_jobs
from bragfolio.core.render.pages.own import own_jobs
from bragfolio.core.render.pages.skills import skill_jobs
from bragfolio.problems import Problem, Span, error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bragfolio.core.link.references import Linked
    from bragfolio.core.render.desk import Desk
    from bragfolio.core.render.pages.job import Job
    from bragfolio.core.render.theme import Theme

_PAGES = (overview_jobs, list_jobs, achievement_jobs, skill_jobs, experience_jobs, own_jobs)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build will write."""

    jobs: tuple[Job, ...]
    """Pages, still to be rendered."""
    files: Mapping[str, bytes]
    """Everything else that is made, by path."""
    copies: Mapping[str, str]
    """Files of the portfolio to copy: by published path, the path from site_content/."""


def plan_site(
    linked: Linked,
    pictures: Mapping[str, tuple[int, int]],
    theme: Theme,
    base_url: str,
    static: Mapping[str, str],
) -> tuple[Plan, list[Problem]]:
    """Return everything that *linked* publishes, and every two things that want the same address.

    *pictures* holds width and height by published path, *static* the files of static/ by published path.
    """
    desk = make_desk(linked, pictures, theme, base_url)
    jobs = tuple(job for make in _PAGES for job in make(desk))
    files = {path: text.encode() for path, text in _texts(desk, jobs)}
    files.update(theme.static)
    copies = {**static, **{published: source for source, published in linked.assets.items()}}
    plan = Plan(jobs, files, copies)
    return plan, _collisions(plan)


def _texts(desk: Desk, jobs: tuple[Job, ...]) -> Iterator[tuple[str, str]]:
    yield addresses.ATOM, feeds.atom(desk)
    yield addresses.JSON_FEED, feeds.json_feed(desk)
    yield addresses.ROBOTS, feeds.robots(desk)
    yield addresses.RESUME, write_jsonresume(desk.linked, desk.base_url)
    if desk.base_url:
        yield addresses.SITEMAP, feeds.sitemap(desk, jobs)


def _collisions(plan: Plan) -> list[Problem]:
    wanted = [(job.path, "a page of the site") for job in plan.jobs]
    wanted += [(path, "a file that Brag makes") for path in plan.files]
    wanted += [(path, f"site_content/{source}") for path, source in plan.copies.items()]
    problems = []
    taken: dict[str, tuple[int, str]] = {}
    for index, (path, what) in enumerate(wanted):
        first, other = taken.setdefault(fold_path(path), (index, what))
        if first != index:
            file = next((label for label in (what, other) if label.startswith("site_content/")), "site_content")
            message = f"{path} would be published twice: by {other} and by {what}"
            problems.append(error("path-duplicate", message, Span(file), "rename one, or take the redirect away"))
    return problems

"""Check: everything that is wrong with a portfolio, for its owner and for the public, and with the site that was built from it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bragfolio.app.build import load_renderer, plan_build
from bragfolio.app.environment import environment_problem
from bragfolio.app.folder import default_output
from bragfolio.app.guard import guard_history, guard_index, guard_private
from bragfolio.app.paper import campaign_findings
from bragfolio.app.prepare import link_for, read, without_ignored
from bragfolio.core.insight.namesakes import namesakes
from bragfolio.core.project.audiences import PUBLIC, SELF
from bragfolio.core.read.yaml_tree import locate
from bragfolio.core.serve.limits import NO_JEKYLL, judge_site
from bragfolio.core.serve.links import find_broken_links
from bragfolio.core.serve.pages import base_path
from bragfolio.edge.publish import measure_site
from bragfolio.edge.target import read_manifest
from bragfolio.problems import Problem, Span, has_errors, in_order, warning

if TYPE_CHECKING:
    from bragfolio.core.link.references import Linked
    from bragfolio.core.render.engine import Engine
    from bragfolio.core.render.site import Plan
    from bragfolio.model.entry import Portfolio

LINK_HIDDEN: Final = "link-hidden"


def check(root: Path, as_of: dt.date | None, *, with_history: bool = False) -> list[Problem]:
    """Return the problems of the portfolio in *root*: as its owner sees it, drafts included, and as everybody does.

    Everybody can read a public repository, too: what git tracks, and *with_history* what it ever did.
    """
    found = read(root, as_of)
    problems = [*found.problems, *guard_index(root, found), *guard_private(root, found)]
    if with_history:
        problems += guard_history(root, found)
    renderer = load_renderer(root, found.portfolio.config, found.portfolio.config_source)
    for audience in (SELF, PUBLIC):
        linked, _, more = link_for(found, audience, drafts=True)
        plan, later = plan_build(root, found, linked, renderer, base_url=None, with_pdf=False)
        problems += more + later
        if audience == SELF and not has_errors(problems):
            problems += campaign_findings(found, linked) + _namesakes(found.portfolio, linked)
        if plan and renderer.engine and not has_errors(problems):
            problems += _try_pages(plan, renderer.engine, found.portfolio.config.url or "")
    problems += _judge_output(default_output(root, PUBLIC))
    return in_order(without_ignored(_without_echoes(problems), found.portfolio.config.check.ignore))


def _namesakes(portfolio: Portfolio, linked: Linked) -> list[Problem]:
    """Return a warning for each skill whose proofs are with another name: it was renamed, perhaps."""
    files = {entry.path: entry.source for entry in portfolio.entries}
    problems = []
    for skill, other in namesakes(linked.skills):
        source = files[skill.files[-1]]
        count = len(other.proofs)
        message = f"no achievement names this skill, but {count} {'names' if count == 1 else 'name'} “{other.name}”, another name for it"
        hint = f"if it is here, too, say so: `synonyms: [{other.name}]`"
        span = Span(source.file, *locate(source.yaml, source.first_line, ("name",)))
        problems.append(warning("skill-synonym", message, span, hint))
    return problems


def _try_pages(plan: Plan, engine: Engine, address: str) -> list[Problem]:
    """Return what keeps pages from being rendered, and where those that are lead to nothing."""
    rendered = {job.path: engine.render(job.template, job.context()) for job in plan.jobs}
    pages = {path: page for path, page in rendered.items() if isinstance(page, str)}
    files = (*rendered, *plan.files, *plan.copies)
    failures = [page for page in rendered.values() if isinstance(page, Problem)]
    return [*failures, *find_broken_links(pages, files, base_path(address))]


def _judge_output(output: Path) -> list[Problem]:
    """Return what GitHub Pages would not take of the site that was built into *output*, where one was."""
    ours = read_manifest(output)
    if ours is None:
        return []
    try:
        sizes, odd = measure_site(output)
    except OSError as failure:
        return [environment_problem(failure, output)]
    return judge_site(sizes, odd, sizes.keys() - ours.keys() - {NO_JEKYLL})


def _without_echoes(problems: list[Problem]) -> list[Problem]:
    """Return *problems* less the links that everybody misses and of which their owner, who comes first, was told more."""
    told: dict[Span, Problem] = {}
    for problem in problems:
        if problem.code in {"link", LINK_HIDDEN}:
            told.setdefault(problem.span, problem)
    return [p for p in problems if p.code != LINK_HIDDEN or told[p.span] == p]

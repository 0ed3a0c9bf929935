"""Build: a portfolio becomes a site, whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from bragfolio.app.environment import environment_problem
from bragfolio.app.folder import default_output, state_folder
from bragfolio.app.guard import guard_index
from bragfolio.app.handover import hand_over, is_exposed, refuse_archive
from bragfolio.app.pages import Work, write_pages
from bragfolio.app.pictures import measure_pictures, read_copy
from bragfolio.app.prepare import Read, UnknownAudience, link_for, read, without_ignored
from bragfolio.app.rendered import keep_rendered, recall_rendered
from bragfolio.app.report import BuildReport, Published
from bragfolio.app.scan import Watch, keep_clean, prepare_scan, problems_of
from bragfolio.app.unchanged import Settings, is_as_made, look_before, remember
from bragfolio.core.link.references import Linked, published_path
from bragfolio.core.project.audiences import AUDIENCE_NAME, PUBLIC, SELF
from bragfolio.core.read.config import read_config
from bragfolio.core.read.portfolio import STATIC, entry_key, without_entries
from bragfolio.core.render.outline import outline_of
from bragfolio.core.render.recall import Rendered
from bragfolio.edge.bundled import packed_code
from bragfolio.edge.clock import stopwatch
from bragfolio.edge.lock import Locked, build_lock
from bragfolio.edge.pool import WorkerDiedError, without_collection
from bragfolio.edge.publish import Patch, Stage, digest, recover
from bragfolio.edge.target import Refusal, check_target
from bragfolio.model.tree import CONTENT, PRIVATE, label, unlabel
from bragfolio.problems import Problem, Span, error, has_errors, in_order

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.read.remembered import Memory
    from bragfolio.core.render.engine import Engine
    from bragfolio.core.render.site import Plan
    from bragfolio.core.render.theme import Theme
    from bragfolio.edge.marks import Marks
    from bragfolio.model.entry import Portfolio, Source
    from bragfolio.model.site import SiteConfig
    from bragfolio.model.tree import SourceTree

_LEAST_FILES: Final = 150
"""Files of a portfolio from which processes are forked that share what is loaded before."""
Progress = Callable[[str], None]
"""Called with what is being done, as it begins."""


class BuildRequest(Struct, frozen=True):
    """What to build."""

    root: Path
    audience: str = PUBLIC
    as_of: dt.date | None = None
    drafts: bool = False
    base_url: str | None = None
    output: Path | None = None
    strict: bool = False
    """Warnings keep the site from being published too."""
    clean: bool = False
    """Write every file anew, as if there were no old tree."""
    show: bool = False
    """Say in messages of leaks what leaks, too."""
    with_pdf: bool = True
    """Make the PDFs of one-pagers, and cards."""
    theme: str = ""
    """Instead of the one in site.yaml, with its own defaults."""
    archive: Path | None = None
    """Write what was built into this zip, too."""
    is_remembered: bool = True
    """Let the same build be repeated without a build while nothing changes (`unchanged.py`)."""
    seen: Marks | None = None
    """What was seen of the files to be read when that was tried."""
    memory: Memory | None = None
    """What this process knows of the entries already, where it builds more than once, into a folder of its own."""

    @property
    def settings(self) -> Settings:
        """What changes what is built."""
        return Settings(
            self.root,
            self.output or default_output(self.root, self.audience),
            self.audience,
            self.as_of,
            self.drafts,
            self.base_url,
            self.with_pdf,
            self.theme,
        )


def build(request: BuildRequest, progress: Progress = lambda _: None) -> BuildReport:
    """Build the site of one audience. Raises `prepare.UnknownAudience`; everything else is in the report."""
    started = stopwatch()
    if not AUDIENCE_NAME.fullmatch(request.audience):
        raise UnknownAudience("an audience is one word, as in site.yaml")
    root = request.root
    output = request.output or default_output(root, request.audience)
    report = BuildReport(output, request.audience)
    if not (root / CONTENT).is_dir():
        hint = "run `brag init my-site` first, or name the folder with -C"
        report.problems.append(error("config-missing", "there is no portfolio here", Span(str(root)), hint))
        return report
    try:
        check_target(output, root, request.audience, is_public=request.audience == PUBLIC)
        refused = refuse_archive(request.archive, root, output) if request.archive else None
        if refused:
            report.problems.append(refused)
            return report
        progress("Waiting for another build")
        with build_lock(state_folder(root), output) as moment, without_collection():
            recover(output)
            before = look_before(request.settings, moment, request.seen) if request.is_remembered else None
            is_own = request.is_remembered and is_as_made(request.settings)
            found = _build(request, report, progress, is_own=is_own)
            if before and found:
                remember(request.settings, before, report, found.day.as_of, found.portfolio.config.timezone)
    except Refusal as refusal:
        report.problems.append(error("output-folder", refusal.message, Span(str(output)), refusal.hint))
    except Locked as locked:
        message = f"another build is writing here (process {locked.pid})"
        report.problems.append(error("lock", message, Span(str(output)), "wait for it, or end it"))
        report.failure = "environment"
    except WorkerDiedError as death:
        hint = "see whether the machine has memory left, and build again"
        report.problems.append(error("engine", str(death), Span(str(output)), hint))
        report.failure = "environment"
    except OSError as failure:
        report.problems.append(environment_problem(failure, output))
        report.failure = "environment"
    report.problems = in_order(report.problems)
    report.seconds = stopwatch() - started
    return report


def _build(request: BuildRequest, report: BuildReport, progress: Progress, *, is_own: bool) -> Read | None:
    """Build, and fill *report*; return what was read when something was published. *is_own* is what `Stage` wants to know."""
    progress("Reading")
    ready: list[Renderer] = []
    found = read(request.root, request.as_of, partial(_load_early, request, ready), is_kept=True, memory=request.memory)
    portfolio = found.portfolio
    if not portfolio.is_config_whole and request.audience not in found.audiences.names:
        report.problems = list(found.problems)  # a broken site.yaml may well define it
        return None
    linked, report.held_back, problems = link_for(found, request.audience, drafts=request.drafts)
    problems = [*found.problems, *problems, *guard_index(request.root, found)]
    renderer = ready[0]
    if renderer.before and not renderer.before.pages:  # all pages are to be rendered, which takes most memory of all
        found = replace(found, tree=without_entries(found.tree))
    progress("Fitting one-pagers")
    with_pdf = request.with_pdf and not has_errors(problems)
    plan, more = plan_build(request.root, found, linked, renderer, base_url=request.base_url, with_pdf=with_pdf)
    problems = without_ignored(problems + more, portfolio.config.check.ignore)
    problems = _for_eyes_of(request.audience, problems, linked)
    report.entries = len(portfolio.entries) + len(portfolio.lists)
    report.achievements = len(linked.projection.achievements)
    report.has_address = bool(portfolio.config.url or request.base_url)
    report.problems = problems
    if (
        plan is None
        or renderer.engine is None
        or renderer.before is None
        or has_errors(problems)
        or (request.strict and problems)
    ):
        return None
    progress("Rendering")
    scan = prepare_scan(request.root, portfolio, found.audiences, linked)
    stamp = {"audience": request.audience, "as_of": found.day.as_of.isoformat(), **_options(request)}
    is_patched = request.memory is not None and report.output.is_dir()
    with (Patch(report.output) if is_patched else Stage(report.output, is_own=is_own)).open() as stage:
        outline = outline_of(portfolio, found.tree, plan.desk)
        _write(request, stage, Work(plan, renderer.engine, scan, renderer.before, outline), stamp, report)
    if report.published and request.archive:
        progress("Packing")
        _pack(request.archive, request.root, report, linked)
    return found if report.published else None


def _options(request: BuildRequest) -> dict[str, str]:
    """Return the options that make the public site another one, where they were given."""
    options = {"base_url": request.base_url or "", "pdf": "" if request.with_pdf else "no"}
    return {name: value for name, value in options.items() if value}


def _pack(archive: Path, root: Path, report: BuildReport, linked: Linked) -> None:
    projection = linked.projection
    refused = hand_over(report.output, archive, projection.config, report.audience, projection.as_of)
    if refused:
        report.problems.append(refused)
        return
    report.archive, report.is_archive_exposed = archive, is_exposed(archive, root)


def _for_eyes_of(audience: str, problems: list[Problem], linked: Linked) -> list[Problem]:
    """Leave out warnings about entries that *audience* does not see: its build neither shows nor fails for them.

    A build for the public often runs where its log is public too.
    """
    if audience == SELF:
        return problems
    visible = {label(file) for item in linked.projection.items for file in item.files}
    return [p for p in problems if p.is_error or p.span.file in visible or not entry_key(unlabel(p.span.file))]


class Renderer(Struct, frozen=True):
    """A theme, and what fills its templates; both None when there is no such theme."""

    theme: Theme | None
    engine: Engine | None
    problems: list[Problem]
    before: Rendered | None = None
    """What is remembered of the pages that this theme made."""


def load_renderer(root: Path, config: SiteConfig, source: Source) -> Renderer:
    """Return the theme that *config*, which stands in *source*, names."""
    from bragfolio.app.themes import load_theme
    from bragfolio.core.render.engine import Engine

    theme, problems = load_theme(root, config, source)
    return Renderer(theme, Engine(theme, packed_code) if theme else None, problems)


def _load_early(request: BuildRequest, ready: list[Renderer], tree: SourceTree) -> None:
    """Load what renders, and compile its templates, while other processes parse: those that render inherit them."""
    import bragfolio.core.render.site  # noqa: F401 - `plan_build` uses it

    config, source, _ = read_config(tree)
    if request.theme not in {"", config.theme}:
        config = replace(config, theme=request.theme, theme_options={})
    renderer = load_renderer(request.root, config, source)
    engine = renderer.engine
    if renderer.theme and engine:
        before = recall_rendered(request.root, request.settings.output, renderer.theme)
        renderer = replace(renderer, before=before)
        if len(tree.files) >= _LEAST_FILES and len(before.pages) < len(tree.files) // 2:
            engine.compile()  # else no process is forked, or few pages are rendered: what is needed is compiled then
    ready.append(renderer)


def plan_build(
    root: Path, found: Read, linked: Linked, renderer: Renderer, *, base_url: str | None, with_pdf: bool
) -> tuple[Plan | None, list[Problem]]:
    """Return what the build of *linked* will write with *renderer*, None when that has no theme.

    *base_url* replaces the address in site.yaml when it is given.
    """
    from bragfolio.app.paper import make_paper
    from bragfolio.core.render.site import plan_site

    config = found.portfolio.config
    theme, problems = renderer.theme, list(renderer.problems)
    career, wrong = _open_headquarters(found, linked)
    problems += wrong
    if theme is None:
        return None, problems
    static = _static_files(found.portfolio, linked.projection.audience)
    copies = [*static, *((published, source) for source, published in linked.assets.items())]
    pictures, wrong = measure_pictures(root, copies, linked.assets)
    problems += wrong
    address = config.url or "" if base_url is None else base_url
    address = address and address.rstrip("/") + "/"
    with_engine = with_pdf and not has_errors(problems)
    paper, wrong = make_paper(root, found, linked, theme, address, with_engine=with_engine)
    problems += wrong
    plan, wrong = plan_site(linked, pictures, theme, address, static, paper, career)
    return plan, problems + wrong


def _open_headquarters(found: Read, linked: Linked) -> tuple[Career | None, list[Problem]]:
    """Return what the headquarters are made of; None for everybody but `self`, whose private files nobody else reads."""
    if linked.projection.audience != SELF:
        return None, []
    from bragfolio.app.career import make_career

    has_drafts = any(item.authored.draft for item in linked.projection.items)
    without_drafts = link_for(found, SELF)[0] if has_drafts else linked
    return make_career(found, without_drafts)


def _static_files(portfolio: Portfolio, audience: str) -> list[tuple[str, str]]:
    places = (STATIC, PRIVATE + STATIC) if audience == SELF else (STATIC,)
    files = (path for place in places for path in sorted(portfolio.files) if path.startswith(place))
    return [(published_path(path), path) for path in files]


def _other_files(plan: Plan, root: Path) -> Iterator[tuple[str, bytes | Problem]]:
    """Yield what is not rendered, by path; a picture may turn out to be broken only now."""
    yield from plan.files.items()
    for path, copy in plan.copies.items():
        yield path, read_copy(root, copy)


def _write(request: BuildRequest, stage: Stage, work: Work, stamp: dict[str, str], report: BuildReport) -> None:
    plan = work.plan
    if request.clean:
        stage.forget_old()
    pages = write_pages(work, stage)
    failures = dict.fromkeys(pages.failures)
    report.problems += failures
    if failures:
        return
    watch, leaks, written = Watch(work.scan), pages.leaks, pages.written
    digests = {path: page.digest for path, page in pages.done.items()}
    for path, content in _other_files(plan, request.root):
        if isinstance(content, Problem):
            failures[content] = None
            continue
        digests[path] = digest(content)
        written += stage.write(path, content)
        leaks += watch.look(path, digests[path], content)
    excused = {leak.path for leak in leaks if leak.is_excused}
    leaks = [leak for leak in leaks if not leak.is_excused]
    report.problems += [*failures, *problems_of(leaks, request.audience, show=request.show)]
    if leaks or failures:
        return
    removed, kept = stage.publish(digests, stamp)
    report.pages = sum(bool(job.template) for job in plan.jobs)
    clean = {path: its_digest for path, its_digest in digests.items() if path not in excused}
    keep_clean(request.root, work.scan, request.audience, clean)
    if pages.done != work.before.pages:
        keep_rendered(request.root, report.output, Rendered(work.before.about, pages.done))
    report.published = Published(written, len(digests) - written, removed, kept)

"""Views: the site as each audience sees it, built into a folder of the server's own."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from bragfolio.app.build import BuildRequest, Progress, build
from bragfolio.app.prepare import UnknownAudience
from bragfolio.app.report import BuildReport
from bragfolio.core.project.audiences import SELF, read_audiences
from bragfolio.core.read.config import SITE_FILE, read_config
from bragfolio.core.read.remembered import Memory
from bragfolio.core.serve import live
from bragfolio.core.serve.live import Look, State, View, describe_fault, follow, look_of, most_urgent, version_of
from bragfolio.core.serve.pages import Listing, base_path, escape_path, list_site
from bragfolio.edge.clock import find_timezone, today
from bragfolio.edge.files import leads_out, read_start
from bragfolio.edge.git_place import find_top, index_of
from bragfolio.edge.target import read_manifest
from bragfolio.edge.tree import MAX_TEXT
from bragfolio.model.tree import CONTENT, SourceFile, SourceTree, label
from bragfolio.problems import Span, error

if TYPE_CHECKING:
    from bragfolio.problems import Problem


class ServeRequest(Struct, frozen=True):
    """What to serve, and where."""

    root: Path
    audience: str = SELF
    host: str = "127.0.0.1"
    port: int | None = None
    """None for the first free one from `serve.FIRST_PORT`, 0 for any."""
    as_of: dt.date | None = None
    drafts: bool = False
    strict: bool = False
    theme: str = ""
    with_pdf: bool = True

    @property
    def is_switchable(self) -> bool:
        """Whether the site is also shown as others see it: only to those who see everything anyway."""
        return self.audience == SELF


class Site(Struct, frozen=True):
    """The site of one audience, as it was when its files were last sound."""

    folder: Path
    state: State
    names: Listing = Listing()
    look: Look = Look()
    digests: dict[str, str] = {}
    """Of all its files, by path."""


class Views:
    """The sites of all audiences that were asked for. Built by one thread, read by many."""

    def __init__(self, request: ServeRequest, folder: Path) -> None:
        self.request = request
        self._folder = folder
        self._sites: dict[str, Site] = {}
        self._stale: set[str] = set()
        self._memory = Memory()
        self.base, self._audiences, self._timezone = self._read_settings()
        """The path below which the site lies, as in its address."""
        self._outside = self._look_outside()

    def fresh(self, audience: str) -> Site | None:
        """Return a site that need not be built first: that of the audience that is served is always shown as it was."""
        return None if audience in self._stale else self._sites.get(audience)

    def last(self, audience: str) -> Site | None:
        """Return a site as it was built last."""
        return self._sites.get(audience)

    def is_offered(self, audience: str) -> bool:
        """Tell whether there is such an audience to switch to."""
        return audience == self.request.audience or any(view.audience == audience for view in self._offers())

    def mount(self, audience: str) -> str:
        """Return the path, decoded, below which the site of *audience* is."""
        return self.base if audience == self.request.audience else f"{live.VIEWS}{audience}/"

    @property
    def is_outdated(self) -> bool:
        """Whether something has changed that no file in a watched folder tells: the day, or what git tracks."""
        return self._look_outside() != self._outside

    @property
    def stale(self) -> list[str]:
        """The audiences whose sites have to be built before they are looked at."""
        return sorted(self._stale)

    def renew(self) -> BuildReport:
        """Build the site that is served from what is there now; those of other audiences are stale then."""
        self._outside = self._look_outside()
        self._stale.update(audience for audience in self._sites if audience != self.request.audience)
        return self.build(self.request.audience)

    def build(self, audience: str, progress: Progress = lambda _: None) -> BuildReport:
        """Build one site from the files as they are. The first of all raises `prepare.UnknownAudience`."""
        request = self.request
        folder = self._folder / audience
        wanted = BuildRequest(
            root=request.root,
            audience=audience,
            as_of=request.as_of,
            drafts=request.drafts and audience == SELF,
            output=folder,
            strict=request.strict,
            with_pdf=request.with_pdf,
            theme=request.theme,
            is_remembered=False,
            memory=self._memory,
        )
        try:
            report = build(wanted, progress)
        except UnknownAudience as unknown:
            if not self._sites:
                raise
            report = BuildReport(folder, audience)
            message = f"there is no audience “{audience}” any more"
            report.problems.append(error("audience-unknown", message, Span(label(SITE_FILE)), str(unknown)))
        self.take(report)
        return report

    def take(self, report: BuildReport) -> None:
        """Show what a build has made; what it has not made stays as it was, with what is wrong."""
        audience = report.audience
        if report.published:
            base, self._audiences, self._timezone = self._read_settings()
            if audience == self.request.audience:
                self.base = base
            digests = read_manifest(report.output) or {}
            before = self._sites[audience].digests if audience in self._sites else {}
            site = Site(
                report.output,
                follow(State(version_of(digests), audience), before, digests),
                list_site(digests),
                look_of(digests),
                digests,
            )
        else:
            site = self._sites.get(audience) or Site(report.output, State("", audience))
        worst, more = ([], 0) if report.published else most_urgent(report.problems)
        state = replace(
            site.state,
            views=self._offers(),
            is_broken=not report.published,
            faults=tuple(describe_fault(problem, self._lines(problem)) for problem in worst),
            more=more,
        )
        self._sites[audience] = replace(site, state=state)
        self._stale.discard(audience)

    def _offers(self) -> tuple[View, ...]:
        if not self.request.is_switchable:
            return ()
        return tuple(View(audience, escape_path(self.mount(audience))) for audience in self._audiences)

    def _look_outside(self) -> tuple[dt.date | None, tuple[int, int]]:
        """Return the day, None where it is given, and what tells git's index from another one."""
        day = None if self.request.as_of else today(self._timezone)
        top = find_top((self.request.root / CONTENT).resolve())
        with contextlib.suppress(OSError):
            status = index_of(top).stat() if top else None
            return day, (status.st_mtime_ns, status.st_ino) if status else (0, 0)
        return day, (0, 0)

    def _read_settings(self) -> tuple[str, list[str], dt.tzinfo]:
        """Return the base path, the audiences and the time zone as site.yaml has them."""
        try:
            data = read_start(self.request.root / CONTENT / SITE_FILE, MAX_TEXT)
        except OSError:
            data = b""
        config, source, _ = read_config(SourceTree({SITE_FILE: SourceFile(SITE_FILE, len(data), data)}))
        audiences, _ = read_audiences(config, source)
        names = sorted(audiences.names, key=lambda name: name != SELF)
        return base_path(config.url or ""), names, find_timezone(config.timezone) or dt.UTC

    def _lines(self, problem: Problem) -> list[str]:
        """Return the lines of the file that *problem* is in, where that lies in the portfolio and can be read."""
        file = problem.span.file
        if not problem.span.line or leads_out(self.request.root, file):
            return []
        try:
            return read_start(self.request.root / file, MAX_TEXT).decode(errors="replace").splitlines()
        except (OSError, ValueError):
            return []

"""Views: the site as each audience sees it, built into a folder of the server's own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from bragfolio.app.build import BuildRequest, Progress, build
from bragfolio.core.project.audiences import SELF, read_audiences
from bragfolio.core.read.config import SITE_FILE, read_config
from bragfolio.core.read.remembered import Memory
from bragfolio.core.serve import live
from bragfolio.core.serve.live import Look, State, View, describe_fault, follow, look_of, most_urgent, version_of
from bragfolio.core.serve.pages import Listing, base_path, escape_path, list_site
from bragfolio.edge.files import leads_out, read_start
from bragfolio.edge.target import read_manifest
from bragfolio.edge.tree import MAX_TEXT
from bragfolio.model.tree import CONTENT, SourceFile, SourceTree

if TYPE_CHECKING:
    from bragfolio.app.report import BuildReport
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
        self.base, self._audiences = self._read_settings()
        """The path below which the site lies, as in its address."""

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

    def expire(self) -> list[str]:
        """Note that files have changed; return the other audiences, whose sites are built when they are looked at."""
        others = [audience for audience in self._sites if audience != self.request.audience]
        self._stale.update(others)
        return others

    def build(self, audience: str, progress: Progress = lambda _: None) -> BuildReport:
        """Build one site from the files as they are. Raises `prepare.UnknownAudience`."""
        request = self.request
        folder = self._folder / audience
        report = build(
            BuildRequest(
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
            ),
            progress,
        )
        self.take(report)
        return report

    def take(self, report: BuildReport) -> None:
        """Show what a build has made; what it has not made stays as it was, with what is wrong."""
        audience = report.audience
        if report.published:
            base, self._audiences = self._read_settings()
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

    def _read_settings(self) -> tuple[str, list[str]]:
        """Return the base path and the audiences as site.yaml has them."""
        try:
            data = read_start(self.request.root / CONTENT / SITE_FILE, MAX_TEXT)
        except OSError:
            data = b""
        config, source, _ = read_config(SourceTree({SITE_FILE: SourceFile(SITE_FILE, len(data), data)}))
        audiences, _ = read_audiences(config, source)
        return base_path(config.url or ""), sorted(audiences.names, key=lambda name: name != SELF)

    def _lines(self, problem: Problem) -> list[str]:
        """Return the lines of the file that *problem* is in, where that lies in the portfolio and can be read."""
        file = problem.span.file
        if not problem.span.line or leads_out(self.request.root, file):
            return []
        try:
            return read_start(self.request.root / file, MAX_TEXT).decode(errors="replace").splitlines()
        except (OSError, ValueError):
            return []

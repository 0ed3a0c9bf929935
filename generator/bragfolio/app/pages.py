"""Pages: rendered by as many processes as pay, or taken from the old tree where they would be the same; all of them searched."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.app.scan import Scan, Watch
from bragfolio.core.render.outline import light_key
from bragfolio.core.render.recall import Page, Rendered, context_key
from bragfolio.edge.pool import crew, give_back_memory
from bragfolio.edge.publish import Stage, digest
from bragfolio.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bragfolio.core.render.engine import Engine
    from bragfolio.core.render.pages.job import Job
    from bragfolio.core.render.site import Plan
    from bragfolio.core.scan.search import Leak

_LEAST_JOBS: Final = 150
"""Pages from which two processes render faster than one."""
_BATCH: Final = 25
"""Pages that are rendered before they are searched: in turns, page by page, both take a tenth longer (caches of the processor)."""
_LARGE: Final = 2_000_000
"""Bytes of a batch whose making took much memory: of 10,000 entries, a list or a timeline takes 30 MB for a moment (measured)."""
_HELPED: Final = -0.08
"""A helper starts later and sends its results: this process renders a little more than its half (measured)."""


class Work(Struct, frozen=True):
    """What is written, and what must not be in it."""

    plan: Plan
    engine: Engine
    scan: Scan
    before: Rendered
    """What the pages of the old tree were rendered from."""
    outline: bytes
    """See `outline.outline_of`."""


class Pages(Struct):
    """What came of some pages."""

    done: dict[str, Page] = {}
    """What stands in the new tree, by path."""
    written: int = 0
    """Those that are new, or not as in the old tree."""
    failures: list[Problem] = []
    leaks: list[Leak] = []

    def add(self, other: Pages) -> None:
        """Take over what came of other pages."""
        self.done |= other.done
        self.written += other.written
        self.failures += other.failures
        self.leaks += other.leaks


def write_pages(work: Work, stage: Stage) -> Pages:
    """Write every page of the plan."""
    watch = Watch(work.scan)
    pages, jobs = _take(work, stage, watch)
    batches = [jobs[start : start + _BATCH] for start in range(0, len(jobs), _BATCH)]
    render = partial(_render, work, stage, watch)
    with crew() as helpers:
        for batch in helpers.start(render, batches, least=_LEAST_JOBS // _BATCH, busy=_HELPED)():
            pages.add(batch)
    return pages


def _take(work: Work, stage: Stage, watch: Watch) -> tuple[Pages, list[Job]]:
    """Take over the pages that can be seen to be the same without their contexts; return the jobs that are left, too."""
    pages, left = Pages(), []
    for job in work.plan.jobs:
        known = work.before.pages.get(job.path, Page())
        light = light_key(work.outline, job, work.plan.desk.linked)
        if not light or light != known.light:
            left.append(job)
        elif watch.is_clean(job.path, known.digest) and stage.take_over(job.path, known.digest):
            pages.done[job.path] = known
        elif (data := stage.reuse(job.path, known.digest)) is not None:
            pages.done[job.path] = known
            pages.leaks += watch.look(job.path, known.digest, data)
        else:
            left.append(job)
    return pages, left


def _render(work: Work, stage: Stage, watch: Watch, jobs: Sequence[Job]) -> Pages:
    """Render and search the pages of *jobs*; those whose contexts turn out to be the same as before are taken over."""
    pages, texts = Pages(), []
    for job in jobs:
        context = job.context()
        known = work.before.pages.get(job.path, Page())
        light = light_key(work.outline, job, work.plan.desk.linked)
        key, its_digest = context_key(job.template, context), known.digest
        data = stage.reuse(job.path, its_digest) if key and key == known.key else None
        if data is None:
            html = work.engine.render(job.template, context)
            if isinstance(html, Problem):
                pages.failures.append(html)
                continue
            data = html.encode()
            pages.written += stage.write(job.path, data)
            its_digest = digest(data)
        texts.append((job.path, its_digest, data))
        pages.done[job.path] = Page(light, key, its_digest)
    for text in texts:
        pages.leaks += watch.look(*text)
    if sum(len(data) for _, _, data in texts) > _LARGE:
        texts.clear()
        give_back_memory()
    return pages

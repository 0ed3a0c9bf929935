"""Outline: what all pages are made from, but for the bodies on them: while it is the same, a page whose bodies are the same is.

It is taken from the files as they were written, not from what was made of them: joining a thousand of them costs a
millisecond, encoding what they became ten.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bragfolio.core.read.portfolio import entry_key
from bragfolio.core.render.recall import pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.link.references import Linked, LinkedBody
    from bragfolio.core.render.desk import Desk
    from bragfolio.core.render.pages.job import Job
    from bragfolio.model.entry import Portfolio
    from bragfolio.model.tree import SourceTree

_SIZE = 16


def outline_of(portfolio: Portfolio, tree: SourceTree, desk: Desk) -> bytes:
    """Return a digest of all that the pages of *desk* are made from but bodies; of these, what others may show is in it.

    `b""` where something is in it whose bytes may not be all it is.
    """
    outline = hashlib.blake2b(digest_size=_SIZE)
    for part in _parts(portfolio, tree, desk):
        if part is None:
            return b""
        outline.update(b"%d " % len(part))
        outline.update(part)
    return outline.digest()


def light_key(outline: bytes, job: Job, linked: Linked) -> bytes:
    """Return a digest of what the page of *job* is made from, `b""` where more than its bodies and *outline* may be."""
    if job.bodies is None or not outline:
        return b""
    parts = [f"{job.template}\0{job.path}"]
    for body in (body for name in job.bodies for body in linked.bodies.get(name, ())):
        html = body.prose.html
        parts += (f"\0{len(html)} ", html)
    return hashlib.blake2b(outline + "".join(parts).encode(), digest_size=_SIZE).digest()


def _parts(portfolio: Portfolio, tree: SourceTree, desk: Desk) -> Iterator[bytes | None]:
    linked = desk.linked
    projection = linked.projection
    papers = [(paper.path, paper.title, bool(paper.pdf), paper.is_listed) for paper in desk.papers]
    yield pack([projection.audience, projection.as_of, str(projection.timezone), desk.base_url, papers])
    yield pack([desk.site, dict(desk.social), dict(desk.pictures)])
    yield pack([(item.kind, item.id, item.files) for item in projection.items])
    for path, file in tree.files.items():
        yield path.encode()
        if not entry_key(path):
            yield b"%d" % file.size if file.data is None else file.data
    for entry in portfolio.entries:
        sources = (entry.source, entry.overlay.source if entry.overlay else None)
        yield "\0".join(source.yaml for source in sources if source).encode("utf-8", "surrogatepass")
    yield pack([list(map(_seen_elsewhere, bodies)) for bodies in linked.bodies.values()])


def _seen_elsewhere(body: LinkedBody) -> object:
    """Return what of a body other pages show, or may link to."""
    return body.prose.lead, [(use.kind, use.target, use.fragment, use.text) for use in body.prose.uses]

"""One-pagers and campaigns: the pages of a browser that say the same as the PDFs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bragfolio.core.insight.campaigns import visible_proofs
from bragfolio.core.link.addresses import HOME, encode_path, one_pager_page, slug_of
from bragfolio.core.render import contexts
from bragfolio.core.render.desk import Desk
from bragfolio.core.render.head import head
from bragfolio.core.render.pages.job import Job
from bragfolio.core.render.pages.own import REDIRECT
from bragfolio.core.render.rich import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.project.projection import Item
    from bragfolio.core.render.one_pager import OnePager
    from bragfolio.model.campaign import Campaign


def one_pager_jobs(desk: Desk) -> Iterator[Job]:
    """Yield the page of each one-pager, and of each campaign; those that are over lead home."""
    for paper in desk.papers:
        yield Job(paper.path, "one_pager.html", partial(_one_pager, desk, paper), is_indexed=paper.is_listed)
        if paper.campaign and paper.campaign.authored.landing:
            path = desk.linked.address(paper.campaign)
            context = partial(_campaign, desk, paper, paper.campaign, path)
            yield Job(path, "campaign.html", context, is_indexed=paper.is_listed)
    projection = desk.linked.projection
    for item in projection.campaigns:
        if item.authored.is_over(projection.as_of):
            for path in dict.fromkeys((desk.linked.addresses["campaign", item.id], one_pager_page(slug_of(item)))):
                yield Job(path, REDIRECT, partial(_leads_home, desk, path), is_indexed=False)
    for path, target in _other_names(desk).items():
        yield Job(path, REDIRECT, partial(_leads_to, desk, path, target), is_indexed=False)


def _other_names(desk: Desk) -> dict[str, str]:
    """Return the addresses on pages made for readers of other words that this site does not have, with those it has."""
    own = {item.files[-1]: desk.linked.addresses[item.kind, item.id] for item in desk.linked.projection.items}
    names: dict[str, str] = {}
    for paper in desk.papers:
        linked = paper.linked
        if linked is not desk.linked:
            addresses = {item.files[-1]: linked.addresses[item.kind, item.id] for item in linked.projection.items}
            names |= {path: own[file] for file, path in addresses.items() if file in own and own[file] != path}
    taken = set(own.values()) | {paper.path for paper in desk.papers}
    return {path: target for path, target in names.items() if path not in taken}


def _one_pager(desk: Desk, paper: OnePager) -> contexts.OnePagerContext:
    page = head(
        desk,
        template="one-pager",
        path=paper.path,
        heading=paper.title,
        description=plain(paper.sheet.intro) or plain(paper.sheet.claim) or paper.title,
        section="",
        noindex=not paper.is_listed,
    )
    size = f"{paper.step.size:g}".replace(".", "-")
    return contexts.OnePagerContext(
        desk.site, page, paper.sheet, paper.design, paper.page, size, _pdf_link(paper), _landing(desk, paper)
    )


def _landing(desk: Desk, paper: OnePager) -> contexts.Link | None:
    item = paper.campaign
    if item is None or not item.authored.landing:
        return None
    return contexts.Link(item.authored.title, encode_path(desk.linked.address(item)))


def _pdf_link(paper: OnePager) -> contexts.Link | None:
    return contexts.Link("PDF, one page", encode_path(paper.pdf_path)) if paper.pdf else None


def _campaign(desk: Desk, paper: OnePager, item: Item[Campaign], path: str) -> contexts.CampaignContext:
    own = desk.seen_by(paper.linked)
    page = head(
        desk,
        template="campaign",
        path=path,
        heading=item.authored.title,
        description=item.authored.summary or own.lead(item) or item.authored.title,
        picture=own.lead_picture(item),
        noindex=not paper.is_listed,
        lang=item.authored.lang,
    )
    projection = paper.linked.projection
    by_id = {found.id: found for found in projection.achievements}
    proofs = visible_proofs(item.authored, projection)
    proven = {found.id for claim in proofs for found in claim}
    cta = item.authored.cta
    return contexts.CampaignContext(
        site=desk.site,
        page=page,
        summary=item.authored.summary,
        body=own.body(item, page.root),
        numbers=paper.sheet.numbers,
        claims=tuple(
            contexts.ClaimBlock(claim.text, own.cards_of(found))
            for claim, found in zip(item.authored.claims, proofs, strict=True)
            if found
        ),
        cards=own.cards_of(by_id[id_] for id_ in paper.shown if id_ not in proven),
        cta=contexts.Contact(cta.label, cta.url) if cta else None,
        one_pager=contexts.Link("One page to print", encode_path(paper.path)),
        pdf=_pdf_link(paper),
    )


def _leads_to(desk: Desk, path: str, target: str) -> contexts.RedirectContext:
    what = f"Others know this page of {desk.site.person.name} by this address."
    page = head(desk, template="redirect", path=path, heading="Another name", description=what, noindex=True)
    return contexts.RedirectContext(desk.site, page, encode_path(target))


def _leads_home(desk: Desk, path: str) -> contexts.RedirectContext:
    what = f"This page is over; the work of {desk.site.person.name} is here."
    page = head(desk, template="redirect", path=path, heading="Home", description=what, noindex=True)
    return contexts.RedirectContext(desk.site, page, HOME)

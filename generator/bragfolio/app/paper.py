"""Paper: the one-pagers and cards of a site, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from bragfolio.app.one_pagers import Press, Result, make_one_pager, open_press, settings_of
from bragfolio.app.prepare import Read, link_for
from bragfolio.core.choose.one_pager import Terms, choose_achievements
from bragfolio.core.insight.campaigns import findings
from bragfolio.core.link.references import Linked
from bragfolio.core.project.audiences import SELF
from bragfolio.core.project.projection import Item
from bragfolio.core.read.entries import located
from bragfolio.core.read.portfolio import POSTINGS
from bragfolio.core.read.postings import read_posting
from bragfolio.core.read.shape import Issue, did_you_mean
from bragfolio.core.render.cards import Card, cards_of
from bragfolio.core.render.desk import Desk, make_desk
from bragfolio.core.render.one_pager import PaperWork
from bragfolio.edge.typesetter import TypesettingError
from bragfolio.model.campaign import Campaign
from bragfolio.model.tree import CONTENT, label
from bragfolio.problems import Problem, Severity, Span, error, printable, warning

if TYPE_CHECKING:
    from bragfolio.core.choose.one_pager import Match
    from bragfolio.core.project.projection import Projection
    from bragfolio.core.render.one_pager import OnePager
    from bragfolio.core.render.theme import Theme

_CARD_PPI = 72
"""A card is 1200 by 630 points."""
_MAX_GLYPHS = 12
"""Characters that are reported of one page."""


class Views:
    """The portfolio as each audience sees it, made when it is asked for."""

    def __init__(self, found: Read, linked: Linked | None = None) -> None:
        self._found = found
        self._linked: dict[str, Linked] = {linked.projection.audience: linked} if linked else {}

    def of(self, audience: str) -> Linked:
        """Return what *audience* sees. Raise `prepare.UnknownAudience`."""
        if audience not in self._linked:
            self._linked[audience], _, _ = link_for(self._found, audience)
        return self._linked[audience]

    def of_campaigns(self, items: Iterable[Item[Campaign]]) -> Iterator[tuple[Linked, Item[Campaign]]]:
        """Yield what the audience of each of *items* sees, and the item as it sees it; not those for nobody that is known."""
        for item in items:
            audience = audience_of(item.authored)
            if audience in self._found.audiences.names:
                linked = self.of(audience)
                yield (
                    linked,
                    next((other for other in linked.projection.campaigns if other.files[-1] == item.files[-1]), item),
                )


def audience_of(campaign: Campaign) -> str:
    """Return whose eyes *campaign* is made for; without an audience, its owner's."""
    return campaign.audience if campaign.audience not in {"", "private"} else SELF


def make_paper(
    root: Path, found: Read, linked: Linked, theme: Theme, base_url: str, *, with_engine: bool
) -> tuple[PaperWork, list[Problem]]:
    """Return the one-pagers and cards of the site of *linked*; what cannot be set is missing there, with a warning."""
    views = Views(found, linked)
    problems: list[Problem] = []
    papers: list[OnePager] = []
    cards: dict[str, bytes] = {}
    projection = linked.projection
    current = [item for item in projection.campaigns if not item.authored.is_over(projection.as_of)]
    problems += check_designs(theme, found)
    press = open_press(root, theme) if with_engine else None
    if with_engine and press is None:
        hint = "the pages of one-pagers print from the browser"
        problems.append(warning("engine", "there is no Typst for this platform, so no PDFs", Span("brag build"), hint))
    resume = [(linked, None)] if has_resume(projection) else []
    for seen, campaign in [*resume, *views.of_campaigns(current)]:
        desk = make_desk(seen, {}, theme, base_url)
        settings = settings_of(desk, campaign.authored if campaign else None)
        if settings.design not in theme.paper.designs:
            continue
        match, wrong = match_of(root, campaign, seen)
        result = make_one_pager(theme, press, desk, campaign, settings, match)
        problems += [*wrong, *_as_warning(failures_of(result, press, root))]
        if result.one_pager:
            papers.append(result.one_pager)
    if press:
        cards, wrong = _set_cards(press, make_desk(linked, {}, theme, base_url), papers)
        problems += wrong
    return PaperWork(tuple(papers), cards), problems


def has_resume(projection: Projection) -> bool:
    """Tell whether there is anything that a resume could say beside a name."""
    return bool(projection.achievements or projection.roles or projection.education or projection.credentials)


def check_designs(theme: Theme, found: Read) -> list[Problem]:
    """Return every design that site.yaml or a campaign asks for, and *theme* does not have."""
    portfolio = found.portfolio
    named = [(portfolio.config.one_pager.template, portfolio.config_source)]
    for entry in portfolio.entries:
        for version, source in [(entry.version, entry.source)] + (
            [(entry.overlay.version, entry.overlay.source)] if entry.overlay else []
        ):
            if isinstance(version.authored, Campaign) and version.authored.one_pager.template:
                named.append((version.authored.one_pager.template, source))
    designs = theme.paper.designs
    problems = []
    for name, source in named:
        if name not in designs:
            hint = did_you_mean(name, list(designs)) or "this theme has no one-pagers"
            message = f"the theme has no one-pager “{printable(name[:60])}”"
            problems += located([Issue(("one_pager", "template"), "theme", message, hint)], source)
    return problems


def campaign_findings(found: Read, linked: Linked) -> list[Problem]:
    """Return what the owner, who sees *linked*, should know of all campaigns."""
    views = Views(found, linked)
    seen = views.of_campaigns(linked.projection.campaigns)
    return [problem for view, item in seen for problem in findings_of(found, view, item)]


def findings_of(found: Read, linked: Linked, item: Item[Campaign]) -> list[Problem]:
    """Return what the owner should know of the campaign *item*, whose audience sees *linked*."""
    source = next(e.source for e in found.portfolio.entries if e.path == item.files[-1])
    issues = list(findings(item.authored, linked.projection))
    unknown = [name for name in item.authored.select.skills if linked.skills.find(name) is None]
    if unknown:
        hint = did_you_mean(unknown[0], [ref.name for ref in linked.skills.skills]) or "see `brag list skills`"
        message = f"nothing that its audience sees proves the skill “{unknown[0]}”"
        issues.append(Issue(("select", "skills"), "campaign-empty", message, hint))
    elif not choose_achievements(linked.projection, linked.skills, Terms(item.authored, 1)):
        message = "the campaign selects no achievement that its audience sees"
        issues.append(Issue(("title",), "campaign-empty", message, "widen select:, or its audience"))
    return [problem._replace(severity=Severity.WARNING) for problem in located(issues, source)]


def match_of(root: Path, campaign: Item[Campaign] | None, linked: Linked) -> tuple[Match, list[Problem]]:
    """Return how much of the posting of *campaign* an achievement answers; of none, nothing."""
    if campaign is None or not campaign.authored.posting_id:
        return lambda _: 0.0, []
    path = f"{POSTINGS}{campaign.authored.posting_id}.md"
    file = root / CONTENT / path
    if not file.is_file():
        return lambda _: 0.0, []  # reported where the campaign was read
    read, problems = read_posting(label(path), file.read_bytes())
    if read is None:
        return lambda _: 0.0, problems
    from bragfolio.core.insight.match import match_posting
    from bragfolio.core.insight.vocabulary import make_vocabulary

    answer = match_posting(read.posting, read.advert, make_vocabulary(linked.skills), linked.projection.as_of)
    return lambda achievement: answer.of(achievement, linked.skills), problems


def failures_of(result: Result, press: Press | None, root: Path) -> list[Problem]:
    """Return why *result* is no PDF; empty when it is one, or when there is no engine."""
    draft = result.draft
    where = Span(label(draft.campaign.files[-1]), 1, 1) if draft.campaign else Span(label("site.yaml"), 1, 1)
    if result.fitted is None and result.failure is None:
        pinned = ", ".join(block.key.partition("/")[2] for block in draft.blocks if block.is_pinned)
        message = f"the one-pager “{draft.title}” does not fit on one page, even with nothing but what is pinned"
        return [error("page-overflow", message, where, f"pin less: {pinned[:200]}" if pinned else "shorten claim:")]
    if result.failure is None or press is None:
        return []
    return _missing_letters(result, press, root) or [
        typesetting_problem(result.failure, press.theme, result.settings.design)
    ]


def _as_warning(problems: list[Problem]) -> list[Problem]:
    """Return *problems* of one page as one warning: a site has its pages without the PDF too."""
    if not problems:
        return []
    more = f", nor {len(problems) - 1} more" if len(problems) > 1 else ""
    first = problems[0]
    message = first.message.replace(", so there", f"{more}, so there")
    return [first._replace(message=message, severity=Severity.WARNING)]


def typesetting_problem(failure: TypesettingError, theme: Theme, design: str) -> Problem:
    """Return *failure* as a mistake of the theme."""
    file, _, place = failure.place.partition(":")
    line, _, column = place.partition(":")
    name = f"{design}.typ" if file in {"", "design.typ"} else file
    span = Span(theme.paper.origins.get(name, name), *((int(line), int(column)) if line and column else ()))
    message = f"the one-pager cannot be set: {printable(failure.message)}"
    return error("theme", message, span, "see themes/README.md for what a design gets")


def _missing_letters(result: Result, press: Press, root: Path) -> list[Problem]:
    draft, fitted = result.draft, result.fitted
    if fitted is None:
        return []
    text = msgspec.json.encode(draft.sheet(fitted.levels), enc_hook=str).decode() + draft.title
    hint = "write it in other letters where one-pagers show it, or use short:"
    return missing_letters(press, text, draft.sources, root, hint)


def missing_letters(press: Press, text: str, sources: Iterable[str], root: Path, hint: str) -> list[Problem]:
    """Return the first letters of *text* that no font of the theme has, each with its place in *sources*."""
    letters = "".join(sorted({letter for letter in text if ord(letter) > 0x7E}))
    families = press.theme.paper.fonts.text
    missing = press.setter.missing_letters(letters, families)[:_MAX_GLYPHS]
    problems = []
    for letter in missing:
        span = _find_letter(letter, sources, root)
        message = f"no font of the theme has the character “{letter}” (U+{ord(letter):04X}), so there is no PDF"
        problems.append(error("glyph", message, span, hint))
    return problems


def _find_letter(letter: str, files: Iterable[str], root: Path) -> Span:
    """Return the first place in *files*, paths from site_content/, where *letter* stands."""
    for path in files:
        file = root / CONTENT / path
        if not file.is_file():
            continue
        lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        for number, line in enumerate(lines, 1):
            if letter in line:
                return Span(label(path), number, line.index(letter) + 1)
    return Span(label("site.yaml"))


def _set_cards(press: Press, desk: Desk, papers: list[OnePager]) -> tuple[dict[str, bytes], list[Problem]]:
    paper = press.theme.paper
    if "card.typ" not in paper.sources:
        return {}, []
    set_before: dict[Card, bytes] = {}
    cards: dict[str, bytes] = {}
    job = msgspec.json.encode({"colors": dict(paper.card_colors), "fonts": structs.asdict(paper.fonts)})
    for path, card in cards_of(desk, papers).items():
        try:
            if card not in set_before:
                files = {**paper.sources, "main.typ": paper.sources["card.typ"]}
                files |= {"sheet.json": msgspec.json.encode(card), "job.json": job}
                set_before[card] = press.setter.png(files, _CARD_PPI)
        except TypesettingError as failure:
            problem = typesetting_problem(failure, press.theme, "card")
            return cards, [problem._replace(severity=Severity.WARNING)]
        cards[path] = set_before[card]
    return cards, []

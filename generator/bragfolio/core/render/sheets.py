"""Sheets: what a one-pager may say, as blocks that can be shortened and dropped, and the page that is left."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.choose.fit import Block, Levels, Size
from bragfolio.core.choose.metrics import lead_metric, verdict_of
from bragfolio.core.choose.one_pager import Choice, Terms, choose_achievements
from bragfolio.core.insight.campaigns import visible_proofs
from bragfolio.core.insight.freshness import RESUME_HALF_LIFE_DAYS
from bragfolio.core.link.addresses import encode_path
from bragfolio.core.project.projection import effective_day
from bragfolio.core.read.config import SITE_FILE
from bragfolio.core.read.markdown import fill
from bragfolio.core.render import contexts
from bragfolio.core.render.formats import date_range, figure_of, month_text
from bragfolio.core.render.pages.experience import recency, sorted_positions, span_of
from bragfolio.core.render.rich import ends_of, paragraphs_of, plain, rich, texts_in
from bragfolio.model.campaign import Campaign
from bragfolio.model.kinds import LIST_KINDS

if TYPE_CHECKING:
    from datetime import date

    from bragfolio.core.link.references import LinkedBody
    from bragfolio.core.link.skills import SkillRef
    from bragfolio.core.project.projection import Item
    from bragfolio.core.render.contexts import SheetParagraph
    from bragfolio.core.render.desk import Desk
    from bragfolio.core.render.theme import Design
    from bragfolio.model.achievement import Achievement, Metric
    from bragfolio.model.common import Common
    from bragfolio.model.role import Role

_LINE: Final = 95
"""Characters of a line at the normal size, about."""
_BOLD_LINE: Final = 78
_HEAD_LINES: Final = 5.0
"""Of the name, what stands below it, and the white around."""
_SECTION_LINES: Final = 2.2
"""Of a heading, with the white around."""
_NUMBER_LINES: Final = 8.0
"""Of four large numbers."""
_MAX_BODY: Final = 6000
"""Characters that no page holds at any size."""
_MAX_NUMBERS: Final = 4
_MAX_PROFILES: Final = 4
_MAX_KEYWORDS: Final = 8
_MAX_SKILLS: Final = 24
_MAX_CANDIDATES: Final = 80
"""Lines that a page holds at the smallest size, and some: what is worth less cannot be on it."""
_LISTED_STARS: Final = 2
"""What a degree or a credential weighs, as an achievement without stars does; credentials fade, degrees do not."""
_SKILLS_VALUE: Final = 2
_LANGUAGES_VALUE: Final = 1
_INTERESTS_VALUE: Final = 0
"""Interests go first; skills and languages last."""


class Text(Struct, frozen=True):
    """One length of an achievement."""

    size: Size
    title: str
    has_figure: bool
    paragraphs: tuple[SheetParagraph, ...]


class Draft(Struct, frozen=True):
    """A one-pager of which nothing is cut yet."""

    desk: Desk
    design: Design
    campaign: Item[Campaign] | None
    choices: tuple[Choice, ...]
    texts: tuple[tuple[Text, ...], ...]
    """Of each choice, the longest first."""
    blocks: tuple[Block, ...]
    """The choices first, in their order, then roles, education, credentials, skills, languages and interests."""

    def sheet(self, levels: Levels) -> contexts.Sheet:
        """Return the page that shows each block at its level of *levels*."""
        return _Setting(self, levels).sheet()

    @property
    def intro(self) -> str:
        """What stands below the title of a campaign: its summary, or the first paragraph of its body."""
        item = self.campaign
        return (item.authored.summary or self.desk.lead(item)) if item else ""

    def shown(self, levels: Levels) -> tuple[str, ...]:
        """Return the ids of the achievements that *levels* show, in the order of the page."""
        pairs = zip(self.choices, self.blocks, levels, strict=False)
        return tuple(choice.item.id for choice, block, level in pairs if level < block.dropped)

    def lines(self, levels: Levels) -> float:
        """Return about how many lines *levels* make at the normal size, with the head of the page."""
        kept = [(block, level) for block, level in zip(self.blocks, levels, strict=True) if level < block.dropped]
        campaign, person = self.campaign.authored if self.campaign else None, self.desk.site.person
        claims = [claim.text for claim in campaign.claims] if campaign and self.design.wins == "claim" else []
        texts = [person.claim, *((campaign.title, self.intro) if campaign else ()), *claims]
        head = _HEAD_LINES + sum(1.7 + len(text) // _BOLD_LINE for text in texts if text)
        head += _NUMBER_LINES if "numbers" in self.design.sections else 0
        sections = {block.key.partition("/")[0] for block, _ in kept}
        return head + _SECTION_LINES * len(sections) + sum(block.sizes[level].lines for block, level in kept)

    def newest(self, levels: Levels) -> date | None:
        """Return the newest day in what *levels* show, never after the as-of day; None when no date is shown."""
        projection = self.desk.linked.projection
        shown = set(self.shown(levels))
        days = [effective_day(c.item.authored, projection.as_of) for c in self.choices if c.item.id in shown]
        kept = {block.key for block, level in zip(self.blocks, levels, strict=True) if level < block.dropped}
        dates = [credential.date for n, credential in enumerate(projection.credentials) if f"credential/{n}" in kept]
        dates += [
            degree.end or degree.start for n, degree in enumerate(projection.education) if f"education/{n}" in kept
        ]
        for role in projection.roles:
            if f"role/{role.id}" in kept:
                dates += [date for position in role.authored.positions for date in (position.start, position.end)]
        days += [found.last_day for found in dates if found and found.last_day <= projection.as_of]
        return max(days, default=None)

    @property
    def sources(self) -> list[str]:
        """The files that it is made from, from site_content/: those of the achievements that may be shown first."""
        items: list[Item[Common]] = [choice.item for choice in self.choices]
        items += [self.campaign] if self.campaign else []
        items += self.desk.linked.projection.roles
        lists = [kind.file for kind in LIST_KINDS]
        return [*dict.fromkeys(file for item in items for file in item.files), *lists, SITE_FILE]

    @property
    def keywords(self) -> list[SkillRef]:
        """The skills that most of what may be shown proves, at most eight."""
        ids = {choice.item.id for choice in self.choices}
        counts = {ref.path: sum(item.id in ids for item in ref.proofs) for ref in self.desk.linked.skills.skills}
        ranked = sorted(self.desk.linked.skills.skills, key=lambda ref: -counts[ref.path])
        return [ref for ref in ranked if counts[ref.path]][:_MAX_KEYWORDS]

    @property
    def title(self) -> str:
        """What the document is called."""
        person = self.desk.site.person
        about = self.campaign.authored.title if self.campaign else person.headline or "Resume"
        return f"{person.name} – {about}" if about else person.name


def make_draft(desk: Desk, design: Design, campaign: Item[Campaign] | None, terms: Terms) -> Draft:
    """Return the draft of the one-pager of *campaign*, or of the resume when that is None, in *design*."""
    linked = desk.linked
    choices = choose_achievements(linked.projection, linked.skills, terms)
    spare = sorted((c for c in choices if c.is_spare or not c.is_pinned), key=lambda c: (c.is_spare, -c.value))
    beyond = {choice.item.id for choice in spare[_MAX_CANDIDATES:]}
    choices = [choice for choice in choices if choice.item.id not in beyond]
    texts = tuple(_texts_of(desk, choice.item) for choice in choices)
    blocks = [
        Block(
            key=f"achievement/{choice.item.id}",
            name=choice.item.authored.title,
            value=choice.value,
            is_pinned=choice.is_pinned,
            sizes=tuple(text.size for text in found),
            is_held=choice.is_only,
            is_spare=choice.is_spare,
        )
        for choice, found in zip(choices, texts, strict=True)
    ]
    blocks += _other_blocks(desk, design)
    return Draft(desk, design, campaign, tuple(choices), texts, tuple(blocks))


def ordered_roles(desk: Desk) -> list[Item[Role]]:
    """Return the roles of the portfolio in the order of a resume."""
    return sorted(desk.linked.projection.roles, key=recency, reverse=True)


def _texts_of(desk: Desk, item: Item[Achievement]) -> tuple[Text, ...]:
    authored = item.authored
    impact = [_measured(contexts.SheetParagraph(bullet=False, text=rich(authored.impact)))] if authored.impact else []
    bodies = desk.linked.bodies.get((item.kind, item.id), ())
    body = [_measured(part) for linked in bodies for part in paragraphs_of(_filled(desk, linked))]
    texts: list[Text] = []

    def add(name: str, rank: int, paragraphs: Sequence[tuple[SheetParagraph, list[int]]], title: str = "") -> None:
        found = tuple(part for part, _ in paragraphs)
        has_figure = not title
        lengths = [letters for _, found in paragraphs for letters in found]
        is_new = not texts or (found, title or authored.title) != (texts[-1].paragraphs, texts[-1].title)
        if sum(lengths) <= _MAX_BODY and is_new:
            lines = (2.5 if found else 1.3) + len(title or authored.title) // _BOLD_LINE
            lines += sum(1.25 + letters // _LINE for letters in lengths)
            texts.append(Text(Size(name, rank, lines), title or authored.title, has_figure, found))

    ends = ends_of([part for part, _ in body])
    for number in range(len(ends), 1, -1):
        name = "body" if number == len(ends) else f"{number} of {len(ends)} paragraphs"
        add(name, 0, [*impact, *body[: ends[number - 1]]])
    if ends:
        add("first paragraph" if len(ends) > 1 else "body", 1, [*impact, *body[: ends[0]]])
    summary = authored.summary or authored.impact
    if summary:
        add("summary", 2, [_measured(contexts.SheetParagraph(bullet=False, text=rich(summary)))])
    add("short" if authored.short else "title", 3, (), authored.short)
    return tuple(texts)


def _measured(part: SheetParagraph) -> tuple[SheetParagraph, list[int]]:
    """Return *part* with the lengths of its texts in characters."""
    return part, [len(plain(text)) for text in texts_in(part)]


def _filled(desk: Desk, linked: LinkedBody) -> str:
    """Return the HTML of a body in which links inside the portfolio are absolute, or their text alone."""

    def gap(number: int, is_closing: bool) -> str:  # noqa: FBT001 - the shape that `fill` calls
        target, use = linked.targets[number], linked.prose.uses[number]
        is_link = bool(target.path and desk.base_url and not target.is_image)
        if is_closing:
            return "</a>" if is_link else ""
        text = escape(linked.shown(number))
        if not is_link:
            return "" if target.is_image else text
        href = escape(desk.absolute(target.path) + target.fragment)
        return f'<a href="{href}">{text}' + ("</a>" if use.kind == "wiki" else "")

    return fill(linked.prose.html, gap)


def _other_blocks(desk: Desk, design: Design) -> list[Block]:
    projection = desk.linked.projection
    blocks: list[Block] = []
    if "roles" in design.sections:
        for role in ordered_roles(desk):
            positions = len(role.authored.positions)
            sizes = [Size("positions", 0, 1.4 + positions)] if positions > 1 else []
            sizes.append(Size("line", 2, 2.4))
            blocks.append(
                Block(f"role/{role.id}", role.authored.employer, _LISTED_STARS, is_pinned=True, sizes=tuple(sizes))
            )
    if "education" in design.sections:
        for index, degree in enumerate(projection.education):
            name = degree.degree or degree.area or degree.institution
            blocks.append(Block(f"education/{index}", name, _LISTED_STARS, False, (Size("line", 3, 1.4),)))
    if "credentials" in design.sections:
        for index, credential in enumerate(projection.credentials):
            day = min(credential.date.last_day, projection.as_of) if credential.date else None
            age = (projection.as_of - day).days if day else RESUME_HALF_LIFE_DAYS
            value = _LISTED_STARS * 0.5 ** (age / RESUME_HALF_LIFE_DAYS)
            blocks.append(Block(f"credential/{index}", credential.title, value, False, (Size("line", 3, 1.2),)))
    skills = len(desk.linked.skills.skills)
    if "skills" in design.sections and skills:
        sizes = [
            Size(f"{n} skills", rank, 1 + n / 5) for rank, n in ((0, min(skills, _MAX_SKILLS)), (1, 12)) if n <= skills
        ]
        blocks.append(
            Block(
                "skills",
                "skills",
                _SKILLS_VALUE,
                False,
                tuple(sizes) or (Size(f"{skills} skills", 3, 2),),
                is_held=True,
            )
        )
    if "languages" in design.sections and desk.site.person.languages:
        blocks.append(Block("languages", "languages", _LANGUAGES_VALUE, False, (Size("line", 3, 1.5),), is_held=True))
    if "interests" in design.sections and desk.site.person.interests:
        blocks.append(Block("interests", "interests", _INTERESTS_VALUE, False, (Size("line", 3, 1.5),)))
    return blocks


class _Setting:
    """One page of a draft, being set."""

    def __init__(self, draft: Draft, levels: Levels) -> None:
        self.draft = draft
        self.desk = draft.desk
        self.projection = draft.desk.linked.projection
        self.level = {block.key: level for block, level in zip(draft.blocks, levels, strict=True)}
        self.size = {
            block.key: block.sizes[level].name
            for block, level in zip(draft.blocks, levels, strict=True)
            if level < block.dropped
        }
        shown = zip(draft.choices, draft.texts, levels[: len(draft.choices)], strict=True)
        self.shown = [(choice, texts[level]) for choice, texts, level in shown if level < len(texts)]
        self.has_employers = len({choice.item.authored.role for choice, _ in self.shown}) > 1
        """Whether a page names employers beside achievements: not when all are of one."""
        self.employers = {role.id: role.authored.employer for role in self.projection.roles}
        self.banded: set[str] = set()
        """Achievements whose number stands in the band."""

    def sheet(self) -> contexts.Sheet:
        draft, person = self.draft, self.desk.site.person
        campaign = draft.campaign.authored if draft.campaign else None
        under = draft.design.wins
        numbers = self._numbers() if "numbers" in draft.design.sections else ()
        roles = self._roles(has_wins=under == "role")
        claims = self._claims(campaign) if under == "claim" else ()
        placed = (
            {role.id for role in self.projection.roles if f"role/{role.id}" in self.size} if under == "role" else set()
        )
        wins = () if claims else tuple(
            self._win(choice.item, text, has_employer=under != "role")
            for choice, text in self.shown
            if choice.item.authored.role not in placed
        )  # fmt: skip
        instead = {"claims": "wins"} if under == "claim" and wins else {}
        sections = [instead.get(name, name) for name in draft.design.sections]
        parts: dict[str, object] = {
            "numbers": numbers,
            "claims": claims,
            "wins": wins,
            "roles": roles,
            "skills": self._skills(),
            "education": self._education(),
            "credentials": self._credentials(),
            "languages": rich(", ".join(f"{x.name} ({x.fluency})" if x.fluency else x.name for x in person.languages))
            if "languages" in self.size
            else (),
            "interests": rich(", ".join(person.interests)) if "interests" in self.size else (),
        }
        cta = campaign.cta if campaign else None
        return contexts.Sheet(
            name=person.name,
            headline=rich(person.headline),
            claim=rich(person.claim),
            heading=rich(campaign.title) if campaign else (),
            intro=rich(self.draft.intro),
            contacts=self._contacts(),
            sections=tuple(dict.fromkeys(name for name in sections if parts[name])),
            cta=contexts.Contact(cta.label, cta.url) if cta else None,
            **parts,  # type: ignore[arg-type] # the names and types of the fields above
        )

    def _numbers(self) -> tuple[contexts.SheetNumber, ...]:
        """Return the band: the numbers of what is shown and worth most, in the order of the page."""
        good = [(choice, metric) for choice, _ in self.shown if (metric := _good_metric(choice.item.authored))]
        best = {choice.item.id for choice, _ in sorted(good, key=lambda pair: -pair[0].value)[:_MAX_NUMBERS]}
        self.banded = best
        return tuple(_number(metric) for choice, metric in good if choice.item.id in best)

    def _win(
        self, item: Item[Achievement], text: Text, *, has_employer: bool, again: bool = False
    ) -> contexts.SheetWin:
        authored = item.authored
        figure = ""
        if text.has_figure and item.id not in self.banded and not again:
            figure = _figure_text(authored)
        begun = authored.start if authored.ongoing else None
        written = begun or authored.date or authored.start
        date = f"{'since ' if begun else ''}{month_text(written)}" if written else ""
        role = self.employers.get(authored.role, "") if has_employer and self.has_employers else ""
        path = self.desk.linked.addresses["achievement", item.id]
        return contexts.SheetWin(
            title=rich(authored.title if again else text.title),
            figure=figure,
            date=date,
            employer=role,
            paragraphs=() if again else text.paragraphs,
            path=encode_path(path),
            url=self.desk.absolute(path),
        )

    def _claims(self, campaign: Campaign | None) -> tuple[contexts.SheetClaim, ...]:
        """Return the claims that have a proof on the page, then what proves none; a proof's second mention is its title.

        Empty when no claim has a proof there.
        """
        texts = {choice.item.id: (choice.item, text) for choice, text in self.shown}
        told: set[str] = set()
        claims = []
        proofs = visible_proofs(campaign, self.projection) if campaign else []
        for claim, found in zip(campaign.claims if campaign else (), proofs, strict=True):
            wins = []
            for item in found:
                if item.id in texts:
                    wins.append(self._win(*texts[item.id], has_employer=True, again=item.id in told))
                    told.add(item.id)
            if wins:
                claims.append(contexts.SheetClaim(rich(claim.text), tuple(wins)))
        rest = [self._win(*found, has_employer=True) for id_, found in texts.items() if id_ not in told]
        return (*claims, contexts.SheetClaim((), tuple(rest))) if claims and rest else tuple(claims)

    def _roles(self, *, has_wins: bool) -> tuple[contexts.SheetRole, ...]:
        roles = []
        for role in ordered_roles(self.desk):
            size = self.size.get(f"role/{role.id}")
            if size is None:
                continue
            positions = sorted_positions(role.authored)
            wins = [(c.item, text) for c, text in self.shown if c.item.authored.role == role.id] if has_wins else []
            roles.append(
                contexts.SheetRole(
                    employer=rich(role.authored.employer),
                    location=role.authored.location,
                    dates=date_range(*span_of(role.authored), month_text),
                    positions=tuple(
                        contexts.SheetPosition(
                            rich(position.title), date_range(position.start, position.end, month_text)
                        )
                        for position in (positions if size == "positions" else positions[:1])
                    ),
                    wins=tuple(self._win(*win, has_employer=False) for win in wins),
                )
            )
        return tuple(roles)

    def _education(self) -> tuple[contexts.SheetLine, ...]:
        return tuple(
            contexts.SheetLine(
                title=rich(", ".join(filter(None, (degree.degree, degree.area))) or degree.institution),
                detail=rich(degree.institution if degree.degree or degree.area else ""),
                date=date_range(degree.start, degree.end, month_text),
            )
            for index, degree in enumerate(self.projection.education)
            if f"education/{index}" in self.size
        )

    def _credentials(self) -> tuple[contexts.SheetLine, ...]:
        return tuple(
            contexts.SheetLine(
                title=rich(credential.title),
                detail=rich(credential.issuer),
                date=month_text(credential.date) if credential.date else "",
            )
            for index, credential in enumerate(self.projection.credentials)
            if f"credential/{index}" in self.size
        )

    def _skills(self) -> tuple[contexts.SheetSkills, ...]:
        size = self.size.get("skills")
        if size is None:
            return ()
        ranked = sorted(self.desk.linked.skills.skills, key=self._skill_rank)[: int(size.partition(" ")[0])]
        groups: dict[str, list[str]] = {}
        for ref in ranked:
            groups.setdefault(ref.item.authored.category if ref.item else "", []).append(ref.name)
        named = sorted(groups, key=lambda name: (not name, -len(groups[name])))
        if len(named) > len(ranked) // 3:  # a heading for each skill says nothing
            return (contexts.SheetSkills("", rich(", ".join(ref.name for ref in ranked))),)
        return tuple(contexts.SheetSkills(name, rich(", ".join(groups[name]))) for name in named)

    def _skill_rank(self, ref: SkillRef) -> tuple[int, int, str]:
        """Put first what the page itself proves, then what is proven most."""
        shown = {choice.item.id for choice, _ in self.shown}
        return -sum(item.id in shown for item in ref.proofs), -len(ref.proofs), ref.name.casefold()

    def _contacts(self) -> tuple[contexts.Contact, ...]:
        person, config = self.desk.site.person, self.projection.config.person
        contacts = [contexts.Contact(person.location, "")] if person.location else []
        if person.email:
            contacts.append(contexts.Contact(person.email, f"mailto:{person.email}"))
        if person.phone:
            contacts.append(
                contexts.Contact(person.phone, "tel:" + "".join(c for c in person.phone if c in "+0123456789"))
            )
        if person.street:
            contacts.append(contexts.Contact(person.street, ""))
        addresses = [self.desk.base_url, config.website or "", *(profile.url for profile in person.profiles)]
        addresses = list(dict.fromkeys(filter(None, addresses)))[:_MAX_PROFILES]
        contacts += [contexts.Contact(_address_text(url), url) for url in addresses]
        return tuple(contacts)


def _address_text(url: str) -> str:
    """Return *url* as people write it."""
    return url.partition("//")[2].removeprefix("www.").rstrip("/") or url.partition(":")[2].partition("?")[0]


def _good_metric(achievement: Achievement) -> Metric | None:
    metric = lead_metric(achievement)
    return None if metric is None or verdict_of(metric) == "worse" else metric


def _number(metric: Metric) -> contexts.SheetNumber:
    figure = figure_of(metric)
    return contexts.SheetNumber(value_text(figure), figure.change, rich(figure.name))


def value_text(figure: contexts.Figure) -> str:
    """Return the number itself with its unit: `38 → 9 min`."""
    value = figure.value or f"{figure.before} → {figure.after}"
    unit = f"a {figure.unit[1:].strip()}" if figure.unit.startswith("/") else figure.unit
    about = "about " if figure.approximate else ""
    return f"{about}{value}\u202f%" if unit == "%" else f"{about}{value} {unit}".strip()


def _figure_text(achievement: Achievement) -> str:
    """Return the number of *achievement* as a line of text says it, `""` where its title does."""
    metric = lead_metric(achievement)
    if metric is None:
        return ""
    figure = figure_of(metric)
    said = (figure.after, figure.value, figure.change.replace("\u202f", " ").lstrip("+\u2212-"))
    if any(number and number in achievement.title for number in said):
        return ""
    value = value_text(figure)
    return f"{figure.name}: {value}" + (f" ({figure.change})" if figure.change else "")

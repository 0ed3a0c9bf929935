"""One-pagers: fits what a campaign or the resume has to say to one page, and sets it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct, structs

from bragfolio.app.folder import state_folder
from bragfolio.core.choose.fit import Fitted, Levels, Step, fit
from bragfolio.core.choose.one_pager import Terms
from bragfolio.core.render.one_pager import OnePager
from bragfolio.core.render.sheets import Draft, make_draft
from bragfolio.edge.typesetter import EngineMissingError, Typesetter, TypesettingError, open_typesetter

if TYPE_CHECKING:
    from bragfolio.core.choose.one_pager import Match
    from bragfolio.core.project.projection import Item
    from bragfolio.core.render.desk import Desk
    from bragfolio.core.render.theme import Theme
    from bragfolio.model.campaign import Campaign

_POINTS_PER_MM: Final = 72 / 25.4
_HEIGHTS: Final = {"a4": 297 * _POINTS_PER_MM, "letter": 11 * 72.0}
"""Points."""
PAPERS: Final = {"a4": "a4", "letter": "us-letter"}
"""What Typst calls them."""
_LINE_POINTS: Final = 1.48
"""A line with what stands around it, in sizes of type: on the safe side where nothing can measure."""
_ROOM: Final = 0.997
"""Of the height, so that no rounding brings a second page."""


class Settings(Struct, frozen=True):
    """How a one-pager is made."""

    design: str
    page: str
    fill_min: float


class Result(Struct, frozen=True):
    """What came of one one-pager."""

    draft: Draft
    settings: Settings
    fitted: Fitted | None
    """None when not even what is pinned fits."""
    one_pager: OnePager | None
    failure: TypesettingError | None = None


class Press(Struct, frozen=True):
    """A theme with what sets its pages."""

    theme: Theme
    setter: Typesetter

    def files(self, draft: Draft, settings: Settings, fitted: Fitted, *, is_probe: bool = False) -> dict[str, bytes]:
        """Return the document that shows *draft* as it was *fitted*; a probe is a page without an end."""
        paper, step = self.theme.paper, fitted.step
        person = draft.desk.site.person
        job = {
            "size": step.size,
            "space": step.space,
            "margin": step.margin,
            "paper": PAPERS[settings.page],
            "probe": is_probe,
            "meta": {
                "title": draft.title,
                "author": person.name,
                "description": person.claim or person.headline or draft.title,
                "keywords": [ref.name for ref in draft.keywords],
                "lang": draft.desk.site.language,
            },
            "colors": dict(paper.colors),
            "fonts": structs.asdict(paper.fonts),
        }
        data = {
            "sheet.json": settable(msgspec.json.encode(draft.sheet(fitted.levels), enc_hook=str)),
            "job.json": settable(msgspec.json.encode(job)),
        }
        return {**paper.sources, "design.typ": paper.sources[f"{settings.design}.typ"], **data}

    def fill(self, draft: Draft, settings: Settings, levels: Levels, step: Step) -> float:
        """Return how much of the page *levels* fill, measured on a page without an end."""
        end = self.setter.page(self.files(draft, settings, Fitted(levels, step, 0.0), is_probe=True))
        return (end.bottom - step.margin * _POINTS_PER_MM) / (_room(settings, step) * _ROOM)

    def pdf(self, draft: Draft, settings: Settings, fitted: Fitted) -> bytes:
        """Return the page. Raises TypesettingError, also when it turns out to be two."""
        files = self.files(draft, settings, fitted)
        end = self.setter.page(files)
        limit = _HEIGHTS[settings.page] - fitted.step.margin * _POINTS_PER_MM
        if end.number != 1 or end.bottom > limit + 0.01:
            raise TypesettingError("the design sets more on a page of its full height than on one without an end", "")
        return self.setter.pdf(files, timestamp_of(draft.newest(fitted.levels)))


def open_press(root: Path, theme: Theme) -> Press | None:
    """Return the press of *theme* for the portfolio in *root*, or None where there is no engine for this platform."""
    try:
        state = state_folder(root)
        return Press(theme, open_typesetter(state / "paper", theme.paper.font_folders, state / "cache" / "paper"))
    except EngineMissingError:
        return None


def estimate_fill(draft: Draft, settings: Settings, levels: Levels, step: Step) -> float:
    """Return about how much of the page *levels* fill, rather more: for a page that only a browser will print."""
    return draft.lines(levels) * step.size * _LINE_POINTS * step.space / _room(settings, step)


def _room(settings: Settings, step: Step) -> float:
    """Return the height between the margins, in points."""
    return _HEIGHTS[settings.page] - 2 * step.margin * _POINTS_PER_MM


def settings_of(desk: Desk, campaign: Campaign | None, page: str | None = None) -> Settings:
    """Return how the one-pager of *campaign*, or the resume, is made: its own word, else that of site.yaml."""
    config = desk.linked.projection.config.one_pager
    if campaign is None:
        return Settings(config.template, page or config.page, config.fill_min)
    own = campaign.one_pager
    fill_min = config.fill_min if own.fill_min is None else own.fill_min
    return Settings(own.template or config.template, page or own.page or config.page, fill_min)


def make_one_pager(  # noqa: PLR0917 - what a one-pager is made from
    theme: Theme,
    press: Press | None,
    desk: Desk,
    campaign: Item[Campaign] | None,
    settings: Settings,
    match: Match = lambda _: 0.0,
) -> Result:
    """Return the one-pager of *campaign*, or the resume when that is None, for the audience of *desk*.

    Without a *press* it is judged by estimate, and there is no PDF of it.
    """
    design = theme.paper.designs[settings.design]
    terms = Terms(campaign.authored if campaign else None, design.limit, design.wins, match)
    draft = make_draft(desk, design, campaign, terms)

    def fitting(fill: Callable[[Draft, Settings, Levels, Step], float]) -> Fitted | None:
        return fit(draft.blocks, lambda levels, step: fill(draft, settings, levels, step), settings.fill_min)

    failure: TypesettingError | None = None
    fitted: Fitted | None = None
    pdf: bytes | None = None
    try:
        fitted = fitting(press.fill if press else estimate_fill)
        pdf = press.pdf(draft, settings, fitted) if fitted and press else None
    except TypesettingError as found:
        failure = found
        fitted = fitted or fitting(estimate_fill)
    return Result(draft, settings, fitted, _as_page(draft, settings, fitted, pdf) if fitted else None, failure)


def _as_page(draft: Draft, settings: Settings, fitted: Fitted, pdf: bytes | None) -> OnePager:
    return OnePager(
        campaign=draft.campaign,
        linked=draft.desk.linked,
        design=settings.design,
        page=settings.page,
        title=draft.title,
        sheet=draft.sheet(fitted.levels),
        shown=draft.shown(fitted.levels),
        step=fitted.step,
        pdf=pdf,
    )


def settable(data: bytes) -> bytes:
    """Return *data* without U+FEFF, U+FFFE and U+FFFF, which nobody sees and ISO 14289 and 19005 refuse in text."""
    for unseen in ("\ufeff", "\ufffe", "\uffff"):
        data = data.replace(unseen.encode(), b"")
    return data


def timestamp_of(day: dt.date | None) -> int:
    """Return *day* as seconds since 1970; 0 for none."""
    return calendar.timegm(day.timetuple()) if day else 0

"""Market: the saved postings, each with its employer, its day, the skills that it names and how it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.employers import employer_of
from bragfolio.core.insight.match import Match, match_posting
from bragfolio.core.insight.vocabulary import Known, Vocabulary, make_vocabulary, skills_named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bragfolio.core.link.skills import SkillIndex
    from bragfolio.model.dossier import Kept
    from bragfolio.model.posting import Posting

_CLOSED: Final = frozenset({"accepted", "rejected", "withdrawn", "expired"})


class Advert(Struct, frozen=True):
    """A saved posting, looked at on a day."""

    id: str
    posting: Posting
    text: str
    employer: str
    """What tells its employer apart; `""` when it names none."""
    age_days: int | None
    """Since it was captured, or else posted; None when it says neither."""
    named: tuple[Known, ...]
    """The skills that it names anywhere."""
    match: Match
    is_open: bool
    """Whether one could still apply, or wait for an answer."""

    @property
    def entry(self) -> str:
        """`posting/id`."""
        return f"posting/{self.id}"

    @property
    def label(self) -> str:
        """Its title, and the employer as it is written."""
        employer = self.posting.employer or self.posting.via
        return f"{self.posting.title}, {employer}" if employer else self.posting.title

    def is_within(self, days: int) -> bool:
        """Tell whether it was there within the last *days*."""
        return self.age_days is not None and self.age_days <= days


class Market(Struct, frozen=True):
    """What employers ask for."""

    vocabulary: Vocabulary
    adverts: tuple[Advert, ...]
    """Newest first, those without a date last."""


def look_at_market(postings: Iterable[Kept[Posting]], skills: SkillIndex, as_of: date) -> Market:
    """Return the market in *postings*, held against *skills*."""
    postings = list(postings)
    listed = [name for kept in postings for name in (*kept.authored.must, *kept.authored.nice)]
    vocabulary = make_vocabulary(skills, listed)
    adverts = [_read(kept, vocabulary, as_of) for kept in postings]
    adverts.sort(key=lambda advert: (advert.age_days is None, advert.age_days, advert.id))
    return Market(vocabulary, tuple(adverts))


def _read(kept: Kept[Posting], vocabulary: Vocabulary, as_of: date) -> Advert:
    posting = kept.authored
    said = "\n\n".join((posting.title, *posting.must, *posting.nice, kept.body))
    day = posting.captured or posting.posted
    is_over = posting.closes is not None and posting.closes.last_day < as_of
    return Advert(
        id=kept.id,
        posting=posting,
        text=kept.body,
        employer=employer_of(posting),
        age_days=max((as_of - day.last_day).days, 0) if day else None,
        named=tuple(skills_named(said, vocabulary)),
        match=match_posting(posting, kept.body, vocabulary, as_of),
        is_open=posting.status not in _CLOSED and not (is_over and posting.status in {None, "saved"}),
    )

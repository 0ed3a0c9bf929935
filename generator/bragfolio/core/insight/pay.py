"""Pay: what the postings pay that match, held against your own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Bar, Bars, Cell, Part, Table
from bragfolio.core.insight.finding import Finding, counted, rounded, whole
from bragfolio.core.insight.market import Advert

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.tenure import Held
    from bragfolio.model.posting import Salary
    from bragfolio.model.role import Pay

PAY_ABOVE: Final = Decimal("1.15")
"""Of your own pay; a median that is higher is worth a word."""
MATCHING: Final = 0.5
"""Coverage from which a posting is one that you could have."""


class Offer(Struct, frozen=True):
    """What an employer pays."""

    posting: str
    """Its id."""
    label: str
    amount: Decimal
    """The middle of its range."""

    @property
    def entry(self) -> str:
        """`posting/id`."""
        return f"posting/{self.posting}"


class MarketPay(Struct, frozen=True):
    """What matching postings pay, in the currency and for the period of your own pay."""

    own: Decimal
    currency: str
    period: str
    offers: tuple[Offer, ...]
    """Of the newest posting of each employer, the best paid first."""
    median: Decimal | None
    """None when there are fewer employers than demand.min_employers."""


def look_at_pay(career: Career, held: tuple[Held, ...]) -> MarketPay | None:
    """Return what matching postings of the window pay; None without a pay of one's own."""
    current = next((one for one in held if one.ends is None and _amount_of(one.role.authored.pay)), None)
    pay = current.role.authored.pay if current else None
    own = _amount_of(pay)
    if current is None or pay is None or own is None:
        return None
    offers: dict[str, Offer] = {}
    for advert in career.market.adverts:  # the newest of an employer first
        amount = _offered(advert.posting.salary, pay)
        if (
            amount is not None
            and advert.employer
            and advert.is_within(career.config.demand.window_days)
            and _is_match(advert, current)
        ):
            offers.setdefault(advert.employer, Offer(advert.id, advert.label, amount))
    ordered = sorted(offers.values(), key=lambda offer: (-offer.amount, offer.posting))
    middle = (
        rounded(median(offer.amount for offer in ordered))
        if len(ordered) >= career.config.demand.min_employers
        else None
    )
    return MarketPay(own, pay.currency.upper(), pay.period, tuple(ordered), middle)


def _amount_of(pay: Pay | None) -> Decimal | None:
    return pay.amount.number if pay and pay.amount and pay.currency and pay.amount.number > 0 else None


def _offered(salary: Salary | None, pay: Pay) -> Decimal | None:
    """Return the middle of *salary*, when it is in the currency and for the period of *pay*."""
    if salary is None or salary.currency.casefold() != pay.currency.casefold():
        return None
    if salary.period.casefold() != pay.period.casefold():
        return None
    ends = [end.number for end in (salary.min, salary.max) if end]
    return sum(ends, Decimal(0)) / len(ends) if ends else None


def _is_match(advert: Advert, current: Held) -> bool:
    level = advert.posting.level.casefold().rpartition("/")[2]
    return advert.match.coverage >= MATCHING or bool(
        level and level == current.position.level.casefold().rpartition("/")[2]
    )


def underpaid(pay: MarketPay | None) -> list[Finding]:
    """Return that *pay* is more than 15 % below the median, if it is."""
    if pay is None or pay.median is None or pay.median <= pay.own * PAY_ABOVE:
        return []
    above = whole(100 * (pay.median / pay.own - 1))
    sentence = (
        f"The median of {len(pay.offers)} employers whose postings match you is {_money(pay.median, pay)}, {above} % above"
        f" your {_money(pay.own, pay)}."
    )
    action = f"bring these numbers to your next talk on pay, or answer the best of them: `brag match {pay.offers[0].posting}`"
    numbers = (("median", _money(pay.median, pay)), ("own", _money(pay.own, pay)), ("employers", str(len(pay.offers))))
    entries = tuple(offer.entry for offer in pay.offers)
    return [Finding(code="underpaid", sentence=sentence, action=action, numbers=numbers, entries=entries, gain=3)]


def pay_charts(pay: MarketPay | None) -> Iterator[Bars]:
    """Yield the offers with your own pay as the mark; nothing when there are none."""
    if pay is None or not pay.offers:
        return
    bars = tuple(
        Bar(offer.label, (Part("pay", rounded(offer.amount), (offer.entry,)),), offer.entry) for offer in pay.offers
    )
    rows = tuple(
        (Cell(bar.label, bar.entry), Cell(_money(bar.parts[0].number, pay), entries=bar.parts[0].entries))
        for bar in bars
    )
    above = sum(offer.amount > pay.own for offer in pay.offers)
    yield Bars(
        title="What matching postings pay",
        description=f"{above} of {counted(len(pay.offers), 'employer')} pay more than your {_money(pay.own, pay)}.",
        table=Table(caption="Pay by employer", head=("posting", "pay"), rows=rows, numeric=frozenset({1})),
        bars=bars,
        unit=f"{pay.currency} per {pay.period}" if pay.period else pay.currency,
        mark=pay.own,
        mark_label="your pay",
    )


def _money(amount: Decimal, pay: MarketPay) -> str:
    number = f"{amount:,.2f}".removesuffix(".00")
    return f"{pay.currency} {number}" + (f" a {pay.period}" if pay.period else "")

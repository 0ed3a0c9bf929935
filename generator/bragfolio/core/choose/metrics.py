"""Metrics: which number of an achievement says most, and what happened to it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bragfolio.model.achievement import Achievement, Metric


def lead_metric(achievement: Achievement) -> Metric | None:
    """Return the first metric that got better, else the first with before and after, else the first, or None."""
    metrics = achievement.metrics
    better = (metric for metric in metrics if verdict_of(metric) == "better")
    pairs = (metric for metric in metrics if metric.before is not None)
    return next(better, None) or next(pairs, None) or (metrics[0] if metrics else None)


def trend_of(metric: Metric) -> str:
    """Return `up`, `down` or `same` for a metric with before and after, else `""`."""
    if metric.before is None or metric.after is None:
        return ""
    change = metric.after.number - metric.before.number
    return "up" if change > 0 else "down" if change < 0 else "same"


def verdict_of(metric: Metric) -> str:
    """Return `better` or `worse`, or `""` when the metric does not say which way is good."""
    trend = trend_of(metric)
    if not metric.better or trend in {"", "same"}:
        return ""
    return "better" if (trend == "up") == (metric.better == "higher") else "worse"


def change_percent(metric: Metric) -> int | None:
    """Return the change from before to after in whole per cent, half away from zero; None unless before is above 0 and after not below."""
    if metric.before is None or metric.after is None or metric.before.number <= 0 or metric.after.number < 0:
        return None
    change = (metric.after.number - metric.before.number) / abs(metric.before.number) * 100
    return int(change.quantize(Decimal(1), ROUND_HALF_UP))

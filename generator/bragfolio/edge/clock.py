"""Clock: which day it is, and how long something took; the only place that asks."""

from __future__ import annotations

import datetime as dt
import os
import time


def find_timezone(name: str) -> dt.tzinfo | None:
    """Return the time zone of that IANA name, None when the machine knows none."""
    if name == "UTC":
        return dt.UTC
    from zoneinfo import (  # most portfolios name none, and a build that changes nothing is short
        ZoneInfo,
        ZoneInfoNotFoundError,
    )

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def today(timezone: dt.tzinfo) -> dt.date:
    """Return the day of SOURCE_DATE_EPOCH (reproducible-builds.org) where that is set, else today in *timezone*."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = dt.datetime.fromtimestamp(int(epoch), timezone) if epoch.isdigit() else dt.datetime.now(timezone)
    return now.date()


def stopwatch() -> float:
    """Return seconds on a clock that only runs forward."""
    return time.perf_counter()

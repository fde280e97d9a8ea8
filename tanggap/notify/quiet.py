"""Quiet hours: nobody's telephone rings at night because an office did its work late. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

# Our decision (DOMAIN marks it so): from eight in the evening to seven in the morning, where the reporter lives.
QUIET_FROM = time(20)
QUIET_TO = time(7)
HOME = "Asia/Jakarta"


def is_quiet(moment: datetime, zone: str = "") -> bool:
    """Whether people sleep at `moment` in `zone`."""
    at = moment.astimezone(ZoneInfo(zone or HOME)).time()
    return at >= QUIET_FROM or at < QUIET_TO


def after_quiet(moment: datetime, zone: str = "") -> datetime:
    """`moment` itself by day, else the next morning."""
    if not is_quiet(moment, zone):
        return moment
    local = moment.astimezone(ZoneInfo(zone or HOME))
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return datetime.combine(day, QUIET_TO, local.tzinfo).astimezone(moment.tzinfo)

"""Which day it is for posts, delegations and visits."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import get_default_timezone


def local_day(now: datetime) -> date:
    """The calendar day of `now` in the instance's zone (WIB unless set otherwise).

    One zone for the whole country on purpose: a delegation must not end an hour earlier for the colleague in Ambon.
    """
    return now.astimezone(get_default_timezone()).date()

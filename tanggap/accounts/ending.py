"""Ending posts and delegations at once, although their days are whole days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tanggap.accounts.days import local_day
from tanggap.accounts.models import Delegation, Membership
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors import active_posts
from tanggap.common.errors import Refused


def end_before(row: Membership | Delegation, today: date) -> None:
    """Let yesterday be the last day, so that it ends now and not at midnight.

    One that began today leaves no day on which it was held; the events tell the hours.
    """
    yesterday = today - timedelta(days=1)
    row.ends_on = yesterday
    row.starts_on = min(row.starts_on, yesterday)
    row.save(update_fields=["starts_on", "ends_on"])


def keep_one_national_admin(leaving: list[Membership], now: datetime) -> None:
    """Raises Refused when nobody would be left who can appoint anybody."""
    if not any(post.role == Role.NATIONAL_ADMIN for post in leaving):
        return
    others = active_posts(local_day(now)).filter(role=Role.NATIONAL_ADMIN)
    if not others.exclude(pk__in=[post.pk for post in leaving]).exists():
        raise Refused(_("Ini admin nasional terakhir. Angkat penggantinya dahulu."), code="last_admin")

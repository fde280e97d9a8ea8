"""Asking for the figures and ranking of a period; a reaction computes them."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.common.errors import Invalid
from tanggap.evaluation.models import RankedPeriod
from tanggap.evaluation.policies import check_may_publish_rankings
from tanggap.evaluation.ranking.steps import Step
from tanggap.evaluation.stepping import stepped
from tanggap.ledger.services.record import record

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)


@transaction.atomic
def request_period(*, name: str, first: date, last: date, actor: Actor, now: datetime) -> RankedPeriod:
    """Have a period computed, or computed anew while it is not frozen. Its name keeps the days it was given first.

    Raises Invalid for a name or days that cannot be, Refused once it is frozen.
    """
    check_may_publish_rankings(actor)
    _check(name, first, last, now)
    period, made = RankedPeriod.objects.get_or_create(
        name=name,
        defaults={"first": first, "last": last, "requested_by_key": actor.key, "requested_at": now},
    )
    if not made:
        period = stepped(name, Step.REQUEST, actor)
        if (period.first, period.last) != (first, last):
            raise Invalid(_("Nama ini sudah dipakai untuk masa dengan tanggal lain."), field="name", code="name_taken")
        period.requested_by_key, period.requested_at = actor.key, now
        period.reviewed_by_key, period.reviewed_at, period.published_at = "", None, None
        period.save()
    data = {"name": name, "first": first, "last": last}
    record("period.requested", stream=period.stream, actor=actor.key, at=now, data=data)
    return period


def _check(name: str, first: date, last: date, now: datetime) -> None:
    if not NAME.fullmatch(name):
        raise Invalid(_("Pakai huruf, angka, dan tanda hubung saja, misalnya 2026-Q3."), field="name", code="bad_name")
    if first > last:
        raise Invalid(_("Masa itu berakhir sebelum mulai."), field="last", code="ends_before")
    if last >= local_day(now):
        raise Invalid(_("Masa itu belum selesai; tunggu sampai hari terakhirnya lewat."), field="last", code="not_over")

"""From a day on something is kept for another time."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.policies import governs_everything
from tanggap.cases.models import RetentionKind, RetentionRule
from tanggap.cases.retention import PERIODS, bounds_of
from tanggap.common.errors import Forbidden, Invalid
from tanggap.ledger.services.record import record

STREAM = "retention:national"
LONGEST_SOURCE, LONGEST_DAYS = 200, 18_262
"""Fifty years: a larger number is a slip of the finger."""


@transaction.atomic
def set_retention(*, kind: str, days: int, valid_from: date, source: str, actor: Actor, now: datetime) -> RetentionRule:
    """Add a row; those before it stay, so that what applied on any day can be said. Recorded.

    Raises Forbidden (only the national admin), Invalid with the field: an unknown kind, a day that has come or is not
    after the last row, shorter or longer than the law allows, no reason.
    """
    if not governs_everything(actor):
        raise Forbidden(_("Halaman ini tidak ada."), code="forbidden")
    if kind not in PERIODS:
        raise Invalid(_("Pilih masa simpan yang diubah."), field="kind", code="unknown_kind")
    # Locked, so that two people who change the same period come one after the other.
    rows = list(RetentionRule.objects.select_for_update().filter(kind=kind).order_by("valid_from"))
    _check_day(valid_from, rows, now)
    _check_days(kind, days, valid_from)
    source = " ".join(source.split())
    if not source or len(source) > LONGEST_SOURCE:
        raise Invalid(_("Tulis dasar dan alasannya, paling banyak 200 huruf."), field="source", code="no_source")
    rule = RetentionRule.objects.create(kind=kind, days=days, valid_from=valid_from, source=source)
    before = rows[-1].days if rows else None
    data = {"kind": kind, "before": before, "days": days, "valid_from": valid_from, "source": source}
    record("retention.changed", stream=STREAM, actor=actor.key, at=now, data=data, react=False)
    return rule


def _check_day(valid_from: date, rows: list[RetentionRule], now: datetime) -> None:
    if valid_from <= local_day(now):
        raise Invalid(
            _("Paling cepat berlaku besok: yang sudah lewat tidak diubah."), field="valid_from", code="wrong_date"
        )
    if rows and valid_from <= rows[-1].valid_from:
        raise Invalid(
            _("Sudah ada baris yang mulai pada hari itu atau sesudahnya. Pilih hari yang lebih kemudian."),
            field="valid_from",
            code="not_later",
        )


def _check_days(kind: str, days: int, valid_from: date) -> None:
    least, most = bounds_of(RetentionKind(kind), valid_from)
    if least is not None and days < least.days:
        told = {"n": least.days, "source": least.source}
        raise Invalid(_("Paling sedikit %(n)d hari (%(source)s).") % told, field="days", code="too_short")
    if most is not None and days > most.days:
        told = {"n": most.days, "source": most.source}
        raise Invalid(_("Paling banyak %(n)d hari (%(source)s).") % told, field="days", code="too_long")
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(_("Isi dengan jumlah hari, dari 1 sampai 18.262."), field="days", code="wrong_number")

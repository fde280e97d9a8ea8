"""What an agency promised in its answers, and what became of it."""

from __future__ import annotations

from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from tanggap.cases.models import Case, Pledge
from tanggap.common import formats
from tanggap.common.clockwords import language


def promises_of(case: Case) -> list[Pledge]:
    """The promises of a case, oldest first; no statement for a case that was never answered."""
    if case.answered_at is None:
        return []
    return list(case.pledges.select_related("agency__body").order_by("made_at", "pk"))


def promise_state(pledge: Pledge, now: datetime) -> Pledge.State:
    """Where a promise stands; broken from the moment its day is over, even before the timer says so."""
    if pledge.state == Pledge.State.PENDING and pledge.due_at < now:
        return Pledge.State.BROKEN
    return Pledge.State(pledge.state)


def promise_words(pledge: Pledge, zone: tzinfo, now: datetime) -> str:
    """The state of a promise in a sentence, as both sides read it."""
    day = formats.long_date(pledge.due_on, language())
    facts = {"day": day, "done": _day(pledge.settled_at, zone)}
    state = promise_state(pledge, now)
    if state == Pledge.State.KEPT:
        return _("Dijanjikan untuk %(day)s, dikerjakan %(done)s: janji ditepati.") % facts
    if pledge.settled_at is not None:
        return _("Dijanjikan untuk %(day)s, baru dikerjakan %(done)s: janji tidak ditepati pada waktunya.") % facts
    if state == Pledge.State.BROKEN:
        return _("Dijanjikan untuk %(day)s. Tanggal itu sudah lewat dan belum ada kabar: janji tidak ditepati.") % facts
    return _("Dijanjikan untuk %(day)s. Janji ini tetap berlaku walau laporan ditutup.") % facts


def _day(moment: datetime | None, zone: tzinfo) -> str:
    return formats.long_date(moment.astimezone(zone).date(), language()) if moment else ""

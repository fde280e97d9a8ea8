"""The cases behind a figure: as they were counted last, at most a minute ago."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.cases.models import Case
from tanggap.cases.selectors.lists import COUNT_AT_MOST
from tanggap.cases.workflow import Outcome, State
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import root_agency, subtree_ids
from tanggap.evaluation.models import TallyEntry
from tanggap.evaluation.periods import Period
from tanggap.evaluation.selectors.entries import days_of
from tanggap.evaluation.tallies.entry import FOLLOWED_UP_WITHIN, FORWARDED_WITHIN
from tanggap.evaluation.tallies.slots import slots_between


@dataclass(frozen=True)
class Behind:
    """A kind of case that a figure counts: its words, which entries are of it, and the figures that lead to it."""

    name: str | Promise
    which: Q
    keys: tuple[str, ...] = ()


_COMPLETION: Final = ("completion.closed_over_total", "completion.closed_over_total_without_archived")
_SPREAD: Final = ("mean", "median", "p90")


def _spreads(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}.{part}" for name in names for part in _SPREAD)


BEHIND: Final = {
    "masuk": Behind(_("Laporan masuk"), Q(), ("total",)),
    "selesai": Behind(_("Selesai"), Q(state=State.CLOSED), (*_COMPLETION, *_spreads("citizen_close_calendar_days"))),
    "selesai-atau-proses": Behind(
        _("Selesai atau dalam proses"),
        Q(state__in=[State.CLOSED, State.IN_PROGRESS, State.ANSWERED]),
        ("completion.closed_and_in_progress_over_total",),
    ),
    "proses": Behind(_("Dalam proses"), Q(state__in=[State.IN_PROGRESS, State.ANSWERED])),
    "belum-ditindaklanjuti": Behind(_("Belum ditindaklanjuti"), Q(state=State.FORWARDED)),
    "belum-terverifikasi": Behind(_("Belum terverifikasi"), Q(state=State.UNVERIFIED)),
    "tertunda": Behind(_("Tertunda"), Q(state=State.ON_HOLD)),
    "diarsipkan": Behind(_("Diarsipkan"), Q(state=State.ARCHIVED)),
    "ditanggapi": Behind(
        _("Sudah ditanggapi"),
        Q(first_answer_working__isnull=False),
        _spreads("first_answer_working_days", "first_answer_calendar_days", "citizen_first_answer_calendar_days"),
    ),
    "diverifikasi": Behind(
        _("Sudah diverifikasi"), Q(verification_working__isnull=False), _spreads("verification_working_days")
    ),
    "tepat-waktu": Behind(_("Ditanggapi tepat waktu"), Q(judged=True, on_time=True), ("on_time_share",)),
    "batas-lewat": Behind(_("Batas tanggapan pertama sudah lewat"), Q(judged=True), ("on_time_n",)),
    "terlambat": Behind(_("Tidak ditanggapi tepat waktu"), Q(judged=True, on_time=False)),
    "lewat-batas": Behind(_("Menunggu lewat batas"), Q(overdue=True), ("overdue", "shares.overdue")),
    "dibuka-kembali": Behind(_("Pernah dibuka kembali"), Q(reopened=True), ("reopened", "shares.reopened")),
    "ditutup-diam": Behind(
        _("Selesai karena pelapor diam"),
        Q(state=State.CLOSED, outcome=Outcome.SILENT),
        ("closed_silent", "shares.closed_silent"),
    ),
    "dikembalikan": Behind(_("Pernah dikembalikan"), Q(returned=True), ("returned", "shares.returned")),
    "dinilai": Behind(_("Dinilai pelapornya"), Q(rating__isnull=False), ("satisfaction.mean", "satisfaction.n")),
    "diteruskan-3-hari": Behind(
        _("Diteruskan dalam 3 hari"), Q(citizen_forward__lte=FORWARDED_WITHIN), ("forwarded_within_3",)
    ),
    "ditindaklanjuti-10-hari": Behind(
        _("Ditindaklanjuti dalam 10 hari"), Q(citizen_first_answer__lte=FOLLOWED_UP_WITHIN), ("followed_up_within_10",)
    ),
    "janji-ditepati": Behind(_("Dengan janji yang ditepati"), Q(promises_kept__gt=0), ("promises.kept",)),
    "janji-tidak-ditepati": Behind(
        _("Dengan janji yang tidak ditepati"), Q(promises_broken__gt=0), ("promises.broken",)
    ),
    "janji-menunggu": Behind(
        _("Dengan janji yang belum jatuh tempo"), Q(promises_pending__gt=0), ("promises.pending",)
    ),
}
"""By their word in an address."""
SLUG_OF: Final = {key: slug for slug, one in BEHIND.items() for key in one.keys}


def entries_behind(of: Agency | Region, period: Period, which: Q, *, guarded: bool) -> QuerySet[TallyEntry]:
    """The entries a figure of a card counts; without secret and supervisory cases unless `guarded`."""
    start, end = days_of(period, of.zone)
    slots = slots_between(period.first, period.last, of.zone)
    found = TallyEntry.objects.filter(
        _standing_at(of),
        which,
        slot__gte=slots.start,
        slot__lt=slots.stop,
        received_at__gte=start,
        received_at__lt=end,
        merged=False,
    )
    return found if guarded else found.filter(guarded=False)


def _standing_at(of: Agency | Region) -> Q:
    if isinstance(of, Region):
        return Q(region=of.code) | Q(region__startswith=f"{of.code}.")
    return _held_by(of)


def _held_by(agency: Agency) -> Q:
    if agency.pk == root_agency().pk:
        return Q()
    return Q(body_id=agency.pk) if agency.is_body else Q(agency_id__in=subtree_ids(agency.path))


@dataclass(frozen=True)
class Counted:
    """How many a figure counts, and how many of them are not for this reader, None beyond a limit."""

    total: int
    rest: int | None


def shown_and_rest(entries: QuerySet[TallyEntry], seen: QuerySet[Case]) -> Counted:
    """The counts beside a list of those a reader may see."""
    total = entries.count()
    listed = seen.order_by().values("pk")[: COUNT_AT_MOST + 1].count()
    return Counted(total, max(total - listed, 0) if listed <= COUNT_AT_MOST else None)

"""What a new limit means for the rows there are, and when it is refused (DOMAIN §3: stricter, never laxer)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tanggap.cases.clocks import Limit
from tanggap.cases.deadlines import LimitRow, length_of, limit_for, limit_rows
from tanggap.cases.limit_edits import LimitEdit
from tanggap.cases.models import ClockName
from tanggap.cases.vocabulary import ClassificationWord
from tanggap.common.clockwords import days
from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of

# Limits of the agency's own work. The reporter's days to reply or to object are never an agency's to shorten.
OWN_CLOCKS = (ClockName.VERIFICATION, ClockName.FIRST_ANSWER, ClockName.RESOLUTION)
LONGEST_SOURCE = 200
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """A limit somebody wants from a day on; `agency` None is everybody, `limit` None back to what is inherited."""

    clock: str
    agency: Agency | None
    limit: Limit | None
    valid_from: date
    source: str = ""
    classification: str = ""
    urgent: bool = False

    @property
    def agency_id(self) -> int | None:
        return self.agency.pk if self.agency else None

    def is_of(self, row: LimitRow) -> bool:
        """Whether a row stands in the same place."""
        place = (row.clock, row.classification, row.agency_id, row.urgent)
        return place == (self.clock, self.classification, self.agency_id, self.urgent)


def plan_limit(wish: Wish, *, now: datetime) -> LimitEdit:
    """The rows that end, go and come. Raises Invalid with a sentence when the wish cannot be granted."""
    check_wish(wish, now=now)
    before: list[LimitRow] = []
    after: list[LimitRow] = []
    for row in filter(wish.is_of, limit_rows()):
        if row.valid_until is not None and row.valid_until < wish.valid_from:
            continue
        before.append(row)
        if row.valid_from < wish.valid_from:
            after.append(replace(row, valid_until=wish.valid_from - DAY))
    if wish.limit is not None:
        after.append(
            LimitRow(
                wish.clock,
                wish.classification,
                wish.agency_id,
                wish.urgent,
                wish.limit,
                wish.valid_from,
                None,
                " ".join(wish.source.split()),
            )
        )
    if sorted(map(repr, before)) == sorted(map(repr, after)):
        raise Invalid(_("Tidak ada yang berubah."), code="nothing")
    return LimitEdit(wish.valid_from, tuple(before), tuple(after))


def check_wish(wish: Wish, *, now: datetime) -> None:
    """Raises Invalid for the past, for no legal basis, and for what an agency may not set or not loosen."""
    if wish.valid_from < calendar_of(wish.agency_id).local_date(now):
        raise Invalid(
            _("Aturan baru tidak dapat berlaku surut. Pilih hari ini atau hari sesudahnya."),
            field="valid_from",
            code="past",
        )
    resolution = wish.clock == ClockName.RESOLUTION
    if resolution != bool(wish.classification) or (wish.classification not in ("", *ClassificationWord.values)):
        raise Invalid(
            _("Batas jawaban akhir ditetapkan untuk satu klasifikasi; batas lain untuk semua."),
            field="classification",
            code="classification",
        )
    if wish.limit is not None and not 0 < len(wish.source.strip()) <= LONGEST_SOURCE:
        raise Invalid(_("Tulis dasar aturannya, misalnya nomor keputusan."), field="source", code="no_source")
    if wish.agency is not None:
        _check_own(wish, wish.agency)
    elif wish.limit is None:
        raise Invalid(_("Batas nasional dapat diganti, tidak dihapus."), code="national")


def _check_own(wish: Wish, agency: Agency) -> None:
    if wish.clock not in OWN_CLOCKS or wish.urgent:
        raise Invalid(_("Batas ini hak pelapor atau ketentuan nasional; instansi tidak mengubahnya."), field="clock")
    if wish.limit is None:
        return
    above = inherited_limit(wish, agency)
    if wish.limit.unit not in (above.unit, "hours"):
        raise Invalid(
            _("Hitung dengan satuan yang sama seperti aturan di atasnya, yaitu %(limit)s, atau dengan jam.")
            % {"limit": days(above.amount, above.unit)},
            field="unit",
            code="unit",
        )
    if length_of(wish.limit) >= length_of(above):
        raise Invalid(
            _(
                "Instansi hanya dapat menetapkan batas yang lebih ketat. "
                "Aturan di atasnya %(limit)s; tulis kurang dari itu."
            )
            % {"limit": days(above.amount, above.unit)},
            field="amount",
            code="laxer",
        )


def inherited_limit(wish: Wish, agency: Agency) -> Limit:
    """What would hold without any row of the agency's own."""
    rows = tuple(row for row in limit_rows() if not wish.is_of(row))
    return limit_for(
        wish.clock, classification=wish.classification, agency=agency, on=wish.valid_from, urgent=wish.urgent, rows=rows
    )

"""Who holds a case: destinations, legs, and the level above."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from tanggap.cases.deadlines import set_agency_dates
from tanggap.cases.models import Case, Leg
from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency
from tanggap.directory.selectors import root_agency


def place_with(case: Case, agency: Agency) -> None:
    """Make the agency the present one of the case, and its government or national body the body."""
    case.agency = agency
    case.body_id = agency.body_id


def hand_over(case: Case, agency: Agency, *, now: datetime, moved_by: str, reason: str = "") -> None:
    """End the present leg and begin the next. The agency's clocks start with the first leg and never again."""
    Leg.objects.filter(case=case, held_to__isnull=True).update(held_to=now)
    Leg.objects.create(case=case, agency=agency, held_from=now, moved_by=moved_by, reason=reason)
    place_with(case, agency)
    if case.forwarded_at is None:
        # Nothing is forwarded unverified; an imported case may come without either time.
        case.verified_at = case.verified_at or now
        case.forwarded_at = now
        set_agency_dates(case)


def end_custody(case: Case, *, now: datetime) -> None:
    """Nobody holds it any more: closed or archived."""
    Leg.objects.filter(case=case, held_to__isnull=True).update(held_to=now)


def resume_custody(case: Case, *, now: datetime, moved_by: str, reason: str = "") -> None:
    """The last holder has it again, after an objection or a reopening."""
    if not Leg.objects.filter(case=case, held_to__isnull=True).exists():
        Leg.objects.create(case=case, agency=case.agency, held_from=now, moved_by=moved_by, reason=reason)


def level_above(agency: Agency) -> Agency:
    """Above a unit its government; above a government or national body the national admin (DOMAIN §2)."""
    if agency.body is None or agency.pk == agency.body_id:
        return root_agency()
    return agency.body


def check_destination(case: Case, agency: Agency) -> None:
    """Raises Invalid for a body that is closed, outside this instance, or whom the case is about."""
    if agency.status != Agency.Status.ACTIVE or agency.external:
        raise Invalid(
            _("%(agency)s tidak menerima laporan di sini. Pilih instansi lain.") % {"agency": agency.name},
            field="agency",
            code="closed_agency",
        )
    if case.guarded and is_subject(case, agency):
        raise Invalid(
            _("Laporan ini tentang %(agency)s sendiri, jadi tidak dapat diteruskan ke sana.") % {"agency": agency.name},
            field="agency",
            code="destination_is_subject",
        )


def is_subject(case: Case, agency: Agency) -> bool:
    """Whether the case is about this agency or one above it, the root left out."""
    lineage = {int(part) for part in agency.path.strip("/").split("/")} - {root_agency().pk}
    return case.subjects.filter(agency_id__in=lineage).exists()

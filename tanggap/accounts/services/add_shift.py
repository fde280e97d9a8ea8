"""Putting somebody on call."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.models import OnCallShift, Person
from tanggap.accounts.policies import governs, refuse
from tanggap.accounts.recording import lock_person, record_about
from tanggap.accounts.selectors.on_call import may_take_shifts
from tanggap.common.errors import Invalid, Refused
from tanggap.directory.models import Agency

LONGEST = timedelta(days=31)
FARTHEST = timedelta(days=366)


@transaction.atomic
def add_shift(
    *, agency: Agency, person: Person, starts_at: datetime, ends_at: datetime, actor: Actor, now: datetime
) -> OnCallShift:
    """From `starts_at` until `ends_at` this person is called for urgent cases of the agency and everything below it.

    Raises Forbidden outside the actor's reach, Invalid for times that cannot be and for people who could not open an
    unverified case, Refused when the person is on call there already.
    """
    if not governs(actor, agency):
        raise refuse()
    _check_times(starts_at, ends_at, now)
    person = lock_person(person.pk)
    if not may_take_shifts(agency, on=local_day(now)).filter(pk=person.pk).exists():
        raise Invalid(
            _("Yang dapat berjaga hanya admin instansi, inspektorat, dan admin nasional: mereka yang memverifikasi."),
            field="person",
            code="cannot_verify",
        )
    mine = OnCallShift.objects.filter(agency=agency, person=person, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if mine.exists():
        raise Refused(_("Orang ini sudah berjaga pada waktu itu. Tidak ada yang diubah."), code="already_on_call")
    shift = OnCallShift.objects.create(agency=agency, person=person, starts_at=starts_at, ends_at=ends_at)
    facts = {"shift": shift.pk, "agency": agency.code, "from": starts_at, "until": ends_at}
    record_about(person, "person.on_call_added", actor=actor, at=now, data=facts)
    return shift


def _check_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if ends_at <= starts_at:
        raise Invalid(_("Selesainya harus sesudah mulainya."), field="ends_at", code="no_length")
    if ends_at <= now:
        raise Invalid(_("Waktu jaga ini sudah lewat."), field="ends_at", code="past")
    if ends_at - starts_at > LONGEST:
        raise Invalid(_("Satu giliran jaga paling lama 31 hari."), field="ends_at", code="too_long")
    if starts_at - now > FARTHEST:
        raise Invalid(_("Mulainya paling jauh satu tahun dari sekarang."), field="starts_at", code="too_far")

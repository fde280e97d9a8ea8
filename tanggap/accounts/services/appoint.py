"""Giving a post."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Membership, Person
from tanggap.accounts.policies import check_post, may_appoint, refuse
from tanggap.accounts.recording import lock_person, post_data, record_about
from tanggap.common.errors import Refused
from tanggap.directory.models import Agency


@transaction.atomic
def appoint(
    *, person: Person, agency: Agency, role: str, actor: Actor, now: datetime, starts_on: date | None = None
) -> Membership:
    """Give the person the post from a day on (today unless given).

    Raises Forbidden, Invalid for a post that cannot be, Refused for a closed account or a post held already.
    """
    if not may_appoint(actor, role=role, agency=agency):
        raise refuse()
    check_post(role=role, agency=agency)
    person = lock_person(person.pk)
    if not person.is_active:
        raise Refused(_("Akun ini sudah dinonaktifkan. Admin nasional dapat mengaktifkannya lagi."), code="inactive")
    if Membership.objects.filter(person=person, agency=agency, role=role, ends_on__isnull=True).exists():
        raise Refused(_("Orang ini sudah memegang pos itu."), code="already_held")
    day = starts_on or local_day(now)
    membership = Membership.objects.create(person=person, agency=agency, role=role, starts_on=day)
    record_about(
        person, "person.appointed", actor=actor, at=now, data={**post_data(membership), "from": day.isoformat()}
    )
    return membership

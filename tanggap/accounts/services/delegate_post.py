"""Lending out a post while its holder is on leave."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Delegation, Membership, Person
from tanggap.accounts.policies import may_lend, refuse
from tanggap.accounts.recording import lock_person, post_data, record_about
from tanggap.accounts.selectors import colleagues_of
from tanggap.common.errors import Invalid, Refused

LONGEST = timedelta(days=180)


@transaction.atomic
def delegate_post(
    *,
    membership_id: int,
    to_person: Person,
    starts_on: date,
    ends_on: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Delegation:
    """Let a colleague of the same body act in the post between two days, both included; it ends by itself.

    Raises Forbidden for a post that is not the actor's to lend, Invalid for days, reason or colleague that cannot be,
    Refused when the post has ended or is lent out on one of those days.
    """
    membership = Membership.objects.select_related("agency", "person").filter(pk=membership_id).first()
    if membership is None or not may_lend(actor, membership):
        raise refuse()
    holder = lock_person(membership.person_id)
    _check_days(membership, starts_on, ends_on, local_day(now))
    if not reason.strip():
        raise Invalid(_("Tulis alasannya, misalnya cuti tahunan."), field="reason", code="reason")
    if not colleagues_of(membership, on=local_day(now)).filter(pk=to_person.pk).exists():
        raise Invalid(
            _("Pilih rekan yang memegang pos di instansi yang sama."), field="to_person", code="not_a_colleague"
        )
    if membership.delegations.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refused(_("Pada hari-hari itu pos ini sudah dititipkan. Akhiri dahulu titipan itu."), code="lent")
    delegation = Delegation.objects.create(
        membership=membership, to_person=to_person, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()[:300]
    )
    data = {**post_data(membership), "delegation": delegation.pk, "to": to_person.key}
    days = {"from": starts_on.isoformat(), "until": ends_on.isoformat()}
    record_about(holder, "person.post_lent", actor=actor, at=now, data={**data, **days})
    return delegation


def _check_days(membership: Membership, starts_on: date, ends_on: date, today: date) -> None:
    if membership.ends_on is not None and membership.ends_on < ends_on:
        raise Refused(_("Pos ini berakhir sebelum titipan itu selesai."), code="ended")
    if starts_on < today:
        raise Invalid(_("Titipan mulai paling awal hari ini."), field="starts_on", code="past")
    if ends_on < starts_on:
        raise Invalid(_("Hari terakhir tidak boleh sebelum hari pertama."), field="ends_on", code="backwards")
    if ends_on - starts_on > LONGEST:
        raise Invalid(_("Titipan paling lama 180 hari."), field="ends_on", code="too_long")

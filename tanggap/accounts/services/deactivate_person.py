"""Closing an account."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.ending import end_before, keep_one_national_admin
from tanggap.accounts.models import Delegation, Person
from tanggap.accounts.policies import may_deactivate, refuse
from tanggap.accounts.recording import lock_person, record_about
from tanggap.accounts.selectors import posts_of
from tanggap.common.errors import Refused


@transaction.atomic
def deactivate_person(*, person_id: int, actor: Actor, now: datetime) -> Person:
    """End every post and every session of a person; nothing is deleted, events go on naming them.

    The password becomes unusable, so that no session revives when the account is opened again.
    Raises Forbidden outside the actor's reach, Refused for oneself, a closed account, or the last national admin.
    Whoever also hands over open cases calls `cases.services.deactivate_officer`.
    """
    if not Person.objects.filter(pk=person_id).exists():
        raise refuse()
    person = lock_person(person_id)
    posts = list(posts_of(person, on=local_day(now)))
    if not may_deactivate(actor, posts):
        raise refuse()
    if person.pk == actor.person_id:
        raise Refused(_("Anda tidak dapat menonaktifkan akun sendiri."), code="oneself")
    if not person.is_active:
        raise Refused(_("Akun ini sudah nonaktif. Tidak ada yang diubah."), code="inactive")
    keep_one_national_admin(posts, now)
    today = local_day(now)
    for post in posts:
        end_before(post, today)
    for delegation in Delegation.objects.filter(to_person=person, ends_on__gte=today):
        end_before(delegation, today)
    person.is_active, person.deactivated_at = False, now
    person.set_unusable_password()
    person.save(update_fields=["is_active", "deactivated_at", "password"])
    record_about(person, "person.deactivated", actor=actor, at=now, data={"posts": [post.pk for post in posts]})
    return person

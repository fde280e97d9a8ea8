"""The first administrator, and the way back in for one who lost it."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from tanggap.accounts.actor import OPERATOR
from tanggap.accounts.models import Invitation, Person
from tanggap.accounts.recording import record_about
from tanggap.accounts.roles import Role
from tanggap.accounts.services.invite_person import Invited, invite_person
from tanggap.directory.selectors import root_agency


@transaction.atomic
def create_admin(*, email: str, now: datetime, forget_second_factor: bool = False) -> Invited:
    """A one-time link that makes whoever follows it national admin at the root, for seven days.

    For the operator of the server alone: on an existing account the link sets a new password, and with
    `forget_second_factor` the lost authenticator is dropped. Raises Invalid for an address that is none.
    """
    invited = invite_person(
        email=email, name="", agency=root_agency(), role=Role.NATIONAL_ADMIN, actor=OPERATOR, now=now
    )
    address = invited.invitation.email
    # Every operator's link sets a password: only the newest may live.
    older = Invitation.objects.filter(email=address, invited_by__isnull=True, accepted_at__isnull=True)
    older.exclude(pk=invited.invitation.pk).filter(expires_at__gt=now).update(expires_at=now)
    if forget_second_factor:
        _forget_second_factor(address, now)
    return invited


def _forget_second_factor(address: str, now: datetime) -> None:
    person = Person.objects.filter(email=address).first()
    if person is None:
        return
    count, _rows = Authenticator.objects.filter(user=person).delete()
    record_about(person, "person.second_factor_forgotten", actor=OPERATOR, at=now, data={"authenticators": count})

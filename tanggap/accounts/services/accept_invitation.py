"""Taking the post one was invited to."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import OPERATOR, Actor, actor_for
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Invitation, Membership, Person
from tanggap.accounts.recording import record_about
from tanggap.accounts.selectors import open_invitation
from tanggap.accounts.services.appoint import appoint
from tanggap.common.errors import Invalid, Refused


@transaction.atomic
def accept_invitation(
    *, token: str, person: Person | None, now: datetime, name: str = "", password: str = ""
) -> Person:
    """Give the post to whoever follows the link: the signed-in `person`, or a new one with `name` and `password`.

    An address that has an account must sign in with it: whoever made the link knows it, and must not become its
    owner by it. Only the operator's link (`create_admin`) sets a new password on an existing account.
    Raises Refused for a used or expired link, another person's link, or when the inviter has lost the right to invite;
    Invalid for a name or password that cannot be.
    """
    invitation = open_invitation(token, now=now, lock=True)
    inviter = _inviter(invitation, now)
    owner = person or Person.objects.select_for_update().filter(email=invitation.email).first()
    if owner is None:
        owner = _new_person(invitation, name, password, now)
    elif inviter is OPERATOR and person is None:
        _reopen(owner, password)
    elif person is None:
        raise Refused(
            _("Alamat ini sudah punya akun. Masuklah dahulu, lalu buka tautan ini lagi."), code="sign_in_first"
        )
    elif person.email != invitation.email:
        raise Refused(_("Undangan ini untuk alamat e-mail lain. Keluarlah dahulu dari akun ini."), code="other_person")
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    held = Membership.objects.filter(person=owner, agency=invitation.agency, role=invitation.role, ends_on__isnull=True)
    if not held.exists():
        appoint(person=owner, agency=invitation.agency, role=invitation.role, actor=inviter, now=now)
    return owner


def _inviter(invitation: Invitation, now: datetime) -> Actor:
    """Who appoints: the inviter as of today, so that a link outlives neither a post nor an account."""
    if invitation.invited_by is None:
        return OPERATOR
    return actor_for(invitation.invited_by, on=local_day(now))


def _new_person(invitation: Invitation, name: str, password: str, now: datetime) -> Person:
    full_name = " ".join(name.split())[:120] or invitation.name
    if not full_name:
        raise Invalid(_("Tulis nama Anda."), field="name", code="name")
    person, created = Person.objects.get_or_create(email=invitation.email, defaults={"name": full_name})
    if not created:
        raise Refused(
            _("Alamat ini sudah punya akun. Masuklah dahulu, lalu buka tautan ini lagi."), code="sign_in_first"
        )
    _set_password(person, password)
    record_about(person, "person.joined", actor=Actor(key=person.key), at=now, data={"invitation": invitation.pk})
    return person


def _reopen(person: Person, password: str) -> None:
    """The operator's link: the account opens again, and every session of it ends with the old password."""
    person.is_active, person.deactivated_at = True, None
    person.save(update_fields=["is_active", "deactivated_at"])
    _set_password(person, password)


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password", code="password") from error
    person.set_password(password)
    person.save(update_fields=["password"])

"""Inviting somebody to a post."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Invitation
from tanggap.accounts.policies import check_post, may_appoint, refuse
from tanggap.accounts.selectors import active_posts, token_digest
from tanggap.common.contacts import normalize_email
from tanggap.common.errors import Invalid, Refused, TooMany
from tanggap.directory.models import Agency
from tanggap.ledger.services.record import record

VALID_FOR = timedelta(days=7)
MOST_PENDING = 500
"""Open invitations of one person: a stolen session cannot fill the table."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and the secret of its link, which exists only here: the row keeps a digest."""

    invitation: Invitation
    token: str

    @property
    def path(self) -> str:
        """The link, without scheme and host."""
        return f"/akun/undangan/{self.token}/"


@transaction.atomic
def invite_person(*, email: str, name: str, agency: Agency, role: str, actor: Actor, now: datetime) -> Invited:
    """Make a link by which the post can be taken once within seven days; an older link to the same post dies.

    Raises Forbidden outside the actor's subtree or roles, Invalid for an address or post that cannot be, Refused when
    the person holds the post already (the operator may: the link then only sets a new password), TooMany at
    `MOST_PENDING` open invitations.
    """
    address = normalize_email(email)
    if address is None:
        raise Invalid(_("Tulis alamat e-mail lengkap, misalnya nama@contoh.go.id."), field="email", code="email")
    if not may_appoint(actor, role=role, agency=agency):
        raise refuse()
    check_post(role=role, agency=agency)
    held = active_posts(local_day(now)).filter(person__email=address, agency=agency, role=role)
    if actor.kind != "operator" and held.exists():
        raise Refused(_("Orang ini sudah memegang pos itu."), code="already_held")
    pending = Invitation.objects.filter(accepted_at__isnull=True, expires_at__gt=now)
    if pending.filter(invited_by_id=actor.person_id).count() >= MOST_PENDING:
        raise TooMany(_("Terlalu banyak undangan yang belum diterima. Tunggu sampai sebagian diterima."))
    pending.filter(email=address, agency=agency, role=role).update(expires_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=address,
        name=" ".join(name.split())[:120],
        agency=agency,
        role=role,
        token_digest=token_digest(token),
        invited_by_id=actor.person_id,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    # The invited may not exist yet: the event stands with whoever invited.
    stream = actor.key if actor.person_id else f"invitation:{invitation.pk}"
    data = {"invitation": invitation.pk, "agency": agency.code, "role": role}
    record("person.invited", stream=stream, actor=actor.key, at=now, data=data)
    return Invited(invitation, token)

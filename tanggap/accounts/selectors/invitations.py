"""Invitations: found by the secret of their link, listed for whoever may give the post."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Invitation
from tanggap.accounts.policies import governs_everything
from tanggap.accounts.roles import Role
from tanggap.common.errors import Refused


def token_digest(token: str) -> bytes:
    """What is kept of a link's secret: it has 256 random bits, so a plain digest cannot be searched backwards."""
    return sha256(token.encode()).digest()


def open_invitation(token: str, *, now: datetime, lock: bool = False) -> Invitation:
    """The invitation of a link. Raises Refused, in one sentence for every cause: a stranger learns nothing from it."""
    found = Invitation.objects.select_related("agency__body", "invited_by")
    if lock:
        found = found.select_for_update(of=("self",))
    invitation = found.filter(token_digest=token_digest(token[:200])).first()
    if invitation is None or invitation.accepted_at is not None or invitation.expires_at <= now:
        raise Refused(
            _("Tautan undangan ini sudah dipakai, sudah lewat tujuh hari, atau tidak lengkap. Mintalah undangan baru."),
            code="invitation_closed",
        )
    return invitation


def pending_invitations(actor: Actor, *, now: datetime) -> QuerySet[Invitation]:
    """Invitations not yet accepted in the subtrees the actor looks after, newest first."""
    waiting = Invitation.objects.filter(accepted_at__isnull=True, expires_at__gt=now)
    if not governs_everything(actor):
        inside = Q(pk__in=[])
        for grant in actor.grants_of(Role.COORDINATOR):
            inside |= Q(agency__path__startswith=grant.path)
        waiting = waiting.filter(inside)
    return waiting.select_related("agency__body").order_by("-created_at", "-pk")

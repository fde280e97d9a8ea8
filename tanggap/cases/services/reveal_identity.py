"""An officer asks to see who wrote: with a reason, recorded, told to the reporter, closed again after a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.identity import Contact, open_identity
from tanggap.cases.models import Case, Reveal
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.texts import clean_text
from tanggap.cases.workflow import Action
from tanggap.common.errors import NotFound, Refused

STAYS_OPEN = timedelta(hours=24)
LONGEST_REASON = 500


@transaction.atomic
def reveal_identity(*, tracking_id: str, reason: str, actor: Actor, now: datetime) -> tuple[Reveal, Contact | None]:
    """Open the identity of a named case; for an anonymous one only ask, until a second person agrees.

    Raises Forbidden, Refused (frozen after pressure on the reporter), Invalid (no reason).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.REVEAL_IDENTITY, case)
    advanced(case, Action.REVEAL_IDENTITY)
    _refuse_if_pressed(case)
    reason = clean_text(reason, field="reason", longest=LONGEST_REASON)
    reveal = Reveal(case=case, asked_by_key=actor.key, asked_at=now, reason=reason)
    if case.anonymous:
        reveal.save()
        record_only(case, "case.identity_asked", actor=actor, at=now, data={"reveal": reveal.pk, "reason": reason})
        return reveal, None
    reveal.approved_at, reveal.closes_at = now, now + STAYS_OPEN
    reveal.save()
    record_only(case, "case.identity_revealed", actor=actor, at=now, data={"reveal": reveal.pk, "reason": reason})
    return reveal, open_identity(case)


def identity_seen_by(*, case: Case, actor: Actor, now: datetime) -> Contact | None:
    """The identity while a reveal of this officer is open; None otherwise."""
    open_now = Reveal.objects.filter(
        case=case, asked_by_key=actor.key, approved_at__lte=now, closes_at__gt=now
    ).exists()
    return open_identity(case) if open_now and not case.pressed else None


def _refuse_if_pressed(case: Case) -> None:
    if case.pressed:
        raise Refused(_("Identitas pelapor ini tidak dapat dibuka sekarang."), code="frozen")


@transaction.atomic
def approve_reveal(*, tracking_id: str, reveal_id: int, actor: Actor, now: datetime) -> Reveal:
    """The second person for an anonymous case: somebody else, from outside the reported agency's subtree.

    Raises Forbidden, NotFound, Refused (own request, posted inside, frozen, decided before).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.REVEAL_IDENTITY, case)
    _refuse_if_pressed(case)
    reveal = Reveal.objects.select_for_update().filter(pk=reveal_id, case=case, approved_at__isnull=True).first()
    if reveal is None:
        raise NotFound(_("Permintaan ini tidak ada, atau sudah diputus."), code="no_reveal")
    reported = case.body.path if case.body else case.agency.path
    if reveal.asked_by_key == actor.key or any(post.startswith(reported) for post in actor.posts):
        raise Refused(
            _("Orang kedua harus dari luar instansi yang dilaporkan, dan bukan peminta sendiri."), code="not_second"
        )
    reveal.approved_by_key, reveal.approved_at, reveal.closes_at = actor.key, now, now + STAYS_OPEN
    reveal.save(update_fields=["approved_by_key", "approved_at", "closes_at"])
    record_only(case, "case.identity_revealed", actor=actor, at=now, data={"reveal": reveal.pk})
    return reveal

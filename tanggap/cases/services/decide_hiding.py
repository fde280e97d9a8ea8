"""A moderator accepts or declines what somebody asked to be taken out of the public words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.hiding import answer, wish_of
from tanggap.cases.models import HidingRequest
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.services.moderate_words import LONGEST_REASON, moderate_words
from tanggap.cases.texts import clean_text
from tanggap.cases.workflow import Action
from tanggap.common.errors import NotFound


@transaction.atomic
def decide_hiding(
    *,
    tracking_id: str,
    request_id: int,
    accept: bool,
    reason: str,
    actor: Actor,
    now: datetime,
    message_id: int | None = None,
) -> HidingRequest:
    """Hide the case, or one entry of it, for the public reason, or decline with one; the asker is told where an address
    was left.

    Raises Forbidden, NotFound (no such wish, or decided before), Refused (hidden already), Invalid. What the asker
    wrote is gone afterwards.
    """
    case = lock_case(tracking_id)
    # Who may show words again is a moderator; hiding is open to reporters as well.
    authorize(actor, Action.SHOW_WORDS, case)
    advanced(case, Action.SHOW_WORDS)
    request = case.hiding_requests.select_for_update().filter(pk=request_id, decided_at=None).first()
    if request is None:
        raise NotFound(_("Permintaan ini tidak ada, atau sudah diputus."), code="no_request")
    reason = clean_text(reason, field="reason", longest=LONGEST_REASON)
    if accept:
        case = moderate_words(
            tracking_id=tracking_id, hide=True, reason=reason, message_id=message_id, actor=actor, now=now
        )
    email = wish_of(request).email
    if email:
        answer(request, email, accepted=accept, reason=reason, now=now)
    request.sealed, request.accepted, request.decided_at, request.decided_by_key = None, accept, now, actor.key
    request.save(update_fields=["sealed", "accepted", "decided_at", "decided_by_key"])
    record_only(
        case,
        "case.hiding_accepted" if accept else "case.hiding_declined",
        actor=actor,
        at=now,
        data={"request": request.pk, **({"message": message_id} if accept else {"reason": reason})},
    )
    return request

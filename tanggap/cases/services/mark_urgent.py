"""A verifier decides that a case is urgent, or that its words only sounded so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.deadlines import recompute_dates
from tanggap.cases.models import Case, MessageKind
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.texts import clean_text, write_message
from tanggap.cases.workflow import Action
from tanggap.common.errors import Refused

LONGEST_REASON = 500


@transaction.atomic
def mark_urgent(*, tracking_id: str, urgent: bool, reason: str, actor: Actor, now: datetime) -> Case:
    """Set or take back the mark, with a reason that officers read; the clocks that still run get their other limits.

    They count from where they began: whoever sees late that a case was urgent all along shows as late, which is what
    happened. Raises Forbidden, Refused (already so, or the agency has answered: no limit is left to change), Invalid.
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.MARK_URGENT, case)
    advanced(case, Action.MARK_URGENT)
    reason = clean_text(reason, field="reason", longest=LONGEST_REASON)
    if case.urgent == urgent:
        raise Refused(
            _("Laporan ini sudah bertanda mendesak.") if urgent else _("Laporan ini tidak bertanda mendesak."),
            code="already",
        )
    if case.first_answered_at is not None:
        raise Refused(
            _("Laporan ini sudah ditanggapi. Tanda mendesak tidak mengubah batasnya lagi."), code="already_answered"
        )
    case.urgent = urgent
    note = write_message(case, MessageKind.NOTE, reason, actor=actor, at=now)
    if case.hold_due_at is None:
        # On hold the clocks stand still; their dates are worked out when it ends.
        recompute_dates(case)
    event = "case.marked_urgent" if urgent else "case.urgency_lifted"
    save_case(case, event, actor=actor, at=now, data={"message": note.pk})
    return case

"""The reporter's appeal: the first reopens the case, the second goes to the ombudsman."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.custody import resume_custody
from tanggap.cases.deadlines import due_for, set_agency_dates
from tanggap.cases.models import Case, ClockName, MessageKind
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only, save_case
from tanggap.cases.texts import clean_text, write_message
from tanggap.cases.workflow import OBJECTIONS_AT_MOST, Action
from tanggap.common.errors import Refused


@transaction.atomic
def object_to_case(*, tracking_id: str, text: str, actor: Actor, now: datetime) -> Case:
    """Object to an answer, a closing or an archiving within ten working days.

    The first objection leads back to `in_progress`, to another officer. A second changes no state and is recorded
    as going to the ombudsman. Raises Forbidden, Refused (wrong state, too late), Invalid (no words).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.OBJECT, case)
    state = advanced(case, Action.OBJECT)
    text = clean_text(text, field="objection")
    ended = case.closed_at or case.answered_at
    if ended is not None and now > due_for(case, ClockName.OBJECTION, ended):
        raise Refused(
            _("Keberatan dapat disampaikan sampai sepuluh hari kerja. Anda dapat membuat laporan baru."),
            code="too_late",
        )
    write_message(case, MessageKind.OBJECTION, text, actor=actor, at=now)
    if case.objections >= OBJECTIONS_AT_MOST:
        record_only(case, "case.objection_escalated", actor=actor, at=now, data={"to": "ombudsman"})
        return case
    _reopen(case, state, now)
    case.objections += 1
    save_case(case, "case.objected", actor=actor, at=now)
    return case


def _reopen(case: Case, state: str, now: datetime) -> None:
    case.state, case.state_before = state, ""
    case.closed_at, case.outcome, case.archive_reason = None, "", ""
    case.window_ends_at = None
    case.reopens += 1
    if case.forwarded_at is None:
        # Archived before anybody verified it: the objection itself brings it to the agency that was addressed.
        case.verified_at = case.verified_at or now
        case.forwarded_at = now
        set_agency_dates(case)
    case.objection_due_at = due_for(case, ClockName.RESOLUTION, now)
    resume_custody(case, now=now, moved_by=Action.OBJECT)

"""Correct title, classification, category or region after intake."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.correction import Correction, apply_correction
from tanggap.cases.deadlines import recompute_dates
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.workflow import Action


@transaction.atomic
def correct_case(*, tracking_id: str, correction: Correction, actor: Actor, now: datetime) -> Case:
    """Change what the case is called or counted as; a new classification brings its own limits, recorded.

    Raises Forbidden, Refused, Invalid (leaving supervisory without the inspector).
    """
    case = lock_case(tracking_id)
    found = authorize(actor, Action.CORRECT, case)
    advanced(case, Action.CORRECT)
    before = case.classification
    apply_correction(case, correction, standings=found)
    if case.classification != before and case.hold_due_at is None:
        recompute_dates(case)
    save_case(case, "case.corrected", actor=actor, at=now)
    return case

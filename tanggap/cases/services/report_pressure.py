"""Saya ditekan karena laporan ini: out of sight at once, and the agency learns nothing of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, Reveal
from tanggap.cases.policies import authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.workflow import Action


@transaction.atomic
def report_pressure(*, tracking_id: str, actor: Actor, now: datetime) -> Case:
    """Secret, off all public surfaces, open identity reveals shut and new ones frozen. Raises Forbidden.

    Nothing is written into the thread: an agency that reads there must not learn that the reporter spoke up.
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.REPORT_PRESSURE, case)
    case.secret = True
    case.pressed = True
    Reveal.objects.filter(case=case).update(closes_at=now)
    save_case(case, "case.pressure_reported", actor=actor, at=now)
    return case

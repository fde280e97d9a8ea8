"""The reporter gives secrecy or anonymity up; nobody else can."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.texts import unprotect
from tanggap.cases.workflow import Action, Classification
from tanggap.common.errors import Refused


@transaction.atomic
def lower_confidentiality(
    *, tracking_id: str, actor: Actor, now: datetime, open_content: bool = False, open_identity: bool = False
) -> Case:
    """Make the content public, the identity visible, or both. Raises Forbidden, Refused (supervisory stays secret)."""
    case = lock_case(tracking_id)
    authorize(actor, Action.LOWER_CONFIDENTIALITY, case)
    if open_content and case.classification == Classification.SUPERVISORY_COMPLAINT:
        raise Refused(_("Pengaduan berkadar pengawasan tetap rahasia."), code="stays_secret")
    case.secret = case.secret and not open_content
    case.anonymous = case.anonymous and not open_identity
    unprotect(case)
    save_case(case, "case.confidentiality_lowered", actor=actor, at=now)
    return case

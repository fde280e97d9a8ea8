"""Check a new case and hand it to the agency that must answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.correction import Correction, apply_correction
from tanggap.cases.custody import check_destination, hand_over
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.reach import check_reach
from tanggap.cases.recording import lock_case, record_only, save_case
from tanggap.cases.texts import protect
from tanggap.cases.workflow import Action
from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency


@dataclass(frozen=True, slots=True)
class Verification:
    """What the verifier decides: the destination always, the rest where it was missing or wrong."""

    agency: Agency
    correction: Correction
    secret: bool = False
    anonymous: bool = False


@transaction.atomic
def verify_case(*, tracking_id: str, verification: Verification, actor: Actor, now: datetime) -> Case:
    """Set title, classification, category and confidentiality, and forward; records both events.

    Raises Forbidden, Refused (already verified), Invalid (no title or classification, impossible destination).
    """
    case = lock_case(tracking_id)
    found = authorize(actor, Action.VERIFY, case)
    state = advanced(case, Action.VERIFY)
    apply_correction(case, verification.correction, standings=found)
    if case.classification is None:
        raise Invalid(_("Pilih klasifikasi laporan."), field="classification", code="required")
    case.secret = case.secret or verification.secret
    case.anonymous = case.anonymous or verification.anonymous
    case.guarded = case.guarded or case.secret
    protect(case)
    check_destination(case, verification.agency)
    check_reach(actor, verification.agency, case)
    case.verified_at = now
    case.state = state
    hand_over(case, verification.agency, now=now, moved_by=Action.VERIFY)
    # Verifying publishes what stands there, replies that came before it included.
    case.messages.filter(unseen=True).update(unseen=False)
    save_case(case, "case.verified", actor=actor, at=now)
    record_only(case, "case.forwarded", actor=actor, at=now, data={"agency": verification.agency.code})
    return case

"""Bringing a case to a state by the services, as people would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from tanggap.cases.correction import Correction
from tanggap.cases.models import Case
from tanggap.cases.services.accept_case import accept_case
from tanggap.cases.services.answer_case import Draft, answer_case
from tanggap.cases.services.archive_case import archive_case
from tanggap.cases.services.confirm_case import confirm_case
from tanggap.cases.services.hold_case import hold_case
from tanggap.cases.services.verify_case import Verification, verify_case
from tanggap.cases.texts import Answer
from tanggap.directory.selectors import agency_by_code
from tests.cast import DAY, Cast

HOUR = timedelta(hours=1)
DONE = "Lampu di Jalan Randu sudah diganti dua buah pada Senin pagi oleh regu penerangan."


def final(text: str = DONE, **given: Any) -> Draft:
    """A final answer in substance."""
    answer = Answer(**{"kind": "done", "done_on": DAY.date(), "office": "Bidang Bina Marga", **given})
    return Draft(text=text, final=True, answer=answer)


def verify(case: Case, cast: Cast, unit: str, now: datetime, by: str = "verifier", **given: Any) -> Case:
    """Verified and forwarded to a unit."""
    correction = Correction(title="Lampu jalan padam", classification=given.pop("classification", "complaint"))
    verification = Verification(agency=agency_by_code(unit), correction=correction, **given)
    return verify_case(tracking_id=case.tracking_id, verification=verification, actor=cast[by], now=now)


def bring(state: str, submit: Callable[..., Any], cast: Cast, *, unit: str = "35.27/dpupr", **given: Any) -> Case:
    """A case in `state`; `before_hold` picks what it was when held. Times are hours after DAY."""
    by = "inspector" if given.get("classification") == "supervisory_complaint" else "verifier"
    receipt = submit(**given)
    case: Case = receipt.case
    holder = cast[by] if by == "inspector" else cast["officer"]
    classification = given.get("classification") or "complaint"
    number = case.tracking_id
    if state == "unverified":
        return case
    if state == "archived":
        archive_case(
            tracking_id=number,
            reason="unclear",
            explanation="Isi tidak jelas.",
            actor=cast["national_admin"],
            now=DAY + HOUR,
        )
        return _fresh(case)
    verify(case, cast, unit, DAY + HOUR, by=by, classification=classification)
    if state == "on_hold":
        hold_case(tracking_id=number, question="Di nomor berapa?", actor=holder, now=DAY + 2 * HOUR)
    if state == "in_progress":
        accept_case(tracking_id=number, actor=holder, now=DAY + 2 * HOUR)
    if state in ("answered", "closed"):
        answer_case(tracking_id=number, draft=final(), actor=holder, now=DAY + 2 * HOUR)
    if state == "closed":
        confirm_case(tracking_id=number, actor=cast["citizen"].proving(case.pk), now=DAY + 3 * HOUR)
    return _fresh(case)


def _fresh(case: Case) -> Case:
    return Case.objects.select_related("agency__body").get(pk=case.pk)


TOMORROW: date = DAY.date() + timedelta(days=1)

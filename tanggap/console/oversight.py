"""What the page of a case shows of the ombudsman's work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tanggap.accounts.actor import Actor
from tanggap.cases.inquiries import inquiries_for, may_answer
from tanggap.cases.models import Case, Inquiry
from tanggap.cases.workflow import Action, Standing, may
from tanggap.escalation.models import Letter


@dataclass(frozen=True)
class InquiryLine:
    """One question as this officer sees it."""

    row: Inquiry
    late: bool
    answers: bool


def oversight_of(case: Case, actor: Actor, standings: frozenset[Standing], now: datetime) -> dict[str, Any]:
    """The questions this officer may read, and whether the bundle is theirs to take."""
    lines = [
        InquiryLine(
            row,
            late=row.answered_at is None and row.due_at < now,
            answers=row.answered_at is None and may_answer(actor, case, row, standings),
        )
        for row in inquiries_for(actor, case, standings)
    ]
    asked = any(line.answers for line in lines)
    return {"inquiries": lines, "asked": asked, "takes_bundle": may(Action.EXPORT_BUNDLE, standings)}


def letters_of(case: Case) -> list[dict[str, str]]:
    """The letters of the ladder about a case, as the bundle lists them."""
    rows = Letter.objects.filter(steps__case=case, state=Letter.State.ISSUED).select_related("recipient_agency")
    return [
        {
            "number": row.external_number or row.number,
            "kind": row.kind,
            "clock": row.clock,
            "issued_at": row.issued_at.isoformat() if row.issued_at else "",
            "to": f"{row.recipient_role}, {row.recipient_agency.full_name}",
            "sha256": row.sha256,
        }
        for row in rows.distinct().order_by("pk")
    ]

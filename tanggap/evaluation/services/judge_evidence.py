"""An evaluator accepts or refuses what a body brought."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Invalid, NotFound
from tanggap.evaluation.models import Evidence, Round
from tanggap.evaluation.round_policies import check_judges
from tanggap.evaluation.rounds_open import locked_body
from tanggap.ledger.services.record import record


@transaction.atomic
def judge_evidence(*, evidence_id: int, accepted: bool, comment: str, actor: Actor, now: datetime) -> Evidence:
    """Judge evidence; judged again, the later judgement holds and both are in the ledger.

    Raises NotFound for whoever does not judge this body, Refused outside collecting and reading, Invalid for a refusal
    without a reason.
    """
    row = Evidence.objects.filter(pk=evidence_id).first()
    if row is None:
        raise NotFound(_("Tidak ada putaran evaluasi seperti itu."))
    body = locked_body(row.body_id, Round.State.COLLECTING, Round.State.READING)
    check_judges(actor, body)
    comment = comment.strip()[:1000]
    if not accepted and not comment:
        raise Invalid(_("Tulis mengapa bukti ini ditolak."), field="comment")
    row.state = Evidence.State.ACCEPTED if accepted else Evidence.State.REFUSED
    row.comment, row.judged_by_key, row.judged_at = comment, actor.key, now
    row.save(update_fields=["state", "comment", "judged_by_key", "judged_at"])
    data = {"agency": body.agency.code, "item": row.item, "evidence": row.pk, "accepted": accepted}
    record("round.evidence_judged", stream=body.round.stream, actor=actor.key, at=now, data=data, react=False)
    return row

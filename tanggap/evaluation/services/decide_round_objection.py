"""The evaluators decide an objection, with reasons; what stood before stays visible."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Invalid, NotFound, Refused
from tanggap.evaluation.models import Evidence, Round, RoundObjection
from tanggap.evaluation.results import share_words
from tanggap.evaluation.round_policies import check_judges
from tanggap.evaluation.rounds_open import locked_body
from tanggap.ledger.services.record import record

FINEST = Decimal("0.0001")


@transaction.atomic
def decide_round_objection(
    *, objection_id: int, upheld: bool, answer: str, actor: Actor, now: datetime, score: Decimal | None = None
) -> RoundObjection:
    """Uphold or reject. Upheld, evidence counts as accepted, and a sampled case gets the new share `score` (0–1).

    Raises NotFound for whoever does not judge the body, Refused for one already decided, Invalid without a reason or
    without the new score.
    """
    row = RoundObjection.objects.select_related("evidence", "sampled").filter(pk=objection_id).first()
    if row is None:
        raise NotFound(_("Tidak ada putaran evaluasi seperti itu."))
    body = locked_body(row.body_id, Round.State.OBJECTION)
    check_judges(actor, body)
    row.refresh_from_db(fields=["state"])
    if row.state != RoundObjection.State.OPEN:
        raise Refused(_("Sanggahan ini sudah diputus."), code="decided_already")
    if not answer.strip():
        raise Invalid(_("Tulis alasan keputusannya."), field="answer")
    if upheld:
        _uphold(row, score)
    row.state = RoundObjection.State.UPHELD if upheld else RoundObjection.State.REJECTED
    row.answer, row.decided_by_key, row.decided_at = answer.strip()[:2000], actor.key, now
    row.after = row.evidence.state if row.evidence is not None else share_words(row.sampled)
    row.save(update_fields=["state", "answer", "after", "decided_by_key", "decided_at"])
    data = {"agency": body.agency.code, "objection": row.pk, "upheld": upheld, "before": row.before, "after": row.after}
    record("round.objection_decided", stream=body.round.stream, actor=actor.key, at=now, data=data, react=False)
    return row


def _uphold(row: RoundObjection, score: Decimal | None) -> None:
    if row.evidence is not None:
        row.evidence.state = Evidence.State.ACCEPTED
        row.evidence.save(update_fields=["state"])
        return
    if score is None or not 0 <= score <= 1:
        raise Invalid(_("Beri nilai baru dari 0 sampai 100 persen."), field="score")
    assert row.sampled is not None
    row.sampled.corrected = score.quantize(FINEST)
    row.sampled.save(update_fields=["corrected"])

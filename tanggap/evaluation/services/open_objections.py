"""Bodies are shown what was found, and may object for some working days."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.policies import public_cases
from tanggap.common.errors import Refused
from tanggap.directory.selectors import calendar_of
from tanggap.evaluation.models import Evidence, Round, SampledCase
from tanggap.evaluation.results import brought
from tanggap.evaluation.round_policies import check_evaluates
from tanggap.evaluation.rounds.scoring import share_of
from tanggap.evaluation.rounds_open import locked_round
from tanggap.ledger.services.record import record


@transaction.atomic
def open_objections(*, round_id: int, actor: Actor, now: datetime) -> Round:
    """End the reading. Raises NotFound for whoever does not evaluate here, Refused while evidence that counts waits to
    be judged or a sampled case for a reader."""
    row = locked_round(round_id, Round.State.READING)
    check_evaluates(actor, row)
    waiting = sum(
        one.state == Evidence.State.SUBMITTED
        for body in row.bodies.prefetch_related("evidence")
        for one in brought(body).values()
    )
    unread = unread_cases(row)
    if waiting or unread:
        words = {"evidence": waiting, "cases": unread}
        raise Refused(
            _("Masih ada %(evidence)s bukti yang belum diperiksa dan %(cases)s laporan yang belum selesai dibaca.")
            % words,
            code="unread",
        )
    row.state = Round.State.OBJECTION
    row.objections_until = calendar_of(row.agency_id).due_at(now, row.objection_days)
    row.save(update_fields=["state", "objections_until"])
    data = {"until": row.objections_until.isoformat()}
    record("round.shown", stream=row.stream, actor=actor.key, at=now, data=data, react=False)
    return row


def unread_cases(row: Round) -> int:
    """How many sampled cases of a round are not decided: fewer than two readers, or a third is still needed.

    One that is not public any more waits for nobody: it can no longer be read.
    """
    readings: dict[int, list[dict[str, int]]] = {}
    open_ = set(
        public_cases()
        .filter(pk__in=SampledCase.objects.filter(body__round=row).values("case_id"))
        .values_list("pk", flat=True)
    )
    for body in row.bodies.prefetch_related("sample__readings"):
        for sampled in body.sample.all():
            if sampled.case_id not in open_:
                continue
            readings[sampled.pk] = [reading.scores for reading in sampled.readings.all()]
    return sum(share_of(scores) is None for scores in readings.values())

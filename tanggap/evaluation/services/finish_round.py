"""A round is over: its results are fixed, with a digest that the minutes carry."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Refused
from tanggap.evaluation.models import Round, RoundObjection
from tanggap.evaluation.results import digest_of, results_of
from tanggap.evaluation.round_policies import check_evaluates
from tanggap.evaluation.rounds_open import locked_round
from tanggap.ledger.services.record import record


@transaction.atomic
def finish_round(*, round_id: int, actor: Actor, now: datetime) -> Round:
    """Fix the results. Raises NotFound for whoever does not evaluate here, Refused before the last day of objections
    or while one is undecided."""
    row = locked_round(round_id, Round.State.OBJECTION)
    check_evaluates(actor, row)
    if row.objections_until is None or now <= row.objections_until:
        raise Refused(_("Masa sanggah belum lewat."), code="too_early")
    if RoundObjection.objects.filter(body__round=row, state=RoundObjection.State.OPEN).exists():
        raise Refused(_("Masih ada sanggahan yang belum diputus."), code="undecided")
    row.results = results_of(row)
    row.state, row.final_at, row.digest = Round.State.FINAL, now, digest_of(row.results)
    row.save(update_fields=["state", "final_at", "results", "digest"])
    record("round.finished", stream=row.stream, actor=actor.key, at=now, data={"sha256": row.digest}, react=False)
    return row

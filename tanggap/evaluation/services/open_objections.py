"""Bodies are shown what was found, and may object for some working days."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Refused
from tanggap.directory.selectors import calendar_of
from tanggap.evaluation.models import Evidence, Round
from tanggap.evaluation.results import brought, unread_cases
from tanggap.evaluation.round_policies import check_evaluates
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

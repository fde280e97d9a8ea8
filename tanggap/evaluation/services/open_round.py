"""A round of evaluation begins: bodies may bring what the check list asks for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Invalid, NotFound
from tanggap.directory.models import Agency
from tanggap.evaluation.models import Round, RoundBody
from tanggap.evaluation.periods import Period
from tanggap.evaluation.round_policies import evaluates
from tanggap.evaluation.rounds_open import judged_by
from tanggap.ledger.services.record import record

MOST_SAMPLED: Final = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round is about. `sample_size` is cases a body, `objection_days` working days."""

    name: str
    group: str
    period: Period
    within: str = ""
    sample_size: int = 10
    objection_days: int = 5


@transaction.atomic
def open_round(*, agency: Agency, plan: Plan, actor: Actor, now: datetime) -> Round:
    """Open a round in the name of an agency, with a seed that is fixed from now on; opened again, it is the same round.

    Raises NotFound for whoever does not evaluate for this agency, Refused for a group that is not theirs, Invalid for
    a sample that nobody could read and for a group in which there is nobody.
    """
    if not evaluates(actor, agency.pk):
        raise NotFound(_("Tidak ada putaran evaluasi seperti itu."))
    if not 1 <= plan.sample_size <= MOST_SAMPLED:
        raise Invalid(_("Antara 1 dan 100 laporan tiap instansi."), field="sample_size")
    # One at a time in an agency's name: the second of a double submit finds the round of the first.
    Agency.objects.select_for_update().get(pk=agency.pk)
    same = _same_round(agency, plan, actor)
    if same is not None:
        return same
    bodies = list(judged_by(agency, plan.group, plan.within))
    if not bodies:
        raise Invalid(_("Tidak ada instansi dalam kelompok itu."), field="group")
    row = Round.objects.create(
        name=plan.name.strip()[:120],
        agency=agency,
        group=plan.group,
        within=plan.within,
        first=plan.period.first,
        last=plan.period.last,
        seed=secrets.token_hex(8),
        sample_size=plan.sample_size,
        objection_days=plan.objection_days,
        opened_by_key=actor.key,
        opened_at=now,
    )
    RoundBody.objects.bulk_create(RoundBody(round=row, agency=body) for body in bodies)
    sealed = sha256(row.seed.encode()).hexdigest()
    data = {"agency": agency.code, "group": plan.group, "seed_sha256": sealed, "bodies": len(bodies)}
    record("round.opened", stream=row.stream, actor=actor.key, at=now, data=data, react=False)
    return row


def _same_round(agency: Agency, plan: Plan, actor: Actor) -> Round | None:
    return Round.objects.filter(
        agency=agency,
        name=plan.name.strip()[:120],
        group=plan.group,
        within=plan.within,
        first=plan.period.first,
        last=plan.period.last,
        opened_by_key=actor.key,
        state=Round.State.COLLECTING,
    ).first()

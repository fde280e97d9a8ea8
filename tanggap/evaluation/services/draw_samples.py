"""The sample of every body in a round is drawn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import public_cases
from tanggap.cases.workflow import State
from tanggap.directory.selectors import subtree_ids
from tanggap.evaluation.models import Round, RoundBody, SampledCase
from tanggap.evaluation.periods import Period
from tanggap.evaluation.round_policies import check_evaluates
from tanggap.evaluation.rounds.sampling import METHOD, draw
from tanggap.evaluation.rounds_open import locked_round
from tanggap.evaluation.selectors.entries import days_of
from tanggap.ledger.services.record import record


@transaction.atomic
def draw_samples(*, round_id: int, actor: Actor, now: datetime) -> Round:
    """Draw from the public, finally answered cases of each body, by classification and outcome; reading begins.

    Only what everybody may read is sampled: secret, supervisory and pressed cases need no further readers, and nobody
    learns here that there are any. The digest of the population stands in the ledger, so that the draw can be
    repeated. Raises NotFound for whoever does not evaluate here, Refused when it was drawn already.
    """
    row = locked_round(round_id, Round.State.COLLECTING)
    check_evaluates(actor, row)
    drawn = {}
    for body in row.bodies.select_related("agency"):
        drawn[body.agency.code] = _draw(row, body)
    row.state, row.drawn_at = Round.State.READING, now
    row.save(update_fields=["state", "drawn_at"])
    data = {"method": METHOD, "seed": row.seed, "populations": drawn}
    record("round.sampled", stream=row.stream, actor=actor.key, at=now, data=data, react=False)
    return row


def _draw(row: Round, body: RoundBody) -> str:
    agency = body.agency
    start, end = days_of(Period(row.first, row.last), agency.zone)
    owned = {"body_id": agency.pk} if agency.is_body else {"agency_id__in": subtree_ids(agency.path)}
    cases = public_cases().filter(
        **owned, received_at__gte=start, received_at__lt=end, state__in=[State.ANSWERED, State.CLOSED]
    )
    columns = ("pk", "tracking_id", "classification", "state", "outcome")
    rows = {number: (pk, kind, state, outcome) for pk, number, kind, state, outcome in cases.values_list(*columns)}
    population = [(_stratum(kind, state, outcome), number) for number, (_pk, kind, state, outcome) in rows.items()]
    found = draw(population, row.sample_size, row.seed)
    SampledCase.objects.bulk_create(
        SampledCase(body=body, case=Case(pk=rows[number][0]), stratum=stratum, number=place)
        for place, (stratum, number) in enumerate(found.chosen, start=1)
    )
    body.strata, body.population_digest = found.sizes, found.digest
    body.save(update_fields=["strata", "population_digest"])
    return found.digest


def _stratum(classification: str | None, state: str, outcome: str) -> str:
    return f"{classification or 'none'}/{outcome or state}"

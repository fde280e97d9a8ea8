"""An evaluator reads a sampled case and scores its follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.policies import public_cases
from tanggap.common.errors import Invalid, NotFound, Refused
from tanggap.evaluation.models import Reading, Round, RoundRule, SampledCase
from tanggap.evaluation.round_policies import check_judges
from tanggap.evaluation.rounds.scoring import HIGHEST, READERS, needs_third
from tanggap.evaluation.rounds_open import locked_body, rules_on
from tanggap.ledger.services.record import record


@transaction.atomic
def score_case(*, sampled_id: int, scores: Mapping[str, int], comment: str, actor: Actor, now: datetime) -> Reading:
    """Keep one reader's scores, which stay as they are: whoever could change them after seeing the other's would.

    Raises NotFound for whoever does not judge this body and for a case no longer public, Refused for a second reading
    by the same person and for a third reader who is not needed, Invalid for a criterion left out or a score outside
    0 to 4.
    """
    sampled = SampledCase.objects.filter(pk=sampled_id).first()
    if sampled is None or actor.person_id is None:
        raise NotFound(_("Tidak ada putaran evaluasi seperti itu."))
    body = locked_body(sampled.body_id, Round.State.READING)
    check_judges(actor, body)
    if not public_cases().filter(pk=sampled.case_id).exists():
        raise NotFound(_("Tidak ada putaran evaluasi seperti itu."))
    _check_scores(scores, {rule.slug for rule in rules_on(RoundRule.Kind.CRITERION, body.round.last)})
    readings = list(sampled.readings.all())
    if any(reading.reader_id == actor.person_id for reading in readings):
        raise Refused(_("Anda sudah menilai laporan ini. Nilai pertama tetap berlaku."), code="read_already")
    if len(readings) >= READERS and not needs_third([reading.scores for reading in readings]):
        raise Refused(_("Laporan ini sudah dibaca dua orang dan keduanya cukup sependapat."), code="read_enough")
    row = Reading.objects.create(
        sampled=sampled,
        reader_id=actor.person_id,
        scores=dict(scores),
        comment=comment.strip()[:2000],
        read_at=now,
    )
    data = {"agency": body.agency.code, "sample": sampled.number, "scores": dict(scores)}
    record("round.case_scored", stream=body.round.stream, actor=actor.key, at=now, data=data, react=False)
    return row


def _check_scores(scores: Mapping[str, int], criteria: set[str]) -> None:
    for name in sorted(criteria - scores.keys()):
        raise Invalid(_("Beri nilai untuk setiap ukuran."), field=name)
    for name, score in scores.items():
        if name not in criteria or not 0 <= score <= HIGHEST:
            raise Invalid(_("Nilai dari 0 sampai 4."), field=name)

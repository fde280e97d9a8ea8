"""A body objects to what was found."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Invalid, NotFound, Refused
from tanggap.evaluation.models import Evidence, Round, RoundObjection, SampledCase
from tanggap.evaluation.results import share_words
from tanggap.evaluation.round_policies import check_answers_for
from tanggap.evaluation.rounds_open import locked_body
from tanggap.ledger.services.record import record


@transaction.atomic
def object_in_round(
    *,
    body_id: int,
    text: str,
    actor: Actor,
    now: datetime,
    evidence_id: int | None = None,
    sampled_id: int | None = None,
) -> RoundObjection:
    """Object against one judged item or one sampled case, once each; what stood before is kept with it.

    Raises NotFound for whoever does not speak for the body or names something of another one, Refused after the last
    day or for a second objection, Invalid without words.
    """
    body = locked_body(body_id, Round.State.OBJECTION)
    check_answers_for(actor, body)
    if body.round.objections_until is None or now > body.round.objections_until:
        raise Refused(_("Masa sanggah sudah lewat."), code="too_late")
    if not text.strip():
        raise Invalid(_("Tulis apa yang Anda sanggah dan alasannya."), field="text")
    evidence = Evidence.objects.filter(pk=evidence_id, body=body).first() if evidence_id else None
    sampled = SampledCase.objects.filter(pk=sampled_id, body=body).first() if sampled_id else None
    if (evidence is None) == (sampled is None):
        raise NotFound(_("Tidak ada putaran evaluasi seperti itu."))
    if RoundObjection.objects.filter(body=body, evidence=evidence, sampled=sampled).exists():
        raise Refused(_("Sudah ada sanggahan tentang ini."), code="objected_already")
    before = evidence.state if evidence is not None else share_words(sampled)
    row = RoundObjection.objects.create(
        body=body, evidence=evidence, sampled=sampled, text=text.strip()[:2000], before=before,
        made_by_key=actor.key, made_at=now,
    )  # fmt: skip
    data = {"agency": body.agency.code, "objection": row.pk}
    record("round.objected", stream=body.round.stream, actor=actor.key, at=now, data=data, react=False)
    return row

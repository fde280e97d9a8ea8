"""A body brings what an item of the check list asks for."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Invalid
from tanggap.evaluation.models import Evidence, Round, RoundRule
from tanggap.evaluation.round_policies import check_answers_for
from tanggap.evaluation.rounds_open import locked_body, rules_on
from tanggap.files.selectors import files_of
from tanggap.files.services.accept_upload import Readable, accept_upload
from tanggap.ledger.services.record import record


@transaction.atomic
def submit_evidence(
    *, body_id: int, item: str, file: Readable, name: str, note: str, actor: Actor, now: datetime
) -> Evidence:
    """Keep a file for an item; the latest one counts, earlier ones stay to be read.

    The same file and words sent again before they were judged change nothing.

    Raises NotFound for whoever does not speak for the body, Refused once reading has begun, Invalid for an item that
    is not asked for or a file that is not accepted.
    """
    body = locked_body(body_id, Round.State.COLLECTING)
    check_answers_for(actor, body)
    if item not in {rule.slug for rule in rules_on(RoundRule.Kind.EVIDENCE, body.round.last)}:
        raise Invalid(_("Bukti itu tidak diminta dalam putaran ini."), field="item")
    before = body.evidence.filter(item=item, state=Evidence.State.SUBMITTED).first()
    untouched = transaction.savepoint()
    row = Evidence.objects.create(
        body=body, item=item, note=note.strip()[:1000], submitted_by_key=actor.key, submitted_at=now
    )
    stored = accept_upload(stream=file, name=name, owner=row.owner, now=now)
    if before is not None and before.note == row.note and files_of(before.owner).filter(sha256=stored.sha256).exists():
        transaction.savepoint_rollback(untouched)
        return before
    data = {"agency": body.agency.code, "item": item, "evidence": row.pk, "sha256": stored.sha256}
    record("round.evidence_submitted", stream=body.round.stream, actor=actor.key, at=now, data=data, react=False)
    return row

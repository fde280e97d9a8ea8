"""Somebody became the subject of a case: what waits for them is called back, and goes to whoever may read it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.cases.models import Case
from tanggap.directory.models import Agency
from tanggap.escalation.models import TakenStep
from tanggap.escalation.recipients import Directory
from tanggap.escalation.telling import passed_on, source_of
from tanggap.ledger.services.record import record
from tanggap.notify.models import Message, MessageState
from tanggap.notify.services.cancel_messages import cancel_messages
from tanggap.notify.services.enqueue import enqueue_many

REASON = "penerima menjadi terlapor"


@transaction.atomic
def spare_accused(*, case_id: int, now: datetime) -> int:
    """Call back the waiting messages of a case's steps to people it is about; how many.

    A step that nobody innocent has or had goes to the next one up that is no subject.
    """
    cases = Case.objects.select_for_update(of=("self",), no_key=True).select_related("agency__body", "brand")
    case = cases.get(pk=case_id)
    steps = {source_of(step): step for step in TakenStep.objects.filter(case=case, state=TakenStep.State.TAKEN)}
    waiting = Message.objects.filter(source__in=steps, state=MessageState.PENDING)
    keys = {row.recipient_key for row in waiting if row.recipient_key.startswith("person:")}
    agencies = Agency.objects.filter(pk__in={step.agency_id for step in steps.values()})
    directory = Directory([case], at=now, agencies=agencies)
    accused = directory.accused_among(case, {int(key.removeprefix("person:")) for key in keys})
    theirs = [row for row in waiting if row.recipient_key in {f"person:{pk}" for pk in accused}]
    called_back = cancel_messages(
        sources=sorted({row.source for row in theirs}),
        reason=REASON,
        now=now,
        recipients=sorted({row.recipient_key for row in theirs}),
    )
    for source in sorted({row.source for row in theirs if not row.is_copy}):
        if not _somebody_has_it(source):
            _pass_on(steps[source], case, directory, now)
    return called_back


def _somebody_has_it(source: str) -> bool:
    gone = (MessageState.CANCELLED, MessageState.UNDELIVERABLE, MessageState.FAILED, MessageState.SKIPPED)
    return Message.objects.filter(source=source, is_copy=False).exclude(state__in=gone).exists()


def _pass_on(step: TakenStep, case: Case, directory: Directory, now: datetime) -> None:
    found = directory.resolve(step.asked_role, case, step.agency_id or case.agency_id)
    enqueue_many(list(passed_on(step, case, found, now=now)), now=now)
    step.role, step.replaced = found.role if found.holders else "", TakenStep.Replaced.SUBJECT
    step.save(update_fields=["role", "replaced"])
    data = {"step": step.pk, "asked_role": step.asked_role, "role": step.role}
    record("ladder.step_passed_on", stream=case.stream, actor="timer", at=now, data=data, react=False)

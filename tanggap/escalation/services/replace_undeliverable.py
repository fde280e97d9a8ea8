"""A step that reached nobody goes to the next role up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.cases.models import Case
from tanggap.directory.models import Agency
from tanggap.escalation.loading import facts_of
from tanggap.escalation.models import TakenStep
from tanggap.escalation.recipients import REPORTER, Directory
from tanggap.escalation.running import runs_of
from tanggap.escalation.steps import running_keys
from tanggap.escalation.telling import passed_on
from tanggap.ledger.services.record import record
from tanggap.notify.models import Message, MessageState
from tanggap.notify.services.enqueue import enqueue_many

STRANDED = (MessageState.FAILED, MessageState.UNDELIVERABLE)


def replace_undeliverable(*, message_id: int, now: datetime) -> int:
    """Send the steps of a failed message to the next role up, unless somebody else in the post has them.

    Returns the number of new messages. Running it twice sends nothing twice: the keys are those of step and person.
    """
    message = Message.objects.filter(pk=message_id, is_copy=False).first()
    if message is None or message.state != MessageState.FAILED:
        return 0
    kind, _sep, number = message.source.partition(":")
    field = {"step": "pk", "letter": "letter_id"}.get(kind)
    if field is None or _somebody_has_it(message):
        return 0
    steps = TakenStep.objects.filter(**{field: int(number)}, state=TakenStep.State.TAKEN).order_by("case_id", "pk")
    return sum(_pass_on(step_id, case_id, now) for step_id, case_id in list(steps.values_list("pk", "case_id")))


def _somebody_has_it(message: Message) -> bool:
    others = Message.objects.filter(source=message.source, is_copy=False).exclude(pk=message.pk)
    return others.exclude(state__in=STRANDED).exists()


@transaction.atomic
def _pass_on(step_id: int, case_id: int, now: datetime) -> int:
    cases = Case.objects.select_for_update(of=("self",), no_key=True).select_related("agency__body", "body", "brand")
    case = cases.get(pk=case_id)
    step = TakenStep.objects.select_for_update().get(pk=step_id)
    runs = running_keys(runs_of(facts_of([case], now)[case.pk]))
    if step.asked_role == REPORTER or (step.clock, step.run) not in runs:
        return 0
    agency = Agency.objects.get(pk=step.agency_id or case.agency_id)
    found = Directory([case], at=now, agencies=[agency]).above(step.role or step.asked_role, case, agency.pk)
    messages = enqueue_many(list(passed_on(step, case, found, now=now)), now=now)
    if messages:
        step.role, step.replaced = found.role, TakenStep.Replaced.UNDELIVERABLE
        step.save(update_fields=["role", "replaced"])
        data = {"step": step.pk, "asked_role": step.asked_role, "role": found.role}
        record("ladder.step_passed_on", stream=case.stream, actor="timer", at=now, data=data, react=False)
    return len(messages)

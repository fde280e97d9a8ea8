"""The outbox as outside scripts read it: a row for every step, whoever it reached, and for every other message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from tanggap.accounts.models import Person
from tanggap.cases.models import Case, CaseAlias
from tanggap.directory.selectors import calendar_of, prepare_calendars
from tanggap.escalation.models import TakenStep
from tanggap.escalation.recipients import REPORTER
from tanggap.notify.models import Message, MessageState

BATCH = 1000
Item = dict[str, Any]


def outbox_items() -> Iterator[Item]:
    """Steps in the order they were decided, then the messages that belong to none."""
    last = 0
    while steps := list(TakenStep.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from _of_steps(steps)
        last = steps[-1].pk
    last = 0
    rest = Message.objects.exclude(Q(source__startswith="step:") | Q(source__startswith="letter:"))
    while messages := list(rest.filter(pk__gt=last, is_copy=False).order_by("pk")[:BATCH]):
        yield from _of_no_step(messages)
        last = messages[-1].pk


@dataclass(slots=True)
class _Names:
    """Numbers and addresses of the cases and people in a batch."""

    numbers: dict[int, str] = field(default_factory=dict)
    aliases: dict[int, list[str]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, case_ids: set[int], messages: Sequence[Message]) -> _Names:
        names = cls(dict(Case.objects.filter(pk__in=case_ids).values_list("pk", "tracking_id")))
        for case_id, value in (
            CaseAlias.objects.filter(case_id__in=case_ids).order_by("pk").values_list("case_id", "value")
        ):
            names.aliases.setdefault(case_id, []).append(value)
        ids = {
            int(row.recipient_key.removeprefix("person:"))
            for row in messages
            if row.recipient_key.startswith("person:")
        }
        for person in Person.objects.filter(pk__in=ids):
            names.people[person.key] = person.email or person.phone or person.name
        return names

    def case(self, case_id: int | None) -> Item:
        """How a row names its case."""
        number = self.numbers.get(case_id) if case_id is not None else None
        return {"tracking_id": number, "aliases": self.aliases.get(case_id or 0, [])}

    def recipient(self, message: Message) -> str | None:
        """An officer's address at work; a reporter by key, never by name."""
        return self.people.get(message.recipient_key, message.recipient_key) or None


def _of_steps(steps: Sequence[TakenStep]) -> Iterator[Item]:
    sources = {f"step:{step.pk}" for step in steps} | {f"letter:{step.letter_id}" for step in steps if step.letter_id}
    by_source: dict[str, list[Message]] = {}
    messages = list(Message.objects.filter(source__in=sources).order_by("pk"))
    for message in messages:
        by_source.setdefault(message.source, []).append(message)
    names = _Names.of({step.case_id for step in steps}, messages)
    prepare_calendars({step.agency_id for step in steps if step.agency_id})
    for step in steps:
        own = by_source.get(f"step:{step.pk}", []) + by_source.get(f"letter:{step.letter_id}", [])
        copies = [_copy(message, names) for message in own if message.is_copy]
        direct: list[Message | None] = [message for message in own if not message.is_copy]
        for sent in direct or [None]:
            yield {**names.case(step.case_id), **_step(step), **_sending(step, sent, names), "copy_messages": copies}


def _step(step: TakenStep) -> Item:
    return {
        "step": f"{step.clock}.{step.number}.{step.kind}",
        "run": step.run,
        "asked_role": step.asked_role,
        "replaced": step.replaced or None,
        "copies": step.copies,
    }


def _sending(step: TakenStep, message: Message | None, names: _Names) -> Item:
    """What became of it. Without a message: a letter not yet signed, a reporter without contact, a skipped step."""
    if message is not None:
        return {
            "template": message.template,
            "channel": message.channel,
            "recipient_role": message.recipient_role,
            "recipient": names.recipient(message),
            "state": message.state,
            "due_at": _local(step.due_at, step.agency_id),
            "sent_at": _local(message.sent_at, step.agency_id),
        }
    states = {TakenStep.State.SKIPPED: MessageState.SKIPPED, TakenStep.State.CANCELLED: MessageState.CANCELLED}
    left = MessageState.UNDELIVERABLE if step.asked_role == REPORTER else MessageState.PENDING
    return {
        "template": step.template,
        "channel": step.channel or "email",
        "recipient_role": step.role or step.asked_role,
        "recipient": None,
        "state": states.get(TakenStep.State(step.state), left).value,
        "due_at": _local(step.due_at, step.agency_id),
        "sent_at": None,
    }


def _copy(message: Message, names: _Names) -> Item:
    return {
        "recipient_role": message.recipient_role,
        "recipient": names.recipient(message),
        "channel": message.channel,
        "state": message.state,
        "sent_at": _local(message.sent_at, None),
    }


def _of_no_step(messages: Sequence[Message]) -> Iterator[Item]:
    case_of = {
        message.pk: int(message.stream.removeprefix("case:"))
        for message in messages
        if message.stream.startswith("case:")
    }
    names = _Names.of(set(case_of.values()), messages)
    for message in messages:
        yield {
            **names.case(case_of.get(message.pk)),
            "step": None,
            "run": None,
            "asked_role": None,
            "replaced": None,
            "copies": [],
            "template": message.template,
            "channel": message.channel,
            "recipient_role": message.recipient_role,
            "recipient": names.recipient(message),
            "state": message.state,
            "due_at": _local(message.due_at, None),
            "sent_at": _local(message.sent_at, None),
            "copy_messages": [],
        }


def _local(moment: datetime | None, agency_id: int | None) -> str | None:
    """ISO 8601 with the offset of the office, so that a reader sees its hours."""
    return moment.astimezone(calendar_of(agency_id).zone).isoformat() if moment else None

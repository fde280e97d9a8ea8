"""The messages of a step that was taken: values only, as the outbox wants them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tanggap.cases.models import Case
from tanggap.cases.telling.values import values_for
from tanggap.cases.telling.ways import reporter_key, ways_to
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.models import LadderStep, TakenStep
from tanggap.escalation.recipients import REPORTER, Directory, Holder, Resolution
from tanggap.notify.outgoing import Outgoing

_K = LadderStep.Kind
BUNDLED = frozenset({_K.MESSAGE.value, _K.REMINDER.value})
LETTERS = frozenset({_K.LETTER_1.value, _K.LETTER_2.value})
"""Kinds that go out as paper, one for all the cases of a day; see `letters`."""
COPY = "copy"


def messages_of(
    taken: TakenStep, case: Case, found: Resolution, directory: Directory, *, now: datetime, hours: bool = False
) -> Iterator[Outgoing]:
    """One message for everybody who fills the post, a row without recipient where nobody does, and the copies."""
    if taken.asked_role == REPORTER:
        yield from _to_reporter(taken, case, now)
        return
    values = values_for(case, now=now, audience="officer")
    if found.post_is_empty:
        yield _to_nobody(taken, case, values, now)
    if taken.kind in LETTERS:
        return
    for holder in found.holders:
        yield _to(holder, taken, case, values, now=now, hours=hours)
    yield from _copies(taken, case, found, directory, values, now)


def passed_on(taken: TakenStep, case: Case, found: Resolution, *, now: datetime) -> Iterator[Outgoing]:
    """The same step for whoever gets it after its recipient could not be reached."""
    values = values_for(case, now=now, audience="officer")
    for holder in found.holders:
        yield _to(holder, taken, case, values, now=now)


def _common(taken: TakenStep, case: Case, now: datetime) -> dict[str, object]:
    return {
        "due_at": taken.due_at,
        "stream": case.stream,
        "source": source_of(taken),
        "brand": case.brand.slug if case.brand else "",
        "payer": f"agency:{case.body_id}" if case.body_id else "",
        "channel": taken.channel or "email",
    }


def source_of(taken: TakenStep) -> str:
    """How the outbox names the step a message belongs to."""
    return f"step:{taken.pk}"


def _to(
    holder: Holder,
    taken: TakenStep,
    case: Case,
    values: dict[str, str],
    *,
    now: datetime,
    hours: bool = False,
    copy: bool = False,
) -> Outgoing:
    office = calendar_of(holder.agency_id)
    moment = max(now, taken.due_at)
    return Outgoing(
        key=f"step:{taken.pk}:{'copy:' if copy else ''}{holder.person.key}",
        template=COPY if copy else taken.template,
        ways=holder.ways(taken.channel),
        values=values,
        not_before=moment if hours else office.next_open(moment),
        recipient_role=holder.role,
        recipient_key=holder.person.key,
        recipient_name=holder.person.name,
        is_copy=copy,
        bundled=taken.kind in BUNDLED and not hours and not copy,
        urgent=hours,
        **_common(taken, case, now),  # type: ignore[arg-type]
    )


def _to_nobody(taken: TakenStep, case: Case, values: dict[str, str], now: datetime) -> Outgoing:
    return Outgoing(
        key=f"step:{taken.pk}:vacant",
        template=taken.template,
        ways=(),
        values=values,
        not_before=now,
        recipient_role=taken.asked_role,
        **_common(taken, case, now),  # type: ignore[arg-type]
    )


def _to_reporter(taken: TakenStep, case: Case, now: datetime) -> Iterator[Outgoing]:
    """Nobody to tell is no alarm here: leaving no contact is allowed. Of a part the whole's reporter hears."""
    whole = case.parent or case
    ways = ways_to(whole)
    if not ways:
        return
    yield Outgoing(
        key=f"step:{taken.pk}:reporter",
        template=taken.template,
        ways=ways,
        values=values_for(whole, now=now, language=whole.language, audience="reporter"),
        language=whole.language,
        not_before=max(now, taken.due_at),
        recipient_role=REPORTER,
        recipient_key=reporter_key(whole),
        zone=calendar_of(case.agency_id).zone.key,
        **_common(taken, case, now),  # type: ignore[arg-type]
    )


def _copies(
    taken: TakenStep,
    case: Case,
    found: Resolution,
    directory: Directory,
    values: dict[str, str],
    now: datetime,
) -> Iterator[Outgoing]:
    """Copies go to whoever fills just that post, once, and never to somebody who has the step itself."""
    told = {holder.person.pk for holder in found.holders}
    for role in taken.copies:
        for holder in directory.exactly(role, case, taken.agency_id or case.agency_id):
            if holder.person.pk not in told:
                told.add(holder.person.pk)
                yield _to(holder, taken, case, values, now=now, copy=True)

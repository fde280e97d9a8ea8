"""Telling the reporter what happened: one table, event → template, and the reaction that fills the outbox.

The secret code of a receipt never stands in a message: only its digest is kept, and a message is read by whoever
holds the phone. The code was shown to the person who handed the case in, by the page or channel that took it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import translation

from tanggap.cases.models import Case
from tanggap.cases.telling import words
from tanggap.cases.telling.values import is_discreet, office_name, values_for, with_text
from tanggap.cases.telling.ways import browser_ways, reporter_key, ways_to
from tanggap.common.clock import now as present
from tanggap.directory.selectors import calendar_of
from tanggap.ledger.models import Event
from tanggap.notify.outgoing import Outgoing
from tanggap.notify.services.enqueue import enqueue

Say = Callable[[Case, Event], str]


@dataclass(frozen=True, slots=True)
class Telling:
    """What an event says to the reporter. `say` gives the words on the matter; none stand in a guarded case.

    `shared` goes to the reporters whose cases were merged into this one as well; `of_part` is the template when a
    part of a split case is meant, none where parts are not spoken of.
    """

    template: str
    say: Say = words.nothing
    shared: bool = False
    of_part: str = ""
    fits: Callable[[Case, Event], bool] = lambda case, event: True


TOLD: dict[str, Telling] = {
    "case.submitted": Telling("receipt", words.danger, fits=words.not_in_a_talk),
    "case.verified": Telling("case_verified"),
    "case.forwarded": Telling("case_moved", words.moved, fits=words.not_by_verifying),
    "case.returned": Telling("case_returned", words.reason),
    "case.held": Telling("question_asked", words.entry),
    "case.interim_answered": Telling("interim_answer", words.entry, shared=True, of_part="interim_answer"),
    "case.answered": Telling("final_answer", words.entry, shared=True, of_part="interim_answer"),
    "case.closed": Telling("case_closed", words.outcome, fits=words.by_time, shared=True),
    "case.archived": Telling("case_archived", words.archived, shared=True),
    "case.referred": Telling("case_referred", words.archived, shared=True),
    "case.merged": Telling("case_merged", words.merged),
    "case.merge_received": Telling("case_merged", words.merged),
    "case.reopened": Telling("case_reopened", words.reason, shared=True),
    "case.unarchived": Telling("case_reopened"),
    "case.unmerged": Telling("case_reopened"),
    "case.objected": Telling("objection_received", fits=words.not_in_a_talk),
    "case.objection_escalated": Telling("objection_received", words.to_ombudsman, fits=words.not_in_a_talk),
    "case.identity_revealed": Telling("identity_revealed", words.reveal_reason),
    "case.promise_kept": Telling("promise_kept", words.entry, shared=True, of_part="promise_kept"),
}


def tell_reporter(event: Event) -> None:
    """Put what an event means for the reporter into the outbox. Running it twice sends once."""
    telling = TOLD.get(event.name)
    if telling is None or event.imported or not event.stream.startswith("case:"):
        return
    case = Case.objects.select_related("agency__body", "body", "brand", "parent").filter(pk=_number(event)).first()
    if case is None or not telling.fits(case, event):
        return
    moment = present()
    with transaction.atomic():
        for outgoing in _outgoing(telling, case, event, moment):
            enqueue(outgoing, now=moment)


def _number(event: Event) -> int:
    return int(event.stream.removeprefix("case:"))


def _outgoing(telling: Telling, case: Case, event: Event, now: datetime) -> Iterator[Outgoing]:
    """One message for each reporter concerned: of the case, or of the whole it is a part of, and those merged in."""
    if case.parent is not None:
        if telling.of_part:
            yield from _message(telling, case, event, now, to=case.parent, template=telling.of_part)
        return
    yield from _message(telling, case, event, now, to=case, template=telling.template)
    if telling.shared:
        for other in case.merged.select_related("agency__body", "body", "brand").order_by("pk"):
            yield from _message(telling, case, event, now, to=other, template=telling.template)


def _message(
    telling: Telling, case: Case, event: Event, now: datetime, *, to: Case, template: str
) -> Iterator[Outgoing]:
    ways, browsers = ways_to(to, template=template), browser_ways(to)
    if not ways and not browsers:
        return
    source = f"event:{event.pk}"
    told = Outgoing(
        key=f"{source}:reporter" if to.pk == case.pk else f"{source}:{reporter_key(to)}",
        template=template,
        ways=ways,
        channel=(ways or browsers)[0].channel,
        due_at=event.at,
        not_before=now,
        values=_values(telling, case, event, now, to=to),
        stream=to.stream,
        # The other reporters' messages must not count as this reporter's having been reached.
        source=source if to.pk == case.pk else f"{source}:{to.pk}",
        language=to.language,
        brand=to.brand.slug if to.brand else "",
        payer=f"agency:{case.body_id or case.agency_id}",
        recipient_role="reporter",
        recipient_key=reporter_key(to),
        zone=calendar_of(to.agency_id).zone.key,
        urgent=case.urgent,
    )
    if ways:
        yield told
    if browsers:
        # Beside the other way, never instead of it: nobody knows whether a notification was seen.
        yield replace(told, key=f"{told.key}:push", ways=browsers, channel=browsers[0].channel)


def _values(telling: Telling, case: Case, event: Event, now: datetime, *, to: Case) -> dict[str, str]:
    with translation.override(to.language):
        values = values_for(to, now=now, language=to.language)
        if case.pk != to.pk:
            if case.guarded or case.anonymous or is_discreet(to):
                return values
            values = {**values, "agency": office_name(case.agency)}
        return with_text(values, to, telling.say(case, event), office=words.office(case, event))

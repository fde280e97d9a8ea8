"""What stands in `laporan.json`: the case, its thread, custody, clocks, messages, and every event with its hashes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tanggap.cases.bundle.hiding import Hiding
from tanggap.cases.consent import consented_fields
from tanggap.cases.identity import open_identity
from tanggap.cases.models import Case, MessageKind
from tanggap.cases.selectors import clock_views, custody_chain
from tanggap.common.clockwords import explanation, headline
from tanggap.directory.selectors import region_label
from tanggap.ledger.models import Event
from tanggap.ledger.selectors import events_of
from tanggap.notify.selectors import messages_of

FORMAT = 1


def contents_of(case: Case, *, now: datetime, letters: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Everything as JSON holds it, in one order for one case and moment. `letters` come from whoever keeps them."""
    events = list(events_of(case.stream))
    hiding = Hiding(case, events)
    return {
        "format": FORMAT,
        "made_at": _time(now),
        "stream": case.stream,
        "case": _case(case, hiding),
        "reporter": _reporter(case),
        "subjects": _subjects(case),
        "thread": [_entry(message, hiding) for message in _messages(case)],
        "custody": [
            {
                "agency": link.agency.code,
                "name": link.agency.full_name,
                "held_from": _time(link.held_from),
                "held_to": _time(link.held_to),
                "working_days": round(link.days, 2),
                "verifying": link.verifying,
                "returned": link.returned,
                "reason": hiding.text(link.reason),
            }
            for link in custody_chain(case, now=now)
        ],
        "holds": [
            {
                "asked_at": _time(hold.asked_at),
                "ended_at": _time(hold.ended_at),
                "before_state": hold.before_state,
                "question": hiding.text(hold.question),
            }
            for hold in case.hold_rows.all()
        ],
        "clocks": [_clock(view) for view in clock_views(case, now=now)],
        "inquiries": [_inquiry(row, hiding) for row in case.inquiries.select_related("agency").order_by("pk")],
        "messages": [_message(row) for row in messages_of(case.stream)],
        "letters": [hiding.data(dict(letter)) for letter in letters],
        "events": list(_events(events, hiding)),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _case(case: Case, hiding: Hiding) -> dict[str, Any]:
    return {
        "tracking_id": case.tracking_id,
        "aliases": sorted(case.aliases.values_list("value", flat=True)),
        "state": case.state,
        "outcome": case.outcome or None,
        "archive_reason": case.archive_reason or None,
        "classification": case.classification,
        "category": case.category.name if case.category else None,
        "channel": case.channel,
        "region": case.region.code if case.region else None,
        "region_name": region_label(case.region) if case.region else None,
        "place": hiding.text(case.place),
        "title": hiding.text(case.title),
        "text": hiding.text(case.narrative.public_text),
        "agency": case.agency.code,
        "agency_name": case.agency.full_name,
        "anonymous": case.anonymous,
        "secret": case.secret,
        "urgent": case.urgent,
        "objections": case.objections,
        "returns": case.returns,
        "rating": case.rating,
        **{name: _time(getattr(case, name)) for name in TIMES},
    }


TIMES = (
    "received_at",
    "verified_at",
    "completed_at",
    "forwarded_at",
    "first_answered_at",
    "answered_at",
    "closed_at",
    "verification_due_at",
    "answer_due_at",
    "resolution_due_at",
    "objection_due_at",
    "statutory_due_at",
)


def _reporter(case: Case) -> dict[str, Any]:
    """Only what the reporter agreed to, and that it was agreed to."""
    fields = consented_fields(case)
    known = open_identity(case).fields if fields else {}
    return {"consent": sorted(fields), **{name: known[name] for name in sorted(fields) if name in known}}


def _subjects(case: Case) -> list[dict[str, Any]]:
    """The offices it is about; the names of people stay under their seal."""
    rows = case.subjects.select_related("agency", "region").order_by("pk")
    return [
        {
            "agency": row.agency.code if row.agency else None,
            "agency_name": row.agency.full_name if row.agency else None,
            "region": row.region.code if row.region else None,
            "is_head": row.is_head,
            "person": row.name_sealed is not None or row.person_id is not None,
        }
        for row in rows
    ]


def _messages(case: Case) -> Iterable[Any]:
    """What the reporter and the agency said to each other; notes and drafts are nobody's answer."""
    rows = case.messages.select_related("agency").filter(draft=False, discarded_at__isnull=True)
    return rows.exclude(kind=MessageKind.NOTE).order_by("at", "pk")


def _entry(message: Any, hiding: Hiding) -> dict[str, Any]:
    return {
        "kind": message.kind,
        "at": _time(message.at),
        "agency": message.agency.code if message.agency else None,
        "office": hiding.text(message.office),
        "channel": message.channel,
        "text": hiding.text(message.public_text),
        "answer_kind": message.answer_kind or None,
        "done_on": message.done_on.isoformat() if message.done_on else None,
        "promised_on": message.promised_on.isoformat() if message.promised_on else None,
        "legal_basis": hiding.text(message.legal_basis),
    }


def _clock(view: Any) -> dict[str, Any]:
    return {
        "name": view.name,
        "status": view.status,
        "limit": view.limit,
        "unit": view.unit,
        "started_at": _time(view.started_at),
        "due_at": _time(view.due_at),
        "stopped_at": _time(view.stopped_at),
        "words": f"{headline(view, to_reporter=False)}. {explanation(view)}",
    }


def _inquiry(row: Any, hiding: Hiding) -> dict[str, Any]:
    return {
        "agency": row.agency.code,
        "asked_at": _time(row.asked_at),
        "due_at": _time(row.due_at),
        "question": hiding.text(row.question),
        "answered_at": _time(row.answered_at),
        "answer": hiding.text(row.answer),
    }


def _message(row: Any) -> dict[str, Any]:
    """That it was sent and what became of it; to which post, never to whom or where."""
    return {
        "template": row.template,
        "to": row.recipient_role,
        "channel": row.channel,
        "state": row.state,
        "due_at": _time(row.due_at),
        "sent_at": _time(row.sent_at),
        "delivered_at": _time(row.delivered_at),
        "read_at": _time(row.read_at),
    }


def _events(events: Iterable[Event], hiding: Hiding) -> Iterable[dict[str, Any]]:
    """The chain. Where something had to be taken out, `hidden` says so: that link's own hash cannot be worked out
    again, and the chain on both sides of it still holds."""
    for event in events:
        actor, data = hiding.actor(event.actor), hiding.data(event.data)
        yield {
            "seq": event.seq,
            "name": event.name,
            "at": _time(event.at),
            "actor": actor,
            "data": data,
            "imported": event.imported,
            "prev_hash": bytes(event.prev_hash).hex(),
            "hash": bytes(event.hash).hex(),
            "hidden": actor != event.actor or data != event.data,
        }

"""Deciding that a message goes out, once: a row in the outbox, in the transaction of whoever decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tanggap.notify.addressing import index_of, is_reporter, opted_out, seal_ways
from tanggap.notify.inserting import insert_new
from tanggap.notify.models import Message, MessageState
from tanggap.notify.outgoing import Outgoing, Way
from tanggap.notify.quiet import after_quiet
from tanggap.notify.services.wake_channel import wake_channels
from tanggap.notify.templates import TEMPLATES

# A sweep writes its rows in batches: what may be bundled waits until all of one sweep are there.
GATHERING = timedelta(seconds=20)
OPTED_OUT = "penerima tidak ingin dikirimi pesan"
NO_WAY = "tidak ada alamat"


def enqueue(outgoing: Outgoing, *, now: datetime) -> Message:
    """One message; see `enqueue_many`."""
    return enqueue_many([outgoing], now=now)[0]


@transaction.atomic
def enqueue_many(outgoings: Sequence[Outgoing], *, now: datetime) -> list[Message]:
    """Write the rows and return them in the order given, in a constant number of statements.

    A key that is known already changes nothing and gives the first row back. Nobody to send to makes an
    `undeliverable` row, which is an alarm; a reporter who opted out of every way makes a `skipped` one, which is none.
    The channels are woken when the caller commits, and by the clock should that be lost.
    """
    if not outgoings:
        return []
    refused = opted_out(way for outgoing in outgoings if is_reporter(outgoing.recipient_key) for way in outgoing.ways)
    rows = {outgoing.key: _row(outgoing, refused, now) for outgoing in reversed(outgoings)}
    fresh = insert_new(list(reversed(rows.values())))
    rows |= Message.objects.in_bulk([key for key in rows if key not in fresh], field_name="key")
    due = (rows[key] for key in fresh if rows[key].not_before <= now)
    wake_channels({row.channel for row in due if row.state == MessageState.PENDING})
    return [rows[outgoing.key] for outgoing in outgoings]


def _row(outgoing: Outgoing, refused: set[bytes], now: datetime) -> Message:
    template = TEMPLATES[outgoing.template]
    ways = [way for way in outgoing.ways if way.address]
    if is_reporter(outgoing.recipient_key):
        ways = [way for way in ways if index_of(way) not in refused]
    row = Message(
        key=outgoing.key,
        stream=outgoing.stream,
        source=outgoing.source,
        template=template.name,
        language=outgoing.language,
        values=_values(outgoing),
        files=list(outgoing.files),
        brand=outgoing.brand,
        payer=outgoing.payer,
        recipient_role=outgoing.recipient_role,
        is_copy=outgoing.is_copy,
        bundled=outgoing.bundled,
        urgent=outgoing.urgent,
        essential=outgoing.essential or template.essential,
        created_at=now,
        due_at=outgoing.due_at,
        not_before=_earliest(outgoing, now, at_once=template.at_once),
    )
    for name, value in _delivery(outgoing, ways).items():
        setattr(row, name, value)
    return row


def _values(outgoing: Outgoing) -> dict[str, str]:
    return {**outgoing.values, "zone": outgoing.zone} if outgoing.zone else dict(outgoing.values)


def _delivery(outgoing: Outgoing, ways: list[Way]) -> dict[str, Any]:
    """Who gets it and how; nobody where there is no way."""
    if ways:
        recipient = {"recipient_key": outgoing.recipient_key, "recipient_name": outgoing.recipient_name}
        return {**recipient, **seal_ways(outgoing.key, ways)}
    wished = outgoing.channel
    if any(way.address for way in outgoing.ways):
        return {"channel": wished, "state": MessageState.SKIPPED, "error": OPTED_OUT}
    if is_reporter(outgoing.recipient_key):
        # A citizen may leave no contact, or want no news: no post is vacant and nobody has to see to it.
        return {"channel": wished, "state": MessageState.SKIPPED, "error": NO_WAY}
    return {"channel": wished, "state": MessageState.UNDELIVERABLE, "error": NO_WAY}


def _earliest(outgoing: Outgoing, now: datetime, *, at_once: bool) -> datetime:
    if outgoing.urgent:
        return outgoing.not_before
    moment = outgoing.not_before
    if outgoing.bundled:
        moment = max(moment, now + GATHERING)
    if is_reporter(outgoing.recipient_key) and not at_once:
        moment = after_quiet(max(moment, now), outgoing.zone)
    return moment

"""Writing down what came of a message, at once after it left: a crash repeats one message, never a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from tanggap.notify.delivery.claiming import Claimed
from tanggap.notify.delivery.health import pause
from tanggap.notify.delivery.ways import give_up
from tanggap.notify.models import Message, MessageState
from tanggap.notify.transports.base import Accepted, Temporary

MOST_ATTEMPTS = 20
EXHAUSTED = "dicoba berkali-kali tanpa hasil"
# Called back while it was being handed over: it went all the same, and the row says so.
_MAY_HAVE_GONE = [MessageState.PENDING, MessageState.CANCELLED]


@transaction.atomic
def write_accepted(claimed: Claimed, accepted: Accepted, *, price: Decimal, now: datetime) -> Decimal:
    """The provider took it. What it costs; the contents of a bundle cost nothing of their own."""
    cost = price * max(accepted.parts, 1)
    state = MessageState.DELIVERED if accepted.delivered else MessageState.SENT
    told = {
        "state": state, "sent_at": now, "delivered_at": now if accepted.delivered else None,
        "provider_id": accepted.provider_id[:200], "claimed_until": None, "error": "",
    }  # fmt: skip
    own = Message.objects.filter(pk=claimed.message.pk, state__in=_MAY_HAVE_GONE)
    own.update(**told, cost=cost, values=_kept_values(claimed.message))
    if claimed.contents:
        ids = [row.pk for row in claimed.contents]
        Message.objects.filter(pk__in=ids, state__in=_MAY_HAVE_GONE).update(**told)
    return cost


def _kept_values(message: Message) -> dict[str, str]:
    """A link that opens an account is forgotten once it is sent."""
    return {} if "sealed" in message.values else message.values


@transaction.atomic
def write_later(claimed: Claimed, failure: Temporary, *, now: datetime) -> str:
    """It did not go and may go later. The channel it waits on when this way was tried often enough, else none."""
    message = claimed.message
    if message.attempts >= MOST_ATTEMPTS:
        return write_closed(claimed, f"{EXHAUSTED}: {failure}", now=now)
    wait = pause(message.attempts, failure.retry_after)
    rows = Message.objects.filter(pk=message.pk)
    rows.update(claimed_until=None, not_before=now + wait, error=str(failure)[:200])
    _dissolve_if_cancelled(message)
    return ""


@transaction.atomic
def write_closed(claimed: Claimed, error: str, *, now: datetime) -> str:
    """It will never go this way. The channel it goes on by, or none.

    Read again under a lock: it may have been called back meanwhile, and then there is nothing to go on with.
    """
    rows = Message.objects.select_for_update().filter(pk__in=claimed.ids).order_by("id")
    waiting = {row.pk: row for row in rows if row.state == MessageState.PENDING}
    lead = waiting.pop(claimed.message.pk, None)
    if lead is None:
        Message.objects.filter(pk=claimed.message.pk).update(claimed_until=None)
        _dissolve_if_cancelled(claimed.message)
        return ""
    return give_up(lead, list(waiting.values()), error=error, now=now)


def write_untried(claimed: Claimed, error: str) -> None:
    """The provider is down, which is no fault of the message: it stays where it is in the line."""
    rows = Message.objects.filter(pk=claimed.message.pk)
    # At least one attempt stays counted: what the provider may have seen under this key must not change.
    rows.update(claimed_until=None, attempts=max(claimed.message.attempts - 1, 1), error=error[:200])
    _dissolve_if_cancelled(claimed.message)


def write_skipped(claimed: Claimed, reason: str) -> None:
    """It is not sent, and why."""
    rows = Message.objects.filter(pk__in=claimed.ids, state=MessageState.PENDING)
    rows.update(state=MessageState.SKIPPED, error=reason[:200], claimed_until=None)


def _dissolve_if_cancelled(message: Message) -> None:
    """What travelled with a message that was called back goes on alone."""
    called_back = Q(inside__state=MessageState.CANCELLED) & Q(inside=message.pk)
    Message.objects.filter(called_back, state=MessageState.PENDING).update(inside=None)


def held_until(claims: Sequence[Claimed], moments: dict[int, datetime]) -> None:
    """Put off messages whose hour has not come (quiet hours)."""
    rows = [one.message for one in claims]
    for row in rows:
        row.not_before, row.claimed_until = moments[row.pk], None
        row.attempts = max(row.attempts - 1, 0)
    Message.objects.bulk_update(rows, ["not_before", "claimed_until", "attempts"])


def write_moved(claimed: Claimed, way: dict[str, Any], *, now: datetime) -> None:
    """It goes by another of its ways instead; what travels in it goes along."""
    rows = Message.objects.filter(pk=claimed.message.pk, state=MessageState.PENDING)
    if rows.update(**way, claimed_until=None, attempts=0, not_before=now):
        contents = [row.pk for row in claimed.contents]
        Message.objects.filter(pk__in=contents).update(channel=way["channel"])

"""Reading the outbox: what became of messages, what waits, what failed, what it cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from tanggap.notify.models import ChannelHealth, Message, MessageState
from tanggap.notify.transports.null import FILED

RESTORED = "restored"
"""Why `tanggap restore` cancelled what waited in the backup."""


def messages_of(stream: str) -> QuerySet[Message]:
    """All messages about one thing (`case:12`), oldest first."""
    return Message.objects.filter(stream=stream).exclude(stream="").order_by("id")


def messages_of_sources(sources: Iterable[str]) -> QuerySet[Message]:
    """All messages that these facts caused (`step:5`, `event:7`, `letter:3`), oldest first."""
    return Message.objects.filter(source__in=list(sources)).exclude(source="").order_by("id")


def was_reached(source: str) -> bool:
    """Whether anybody got the message: it was delivered or read.

    Mail servers seldom tell, so mail that was taken and did not come back counts; what only lies in our own folder
    does not.
    """
    mailed = Q(channel="email", state=MessageState.SENT) & ~Q(provider_id__startswith=FILED)
    seen = Q(state__in=[MessageState.DELIVERED, MessageState.READ])
    return messages_of_sources([source]).filter(seen | mailed).exists()


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits on one channel, and how its providers do."""

    channel: str
    waiting: int
    overdue: int
    oldest_due_at: datetime | None
    health: list[ChannelHealth]


def backlog(*, now: datetime) -> list[Backlog]:
    """Every channel with waiting messages or a provider that was ever asked."""
    due = Q(not_before__lte=now)
    rows = Message.objects.filter(state=MessageState.PENDING).values("channel")
    annotated = rows.annotate(waiting=Count("id"), overdue=Count("id", filter=due), oldest=Min("due_at", filter=due))
    counted: dict[str, dict[str, Any]] = {row["channel"]: dict(row) for row in annotated}
    health: dict[str, list[ChannelHealth]] = {}
    for one in ChannelHealth.objects.order_by("channel", "brand"):
        health.setdefault(one.channel, []).append(one)
    nothing: dict[str, Any] = {"waiting": 0, "overdue": 0, "oldest": None}
    return [
        Backlog(channel, row["waiting"], row["overdue"], row["oldest"], health.get(channel, []))
        for channel in sorted(counted.keys() | health.keys())
        for row in [counted.get(channel, nothing)]
    ]


def channels_with_due(*, now: datetime) -> list[str]:
    """Channels on which something waits whose time has come."""
    due = Message.objects.filter(state=MessageState.PENDING, not_before__lte=now)
    return sorted(due.order_by().values_list("channel", flat=True).distinct())


def failed_messages(*, after: int | None = None, limit: int = 50) -> list[Message]:
    """Dead letters, newest first: failed, with nobody to send them to, or held back when a backup was restored.

    `after` is the last id of the page before.
    """
    kinds = (
        Q(state__in=[MessageState.FAILED, MessageState.UNDELIVERABLE]),
        Q(state=MessageState.CANCELLED, error=RESTORED),
    )
    before = Q() if after is None else Q(id__lt=after)
    found = [row for kind in kinds for row in Message.objects.filter(kind, before).order_by("-id")[:limit]]
    return sorted(found, key=lambda row: row.pk, reverse=True)[:limit]

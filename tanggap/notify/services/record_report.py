"""What providers tell about messages afterwards: twice, out of order, and sometimes before we know the message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tanggap.notify.addressing import ways_of
from tanggap.notify.delivery.ways import give_up, take_way
from tanggap.notify.models import DeliveryReport, Message, MessageState
from tanggap.notify.services.wake_channel import wake_channels

STATES = {"sent", "delivered", "read", "failed"}
_RANK = {MessageState.SENT: 1, MessageState.DELIVERED: 2, MessageState.READ: 3}
# WhatsApp says afterwards that its 24 hours were over: the same way again, by the approved template.
WINDOW_CLOSED = "131047"
USE_TEMPLATE = "use_template"


@transaction.atomic
def record_report(*, channel: str, provider_id: str, state: str, at: datetime, error: str = "") -> None:
    """Take one delivery state. A message never goes back: not from read to delivered, nor from delivered to failed.

    A state of a message nobody knows (yet) is kept and taken up when the message is known.
    """
    if state not in STATES or not provider_id:
        return
    kept, _new = DeliveryReport.objects.get_or_create(
        channel=channel, provider_id=provider_id[:200], state=state, defaults={"at": at, "error": error[:200]}
    )
    _apply(channel, [kept])


@transaction.atomic
def apply_early_reports(*, channel: str, provider_ids: Sequence[str]) -> int:
    """Take up states that came before their message was known; how many there were."""
    known = [told for told in provider_ids if told]
    waiting = DeliveryReport.objects.filter(channel=channel, provider_id__in=known).order_by("at", "id")
    reports = list(waiting) if known else []
    _apply(channel, reports)
    return len(reports)


def _apply(channel: str, reports: Sequence[DeliveryReport]) -> None:
    if not reports:
        return
    ids = {report.provider_id for report in reports}
    rows = Message.objects.select_for_update().filter(channel=channel, provider_id__in=ids).order_by("id")
    messages: dict[str, list[Message]] = {}
    for row in rows:
        messages.setdefault(row.provider_id, []).append(row)
    done = []
    for report in reports:
        found = messages.get(report.provider_id)
        if found:
            done.append(report.pk)
            _take(found, report)
    DeliveryReport.objects.filter(pk__in=done).delete()


def _take(messages: list[Message], report: DeliveryReport) -> None:
    """The rows that travelled under one provider id: a message, or a bundle with its lead."""
    if report.state == MessageState.FAILED:
        _failed(messages, report)
        return
    for row in messages:
        if _RANK.get(MessageState(row.state), 9) >= _RANK[MessageState(report.state)]:
            continue
        row.state = report.state
        if report.state != MessageState.SENT:
            row.delivered_at = row.delivered_at or report.at
        if report.state == MessageState.READ:
            row.read_at = report.at
        row.save(update_fields=["state", "delivered_at", "read_at"])


def _failed(messages: list[Message], report: DeliveryReport) -> None:
    """What did not arrive goes on by the next way, or is a dead letter."""
    lost = [row for row in messages if row.state == MessageState.SENT]
    if not lost:
        return
    lead = next((row for row in lost if row.inside_id is None), lost[0])
    rest = [row for row in lost if row is not lead]
    if report.error.startswith(WINDOW_CLOSED) and USE_TEMPLATE not in lead.values:
        _by_template(lead, rest, report.at)
        return
    channel = give_up(lead, rest, error=report.error or "penyedia melaporkan gagal", now=report.at)
    wake_channels([channel] if channel else [])


def _by_template(lead: Message, rest: list[Message], at: datetime) -> None:
    take_way(lead, ways_of(lead)[1], now=at)
    lead.values = {**lead.values, USE_TEMPLATE: "1"}
    lead.save()
    Message.objects.filter(pk__in=[row.pk for row in rest]).update(
        state=MessageState.PENDING, provider_id="", sent_at=None
    )
    wake_channels([lead.channel])

"""What a crash or a race left behind in the outbox, put right by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from tanggap.notify.models import DeliveryReport, Message, MessageState
from tanggap.notify.services.record_report import apply_early_reports

MOST = 500
REPORTS_LIVE = timedelta(days=30)


def mend_outbox(*, now: datetime) -> int:
    """Free what waits inside a message that will not go, take up reports that crossed their message; how many."""
    return _free_contents(now) + _apply_reports(now)


@transaction.atomic
def _free_contents(now: datetime) -> int:
    """A lead that was called back while its sender died takes nobody along."""
    over = Q(inside__claimed_until__isnull=True) | Q(inside__claimed_until__lte=now)
    stuck = Message.objects.filter(over, state=MessageState.PENDING, inside__isnull=False)
    ids = list(stuck.exclude(inside__state=MessageState.PENDING).values_list("id", flat=True)[:MOST])
    return Message.objects.filter(id__in=ids).update(inside=None)


def _apply_reports(now: datetime) -> int:
    """A report and the message it names can be written at the same moment, each not seeing the other."""
    named = Message.objects.filter(channel=OuterRef("channel"), provider_id=OuterRef("provider_id"))
    known = DeliveryReport.objects.filter(Exists(named.exclude(provider_id=""))).order_by("id")
    by_channel: dict[str, list[str]] = {}
    for channel, provider_id in known.values_list("channel", "provider_id")[:MOST]:
        by_channel.setdefault(channel, []).append(provider_id)
    taken = sum(apply_early_reports(channel=channel, provider_ids=ids) for channel, ids in by_channel.items())
    DeliveryReport.objects.filter(at__lt=now - REPORTS_LIVE).delete()
    return taken

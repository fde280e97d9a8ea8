"""What Meta tells of our messages: that they arrived, and that they were read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from tanggap.cases.models import Reporter
from tanggap.cases.secret_codes import sender_index
from tanggap.channels.models import Chat
from tanggap.channels.social.meta_pieces import Report, short_id
from tanggap.common.crypto import blind_index
from tanggap.notify.models import Message, MessageState
from tanggap.notify.services.record_report import record_report

# "Everything until then" is asked of what was sent lately: older messages are no news.
LOOK_BACK = timedelta(days=30)
MOST = 200
# Meta counts milliseconds, and notes a message's own moment a little before our answer came back.
SLACK = timedelta(seconds=5)


def note_reports(*, brand: str, reports: Sequence[Report], now: datetime) -> None:
    """Record each; Messenger says "read until then" without naming messages, so they are looked for."""
    for report in reports:
        at = min(report.at or now, now)
        for number in report.ids or _sent_to(report, brand, at):
            record_report(channel=report.channel, provider_id=short_id(number), state=report.state, at=at)


def _sent_to(report: Report, brand: str, until: datetime) -> Iterable[str]:
    """The messages in private to this person that are not known to have come so far."""
    account = f"{report.channel}:{report.person}"
    cases = Reporter.objects.filter(sender_index=sender_index(account)).values_list("case_id", flat=True)
    index = blind_index(f"chat-{report.channel}", report.person)
    chats = Chat.objects.filter(channel=report.channel, brand=brand, sender_index=index).values_list("pk", flat=True)
    streams = [*(f"chat:{pk}" for pk in chats), *(f"case:{pk}" for pk in cases[:MOST])]
    earlier = Q(state=MessageState.SENT) | Q(state=MessageState.DELIVERED)
    sent = Message.objects.filter(earlier, stream__in=streams, channel=report.channel, brand=brand)
    sent = sent.filter(sent_at__lte=until + SLACK, sent_at__gte=until - LOOK_BACK).exclude(provider_id="")
    # What stands under a post is read by everybody, and nobody is told by whom.
    sent = sent.exclude(provider_id__startswith="comment:")
    return list(sent.order_by("-id").values_list("provider_id", flat=True)[:MOST])

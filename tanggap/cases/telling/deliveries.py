"""How what was said to the reporter went out, beside the words themselves: "WhatsApp, sampai 10.42 WIB"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from django.utils.translation import gettext as _

from tanggap.cases.models import Case
from tanggap.common import formats
from tanggap.common.clockwords import language
from tanggap.ledger.models import Event
from tanggap.notify.models import Channel, Message, MessageState
from tanggap.notify.selectors import messages_of

MOST = 500
UNSENT = (MessageState.CANCELLED, MessageState.SKIPPED)


def deliveries_of(case: Case, zone: tzinfo, *, by_channel: bool = True) -> dict[int, tuple[str, ...]]:
    """Entry of the thread → how it went out to the reporter; two statements however long the thread.

    Without `by_channel` the way stays unnamed: which one an anonymous person can be reached by is not the office's.
    """
    told = list(messages_of(case.stream).filter(recipient_role="reporter", source__startswith="event:")[:MOST])
    numbers = {message.source.split(":")[1] for message in told}
    events = Event.objects.filter(pk__in=[int(n) for n in numbers if n.isdigit()]).values_list("pk", "data__message")
    entries = {str(pk): entry for pk, entry in events if isinstance(entry, int)} if told else {}
    lines: dict[int, tuple[str, ...]] = {}
    for message in told:
        entry = entries.get(message.source.split(":")[1])
        if entry is not None and (line := delivery_line(message, zone, by_channel)):
            lines[entry] = (*lines.get(entry, ()), line)
    return lines


def delivery_lines(messages: Iterable[Message], zone: tzinfo, *, by_channel: bool = True) -> tuple[str, ...]:
    """Each once, in their order: several holders of a post are often reached the same way in the same minute."""
    return tuple(dict.fromkeys(line for message in messages if (line := delivery_line(message, zone, by_channel))))


def delivery_line(message: Message, zone: tzinfo, by_channel: bool = True) -> str:
    """Channel, what became of it, when; nothing for what was called back."""
    if message.state in UNSENT:
        return ""
    if message.state == MessageState.UNDELIVERABLE:
        return _("tidak ada alamat untuk mengirimnya")
    named = by_channel and message.channel in Channel.values
    channel = str(Channel(message.channel).label) if named else _("pesan")
    channel = channel[:1].upper() + channel[1:]
    words = {
        MessageState.PENDING: _("%(channel)s, menunggu dikirim"),
        MessageState.SENT: _("%(channel)s, terkirim %(at)s"),
        MessageState.DELIVERED: _("%(channel)s, sampai %(at)s"),
        MessageState.READ: _("%(channel)s, dibaca %(at)s"),
        MessageState.FAILED: _("%(channel)s, tidak sampai"),
    }
    return words[MessageState(message.state)] % {"channel": channel, "at": _when(message, zone)}


def _when(message: Message, zone: tzinfo) -> str:
    """The hour where it is the day of the message's writing, else with its day."""
    moment = {
        MessageState.READ: message.read_at or message.delivered_at,
        MessageState.DELIVERED: message.delivered_at,
    }.get(MessageState(message.state)) or message.sent_at
    if moment is None:
        return ""
    local, written = moment.astimezone(zone), message.due_at.astimezone(zone)
    hour = f"{formats.clock_time(local, language())} {formats.zone_name(zone)}"
    return hour if local.date() == written.date() else f"{formats.short_date(local.date(), language())}, {hour}"

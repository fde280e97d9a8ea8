"""A dead letter goes out again, because somebody said so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import NotFound, Refused
from tanggap.ledger.services.record import record
from tanggap.notify.addressing import ways_of
from tanggap.notify.delivery.ways import take_way, usable
from tanggap.notify.models import Message, MessageState
from tanggap.notify.services.wake_channel import wake_channels

AGAIN = {MessageState.FAILED, MessageState.CANCELLED, MessageState.SKIPPED}


@transaction.atomic
def send_again(*, message_id: int, actor_key: str, now: datetime) -> Message:
    """Put a failed, cancelled or skipped message back in the line, from its first way on. Raises NotFound, Refused."""
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None:
        raise NotFound(_("Pesan ini tidak ada."), code="no_message")
    if message.state not in AGAIN:
        raise Refused(_("Pesan ini sudah terkirim atau sedang menunggu; tidak ada yang dikirim ulang."))
    open_ways = usable(message, range(len(ways_of(message)[0])))
    if not open_ways:
        raise Refused(_("Penerima pesan ini tidak punya alamat yang dapat dipakai. Lengkapi dulu datanya."))
    take_way(message, open_ways[0][0], now=now)
    message.error, message.inside = "", None
    message.save()
    record("message.sent_again", stream=f"message:{message.pk}", actor=actor_key, at=now, react=False)
    wake_channels([message.channel])
    return message

"""A mail of ours came back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.notify.addressing import address_of, index_of, is_reporter
from tanggap.notify.models import Message, OptOut
from tanggap.notify.outgoing import Way
from tanggap.notify.services.opt_out import opt_out
from tanggap.notify.services.record_report import record_report

BOUNCED = "bounced"


@transaction.atomic
def record_bounce(*, provider_id: str, status: str, dead: bool, at: datetime) -> None:
    """The message goes on by the recipient's next way. A reporter's `dead` address is not written to any more."""
    if dead:
        for message in Message.objects.filter(channel="email", provider_id=provider_id):
            address = address_of(message)
            if address and is_reporter(message.recipient_key):
                opt_out(way=Way("email", address), now=at, reason=BOUNCED)
    reason = "alamat surel tidak ada" if dead else "surat tidak dapat disampaikan"
    record_report(channel="email", provider_id=provider_id, state="failed", at=at, error=f"{status}: {reason}")


@transaction.atomic
def forget_bounces(*, way: Way) -> None:
    """The address works after all; a wish to be left alone stays."""
    OptOut.objects.filter(channel=way.channel, address_index=index_of(way), reason=BOUNCED).delete()

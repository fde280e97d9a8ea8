"""Between the engine and the house: loads what it must know, does what it decides, puts its answers in the outbox."""

from __future__ import annotations

from datetime import datetime

from tanggap.accounts.actor import channel_actor
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.channels.conversation.engine import Heard, Memory, Submit, turn
from tanggap.channels.knowing import chat_of
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.said import Said
from tanggap.channels.sms.addressing import Addressed, addressed
from tanggap.channels.sms.fitting import fitted
from tanggap.channels.talking import contact_of, say_into, sender_of
from tanggap.directory.models import Brand


class _World:
    pass


def converse(row: Inbound, said: Said, *, now: datetime) -> tuple[Chat, str]:
    """One turn, under the lock of the chat. The chat, and the stream of the case the message became part of."""
    chat = chat_of(row, said.sender)
    brand = Brand.objects.select_related("agency").filter(slug=row.brand).first()
    named = addressed(said.text, brand) if row.channel == "sms" else Addressed(None, said.text)
    after = turn(Memory(), Heard(named.text), _World())
    stream = ""
    if isinstance(after.deed, Submit):
        receipt = submit_case(
            submission=Submission(
                text=after.deed.draft.text,
                channel=row.channel,
                agency=named.agency or (brand.agency if brand else None),
                note=named.reason,
                brand=brand,
                contact=contact_of(sender_of(chat)),
            ),
            actor=channel_actor(row.channel),
            now=now,
        )
        chat.case, stream = receipt.case, receipt.case.stream
    for number, said_back in enumerate(after.says):
        words = fitted(said_back) if row.channel == "sms" else said_back
        say_into(chat, words, key=f"inbound:{row.pk}:{number}", source=f"inbound:{row.pk}", now=now)
    chat.heard_at = now
    chat.save()
    return chat, stream

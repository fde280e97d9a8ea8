"""Between the engine and the house: loads what it must know, does what it decides, puts its answers in the outbox."""

from __future__ import annotations

from datetime import datetime

from tanggap.accounts.actor import channel_actor
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.channels.conversation.engine import Heard, Memory, Submit, turn
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.said import Said, Sender
from tanggap.channels.talking import contact_of, keep_sender, say_into
from tanggap.common.crypto import blind_index
from tanggap.directory.models import Brand


class _World:
    pass


def converse(row: Inbound, said: Said, *, now: datetime) -> tuple[Chat, str]:
    """One turn, under the lock of the chat. The chat, and the stream of the case the message became part of."""
    chat = chat_of(row, said.sender, now=now)
    after = turn(Memory(), Heard(said.text), _World())
    stream = ""
    if isinstance(after.deed, Submit):
        brand = Brand.objects.select_related("agency").filter(slug=row.brand).first()
        receipt = submit_case(
            submission=Submission(
                text=after.deed.draft.text,
                channel=row.channel,
                agency=brand.agency if brand else None,
                brand=brand,
                contact=contact_of(said.sender),
            ),
            actor=channel_actor(row.channel),
            now=now,
        )
        chat.case, stream = receipt.case, receipt.case.stream
    for number, words in enumerate(after.says):
        say_into(chat, words, key=f"inbound:{row.pk}:{number}", source=f"inbound:{row.pk}", now=now)
    chat.heard_at = now
    chat.save()
    return chat, stream


def chat_of(row: Inbound, sender: Sender, *, now: datetime) -> Chat:
    """The chat of this sender, locked until commit; made at the first word."""
    index = blind_index(f"chat-{sender.channel}", sender.account)
    keys = {"channel": row.channel, "brand": row.brand, "sender_index": index}
    Chat.objects.bulk_create([Chat(**keys, hint=sender.hint)], ignore_conflicts=True)
    chat = Chat.objects.select_for_update().get(**keys)
    keep_sender(chat, sender)
    return chat

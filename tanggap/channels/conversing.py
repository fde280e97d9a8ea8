"""Between the engine and the house: loads what it must know, does what it decides, puts its answers in the outbox."""

from __future__ import annotations

from datetime import datetime

from tanggap.accounts.actor import channel_actor
from tanggap.cases.identity import Contact
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.channels.conversation.engine import Heard, Memory, Submit, turn
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.said import Said, Sender
from tanggap.common.crypto import blind_index, seal_json
from tanggap.directory.models import Brand
from tanggap.notify.outgoing import Outgoing, Way
from tanggap.notify.rendering import seal_text
from tanggap.notify.services.enqueue import enqueue


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
        answer(row, chat, said.sender, number, words, now=now)
    chat.heard_at = now
    chat.save()
    return chat, stream


def chat_of(row: Inbound, sender: Sender, *, now: datetime) -> Chat:
    """The chat of this sender, locked until commit; made at the first word."""
    index = blind_index(f"chat-{sender.channel}", sender.account)
    keys = {"channel": row.channel, "brand": row.brand, "sender_index": index}
    Chat.objects.bulk_create([Chat(**keys, hint=sender.hint)], ignore_conflicts=True)
    chat = Chat.objects.select_for_update().get(**keys)
    chat.sealed_sender = seal_json({"address": sender.address, "phone": sender.phone}, context=chat.context)
    return chat


def contact_of(sender: Sender) -> Contact:
    """How whoever writes from here is reached, and known again."""
    account = "" if sender.phone or sender.email else sender.name
    return Contact(phone=sender.phone, email=sender.email, account=account)


def answer(row: Inbound, chat: Chat, sender: Sender, number: int, words: str, *, now: datetime) -> None:
    """Put one answer into the outbox: once for each message and place in it, its words sealed."""
    key = f"inbound:{row.pk}:{number}"
    enqueue(
        Outgoing(
            key=key,
            template="chat_reply",
            ways=[Way(row.channel, sender.address)],
            channel=row.channel,
            due_at=now,
            not_before=now,
            values=seal_text(key, subject="", body=words),
            stream=f"chat:{chat.pk}",
            source=f"inbound:{row.pk}",
            language=chat.language,
            brand=row.brand,
            recipient_role="reporter",
            recipient_key=f"chat:{chat.pk}",
        ),
        now=now,
    )

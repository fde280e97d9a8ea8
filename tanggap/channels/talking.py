"""Words into a conversation: who sits at the other end, and how an answer gets there."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from tanggap.cases.identity import Contact
from tanggap.channels.models import Chat
from tanggap.channels.said import Sender
from tanggap.common.crypto import seal_json, unseal_json
from tanggap.directory.models import Brand
from tanggap.directory.selectors import root_agency
from tanggap.notify.outgoing import Outgoing, Way
from tanggap.notify.rendering import seal_text
from tanggap.notify.services.enqueue import enqueue

TEMPLATE = "chat_reply"


def keep_sender(chat: Chat, sender: Sender) -> None:
    """How this person is reached, sealed; the caller saves the row."""
    known = {
        "account": sender.account,
        "address": sender.address,
        "phone": sender.phone,
        "email": sender.email,
        "formerly": sender.formerly,
    }
    chat.sealed_sender = seal_json(known, context=chat.context)


def sender_of(chat: Chat) -> Sender:
    """Who was kept. Only for a chat in which somebody has spoken."""
    known = unseal_json(chat.sealed_sender or b"", context=chat.context)
    formerly = tuple(known.pop("formerly", ()))
    return Sender(channel=chat.channel, hint=chat.hint, formerly=formerly, **known)


def contact_of(sender: Sender) -> Contact:
    """How whoever writes from here is reached as a reporter, and known again."""
    account = "" if sender.account in {sender.phone, sender.email} else sender.name
    return Contact(phone=sender.phone, email=sender.email, account=account)


def say_into(
    chat: Chat,
    words: str,
    *,
    key: str,
    source: str,
    now: datetime,
    subject: str = "",
    number: str = "",
    way: Way | None = None,
) -> None:
    """Put one answer into the outbox, its words sealed; a key that is known already changes nothing.

    A letter has a subject, and the tracking id to which an answer to it belongs. `way` is for who has not written to
    us in private yet, and is reached by what they wrote in public.
    """
    sealed = seal_text(key, subject=subject or _("Balasan atas pesan Anda"), body=words)
    enqueue(
        Outgoing(
            key=key,
            template=TEMPLATE,
            ways=[way or Way(chat.channel, sender_of(chat).address)],
            channel=chat.channel,
            due_at=now,
            not_before=now,
            values=sealed if not number else {**sealed, "tracking_id": number},
            stream=f"chat:{chat.pk}",
            source=source,
            language=chat.language,
            brand=chat.brand,
            payer=payer_of(chat.brand),
            recipient_role="reporter",
            # Not a reporter's key: whoever has just written is answered, also after asking for no more news.
            recipient_key=f"chat:{chat.pk}",
        ),
        now=now,
    )


def payer_of(slug: str) -> str:
    """Conversations are paid by the agency whose door it is."""
    agency = Brand.objects.filter(slug=slug).values_list("agency_id", flat=True).first()
    return f"agency:{agency or root_agency().pk}"

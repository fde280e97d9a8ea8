"""An officer's words into a conversation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.texts import clean_text
from tanggap.channels.models import Chat
from tanggap.channels.services.take_chat import take_chat
from tanggap.channels.talking import say_into
from tanggap.ledger.services.record import record

LONGEST_REPLY = 2000


@transaction.atomic
def answer_chat(*, chat_id: int, text: str, key: str, actor: Actor, now: datetime) -> Chat:
    """Send it to the citizen, and take the chat if nobody has it. `key` is the form's own: a double click sends once.

    Raises Forbidden, Refused (a colleague answers), Invalid (nothing written, too long).
    """
    words = clean_text(text, longest=LONGEST_REPLY)
    chat = take_chat(chat_id=chat_id, actor=actor, now=now)
    say_into(chat, words, key=f"chat:{chat.pk}:{key[:40]}", source=f"person:{actor.person_id or 0}", now=now)
    record("chat.answered", stream=f"chat:{chat.pk}", actor=actor.key, at=now, react=False)
    return chat

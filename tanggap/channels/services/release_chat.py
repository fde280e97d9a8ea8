"""The machine answers a conversation again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.channels.models import Chat
from tanggap.channels.services.take_chat import lock_chat
from tanggap.ledger.services.record import record


@transaction.atomic
def release_chat(*, chat_id: int, actor: Actor, now: datetime) -> Chat:
    """Give it back, whoever held it: an officer who went home must not leave a citizen waiting. Raises Forbidden."""
    chat = lock_chat(chat_id, actor)
    if chat.wants_person_since is not None or chat.held_by_key:
        chat.wants_person_since, chat.held_by_key = None, ""
        chat.save(update_fields=["wants_person_since", "held_by_key"])
        record("chat.released", stream=f"chat:{chat.pk}", actor=actor.key, at=now, react=False)
    return chat

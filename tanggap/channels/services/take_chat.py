"""An officer answers a conversation instead of the machine."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.channels.models import Chat
from tanggap.channels.policies import chats_visible_to, check_answers
from tanggap.common.errors import Forbidden, Refused
from tanggap.ledger.services.record import record


@transaction.atomic
def take_chat(*, chat_id: int, actor: Actor, now: datetime) -> Chat:
    """From now on this officer answers there. Raises Forbidden; Refused where a colleague does already."""
    chat = lock_chat(chat_id, actor)
    if chat.held_by_key not in ("", actor.key):
        raise Refused(_("Percakapan ini sedang dijawab petugas lain. Tidak ada yang diubah."), code="taken")
    if not chat.held_by_key:
        chat.held_by_key = actor.key
        chat.wants_person_since = chat.wants_person_since or now
        chat.save(update_fields=["held_by_key", "wants_person_since"])
        record("chat.taken", stream=f"chat:{chat.pk}", actor=actor.key, at=now, react=False)
    return chat


def lock_chat(chat_id: int, actor: Actor) -> Chat:
    """The chat, locked until commit. Raises Forbidden where the actor sees none."""
    check_answers(actor)
    chat = chats_visible_to(actor).select_for_update(of=("self",)).filter(pk=chat_id).first()
    if chat is None:
        raise Forbidden(_("Percakapan atau pesan ini tidak ada."))
    return chat

"""What was said on a channel about a case whose reporter is forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.channels.models import Chat, Inbound, InboundState


@transaction.atomic
def forget_talk(*, case_id: int, now: datetime) -> int:
    """Empty the payloads that became part of the case and end the chat that is about it; how many payloads.

    A chat in which somebody waits for an officer goes on, and its memory alone is lost; any other begins anew with the
    next word. The messages stay known by the provider's name, so that one brought again is not heard twice.
    """
    known = Inbound.objects.exclude(state=InboundState.NEW)
    emptied = known.filter(sealed__isnull=False, stream=f"case:{case_id}").update(sealed=None, sender_index=None)
    for chat in Chat.objects.select_for_update().filter(case_id=case_id).order_by("pk"):
        if chat.wants_person_since is not None or chat.held_by_key or _is_heard(chat):
            chat.sealed_memory, chat.case = None, None
            chat.save(update_fields=["sealed_memory", "case"])
        else:
            Inbound.objects.filter(chat=chat).update(chat=None)
            chat.delete()
    return emptied


def _is_heard(chat: Chat) -> bool:
    """Whether something of it still waits to be heard."""
    return Inbound.objects.filter(chat=chat, state__in=[InboundState.NEW, InboundState.STUCK]).exists()

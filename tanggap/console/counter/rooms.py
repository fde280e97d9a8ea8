"""The rooms around the counter."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.channels.policies import ANSWERS_CHATS

HERE = "console:counter"


def tabs_of(actor: Actor, name: str) -> list[tuple[str, str, bool, None]]:
    """Links to the rooms this person may enter; `name` is the present one."""
    rooms = [(_("Loket"), "counter")]
    if actor.has_role(*ANSWERS_CHATS):
        rooms.append((_("Tanda asal dan poster"), "source-tags"))
    rooms.append((_("Lembar radio"), "radio"))
    return [(title, reverse(f"console:{room}"), room == name, None) for title, room in rooms]

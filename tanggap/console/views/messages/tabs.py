"""The tabs that the pages about messages share."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role

HERE = "console:messages"


def tabs_of(actor: Actor, name: str) -> list[tuple[str, str, bool, None]]:
    """Links to the rooms this person may enter; `name` is the present one."""
    rooms = [(_("Antrean"), "messages"), (_("Gagal"), "dead-letters")]
    if actor.has_role(Role.NATIONAL_ADMIN):
        rooms.append((_("Kata-kata"), "wordings"))
    rooms.append((_("Biaya"), "costs"))
    return [(title, reverse(f"console:{room}"), room == name, None) for title, room in rooms]

"""Whose rules a settings page is about: everybody's, or one agency's and what is below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs, governs_everything
from tanggap.accounts.roles import Role
from tanggap.common.errors import TanggapError
from tanggap.console.access import actor_of
from tanggap.console.pages import page
from tanggap.console.people_forms import agencies_to_invite_to
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_code, agency_by_id, find_agency

HERE = "console:rules"


@dataclass(frozen=True)
class Scope:
    """`agency` None is the nation. `choices` are the agencies of a short list; a national admin writes a name."""

    agency: Agency | None
    everything: bool
    choices: list[Agency]
    wrong: str = ""

    @property
    def agency_id(self) -> int | None:
        return self.agency.pk if self.agency else None

    @property
    def path(self) -> str:
        return self.agency.path if self.agency else ""

    @property
    def code(self) -> str:
        return self.agency.code if self.agency else ""

    @property
    def name(self) -> str:
        return self.agency.full_name if self.agency else _("seluruh Indonesia")

    def address(self, name: str, *arguments: Any, **query: Any) -> str:
        """The address of another settings page about the same agency."""
        asked = {"instansi": self.code, **query}
        found = urlencode({key: value for key, value in asked.items() if value})
        return reverse(f"console:{name}", args=arguments) + (f"?{found}" if found else "")


def scope_of(request: HttpRequest) -> Scope:
    """From `instansi` in the address or the form. Another's agency is as if it did not exist (404)."""
    actor = actor_of(request)
    typed = (request.POST.get("instansi") or request.GET.get("instansi") or "").replace("\0", "").strip()[:250]
    if governs_everything(actor):
        return _anywhere(typed)
    choices = agencies_to_invite_to(actor)
    if not choices:
        raise Http404
    agency = _named(typed) if typed else _own(actor)
    if not governs(actor, agency):
        raise Http404
    return Scope(agency, everything=False, choices=choices)


def _own(actor: Actor) -> Agency:
    return agency_by_id(actor.grants_of(Role.COORDINATOR)[0].agency_id)


def _named(code: str) -> Agency:
    try:
        return agency_by_code(code)
    except TanggapError as error:
        raise Http404 from error


def _anywhere(typed: str) -> Scope:
    if not typed:
        return Scope(None, everything=True, choices=[])
    try:
        return Scope(find_agency(typed), everything=True, choices=[])
    except TanggapError as error:
        return Scope(None, everything=True, choices=[], wrong=error.message)


def may_change(actor: Actor, agency_id: int | None) -> bool:
    """Whether the rules of a level are the actor's to change, or to read the changes of."""
    if agency_id is None:
        return governs_everything(actor)
    return governs(actor, agency_by_id(agency_id))


def settings_page(
    request: HttpRequest, scope: Scope, template: str, values: dict[str, Any], *, room: str, status: int = 200
) -> HttpResponse:
    """A page of the settings with its tabs and the choice of the agency."""
    rooms = [
        (_("Kalender"), "rule-calendar"),
        (_("Batas waktu"), "rule-limits"),
        (_("Tangga pengingat"), "rule-ladders"),
        (_("Perubahan"), "rule-changes"),
    ]
    tabs = [(title, scope.address(name), name == room, None) for title, name in rooms]
    frame = {"scope": scope, "rule_tabs": tabs, "room": room, "room_url": reverse(f"console:{room}")}
    return page(request, f"aturan/{template}", {**frame, **values}, here=HERE, status=status)

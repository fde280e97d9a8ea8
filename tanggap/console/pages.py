"""What every officers' page carries: the post one acts in and the rooms one may enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.cases.workflow import MOVES, Action, Standing
from tanggap.channels.policies import ANSWERS_CHATS, ENTERS_CASES
from tanggap.common.clock import now
from tanggap.common.worlds import SANDBOX, world
from tanggap.console.access import OVERSEES_UNITS, READS_BRIEFS, actor_of, post_words
from tanggap.console.alarms import lit_for
from tanggap.console.due_notice import tell_due
from tanggap.console.help import help_address
from tanggap.console.letter_rows import has_letters
from tanggap.console.training.serving import ROOMS as PRACTISED
from tanggap.evaluation.round_policies import BRINGS_EVIDENCE
from tanggap.evaluation.selectors.tasks import GIVES, TAKES
from tanggap.surveys.policies import ENTERS_PAPER


@dataclass(frozen=True)
class Room:
    """One link of the header."""

    title: str
    url: str
    here: bool
    count: int = 0

    @property
    def lit(self) -> bool:
        """Whether it must be seen without being looked for."""
        return self.here or bool(self.count)


# Who could be the second person that an anonymous reporter's identity asks for (DOMAIN §6).
SECOND_PERSONS = (Role.NATIONAL_ADMIN, Role.INSPECTOR, Role.COORDINATOR)
# Who hides and shows public words (`HIDE_WORDS`), and so decides what others ask to have hidden.
MODERATORS = (Role.NATIONAL_ADMIN, Role.INSPECTOR, Role.COORDINATOR)
# Who computes, reviews and publishes what bodies are compared by.
JUDGES = (Role.EVALUATOR, Role.NATIONAL_ADMIN)
# Who judges in rounds of evaluation, who is judged, and who oversees both.
ROUNDS = (Role.EVALUATOR, Role.NATIONAL_ADMIN, *BRINGS_EVIDENCE)
INVITES = (Role.COORDINATOR, Role.NATIONAL_ADMIN)
ALARMS = "console:alarms"
MOST_IN_SIGHT, FIRST_IN_SIGHT = 7, 5


def may_be_second_person(actor: Actor) -> bool:
    """Whether the list of asked-for identities is any of this person's business."""
    return Standing.NATIONAL_ADMIN in MOVES[Action.REVEAL_IDENTITY].who and actor.has_role(*SECOND_PERSONS)


def _of(*roles: str) -> Callable[[Actor], bool]:
    return lambda actor: actor.has_role(*roles)


# In the order of the header: title, address, for whom.
ROOMS: tuple[tuple[Promise, str, Callable[[Actor], bool]], ...] = (
    (gettext_lazy("Kotak masuk"), "console:inbox", lambda _actor: True),
    (gettext_lazy("Loket"), "console:counter", _of(*ENTERS_CASES)),
    (gettext_lazy("Unit"), "console:units", _of(*OVERSEES_UNITS)),
    (gettext_lazy("Ringkasan"), "console:brief", _of(*READS_BRIEFS)),
    (gettext_lazy("Rapor"), "console:cards", _of(*READS_BRIEFS)),
    (gettext_lazy("Tugas"), "console:tasks", _of(*GIVES, *TAKES)),
    (gettext_lazy("Peringkat"), "console:rankings", _of(*JUDGES)),
    (gettext_lazy("Evaluasi"), "console:rounds", _of(*ROUNDS)),
    (gettext_lazy("Survei"), "console:surveys", _of(*ENTERS_PAPER)),
    (gettext_lazy("Surat"), "console:letters", has_letters),
    (gettext_lazy("Pesan masuk"), "console:incoming", _of(*ANSWERS_CHATS)),
    (gettext_lazy("Identitas"), "console:reveals", may_be_second_person),
    (gettext_lazy("Permintaan"), "console:hiding", _of(*MODERATORS)),
    (gettext_lazy("Contoh jawaban"), "console:library", _of(*INVITES)),
    (gettext_lazy("Petugas"), "console:people", _of(*INVITES)),
    (gettext_lazy("Piket"), "console:on-call", _of(*INVITES)),
    (gettext_lazy("Aturan"), "console:rules", _of(*INVITES)),
    (gettext_lazy("Pesan keluar"), "console:messages", _of(*INVITES)),
    (gettext_lazy("Saluran"), "console:doors", _of(*INVITES)),
    (gettext_lazy("Data acuan"), "console:reference", _of(Role.NATIONAL_ADMIN)),
    (gettext_lazy("Latihan"), "console:training", lambda _actor: True),
    (gettext_lazy("Peringatan"), ALARMS, _of(*INVITES)),
)


def rooms_of(actor: Actor, here: str) -> list[Room]:
    """The links of the header, in their order; a room that is not built leads nowhere and is left out."""
    found = []
    for title, name, open_to in ROOMS:
        if not open_to(actor) or (world() == SANDBOX and name.partition(":")[2] not in PRACTISED):
            continue
        try:
            count = lit_for(actor, now=now()) if name == ALARMS else 0
            found.append(Room(str(title), reverse(name), name == here, count))
        except NoReverseMatch:
            continue
    return found


@dataclass(frozen=True)
class Header:
    """The links in sight on every screen, those that a narrow one folds away, and those behind "Lainnya" everywhere."""

    first: list[Room]
    next: list[Room]
    more: list[Room]


def header_of(rooms: list[Room]) -> Header:
    """The first few, and whatever must be seen; a row of twelve would be read by nobody. A telephone has room for the
    inbox, the page one is on and what calls for attention."""
    first = [room for number, room in enumerate(rooms) if number == 0 or room.lit]
    rest = [room for room in rooms if room not in first]
    if len(rooms) <= MOST_IN_SIGHT:
        return Header(first, rest, [])
    shown = [room for room in rest if rooms.index(room) < FIRST_IN_SIGHT]
    return Header(first, shown, [room for room in rest if room not in shown])


def route_of(request: HttpRequest) -> str:
    """The name of the page's address, without the room's."""
    return (request.resolver_match.url_name if request.resolver_match else "") or ""


def page(
    request: HttpRequest, template: str, values: dict[str, Any], *, here: str = "", status: int = 200
) -> HttpResponse:
    """Render one page of the console."""
    actor = actor_of(request)
    if status == HTTPStatus.OK and world() != SANDBOX:
        tell_due(request, actor)
    frame = {
        "post": post_words(actor),
        "header": header_of(rooms_of(actor, here)),
        "help_url": help_address(actor, route_of(request)),
    }
    return render(request, f"console/{template}", {**frame, **values}, status=status)

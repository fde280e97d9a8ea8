"""In private, after words under a post: yes it was I, no it was not, keep it secret.

These few words go to the report that waits for them. Everything else is a conversation like any other; where it adds
to that report, its author has said more than yes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from tanggap.accounts.actor import Actor, channel_actor
from tanggap.cases.models import Case
from tanggap.cases.secret_codes import prove_sender, sender_index
from tanggap.cases.services.confirm_sender import confirm_sender
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.cases.services.withdraw_case import withdraw_case
from tanggap.cases.workflow import ENDED
from tanggap.channels.conversing import memory_of
from tanggap.channels.knowing import chat_of
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.said import Said
from tanggap.channels.social import phrases
from tanggap.channels.social.posts import case_in
from tanggap.channels.talking import say_into
from tanggap.common.ids import normalize_tracking_id
from tanggap.notify.places import SOCIAL

MOST = 5
LONGEST = 60
_NUMBER = re.compile(r"\b[0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^a-z ]+")
YES = frozenset(
    {"ya", "iya", "y", "ya benar", "ya betul", "benar", "betul", "benar saya", "ya saya", "yes", "konfirmasi"}
)
NO = frozenset({"batal", "batalkan", "bukan saya", "bukan", "bukan laporan saya", "cabut", "cancel", "not me"})
HIDE = frozenset({"rahasia", "rahasiakan", "anonim", "confidential", "anonymous"})

Deed = Callable[[Case, Actor, datetime], str]


@dataclass(frozen=True, slots=True)
class _Heard:
    """A short word, and the report it names."""

    deed: Deed
    number: str


def confirm(row: Inbound, said: Said, *, now: datetime) -> tuple[Chat, str] | None:
    """Do what a short word asks of a report that waits for its author; None where it is not for this."""
    if row.channel not in SOCIAL:
        return None
    waiting = waiting_for(said.sender.name)
    heard = _understood(said) if waiting else None
    if heard is None:
        return None
    chat = chat_of(row, said.sender)
    if not is_at_rest(chat):
        return None
    chosen = [case for case in waiting if heard.number in ("", case.tracking_id)]
    actor = channel_actor(row.channel)
    with translation.override(chat.language):
        if len(chosen) == 1:
            stream = chosen[0].stream
            words = heard.deed(chosen[0], prove_sender(actor, chosen[0], accounts=[said.sender.name]), now)
        else:
            stream, words = "", phrases.which(", ".join(case.tracking_id for case in waiting))
    chat.guarded = chat.guarded or bool(chat.case and (chat.case.guarded or chat.case.anonymous))
    chat.heard_at = now
    chat.save()
    say_into(chat, words, key=f"inbound:{row.pk}:0", source=f"inbound:{row.pk}", now=now)
    return chat, stream


def confirm_by_adding(said: Said, stream: str, *, now: datetime) -> None:
    """Who adds to the report that began with their public words has said that these were theirs."""
    case = case_in(stream)
    if case is not None and case.unconfirmed:
        actor = prove_sender(channel_actor(said.sender.channel), case, accounts=[said.sender.name])
        if case.pk in actor.reporter_of:
            confirm_sender(tracking_id=case.tracking_id, actor=actor, now=now)


def waiting_for(account: str) -> list[Case]:
    """The reports that wait for the yes of whoever writes from this account, newest first."""
    own = Case.objects.filter(reporter__sender_index=sender_index(account), unconfirmed=True)
    return list(own.exclude(state__in=ENDED).order_by("-pk")[:MOST])


def is_at_rest(chat: Chat) -> bool:
    """Whether no report is being told there: then "ya" and "batal" are about that one."""
    memory = memory_of(chat)
    return memory.stage == "start" and memory.draft.is_empty


def _understood(said: Said) -> _Heard | None:
    text = said.text.strip()
    if said.media or said.point or not text or len(text) > LONGEST:
        return None
    numbers = [found for word in _NUMBER.findall(text) if (found := normalize_tracking_id(word))]
    words = " ".join(_LETTERS.sub(" ", _NUMBER.sub(" ", text).casefold()).split())
    for known, deed in ((YES, _yes), (NO, _no), (HIDE, _hide)):
        if words in known:
            return _Heard(deed, numbers[0] if numbers else "")
    return None


def _yes(case: Case, actor: Actor, now: datetime) -> str:
    confirm_sender(tracking_id=case.tracking_id, actor=actor, now=now)
    return phrases.confirmed(case.tracking_id)


def _no(case: Case, actor: Actor, now: datetime) -> str:
    withdraw_case(tracking_id=case.tracking_id, actor=actor, now=now)
    return phrases.withdrawn(case.tracking_id)


def _hide(case: Case, actor: Actor, now: datetime) -> str:
    """Secret from now on, anonymous too; whoever wants that means the report."""
    raise_confidentiality(tracking_id=case.tracking_id, actor=actor, now=now, secret=True, anonymous=True)
    confirm_sender(tracking_id=case.tracking_id, actor=actor, now=now)
    return phrases.hidden(case.tracking_id)

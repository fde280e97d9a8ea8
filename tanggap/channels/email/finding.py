"""What a letter belongs to: our own mailboxes, the case it is about, the agency it is addressed to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tanggap.accounts.actor import Actor, channel_actor
from tanggap.cases.models import Case
from tanggap.cases.recording import find_case
from tanggap.cases.secret_codes import prove_sender
from tanggap.channels.email.letter import Letter
from tanggap.channels.email.machines import base_of
from tanggap.channels.email.naming import aliases_in, numbers_in
from tanggap.channels.models import Inbound, Keyword
from tanggap.common.crypto import CannotUnseal
from tanggap.common.errors import Invalid, NotFound
from tanggap.directory.models import Agency, Brand
from tanggap.directory.naming import normalize
from tanggap.directory.selectors import find_agency
from tanggap.notify.models import ChannelConfig, Message
from tanggap.notify.transports.registry import settings_of

CHANNEL = "email"
_INBOUND, _CASE = "inbound:", "case:"


@dataclass(frozen=True, slots=True)
class Meant:
    """What a letter goes on with. `case` only where its sender is proved to be the reporter; `named` where it names a
    case at all, `guarded` where that is one not for every eye; `to_officer` where it answers what an officer was told.
    """

    actor: Actor
    case: Case | None = None
    named: bool = False
    guarded: bool = False
    to_officer: bool = False


def own_addresses() -> set[str]:
    """The mailboxes and senders of all brands: what comes from them is not answered, what is sent to them is for us."""
    found = set()
    for row in ChannelConfig.objects.filter(channel=CHANNEL, enabled=True):
        try:
            found.add(base_of(settings_of(row).get("address", "").lower()))
        except CannotUnseal:
            continue
    return found


def meant_by(letter: Letter, *, ours: Collection[str]) -> Meant:
    """The case of the sender's own that the letter continues, by its address, what it answers, or its subject."""
    actor = channel_actor(CHANNEL)
    answered = _answered(letter)
    if any(message.recipient_role not in {"", "reporter"} for message in answered):
        return Meant(actor, to_officer=True)
    numbers = numbers_in(letter, ours=ours)
    cases = [*_known(numbers), *_told_in(answered)]
    for case in cases:
        proving = prove_sender(actor, case, email=letter.address)
        if case.pk in proving.reporter_of:
            return Meant(proving, case, named=True)
    return Meant(actor, named=bool(numbers or cases), guarded=any(case.guarded or case.anonymous for case in cases))


def addressed_agency(letter: Letter, brand: Brand | None, *, ours: Collection[str]) -> Agency | None:
    """The agency whose alias stands in the address (`lapor+dinkes@…`), else the brand's own."""
    own = brand.agency if brand else None
    for alias in aliases_in(letter, ours=ours):
        keyword = Keyword.objects.select_related("agency").filter(normalized=normalize(alias)).first()
        if keyword:
            return keyword.agency
        door = Brand.objects.select_related("agency").filter(slug=alias).first()
        if door and door.agency:
            return door.agency
        try:
            return find_agency(alias.replace("-", " ").replace("_", " "), within=own)
        except Invalid:
            # Unknown, or borne by several: the letter is taken all the same, where the brand leads.
            continue
    return own


def _known(numbers: Collection[str]) -> Iterator[Case]:
    for number in numbers:
        try:
            yield find_case(number)
        except NotFound:
            continue


def _answered(letter: Letter) -> list[Message]:
    """Our own letters that this one answers; their ids are keyed, so that nobody guesses one."""
    rows = Message.objects.filter(channel=CHANNEL, provider_id__in=list(letter.references)).order_by("-id")
    return list(rows[:20]) if letter.references else []


def _told_in(messages: Collection[Message]) -> Iterator[Case]:
    """The cases those letters were about; an answer to a letter of the inbox is about what that letter became."""
    streams = [message.stream for message in messages if message.stream.startswith(_CASE)]
    kept = [int(message.source.removeprefix(_INBOUND)) for message in messages if message.source.startswith(_INBOUND)]
    streams += Inbound.objects.filter(pk__in=kept).exclude(stream="").values_list("stream", flat=True)
    ids = {int(stream.removeprefix(_CASE)) for stream in streams if stream.startswith(_CASE)}
    yield from Case.objects.select_related("agency", "body").filter(pk__in=ids).order_by("-pk")

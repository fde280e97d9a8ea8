"""What the engine may know, asked of the house for one chat: nothing about a case that this sender must not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import Q
from django.utils import translation

from tanggap.accounts.actor import Actor, channel_actor
from tanggap.cases.emergency import emergency_words
from tanggap.cases.models import Case, IntakeLimit
from tanggap.cases.policies import Disclosure, disclosure_for
from tanggap.cases.recording import find_case
from tanggap.cases.secret_codes import prove_reporter, sender_index
from tanggap.cases.telling.values import is_discreet, values_for
from tanggap.channels.conversation.world import Addressed, KnownCase, Places
from tanggap.channels.knowing import phones_of, proving
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.placing import places_in
from tanggap.channels.said import Sender
from tanggap.channels.sms.addressing import addressed as keyword_of
from tanggap.common.crypto import blind_index
from tanggap.common.errors import NotFound
from tanggap.directory.models import Brand, Locale
from tanggap.directory.selectors import calendar_of
from tanggap.notify.models import Message

MOST_OWN = 3
_VOICE = re.compile(r"(?:bahasa|basa|boso|bhasa|bhâsa) (\w{3,30})", re.IGNORECASE)


@dataclass(frozen=True)
class House:
    """The `World` of one chat (conversation/world.py)."""

    chat: Chat
    sender: Sender
    brand: Brand | None
    now: datetime

    @property
    def zone(self) -> tzinfo:
        """Of the agency whose door it is."""
        return calendar_of(self.brand.agency_id if self.brand else None).zone

    @property
    def brief(self) -> bool:
        """Only SMS costs by the message."""
        return self.chat.channel == "sms"

    @property
    def limit(self) -> tuple[int, int] | None:
        """The row of the channel."""
        row = IntakeLimit.objects.filter(channel=self.chat.channel).first()
        return (row.amount, row.seconds) if row else None

    def voice(self, text: str) -> str:
        """Languages of the brand that a speaker has read (`directory.models.Locale`)."""
        named = _VOICE.fullmatch(" ".join(text.split()))
        spoken = self.brand.languages if self.brand else []
        if named is None or not spoken:
            return ""
        found = Locale.objects.filter(name__iexact=named[1], code__in=spoken, enabled=True)
        return found.values_list("code", flat=True).first() or ""

    def emergency(self, language: str) -> str:
        """As on the pages."""
        with translation.override(language):
            return emergency_words()

    def addressed(self, text: str) -> Addressed:
        """Keywords are for SMS, where nothing else says whom it is for."""
        if not self.brief:
            return Addressed("", text)
        named = keyword_of(text, self.brand)
        return Addressed(named.agency.code if named.agency else "", named.text, named.reason)

    def places(self, text: str, *, answering: bool) -> Places:
        """Nearer to the brand's own region where that helps."""
        agency = self.brand.agency if self.brand else None
        within = agency.code.partition("/")[0] if agency else ""
        return places_in(text, answering=answering, within=within if "." in within else "")

    def case(self, number: str, *, code: str, language: str) -> KnownCase | None:
        """A guarded case answers its reporter alone; of another whoever has its number learns where it stands."""
        try:
            case = find_case(number)
        except NotFound:
            return None
        actor = self.proving(case, code)
        mine = case.pk in actor.reporter_of
        hidden = case.guarded or case.anonymous or disclosure_for(actor, case) == Disclosure.NOTHING
        return None if hidden and not mine else self._known(case, mine=mine, language=language)

    def own_cases(self, *, language: str) -> list[KnownCase]:
        """By the digests of the sender's addresses; a part of a split case is shown through the whole."""
        known = Q()
        for phone in phones_of(self.sender):
            known |= Q(reporter__phone_index=blind_index("phone", phone))
        for account in (self.sender.account, *self.sender.formerly):
            known |= Q(reporter__sender_index=sender_index(f"{self.sender.channel}:{account}"))
        if self.sender.email:
            known |= Q(reporter__email_index=blind_index("email", self.sender.email))
        cases = Case.objects.filter(known, parent__isnull=True).select_related("agency__body").order_by("-pk")
        latest = list(cases[:MOST_OWN])
        latest.sort(key=lambda case: case.pk != self.chat.case_id)
        return [self._known(case, mine=True, language=language) for case in latest]

    def proving(self, case: Case, code: str = "") -> Actor:
        """The channel's actor, with the case proved by the sender's address or the secret code."""
        return prove_reporter(proving(channel_actor(self.chat.channel), case, self.sender), case, code=code)

    def named(self, number: str) -> str:
        """The tracking id of the sender's own case that the message's envelope names; empty for anything else."""
        known = self.case(number, code="", language=self.chat.language) if number else None
        return known.tracking_id if known is not None and known.mine else ""

    def quoted(self, provider_id: str) -> str:
        """The tracking id of the sender's own case whose message is answered; empty for anything else."""
        for stream in self._streams_quoted(provider_id) if provider_id else ():
            number = stream.removeprefix("case:")
            case = Case.objects.filter(pk=number).first() if number.isdigit() else None
            if case is not None and case.pk in self.proving(case).reporter_of:
                return case.tracking_id
        return ""

    def _streams_quoted(self, provider_id: str) -> Iterator[str]:
        """Of a message we sent, of one the sender wrote here, of the one that ours answered."""
        own = Inbound.objects.filter(chat=self.chat)
        yield from own.filter(external_id=provider_id).values_list("stream", flat=True)
        sent = Message.objects.filter(channel=self.chat.channel, provider_id=provider_id)
        for stream, source in sent.values_list("stream", "source"):
            yield stream
            if stream == f"chat:{self.chat.pk}" and (number := source.removeprefix("inbound:")).isdigit():
                yield from own.filter(pk=number).values_list("stream", flat=True)

    def _known(self, case: Case, *, mine: bool, language: str) -> KnownCase:
        with translation.override(language):
            told = values_for(case, now=self.now, language=language)
            bare = is_discreet(case)
            return KnownCase(
                tracking_id=case.tracking_id,
                state=case.state,
                state_name="" if bare else str(case.get_state_display()),
                clock=told["clock"],
                agency="" if bare else told["agency"],
                link=told["link"],
                mine=mine,
            )

"""The thread of a case as one audience may read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from tanggap.cases.attachments import files_by_owner
from tanggap.cases.models import Case, Message, MessageKind
from tanggap.cases.texts import message_original, original_of
from tanggap.cases.words_aside import facts_of
from tanggap.common.masking import mask
from tanggap.files.models import StoredFile
from tanggap.ledger.models import Event
from tanggap.ledger.selectors import events_of


class Audience(StrEnum):
    """Who reads: the reporter, the officers, everybody."""

    REPORTER = "reporter"
    STAFF = "staff"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """One entry. `kind` is a message's kind, or `event` with the event's name; `voice` marks a citizen's words.

    `part` marks what was answered in a part of a split case, or in the case this one was merged into.
    """

    kind: str
    at: datetime
    text: str = ""
    agency_name: str = ""
    channel: str = ""
    office: str = ""
    answer_kind: str = ""
    done_on: date | None = None
    promised_on: date | None = None
    legal_basis: str = ""
    draft: bool = False
    message_id: int | None = None
    hidden: bool = False
    unseen: bool = False
    author_key: str = ""
    event: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    files: tuple[StoredFile, ...] = ()
    part: bool = False

    @property
    def voice(self) -> bool:
        """A citizen's words are set in serif."""
        return self.kind in (MessageKind.REPLY, MessageKind.OBJECTION)


# Everybody may know of these; anything else in the ledger (notes, reveals, pressure, subjects) stays out.
TOLD = frozenset(
    "case.submitted case.verified case.forwarded case.returned case.held case.completed case.resumed case.accepted "
    "case.closed case.archived case.referred case.withdrawn case.merged case.unmerged case.unarchived case.reopened "
    "case.objection_escalated case.split case.due_dates_moved case.promise_broken".split()
)
MODERATED = {"case.words_hidden", "case.words_shown"}
# Whose identity was opened learns of it (DOMAIN §6).
TOLD_TO_REPORTER = TOLD | MODERATED | {"case.identity_revealed"}
TOLD_TO_STAFF = TOLD | MODERATED | {"case.assigned", "case.corrected", "case.identity_revealed"}
TOLD_TO_STAFF |= {"case.confidentiality_raised", "case.marked_urgent", "case.urgency_lifted"}
TOLD_TO_STAFF |= {"case.transcribed", "case.sender_confirmed"}


def narrative_for(case: Case, audience: Audience) -> str:
    """The text of the case for an audience: original, agency's, or public (DOMAIN §6)."""
    if audience == Audience.REPORTER:
        return str(original_of(case)["text"])
    return case.narrative.agency_text if audience == Audience.STAFF else case.narrative.public_text


def thread_for(case: Case, audience: Audience) -> list[ThreadEntry]:
    """Messages and events in their order, oldest first; drafts and notes for officers only."""
    entries = [*_messages(case, audience), *_events(case, audience)]
    if audience != Audience.STAFF:
        entries += _elsewhere(case, audience)
    return sorted(entries, key=lambda entry: (entry.at, entry.kind != "event"))


def _messages(case: Case, audience: Audience) -> Iterator[ThreadEntry]:
    messages = case.messages.select_related("agency").filter(discarded_at__isnull=True)
    if audience != Audience.STAFF:
        messages = messages.filter(draft=False).exclude(kind=MessageKind.NOTE)
    rows = list(messages)
    public = audience == Audience.PUBLIC
    told = [message for message in rows if not public or (message.hidden_at is None and not message.unseen)]
    files = files_by_owner([f"message:{message.pk}" for message in told], public=public)
    for message in rows:
        yield ThreadEntry(
            kind=message.kind,
            at=message.at,
            text=_words(case, message, audience),
            agency_name=message.agency.name if message.agency else "",
            channel=message.channel,
            office=_short(message.office, whole=audience != Audience.PUBLIC),
            answer_kind=message.answer_kind,
            done_on=message.done_on,
            promised_on=message.promised_on,
            legal_basis=_short(message.legal_basis, whole=audience != Audience.PUBLIC),
            draft=message.draft,
            message_id=message.pk,
            hidden=message.hidden_at is not None,
            unseen=message.unseen,
            author_key=message.author_key if audience == Audience.STAFF else "",
            files=tuple(files.get(f"message:{message.pk}", ())),
        )


ANSWERS = (MessageKind.ACKNOWLEDGEMENT, MessageKind.INTERIM, MessageKind.FINAL, MessageKind.FULFILMENT)


def _elsewhere(case: Case, audience: Audience) -> Iterator[ThreadEntry]:
    """What the parts of a split case were answered, and for a merged one the case that goes on for both.

    One face to the citizen: they neither know the parts' numbers nor have a code for them. Of somebody else's case
    only what everybody may read.
    """
    family = set(case.children.values_list("pk", flat=True))
    if case.merged_into is not None and case.merged_into.published:
        family.add(case.merged_into.pk)
    if not family:
        return
    for message in Message.objects.select_related("agency").filter(case_id__in=family, kind__in=ANSWERS, draft=False):
        own = audience == Audience.REPORTER and message.case_id != case.merged_into_id
        yield ThreadEntry(
            kind=message.kind,
            at=message.at,
            text=message.text if own else _words(case, message, Audience.PUBLIC),
            agency_name=message.agency.name if message.agency else "",
            office=_short(message.office, whole=own),
            answer_kind=message.answer_kind,
            done_on=message.done_on,
            promised_on=message.promised_on,
            legal_basis=_short(message.legal_basis, whole=own),
            message_id=message.pk,
            part=True,
        )


def _short(words: str, *, whole: bool) -> str:
    """An office or a legal basis, free text of an officer, as everybody or as the case's own people read it."""
    return words if whole else mask(words).text


def _words(case: Case, message: Message, audience: Audience) -> str:
    if audience == Audience.PUBLIC and message.hidden_at is not None:
        return _("Disembunyikan dari umum.")
    if audience == Audience.PUBLIC:
        return _("Tampil setelah dibaca petugas.") if message.unseen else message.public_text
    return message_original(case, message) if audience == Audience.REPORTER else message.text


def _events(case: Case, audience: Audience) -> Iterator[ThreadEntry]:
    told = {Audience.STAFF: TOLD_TO_STAFF, Audience.REPORTER: TOLD_TO_REPORTER}.get(audience, TOLD)
    event: Event
    for event in events_of(case.stream):
        if event.name in told:
            yield ThreadEntry(kind="event", at=event.at, event=event.name, facts=facts_of(event))

"""What the engine decides, done by the services of `cases` in the name of the channel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import translation

from tanggap.accounts.actor import Actor, channel_actor
from tanggap.cases.addressing import About
from tanggap.cases.models import Case
from tanggap.cases.recording import find_case
from tanggap.cases.services.confirm_case import confirm_case
from tanggap.cases.services.object_to_case import object_to_case
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.cases.services.rate_case import rate_case
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.cases.telling.values import values_for
from tanggap.cases.texts import VOICE_ONLY
from tanggap.cases.workflow import OBJECTIONS_AT_MOST, Classification
from tanggap.channels.conversation.memory import Draft
from tanggap.channels.conversation.phrasing import in_words
from tanggap.channels.conversation.turns import (
    CallPerson,
    Confirm,
    Deed,
    Done,
    Failed,
    Hide,
    LeavePerson,
    Object,
    Rate,
    Reply,
    Say,
    Submit,
)
from tanggap.channels.lookups import House
from tanggap.channels.models import SourceTag, VoiceNote
from tanggap.channels.talking import contact_of
from tanggap.common.errors import TanggapError
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import agency_by_code, find_agency
from tanggap.files.limits import Kind
from tanggap.files.models import StoredFile
from tanggap.files.services.attach import attach, draft_owner


def perform(deed: Deed, house: House, *, language: str) -> Done | Failed:
    """Do it, in the transaction of the turn. A refusal is a sentence for the sender; nothing was changed then."""
    with translation.override(language):
        try:
            return _DEEDS[type(deed)](deed, house, language)
        except TanggapError as refusal:
            return Failed(refusal.message)


def _submit(deed: Submit, house: House, language: str) -> Done:
    draft, brand = deed.draft, house.brand
    token, voices = _gathered(draft)
    agency = agency_by_code(draft.agency) if draft.agency else brand.agency if brand else None
    point = _point(draft)
    receipt = submit_case(
        submission=Submission(
            text=_text(draft, language),
            channel=house.chat.channel,
            classification=Classification.SUPERVISORY_COMPLAINT.value if draft.supervisory else None,
            region=Region.objects.filter(pk=draft.region).first() if draft.region else None,
            agency=agency,
            about=_about(draft, agency),
            place=draft.place,
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
            occurred_on=draft.occurred_on,
            anonymous=draft.anonymous,
            secret=draft.secret,
            contact=contact_of(house.sender),
            brand=brand,
            language=language,
            note=draft.note,
            source_tag=_source(draft),
            draft_token=token,
        ),
        actor=channel_actor(house.chat.channel),
        now=house.now,
    )
    _queue(voices, receipt.case, house)
    values = _told(receipt.case, house, language) | {"secret_code": receipt.secret_code}
    return _done(receipt.case, house, values)


def _reply(deed: Reply, house: House, language: str) -> Done:
    case, actor = _own(deed.tracking_id, deed.code, house)
    was = case.state
    return _done(_replied(case, deed.draft, actor, house, language), house, {"was": was})


def _replied(case: Case, draft: Draft, actor: Actor, house: House, language: str) -> Case:
    token, voices = _gathered(draft)
    case = reply_to_case(
        tracking_id=case.tracking_id,
        text=_text(draft, language),
        actor=actor,
        now=house.now,
        channel=house.chat.channel,
        draft_token=token,
    )
    _queue(voices, case, house)
    return case


def _confirm(deed: Confirm, house: House, language: str) -> Done:
    case, actor = _own(deed.tracking_id, deed.code, house)
    if deed.draft.text or deed.draft.tokens:
        _replied(case, deed.draft, actor, house, language)
    return _done(confirm_case(tracking_id=case.tracking_id, actor=actor, now=house.now), house)


def _object(deed: Object, house: House, language: str) -> Done:
    case, actor = _own(deed.tracking_id, deed.code, house)
    again = case.objections >= OBJECTIONS_AT_MOST
    case = object_to_case(tracking_id=case.tracking_id, text=deed.text, actor=actor, now=house.now)
    values = _told(case, house, language)
    return _done(case, house, {**values, "again": "1"} if again else values)


def _rate(deed: Rate, house: House, language: str) -> Done:
    case, actor = _own(deed.tracking_id, "", house)
    before = case.objections
    case = rate_case(tracking_id=case.tracking_id, rating=deed.rating, actor=actor, now=house.now)
    return _done(case, house, {"reopened": "1"} if case.objections > before else {})


def _hide(deed: Hide, house: House, language: str) -> Done:
    case, actor = _own(deed.tracking_id, "", house)
    case = raise_confidentiality(
        tracking_id=case.tracking_id, secret=deed.secret, anonymous=deed.anonymous, actor=actor, now=house.now
    )
    hidden = {"anonymous": case.anonymous, "secret": case.secret}
    return _done(case, house, {name: "1" for name, on in hidden.items() if on})


def _call_person(deed: CallPerson, house: House, language: str) -> Done:
    house.chat.wants_person_since = house.chat.wants_person_since or house.now
    return Done()


def _leave_person(deed: LeavePerson, house: House, language: str) -> Done:
    house.chat.wants_person_since = None
    return Done()


_DEEDS: dict[type[Deed], Callable[[Any, House, str], Done]] = {
    Submit: _submit,
    Reply: _reply,
    Confirm: _confirm,
    Object: _object,
    Rate: _rate,
    Hide: _hide,
    CallPerson: _call_person,
    LeavePerson: _leave_person,
}


def _own(number: str, code: str, house: House) -> tuple[Case, Actor]:
    """The case and the actor, proved as its reporter where that is so: the services refuse everybody else."""
    case = find_case(number)
    return case, house.proving(case, code)


def _done(case: Case, house: House, values: dict[str, str] | None = None) -> Done:
    house.chat.case = case
    return Done(case.tracking_id, values or {})


def _told(case: Case, house: House, language: str) -> dict[str, str]:
    told = values_for(case, now=house.now, language=language)
    return {name: told[name] for name in ("tracking_id", "clock", "link")}


def _text(draft: Draft, language: str) -> str:
    """The words of the report; for a file without words what it is."""
    parts = [draft.text]
    if not draft.text:
        stand_in = VOICE_ONLY if draft.voices else _phrase("only_files", language)
        parts = [stand_in] if draft.tokens else []
    if draft.when:
        parts.append(_phrase("when_said", language, when=draft.when))
    if not parts and (point := _point(draft)):
        parts.append(_phrase("only_point", language, point=f"{point[0]:.6f}, {point[1]:.6f}"))
    return "\n\n".join(parts)


def _phrase(key: str, language: str, **values: str) -> str:
    return in_words([Say(key, values)], language=language, brief=False)


def _point(draft: Draft) -> tuple[float, float] | None:
    """Where on earth; what is nowhere on it is no reason to refuse a report."""
    if draft.latitude is None or draft.longitude is None:
        return None
    there = -90 <= draft.latitude <= 90 and -180 <= draft.longitude <= 180
    return (draft.latitude, draft.longitude) if there else None


def _source(draft: Draft) -> str:
    """The tag of a poster that hangs; anybody can write any word into a link."""
    known = SourceTag.objects.filter(slug=draft.source[:40], ended_at__isnull=True)
    return draft.source if draft.source and known.exists() else ""


def _about(draft: Draft, agency: Agency | None) -> About:
    """Whom it is about: an office where the words name exactly one, else the words."""
    if not draft.supervisory or not draft.person:
        return About()
    try:
        return About(agencies=[find_agency(draft.person, within=agency)], person_name=draft.person)
    except TanggapError:
        return About(person_name=draft.person)


def _gathered(draft: Draft) -> tuple[str, list[str]]:
    """Everything sent with a draft under one token, and which of it are recordings."""
    if not draft.tokens:
        return "", []
    first, *others = draft.tokens
    for other in others:
        attach(token=other, owner=draft_owner(first))
    waiting = StoredFile.objects.filter(owner=draft_owner(first), deleted_at__isnull=True, kind=Kind.AUDIO)
    return first, list(waiting.order_by("id").values_list("token", flat=True))


def _queue(voices: list[str], case: Case, house: House) -> None:
    """Recordings wait to be written down."""
    VoiceNote.objects.bulk_create(VoiceNote(case=case, file_token=token, received_at=house.now) for token in voices)

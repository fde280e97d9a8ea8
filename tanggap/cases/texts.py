"""The three texts of a case: what is sealed, what the agency reads, what everybody reads (DOMAIN §6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.identity import open_identity
from tanggap.cases.models import Case, Message, MessageKind, Narrative
from tanggap.cases.proofs import note_message, note_narrative
from tanggap.cases.workflow import Classification
from tanggap.common.crypto import seal_json, unseal_json
from tanggap.common.errors import Invalid
from tanggap.common.masking import mask
from tanggap.common.redacting import redact
from tanggap.files.models import StoredFile, Visibility

LONGEST_TEXT = 20_000
LONGEST_TITLE = 160
STAND_IN_TITLE = 80
CITIZENS = (MessageKind.REPLY, MessageKind.OBJECTION)
"""Entries that a citizen writes: public only after somebody read them."""
VOICE_ONLY = "Rekaman suara dari pelapor; isinya belum dituliskan."
"""Stands for the words of a report that is a recording, until somebody has written them down."""


def clean_text(text: str, *, field: str = "text", longest: int = LONGEST_TEXT) -> str:
    """What was written, without NUL and outer space. Raises Invalid when nothing or too much remains."""
    cleaned = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not cleaned:
        raise Invalid(_("Bagian ini belum diisi."), field=field, code="required")
    if len(cleaned) > longest:
        raise Invalid(
            _("Terlalu panjang: %(length)d huruf, paling banyak %(longest)d.")
            % {"length": len(cleaned), "longest": longest},
            field=field,
            code="too_long",
        )
    return cleaned


def is_protected(case: Case) -> bool:
    """Whether the agency gets the masked text and the original is sealed."""
    return case.anonymous or case.classification == Classification.SUPERVISORY_COMPLAINT


def stand_in_title(text: str) -> str:
    """Until the verifier sets one: the first masked characters, cut at a word."""
    return cut_title(mask(text).text)


def cut_title(masked: str) -> str:
    """The beginning of a masked text, as a title."""
    line = " ".join(masked.split())
    if len(line) <= STAND_IN_TITLE:
        return line
    return line[:STAND_IN_TITLE].rsplit(" ", 1)[0] + " …"


def _context(case: Case) -> str:
    return f"narrative:{case.tracking_id}"


def new_narrative(case: Case, text: str, hide: Sequence[str] = (), names: Sequence[str] = ()) -> Narrative:
    """The texts of a case being submitted. In a protected case the place and point go under the seal too.

    `hide` are words the reporter took out of the public text; where the agency reads it masked, out of that too.
    `names` are the people the case knows: the reporter and whom it is about.
    """
    masked = redact(text, hide, names)
    narrative = Narrative(case=case, public_text=masked, agency_text=text)
    if hide:
        narrative.public_place = redact(case.place, hide, names)
    if is_protected(case):
        narrative.agency_text, narrative.original_sealed = masked, _sealed(case, text)
    note_narrative(case, narrative)
    return narrative


def _sealed(case: Case, text: str) -> bytes:
    original = {"text": text, "place": case.place, "latitude": case.latitude, "longitude": case.longitude}
    case.place, case.latitude, case.longitude = "", None, None
    return seal_json(original, context=_context(case))


def public_place(case: Case) -> str:
    """The landmark as everybody may read it; empty where there is none or it is sealed."""
    return (case.narrative.public_place or mask(case.place).text) if case.place else ""


def original_of(case: Case) -> dict[str, Any]:
    """What the reporter wrote, unsealed: for the reporter alone."""
    sealed = case.narrative.original_sealed
    if sealed is None:
        return {"text": case.narrative.agency_text, "place": case.place}
    return dict(unseal_json(bytes(sealed), context=_context(case)))


def known_names(case: Case) -> tuple[str, ...]:
    """The reporter's name, for taking it out of what somebody else writes about them; it is shown to nobody."""
    name = open_identity(case).name
    return (name,) if name else ()


def protect(case: Case) -> None:
    """After a case became anonymous or supervisory: seal what the agency could read until now.

    The reporter's files are withheld again until a verifier looked for faces, names and chat headers.
    """
    narrative = case.narrative
    if is_protected(case) and narrative.original_sealed is None:
        narrative.original_sealed = _sealed(case, narrative.agency_text)
        # Masked anew it would show again what the reporter had taken out of it.
        narrative.agency_text = narrative.public_text
        narrative.save(update_fields=["original_sealed", "agency_text"])
        note_narrative(case, narrative)
        case.save(update_fields=["place", "latitude", "longitude"])
        owners = [case.stream]
        for message in case.messages.filter(kind__in=CITIZENS):
            seal_message(case, message)
            message.save(update_fields=["text", "original_sealed"])
            note_message(case, message)
            owners.append(f"message:{message.pk}")
        StoredFile.objects.filter(owner__in=owners).update(visibility=Visibility.WITHHELD)


def unprotect(case: Case) -> None:
    """After the reporter gave the protection up: the agency reads the original again."""
    narrative = case.narrative
    if is_protected(case) or narrative.original_sealed is None:
        return
    original = original_of(case)
    narrative.agency_text, narrative.original_sealed = original["text"], None
    narrative.save(update_fields=["original_sealed", "agency_text"])
    note_narrative(case, narrative)
    case.place = original.get("place", "")
    case.latitude, case.longitude = original.get("latitude"), original.get("longitude")
    case.save(update_fields=["place", "latitude", "longitude"])


def add_transcript(case: Case, words: str) -> None:
    """What somebody heard in a recording joins the report: instead of the stand-in, or below what was written.

    In a protected case it goes under the seal, and the agency reads it masked.
    """
    narrative = case.narrative
    original = original_of(case)
    before = str(original["text"])
    text = _joined(before, words)
    # The public text is not masked anew: it lacks what the reporter took out of it, too.
    masked = _joined(narrative.public_text, redact(words, (), known_names(case)))
    if narrative.original_sealed is not None:
        narrative.original_sealed = seal_json({**original, "text": text}, context=_context(case))
    narrative.agency_text = masked if narrative.original_sealed is not None else text
    narrative.public_text = masked
    narrative.save(update_fields=["original_sealed", "agency_text", "public_text"])
    note_narrative(case, narrative)
    if not case.title_given:
        case.title = cut_title(masked)


def _joined(before: str, words: str) -> str:
    return before.replace(VOICE_ONLY, words, 1) if VOICE_ONLY in before else f"{before}\n\n{words}"


def seal_message(case: Case, message: Message) -> None:
    """Keep a reporter's words under seal and leave the masked ones."""
    if message.original_sealed is None:
        message.original_sealed = seal_json({"text": message.text}, context=_context(case))
        message.text = message.public_text or mask(message.text).text


@dataclass(frozen=True, slots=True)
class Answer:
    """What a final answer adds to its words: its kind, and what that kind must name."""

    kind: str = ""
    done_on: Any = None
    promised_on: Any = None
    legal_basis: str = ""
    office: str = ""


def new_message(
    case: Case,
    kind: str,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    channel: str = "",
    answer: Answer | None = None,
    draft: bool = False,
    names: Sequence[str] = (),
) -> Message:
    """An entry of the thread, not yet saved. A reporter's words in a protected case are sealed and masked."""
    answer = answer or Answer()
    message = Message(
        case=case,
        kind=kind,
        at=at,
        author_key=actor.key,
        agency=case.agency if actor.is_staff else None,
        channel=channel,
        text=text,
        public_text="" if kind == MessageKind.NOTE else redact(text, (), names),
        office=answer.office,
        answer_kind=answer.kind,
        done_on=answer.done_on,
        promised_on=answer.promised_on,
        legal_basis=answer.legal_basis,
        draft=draft,
        unseen=kind in CITIZENS,
    )
    if kind in CITIZENS and is_protected(case):
        seal_message(case, message)
    return message


def write_message(
    case: Case,
    kind: str,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    channel: str = "",
    answer: Answer | None = None,
    draft: bool = False,
) -> Message:
    """Add an entry to the thread, as `new_message` makes it."""
    given: dict[str, Any] = {"channel": channel, "answer": answer, "draft": draft}
    message = new_message(case, kind, text, actor=actor, at=at, names=known_names(case), **given)
    message.save(force_insert=True)
    note_message(case, message)
    return message


def message_original(case: Case, message: Message) -> str:
    """What the reporter wrote in this entry, unsealed: for the reporter alone."""
    if message.original_sealed is None:
        return message.text
    return str(unseal_json(bytes(message.original_sealed), context=_context(case))["text"])

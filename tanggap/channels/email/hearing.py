"""One letter, from the inbox to what it changed: a report, a reply, an answer about a case, or work for a person."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import channel_actor
from tanggap.cases.identity import Contact
from tanggap.cases.models import Case
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.cases.texts import LONGEST_TEXT, LONGEST_TITLE
from tanggap.cases.workflow import Classification
from tanggap.channels.conversation.cues import Hiding, Named, about_conduct
from tanggap.channels.email import answers
from tanggap.channels.email.bounces import bounce_in
from tanggap.channels.email.files import Taken, take_files
from tanggap.channels.email.finding import CHANNEL, Meant, addressed_agency, meant_by, own_addresses
from tanggap.channels.email.letter import Letter, open_letter
from tanggap.channels.email.machines import why_no_person
from tanggap.channels.email.naming import asked_number, title_of, wishes_in
from tanggap.channels.email.reading import sender_in
from tanggap.channels.email.trust import is_disowned
from tanggap.channels.knowing import chat_of
from tanggap.channels.lookups import House
from tanggap.channels.marking import mark
from tanggap.channels.models import Chat, Inbound, InboundState, VoiceNote
from tanggap.channels.said import Unreadable
from tanggap.channels.talking import say_into
from tanggap.common.crypto import blind_index
from tanggap.directory.models import Brand
from tanggap.notify.outgoing import Way
from tanggap.notify.services.record_bounce import forget_bounces, record_bounce

MOST_AN_HOUR = 20
HOUR = timedelta(hours=1)
_DISOWNED = "pengirim tidak terbukti: pemeriksaan peladen surel gagal"
_NOT_PROVED = "menyebut laporan, tetapi tidak dari alamat pelapornya"
_TO_OFFICER = "balasan atas pemberitahuan untuk petugas"
_SPAM = "ditandai sebagai spam oleh peladen surel"
_TOO_MANY = "terlalu banyak surat dari satu alamat dalam satu jam"
_EMPTY = "surat tanpa isi"

Act = Callable[[Inbound, Chat], str]
"""What follows from a letter, under the lock of its row and chat: the stream of the case it became part of."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A letter with what was found out about it."""

    letter: Letter
    ours: Collection[str]
    meant: Meant
    now: datetime


def hear(row: Inbound, payload: bytes, now: datetime) -> None:
    """Act on a letter once and mark it, in one transaction: a crash in between repeats it whole."""
    try:
        letter = open_letter(payload)
    except Unreadable as reason:
        mark(row, InboundState.STUCK, now, reason=str(reason))
        return
    ours = own_addresses()
    if _is_returned(row, letter, now):
        return
    machine = why_no_person(letter, ours=ours)
    if machine:
        mark(row, InboundState.IGNORED, now, reason=machine)
        return
    heard = Heard(letter, ours, meant_by(letter, ours=ours), now)
    trouble = _trouble(row, heard)
    _settle(row, heard, _waits if trouble else _act_on(heard), reason=trouble)


def _is_returned(row: Inbound, letter: Letter, now: datetime) -> bool:
    """A letter of ours that came back: its message goes on by the next way."""
    bounce = bounce_in(letter)
    if bounce is None:
        return False
    with transaction.atomic():
        for number in bounce.ids:
            record_bounce(provider_id=number, status=bounce.status, dead=bounce.dead, at=now)
        mark(row, InboundState.IGNORED, now, reason="surat kita yang kembali")
    return True


def _trouble(row: Inbound, heard: Heard) -> str:
    """Why a person has to look at it; empty for a letter the machine may act on."""
    letter, meant = heard.letter, heard.meant
    found = {
        _TOO_MANY: _is_flood(row, letter, heard.now),
        _SPAM: letter.header("x-spam-flag").strip().lower() == "yes",
        _DISOWNED: is_disowned(letter),
        _TO_OFFICER: meant.to_officer,
        _NOT_PROVED: meant.named and meant.case is None and asked_number(letter) is None,
        _EMPTY: not (letter.words or letter.subject.strip() or letter.files),
    }
    return next((reason for reason, is_so in found.items() if is_so), "")


def _is_flood(row: Inbound, letter: Letter, now: datetime) -> bool:
    """Two machines that answer each other without saying so."""
    index = blind_index(f"chat-{CHANNEL}", letter.address)
    lately = Inbound.objects.filter(
        chat__channel=CHANNEL, chat__brand=row.brand, chat__sender_index=index, received_at__gt=now - HOUR
    )
    return lately.exclude(pk=row.pk).count() >= MOST_AN_HOUR


def _settle(row: Inbound, heard: Heard, act: Act, *, reason: str) -> None:
    with transaction.atomic():
        kept = Inbound.objects.select_for_update().get(pk=row.pk)
        if kept.state != InboundState.NEW:
            return
        chat = chat_of(kept, sender_in(heard.letter))
        if not reason:
            # Whoever writes from it reads it: an address that was thought dead is tried again.
            forget_bounces(way=Way(CHANNEL, heard.letter.address))
        stream = act(kept, chat)
        if reason and (heard.meant.guarded or wishes_in(heard.letter) != Hiding() or about_conduct(heard.letter.words)):
            # Who reads it at the local desk could be whom it is about.
            chat.guarded = True
        chat.heard_at = heard.now
        chat.save()
        state = InboundState.STUCK if reason else InboundState.DONE
        mark(kept, state, heard.now, chat_id=chat.pk, stream=stream, reason=reason)


def _waits(row: Inbound, chat: Chat) -> str:
    return ""


def _act_on(heard: Heard) -> Act:
    """What the letter is for. Its files are taken before anything is locked: pictures need their time."""
    asked = asked_number(heard.letter)
    if asked:
        return _asking(heard, asked)
    taken = take_files(heard.letter, now=heard.now)
    case = heard.meant.case
    return _replying(heard, case, taken) if case is not None else _reporting(heard, taken)


def _asking(heard: Heard, asked: Named) -> Act:
    def act(row: Inbound, chat: Chat) -> str:
        house = House(chat, sender_in(heard.letter), _brand(row), heard.now)
        known = house.case(asked.number, code=asked.code, language=chat.language)
        number = known.tracking_id if known and known.mine else ""
        subject = answers.status_subject(asked.number)
        _say(row, chat, answers.status_words(known), heard.now, subject=subject, number=number)
        return ""

    return act


def _replying(heard: Heard, case: Case, taken: Taken) -> Act:
    def act(row: Inbound, chat: Chat) -> str:
        reply_to_case(
            tracking_id=case.tracking_id,
            text=_text_of(heard.letter, taken),
            actor=heard.meant.actor,
            now=heard.now,
            channel=CHANNEL,
            draft_token=taken.draft_token,
        )
        chat.case = case
        _queue(taken, case, heard.now)
        if taken.refusals:
            words = answers.refused_words(taken.refusals)
            subject = answers.refused_subject(case)
            _say(row, chat, words, heard.now, subject=subject, number=case.tracking_id)
        return case.stream

    return act


def _reporting(heard: Heard, taken: Taken) -> Act:
    letter = heard.letter

    def act(row: Inbound, chat: Chat) -> str:
        brand, hiding = _brand(row), wishes_in(letter)
        # Nobody can be asked first, as in a conversation; the accused must not read it meanwhile (ADR 4).
        supervisory = about_conduct(f"{letter.subject}\n{letter.words}")
        submission = Submission(
            text=_text_of(letter, taken),
            channel=CHANNEL,
            title=title_of(letter)[:LONGEST_TITLE],
            agency=addressed_agency(letter, brand, ours=heard.ours),
            brand=brand,
            classification=Classification.SUPERVISORY_COMPLAINT.value if supervisory else None,
            anonymous=hiding.anonymous,
            secret=hiding.secret,
            contact=Contact(name="" if hiding.anonymous else letter.name, email=letter.address),
            draft_token=taken.draft_token,
        )
        receipt = submit_case(submission=submission, actor=channel_actor(CHANNEL), now=heard.now)
        chat.case = receipt.case
        _queue(taken, receipt.case, heard.now)
        words = [answers.code_words(receipt), *([answers.refused_words(taken.refusals)] if taken.refusals else [])]
        subject = answers.code_subject(receipt.case)
        _say(row, chat, "\n\n".join(words), heard.now, subject=subject, number=receipt.case.tracking_id)
        return receipt.case.stream

    return act


def _brand(row: Inbound) -> Brand | None:
    return Brand.objects.select_related("agency").filter(slug=row.brand).first()


def _queue(taken: Taken, case: Case, now: datetime) -> None:
    """Recordings wait to be written down."""
    VoiceNote.objects.bulk_create(VoiceNote(case=case, file_token=token, received_at=now) for token in taken.voices)


def _say(row: Inbound, chat: Chat, words: str, now: datetime, *, subject: str, number: str) -> None:
    key = f"inbound:{row.pk}"
    say_into(chat, words, key=f"{key}:0", source=key, now=now, subject=subject, number=number)


def _text_of(letter: Letter, taken: Taken) -> str:
    """The words; of a letter with nothing in it its subject, or that only files came."""
    text = letter.words or letter.subject.strip() or _("(Surat tanpa kata-kata, hanya lampiran.)")
    if len(text) <= LONGEST_TEXT:
        return text
    cut = _("… (surat ini lebih panjang; yang lengkap tersimpan di kotak masuk)")
    return f"{text[: LONGEST_TEXT - len(cut) - 1]} {cut}"

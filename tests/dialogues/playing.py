"""Playing a dialogue through the whole inbox: from a kept payload to the outbox and the case."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from tanggap.accounts.actor import OPERATOR
from tanggap.cases.models import Case
from tanggap.cases.services.archive_case import archive_case
from tanggap.cases.services.hold_case import hold_case
from tanggap.cases.texts import original_of
from tanggap.channels.models import Chat, Inbound, VoiceNote
from tanggap.channels.registry import Reader
from tanggap.channels.said import Media, Said, Sender, Unreadable
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.channels.services.take_inbound import take_inbound
from tanggap.common.ids import new_tracking_id
from tanggap.files.models import StoredFile
from tanggap.files.tests import samples
from tanggap.notify.filling import fits_sms
from tanggap.notify.models import Message
from tanggap.notify.rendering import own_wordings, rendered
from tests.cast import DAY, Cast
from tests.dialogues.reading import Dialogue, Line
from tests.paths import final, verify

CHANNELS = {"WhatsApp": "whatsapp", "Telegram": "telegram", "SMS": "sms"}
PEOPLE = {"Warga": 1, "Orang lain": 2}
UNIT = "35.27/dpupr"
_PIECE = re.compile(r"\[([^\]]+)\]")
_DURATION = re.compile(r"(\d+) (menit|jam|hari) kemudian")
_UNITS = {"menit": timedelta(minutes=1), "jam": timedelta(hours=1), "hari": timedelta(days=1)}


def read(payload: bytes) -> Said:
    """The tiny channel of these tests."""
    kept = json.loads(payload)
    sender = Sender(**kept.pop("sender"))
    media = tuple(Media(**one) for one in kept.pop("media"))
    point = tuple(kept.pop("point")) or None
    return Said(sender=sender, media=media, point=point, **kept)


@contextmanager
def fetch(media: Media, settings: Mapping[str, str], payload: bytes) -> Iterator[io.BytesIO]:
    """Files come from the samples; one is gone for ever, one cannot be had now."""
    if media.reference == "hilang":
        raise Unreadable("berkas tidak ada lagi")
    if media.reference == "macet":
        raise OSError("provider is down")
    made: dict[str, Callable[[], bytes]] = {
        "foto": samples.png,
        "dokumen": samples.pdf,
        "suara": samples.mp3,
        "berkas rusak": lambda: b"MZ\x90\x00 this is a program",
        "berkas kosong": lambda: b"",
    }
    yield io.BytesIO(made[media.reference]())


READER = Reader(read, fetch)
KINDS = {"foto": "picture", "dokumen": "document", "suara": "audio", "stiker": "sticker"}


def payload_of(
    text: str, who: str, *, channel: str = "whatsapp", quoted: Callable[[str], str] = lambda _what: ""
) -> bytes:
    """What the tiny channel brings for a line of a dialogue: words, and what stands in brackets."""
    said: dict[str, Any] = {"text": _special(_PIECE.sub("", text).strip()), "media": [], "point": []}
    for piece in _PIECE.findall(text):
        name, _space, more = piece.partition(" ")
        if name == "lokasi":
            said["point"] = [float(part) for part in more.split(",")]
        elif name == "tombol":
            said["choice"] = more
        elif name == "membalas":
            said["quotes"] = quoted(more)
        elif piece != "kartu kontak":
            said["media"].append({"reference": piece, "kind": KINDS.get(piece, "document")})
    return json.dumps({**said, "sender": _sender(who, channel)}).encode()


def _special(words: str) -> str:
    """Signs that nobody sees, and very long texts, from words that a reader can see."""
    words = words.replace("<kosong>", "\u200b").replace("<balik>", "\u202e").replace("<nol>", "\x00")
    return re.sub(r"<(\d+) kali (.+?)>", lambda found: (found[2] + " ") * int(found[1]), words)


def _sender(who: str, channel: str) -> dict[str, str]:
    phone = f"+62812000000{PEOPLE[who]:02d}"
    if channel == "telegram":
        account = f"50123{PEOPLE[who]:02d}"
        return {"channel": channel, "account": account, "address": account, "hint": "…23"}
    return {"channel": channel, "account": phone, "address": phone, "phone": phone, "hint": "…00"}


class Player:
    """One dialogue while it is played. `at` is its clock."""

    def __init__(self, dialogue: Dialogue, cast: Callable[[], Cast], freeze: Callable[[datetime], None]) -> None:
        self.dialogue, self.cast, self.freeze = dialogue, cast, freeze
        self.at = DAY
        self.channel, self.brand = "whatsapp", "nasional"
        self.count = 0
        self.answer = ""
        self.heard_from = "Warga"
        self.answers: list[str] = []
        self.forged = new_tracking_id()

    def play(self) -> None:
        for line in self.dialogue.lines:
            try:
                self._line(line)
            except AssertionError as error:
                told = "\n---\n".join(self.answers[-3:])
                raise AssertionError(f"{self.dialogue.name}, baris {line.number}: {error}\n\n{told}") from None

    def _line(self, line: Line) -> None:
        text = self._filled(line.text)
        if line.who == "Saluran":
            self.channel = CHANNELS[text]
        elif line.who == "Merek":
            self.brand = text
        elif line.who == "Waktu":
            found = _DURATION.fullmatch(text)
            assert found, f"waktu: {text!r}"
            self.at += int(found[1]) * _UNITS[found[2]]
        elif line.who in PEOPLE:
            self.say(text, line.who)
        elif line.who == "Petugas":
            self._officer(text)
        elif line.who == "Diam":
            assert not self.answer, f"seharusnya diam, tetapi: {self.answer!r}"
        elif line.who == "Tanggap":
            assert matches(self.answer, text), f"diharapkan {text!r}, dijawab {self.answer!r}"
        elif line.who == "Tanggap tidak":
            assert not matches(self.answer, text), f"tidak boleh {text!r}: {self.answer!r}"
        else:
            self._result(line.who, text)

    # What people say

    def say(self, text: str, who: str) -> None:
        """One message of a person, brought twice, as providers do; what we answer to it."""
        self.count += 1
        self.at += timedelta(minutes=1)
        self.freeze(self.at)
        self.heard_from = who
        payload = payload_of(text, who, channel=self.channel, quoted=self._quoted)
        parcel = Parcel(f"m{self.count}", payload, str(PEOPLE[who]))
        for _again in range(2):
            keep_inbound(channel=self.channel, brand=self.brand, parcels=[parcel], now=self.at)
        self.take()

    def take(self) -> None:
        before = set(Message.objects.values_list("pk", flat=True))
        take_inbound(channel=self.channel, now=self.at)
        sent = Message.objects.exclude(pk__in=before).filter(template="chat_reply").order_by("pk")
        said = [rendered(one, [], own_wordings([one])).text for one in sent]
        for number, one in enumerate(sent):
            one.provider_id = f"kami{self.count}.{number}"
            one.save(update_fields=["provider_id"])
        self.answer = "\n".join(said)
        if self.answer:
            self.answers.append(self.answer)
        if self.channel == "sms":
            assert len(said) <= 1, f"lebih dari satu SMS: {said}"
            assert all(fits_sms(one) for one in said), f"lebih panjang dari satu SMS: {said}"
        stuck = Inbound.objects.exclude(state__in=["done", "ignored"]).filter(retry_at__isnull=True).first()
        assert stuck is None, f"pesan tidak selesai diolah: {stuck.reason if stuck else ''}"

    def _quoted(self, what: str) -> str:
        if what == "jawaban instansi":
            # The message by which the outbox told what the agency said.
            made = Message.objects.create(
                key=f"told:{self.count}", template="final_answer", channel=self.channel, state="sent",
                provider_id=f"instansi{self.count}", created_at=self.at, due_at=self.at, not_before=self.at,
                recipient_key="reporter:1", stream=Case.objects.latest("pk").stream,
            )  # fmt: skip
            return made.provider_id
        if what == "pesan pertama":
            return "m1"
        return Message.objects.filter(template="chat_reply").exclude(provider_id="").latest("pk").provider_id

    # What officers do

    def _officer(self, text: str) -> None:
        text, _comma, number = text.partition(" laporan ")
        case = Case.objects.order_by("pk")[int(number) - 1] if number else Case.objects.latest("pk")
        self.at += timedelta(hours=1)
        self.freeze(self.at)
        cast = self.cast()
        if text == "memegang percakapan":
            Chat.objects.update(held_by_key="person:1", wants_person_since=self.at)
        elif text == "melepas percakapan":
            Chat.objects.update(held_by_key="", wants_person_since=None)
        elif text.startswith("bertanya"):
            question = text.removeprefix("bertanya").strip(' "')
            hold_case(tracking_id=case.tracking_id, question=question, actor=cast["national_admin"], now=self.at)
        elif text == "meneruskan":
            verify(case, cast, UNIT, self.at, by="national_admin", classification=case.classification or "complaint")
        elif text == "mengarsipkan":
            archive_case(
                tracking_id=case.tracking_id, reason="unclear", explanation="Isi tidak jelas.",
                actor=cast["national_admin"], now=self.at,
            )  # fmt: skip
        else:
            assert text == "menjawab", text
            self._answered(case, cast)

    def _answered(self, case: Case, cast: Cast) -> None:
        from tanggap.cases.services.answer_case import answer_case

        classification = case.classification or "complaint"
        if case.state in ("unverified", "on_hold"):
            verify(case, cast, UNIT, self.at, by="national_admin", classification=classification)
        supervisory = classification == "supervisory_complaint"
        by = "inspector" if supervisory else "other_officer" if case.objections else "officer"
        answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast[by], now=self.at + timedelta(minutes=30))
        self.at += timedelta(minutes=30)

    # What must have come about

    def _filled(self, text: str) -> str:
        def value(found: re.Match[str]) -> str:
            name, _space, number = found[1].partition(" ")
            if found[1] == "nomor palsu":
                return self.forged
            cases = Case.objects.order_by("pk")
            case = cases[int(number) - 1] if number else cases.last()
            assert case is not None, "belum ada laporan"
            return case.tracking_id if name == "nomor" else self._code(case)

        return re.sub(r"\{((?:nomor|kode)(?: palsu| \d+)?)\}", value, text)

    def _code(self, case: Case) -> str:
        """The secret code, as it stood in our answer."""
        told = next(answer for answer in self.answers if case.tracking_id in answer and re.search(_RECEIPT, answer))
        found = re.search(_RECEIPT, told)
        assert found
        return found[1]

    def _result(self, who: str, text: str) -> None:
        number = who.partition(" ")[2]
        for fact in text.split(";"):
            check(fact.strip(), int(number) if number else None, self)


_RECEIPT = r"(?:Kode rahasia|kode rahasia|Secret code|secret code):? ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})"


def matches(answer: str, pattern: str) -> bool:
    """Whether the answer fits, however its lines are broken; * stands for anything, an answer may say more."""
    wanted = " ".join(pattern.split()).casefold()
    said = " ".join(answer.split()).casefold()
    escaped = wanted.replace("[", "[[]").replace("?", "[?]")
    return bool(said) and fnmatchcase(said, f"*{escaped}*")


def check(fact: str, number: int | None, player: Player) -> None:
    """One fact of a line `Hasil:`."""
    name, _space, value = fact.partition(" ")
    value = value.strip(' "')
    if fact == "tanpa laporan":
        assert not Case.objects.exists(), "ada laporan"
        return
    if value == "laporan" and name.isdigit():
        assert Case.objects.count() == int(name), f"{Case.objects.count()} laporan"
        return
    if fact in CHAT_FACTS:
        assert CHAT_FACTS[fact](Chat.objects.order_by("-heard_at")[0]), f"tidak {fact}"
        return
    cases = list(Case.objects.select_related("narrative", "agency", "region").order_by("pk"))
    assert cases, "tanpa laporan"
    case = cases[-1] if number is None else cases[number - 1]
    given = FACTS[name](case)
    if name in ("isi", "tempat", "tambahan"):
        assert value in given, f"{name}: {given!r}"
    elif name in ("bukan-isi",):
        assert value not in given, f"{name}: {given!r}"
    else:
        wanted = value or "ya"
        assert given == wanted, f"{name}: {given!r}"


def yes(value: object) -> str:
    return "ya" if value else "tidak"


def files_of(case: Case) -> int:
    owners = [case.stream, *(f"message:{pk}" for pk in case.messages.values_list("pk", flat=True))]
    return StoredFile.objects.filter(owner__in=owners, deleted_at__isnull=True).count()


CHAT_FACTS: dict[str, Callable[[Chat], bool]] = {
    "menunggu petugas": lambda chat: chat.wants_person_since is not None,
    "tidak menunggu petugas": lambda chat: chat.wants_person_since is None,
    "bahasa id": lambda chat: chat.language == "id",
    "bahasa en": lambda chat: chat.language == "en",
    "percakapan dijaga": lambda chat: chat.guarded,
    "percakapan terbuka": lambda chat: not chat.guarded,
}

FACTS: dict[str, Callable[[Case], str]] = {
    "isi": lambda case: original_of(case)["text"],
    "bukan-isi": lambda case: original_of(case)["text"],
    "tempat": lambda case: original_of(case)["place"],
    "wilayah": lambda case: case.region_id or "-",
    "tanggal": lambda case: case.occurred_on.isoformat() if case.occurred_on else "-",
    "anonim": lambda case: yes(case.anonymous),
    "rahasia": lambda case: yes(case.secret),
    "pengawasan": lambda case: yes(case.classification == "supervisory_complaint"),
    "mendesak": lambda case: yes(case.urgent),
    "status": lambda case: case.state,
    "lampiran": lambda case: str(files_of(case)),
    "suara": lambda case: str(VoiceNote.objects.filter(case=case).count()),
    "balasan": lambda case: str(case.messages.filter(kind="reply").count()),
    "tambahan": lambda case: "\n".join(message.text for message in case.messages.filter(kind="reply")),
    "penutup": lambda case: case.outcome or "-",
    "keberatan": lambda case: str(case.objections),
    "nilai": lambda case: str(case.rating or "-"),
    "saluran": lambda case: case.channel,
    "bahasa": lambda case: case.language,
    "instansi": lambda case: case.agency.code,
    "terlapor": lambda case: ", ".join(s.agency.code if s.agency else "orang" for s in case.subjects.all()) or "-",
    "titik": lambda case: yes(original_of(case).get("latitude", case.latitude) is not None),
}

__all__ = ["OPERATOR", "READER", "Player"]

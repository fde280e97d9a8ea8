"""What came in and waits for a person, as officers read it: never an address, a number or a name of the sender."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.accounts.actor import Actor
from tanggap.cases.policies import cases_visible_to
from tanggap.cases.vocabulary import ChannelWord
from tanggap.channels.models import Chat, Inbound, InboundState, VoiceNote
from tanggap.channels.policies import ANSWERS_CHATS, chats_visible_to, inbound_visible_to
from tanggap.channels.reading import payload_of, said_in
from tanggap.common.ids import without_secret_codes
from tanggap.common.masking import mask
from tanggap.directory.models import Brand
from tanggap.files.models import StoredFile
from tanggap.notify.models import Message
from tanggap.notify.rendering import sealed_words

HERE = "console:incoming"
MOST_LINES = 50
MOST_COUNTED = 100
LONGEST_RAW = 4000
KINDS = {
    "picture": gettext_lazy("gambar"),
    "document": gettext_lazy("dokumen"),
    "video": gettext_lazy("video"),
    "audio": gettext_lazy("rekaman suara"),
    "sticker": gettext_lazy("stiker"),
}


def reader(actor: Actor) -> Actor:
    """The actor with the posts that open these pages, and no other post."""
    return actor.through(*ANSWERS_CHATS)


def tabs_of(actor: Actor, name: str) -> list[tuple[str, str, bool, int | None]]:
    """The three lists with how much waits in each, at most a hundred counted."""
    reading = reader(actor)
    rooms: list[tuple[str, str, QuerySet[Inbound] | QuerySet[Chat] | QuerySet[VoiceNote]]] = [
        (_("Perlu ditangani"), "incoming", stuck_messages(reading)),
        (_("Percakapan"), "chats", waiting_chats(reading)),
        (_("Pesan suara"), "voices", waiting_voices(reading)),
    ]
    return [
        (title, reverse(f"console:{room}"), room == name, rows[:MOST_COUNTED].count() or None)
        for title, room, rows in rooms
    ]


def stuck_messages(actor: Actor) -> QuerySet[Inbound]:
    """Messages the machine could not hear."""
    return inbound_visible_to(actor).filter(state=InboundState.STUCK)


def waiting_chats(actor: Actor) -> QuerySet[Chat]:
    """Conversations in which somebody asked for a person."""
    return chats_visible_to(actor).filter(wants_person_since__isnull=False)


def waiting_voices(actor: Actor) -> QuerySet[VoiceNote]:
    """Recordings not written down yet, of cases the actor sees."""
    return VoiceNote.objects.filter(written_at__isnull=True, case__in=cases_visible_to(actor))


def channel_name(channel: str) -> str:
    """By its own name."""
    return str(ChannelWord(channel).label) if channel in ChannelWord.values else channel


def sender_words(channel: str, hint: str) -> str:
    """ "Pelapor WA …0001": enough to tell two apart, too little to find either."""
    short = {"whatsapp": "WA"}.get(channel, channel_name(channel))
    return " ".join(part for part in (_("Pelapor"), short, hint) if part)


@dataclass(frozen=True, slots=True)
class StuckLine:
    """One message in the list."""

    id: int
    channel: str
    brand: str
    reason: str
    received_at: datetime


def stuck_lines(rows: Sequence[Inbound]) -> list[StuckLine]:
    """The rows of a page, with the names of their brands."""
    names = brand_names()
    return [
        StuckLine(row.pk, channel_name(row.channel), names.get(row.brand, row.brand), row.reason, row.received_at)
        for row in rows
    ]


def brand_names() -> dict[str, str]:
    """Slug → name."""
    return dict(Brand.objects.values_list("slug", "name")[:500])


def words_in(row: Inbound) -> str:
    """What the message says, or the beginning of what came, with personal data masked."""
    said = said_in(row)
    if said is not None and said.text:
        return _readable(said.text, guarded=row.chat is not None and row.chat.guarded)
    return _readable(payload_of(row)[:LONGEST_RAW].decode("utf-8", "replace").replace("\0", ""), guarded=True)


def _readable(text: str, *, guarded: bool) -> str:
    """Without what would make its reader the reporter; in a guarded talk without personal data either (DOMAIN §6)."""
    bare = without_secret_codes(text, _("[kode rahasia]"))
    return mask(bare).text if guarded else bare


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One thing said in a conversation."""

    at: datetime
    words: str
    ours: bool
    state: str = ""


def lines_of(chat: Chat) -> list[ChatLine]:
    """The last things said by both sides, oldest first."""
    return sorted([*_theirs(chat), *_ours(chat)], key=lambda line: line.at)[-MOST_LINES:]


def _theirs(chat: Chat) -> Iterator[ChatLine]:
    for row in chat.inbound.order_by("-id")[:MOST_LINES]:
        said = said_in(row)
        if said is None:
            yield ChatLine(row.received_at, _("(isi pesan ini sudah dihapus menurut masa simpannya)"), ours=False)
            continue
        files = [_("(kiriman: %(kind)s)") % {"kind": KINDS[media.kind]} for media in said.media]
        words = _readable(said.text, guarded=chat.guarded)
        yield ChatLine(row.received_at, "\n".join([words, *files]).strip() or "–", ours=False)


def _ours(chat: Chat) -> Iterator[ChatLine]:
    for row in Message.objects.filter(stream=f"chat:{chat.pk}").order_by("-id")[:MOST_LINES]:
        words = _readable(sealed_words(row), guarded=chat.guarded)
        yield ChatLine(row.created_at, words, ours=True, state=str(row.get_state_display()))


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """One recording that waits."""

    id: int
    number: str
    received_at: datetime
    url: str


def voice_lines(rows: Sequence[VoiceNote]) -> list[VoiceLine]:
    """The rows of a page, with where each can be heard; a recording that was deleted leads nowhere."""
    tokens = [row.file_token for row in rows]
    there = set(StoredFile.objects.filter(Q(token__in=tokens), deleted_at__isnull=True).values_list("token", flat=True))
    return [
        VoiceLine(
            row.pk,
            row.case.tracking_id,
            row.received_at,
            reverse("console:file", args=[row.file_token]) if row.file_token in there else "",
        )
        for row in rows
    ]

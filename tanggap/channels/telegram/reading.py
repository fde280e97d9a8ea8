"""One update of Telegram's Bot API as words. Pure. Shapes: core.telegram.org/bots/api#update."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from tanggap.channels.payloads import digits, moment_of, objects, parsed, part, point_of, size_of, words
from tanggap.channels.said import Kind, Media, Said, Sender, Unreadable
from tanggap.common.ids import normalize_tracking_id

CHANNEL = "telegram"
FILES: dict[str, Kind] = {
    "document": "document",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "voice": "audio",
    "audio": "audio",
    "sticker": "sticker",
}
# Words of a person which we cannot take; everything else without content is Telegram's own notice.
_UNKNOWN = ("poll", "game", "story", "paid_media", "checklist", "giveaway")
_START = re.compile(r"/start(?:@\w+)?(?:\s+([\w-]{1,64}))?", re.ASCII)
_COMMAND = re.compile(r"/([a-z0-9_]{1,32})(?:@\w+)?(?=\s|$)", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w-])[\w]{4}-?[\w]{4}-?[\w](?![\w-])", re.ASCII)
GREETING = "halo"
_FILE_ID = re.compile(r"[\w-]{1,200}", re.ASCII)


def read(payload: bytes) -> Said | None:
    """What a person said in one update, as the hook keeps it. Raises Unreadable."""
    try:
        update = parsed(payload)
    except ValueError:
        raise Unreadable("isi pesan tidak dapat dibaca") from None
    if not concerns_us(update):
        return None
    pressed = part(update, "callback_query")
    if pressed:
        return _button(pressed)
    corrected = part(update, "edited_message")
    message = part(update, "message") or corrected
    said = _content(message, Said(sender_of(update), at=moment_of(message, "date")))
    if said is None or not corrected:
        return said
    # A place that moves along edits its message every minute; files do not change with their words.
    return replace(said, media=(), point=None, quotes=digits(message, "message_id")) if said.text else None


def concerns_us(update: Any) -> bool:
    """Whether a person speaks to us alone. What is said in a group or by a bot is nobody's report and is not kept."""
    pressed = part(update, "callback_query")
    message = part(pressed, "message") if pressed else part(update, "message") or part(update, "edited_message")
    speaker = part(pressed or message, "from")
    return part(message, "chat").get("type") == "private" and bool(speaker) and not speaker.get("is_bot")


def sender_of(update: Any) -> Sender:
    """By the number of the person, which never changes; in a private chat it is the chat's, too. Raises Unreadable."""
    given = part(update, "callback_query") or part(update, "message") or part(update, "edited_message")
    number = digits(part(given, "from"), "id")
    if not number:
        raise Unreadable("pengirim tidak dikenal")
    return Sender(CHANNEL, number, number, hint=f"…{number[-4:]}")


def _button(pressed: dict[str, Any]) -> Said:
    shown = part(pressed, "message")
    said = Said(sender_of({"callback_query": pressed}), choice=words(pressed, "data"))
    return replace(said, quotes=digits(shown, "message_id"), number=_number_in(shown))


def _content(message: dict[str, Any], said: Said) -> Said | None:
    quoted = part(message, "reply_to_message")
    said = replace(said, quotes=digits(quoted, "message_id"), number=_number_in(quoted))
    text = words(message, "text") or words(message, "caption")
    start = _START.fullmatch(text.strip())
    if start:
        return replace(said, text=GREETING, source=start.group(1) or "")
    said = replace(said, text=_COMMAND.sub(r"\1", text, count=1) if text.startswith("/") else text)
    said = _with_place(message, _with_files(message, said))
    if said.text or said.media or said.point:
        return said
    if any(name in message for name in _UNKNOWN):
        raise Unreadable("Telegram mengirim jenis pesan yang belum dikenal")
    return None


def _with_files(message: dict[str, Any], said: Said) -> Said:
    sizes = objects(message.get("photo"))
    if sizes:
        largest = max(sizes, key=lambda size: (size_of(size, "width") or 0) * (size_of(size, "height") or 0))
        return replace(said, media=(_file(largest, "picture"),))
    for name, kind in FILES.items():
        told = part(message, name)
        # An animation is told twice, for programs that do not know it: as one and as a document.
        if told and not (name == "document" and part(message, "animation")):
            return replace(said, media=(_file(told, kind),))
    return said


def _file(told: dict[str, Any], kind: Kind) -> Media:
    reference = words(told, "file_id")
    if not _FILE_ID.fullmatch(reference):
        raise Unreadable("berkas tanpa nomor yang dapat dibaca")
    return Media(reference, kind, name=words(told, "file_name"), size=size_of(told, "file_size"))


def _with_place(message: dict[str, Any], said: Said) -> Said:
    """A place, the name of one, a card or a die: what else a person sends without words."""
    venue, card = part(message, "venue"), part(message, "contact")
    point = point_of(part(venue or message, "location"))
    named = [words(venue, "title"), words(venue, "address")]
    named += [words(card, name) for name in ("first_name", "last_name", "phone_number")]
    text = said.text or " ".join(one for one in named if one) or words(part(message, "dice"), "emoji")
    return replace(said, point=point, text=text)


def _number_in(quoted: dict[str, Any]) -> str:
    """The tracking id that the quoted message names: numbers of Telegram's messages are kept by nobody."""
    found = _NUMBER.finditer(words(quoted, "text") or words(quoted, "caption"))
    return next((known for known in (normalize_tracking_id(match.group()) for match in found) if known), "")

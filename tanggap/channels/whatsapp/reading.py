"""One message of WhatsApp's webhook as words. Pure.

Shapes: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages (August 2026).
A person is known by the business-scoped user id (`from_user_id`, `user_id`), which every message carries since April
2026; the phone number may be absent. When the id changes a system message names the one before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tanggap.channels.payloads import moment_of, objects, parsed, part, point_of, size_of, words
from tanggap.channels.said import Kind, Media, Moved, Read, Said, Sender, Unreadable
from tanggap.common.contacts import normalize_phone

CHANNEL = "whatsapp"
# A country, perhaps ENT for a parent id, and up to 128 letters and digits.
USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}", re.ASCII)
MEDIA: dict[str, Kind] = {
    "image": "picture",
    "document": "document",
    "video": "video",
    "audio": "audio",
    "voice": "audio",
    "sticker": "sticker",
}
# Not words of a person to us, or taken back: what was taken in stays, as with a letter.
_SILENT = {"reaction", "revoke", "request_welcome", "ephemeral"}
_NEW_ACCOUNT = {"user_changed_number", "user_changed_user_id", "customer_changed_number"}


def read(payload: bytes) -> Read:
    """What a person said in `{"message": …, "contact": …}`, as the hook keeps it. Raises Unreadable."""
    try:
        kept = parsed(payload)
    except ValueError:
        raise Unreadable("isi pesan tidak dapat dibaca") from None
    message = part(kept, "message")
    if not message:
        raise Unreadable("isi pesan tidak dapat dibaca")
    kind = words(message, "type")
    if kind in _SILENT or message.get("group_id"):
        return None
    if kind == "system":
        return _moved(message)
    said = _content(kind, message, Said(sender_of(message, part(kept, "contact"))))
    if said is None:
        return None
    quoted = said.quotes or words(part(message, "context"), "id")
    return replace(said, at=moment_of(message, "timestamp"), quotes=quoted)


def sender_of(message: dict[str, Any], contact: dict[str, Any]) -> Sender:
    """By the user id where one is given, else by number; answers go to the number while there is one.

    Raises Unreadable for nobody.
    """
    phone = _phone(words(message, "from")) or _phone(words(contact, "wa_id"))
    known = _user_id(words(message, "from_user_id")) or _user_id(words(contact, "user_id"))
    return _sender(known, phone)


def _sender(user_id: str, phone: str, formerly: tuple[str, ...] = ()) -> Sender:
    account = user_id or phone
    if not account:
        raise Unreadable("pengirim tidak dikenal")
    others = tuple(dict.fromkeys(one for one in (phone, *formerly) if one and one != account))
    hint = f"…{(phone or account)[-4:]}"
    return Sender(CHANNEL, account, phone or account, phone=phone, hint=hint, formerly=others)


def _phone(number: str) -> str:
    return normalize_phone(f"+{number.removeprefix('+')}") or "" if number else ""


def _user_id(given: str) -> str:
    return given if USER_ID.fullmatch(given) else ""


def _moved(message: dict[str, Any]) -> Moved | None:
    """A new number makes a new user id, too; both messages name the ones before."""
    told = part(message, "system")
    if words(told, "type") not in _NEW_ACCOUNT:
        return None
    before = (_user_id(words(told, "previous_user_id")), _phone(words(message, "from")))
    phone = _phone(words(told, "wa_id")) or _phone(words(told, "new_wa_id"))
    known = _user_id(words(told, "user_id"))
    return Moved(_sender(known, phone, before)) if (known or phone) and any(before) else None


def _content(kind: str, message: dict[str, Any], said: Said) -> Said | None:
    if kind in MEDIA:
        return _with_media(kind, part(message, kind), said)
    take = _CONTENTS.get(kind)
    if take is None:
        raise Unreadable("WhatsApp tidak meneruskan isi pesan jenis ini")
    return take(message, said)


def _text(message: dict[str, Any], said: Said) -> Said:
    return replace(said, text=words(part(message, "text"), "body"))


def _with_media(kind: str, told: dict[str, Any], said: Said) -> Said:
    reference = words(told, "id")
    if not (reference.isascii() and reference.isalnum()):
        raise Unreadable("berkas tanpa nomor yang dapat dibaca")
    file = Media(reference, MEDIA[kind], name=words(told, "filename"), size=size_of(told, "file_size"))
    return replace(said, text=words(told, "caption"), media=(file,))


def _location(message: dict[str, Any], said: Said) -> Said:
    told = part(message, "location")
    named = [words(told, "name"), words(told, "address")]
    point, text = point_of(told), "\n".join(one for one in named if one)
    if point is None and not text:
        raise Unreadable("lokasi yang tidak dapat dibaca")
    return replace(said, point=point, text=text)


def _contacts(message: dict[str, Any], said: Said) -> Said:
    """Cards as lines of a name and its numbers: who is handed on to us is part of what is said."""
    lines = []
    for card in objects(message.get("contacts")):
        numbers = [words(phone, "phone") for phone in objects(card.get("phones"))]
        lines.append(" ".join(one for one in (words(part(card, "name"), "formatted_name"), *numbers) if one))
    return replace(said, text="\n".join(line for line in lines if line))


def _button(message: dict[str, Any], said: Said) -> Said:
    told = part(message, "button")
    return replace(said, text=words(told, "text"), choice=words(told, "payload"))


def _interactive(message: dict[str, Any], said: Said) -> Said:
    told = part(message, "interactive")
    chosen = part(told, "button_reply") or part(told, "list_reply")
    if not chosen:
        raise Unreadable("balasan formulir WhatsApp belum dikenal")
    return replace(said, text=words(chosen, "title"), choice=words(chosen, "id"))


def _edit(message: dict[str, Any], said: Said) -> Said | None:
    """The words as they are now, as an addition to the message they correct; its files are here already."""
    told = part(message, "edit")
    corrected = part(told, "message")
    kind = words(corrected, "type")
    text = words(part(corrected, kind), "body") or words(part(corrected, kind), "caption")
    return replace(said, text=text, quotes=words(told, "original_message_id")) if text else None


_CONTENTS: dict[str, Callable[[dict[str, Any], Said], Said | None]] = {
    "text": _text,
    "location": _location,
    "contacts": _contacts,
    "button": _button,
    "interactive": _interactive,
    "edit": _edit,
}

"""One piece of Meta's webhook as words: a private message, or words under a post. Pure."""

from __future__ import annotations

from typing import Any, get_args

from tanggap.channels.payloads import objects, parsed, part
from tanggap.channels.said import Kind, Media, Post, Said, Sender, Unreadable
from tanggap.channels.social.meta_pieces import VERBS, author_of, moment, number_of, text_of
from tanggap.notify.places import Place

KINDS: dict[str, Kind] = {"image": "picture", "video": "video", "audio": "audio", "file": "document"}
assert set(KINDS.values()) < set(get_args(Kind))
MOST_MEDIA = 10
# A mention in a story shows for a day and is no word to us; neither is a message taken back.
_NO_WORDS = {"story_mention"}


def read_facebook(payload: bytes) -> Said | None:
    """What a person said to the page or under its posts. Raises Unreadable."""
    return _read("facebook", payload)


def read_instagram(payload: bytes) -> Said | None:
    """What a person said to the account or where it was named. Raises Unreadable."""
    return _read("instagram", payload)


def sender_of(channel: str, number: str) -> Sender:
    """By the person's number on the network: their name is never kept."""
    if not number.isalnum() or not number.isascii() or len(number) > 60:
        raise Unreadable("pengirim tidak dikenal")
    return Sender(channel, number, number, hint=f"…{number[-4:]}")


def _read(channel: str, payload: bytes) -> Said | None:
    try:
        kept = parsed(payload)
    except ValueError:
        raise Unreadable("isi pesan tidak dapat dibaca") from None
    kept = kept if isinstance(kept, dict) else {}
    if isinstance(kept.get("message"), dict):
        return _message(channel, kept["message"])
    if isinstance(kept.get("value"), dict):
        return _post(channel, kept)
    raise Unreadable("isi pesan tidak dapat dibaca")


def _message(channel: str, event: dict[str, Any]) -> Said | None:
    sender = sender_of(channel, text_of(part(event, "sender"), "id"))
    at = moment(event.get("timestamp"))
    pressed = part(event, "postback")
    if pressed:
        return Said(sender, text_of(pressed, "title"), at, choice=text_of(pressed, "payload"))
    message = part(event, "message")
    attachments = objects(message.get("attachments"))
    if message.get("is_deleted") or any(one.get("type") in _NO_WORDS for one in attachments):
        return None
    media = tuple(found for one in attachments[:MOST_MEDIA] if (found := _media(one)) is not None)
    text = text_of(message, "text")
    point = next((where for one in attachments if (where := _point(one)) is not None), None)
    if not text and not media and point is None:
        # Something we cannot take (a shared post, a kind we do not know) deserves an answer all the same.
        media = (Media("", "sticker"),)
    return Said(
        sender=sender,
        text=text,
        at=at,
        media=media,
        point=point,
        choice=text_of(part(message, "quick_reply"), "payload"),
        quotes=text_of(part(message, "reply_to"), "mid"),
    )


def _media(attachment: dict[str, Any]) -> Media | None:
    payload = part(attachment, "payload")
    kind = KINDS.get(str(attachment.get("type")))
    if "sticker_id" in payload:
        return Media("", "sticker")
    url = text_of(payload, "url")
    return Media(url, kind) if kind is not None and url else None


def _point(attachment: dict[str, Any]) -> tuple[float, float] | None:
    where = part(part(attachment, "payload"), "coordinates")
    latitude, longitude = where.get("lat"), where.get("long")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    inside = -90 <= latitude <= 90 and -180 <= longitude <= 180
    return (float(latitude), float(longitude)) if inside else None


def _post(channel: str, kept: dict[str, Any]) -> Said:
    value = part(kept, "value")
    number = number_of(value)
    if not number:
        raise Unreadable("kiriman tanpa nomor")
    deed = VERBS.get(str(value.get("verb") or "add"))
    if deed not in ("said", "edited", "removed"):
        raise Unreadable("kiriman dengan perubahan yang tidak dikenal")
    author = author_of(value)
    text = text_of(value, "message") or text_of(value, "text")
    public, private = _places(channel, str(kept.get("field")), value, number)
    incomplete = deed != "removed" and (not author or ("message" not in value and "text" not in value))
    post = Post(
        number=number,
        public=public,
        private=private,
        deed="removed" if deed == "removed" else "edited" if deed == "edited" else "said",
        on_our_page=kept.get("field") == "feed" and "comment_id" not in value,
        incomplete=incomplete,
    )
    # Who did not say is found out with the words; until then the post stands for its author.
    sender = sender_of(channel, author) if author else Sender(channel, "", "")
    at = moment(value.get("created_time"))
    return Said(sender, text, at, media=_pictures(value), post=post)


def _pictures(value: dict[str, Any]) -> tuple[Media, ...]:
    """What hangs on a comment or a post of the page, by its address; Instagram names none."""
    many = value.get("photos")
    found = [text_of(value, "photo"), text_of(value, "link") if value.get("item") == "photo" else ""]
    found += [one for one in many if isinstance(one, str)] if isinstance(many, list) else []
    return tuple(Media(url, "picture") for url in dict.fromkeys(found[:MOST_MEDIA]) if url)


def _places(channel: str, field: str, value: dict[str, Any], number: str) -> tuple[str, str]:
    """Where an answer would stand, and how its author is written to. Where we were only named, nobody is."""
    if field == "mentions":
        media, comment = text_of(value, "media_id"), text_of(value, "comment_id")
        return Place(media, "mention", public=True, more=comment).address, ""
    kind = "comment" if channel == "instagram" or text_of(value, "comment_id") else "post"
    private = Place(number, kind).address if field != "mention" else ""
    return Place(number, kind, public=True).address, private

"""A post that names us, or a direct message, as X's API v2 gives them, as words. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tanggap.channels.payloads import objects, parsed, part
from tanggap.channels.said import Kind, Media, Post, Said, Sender, Unreadable
from tanggap.channels.social.meta_pieces import text_of
from tanggap.channels.social.meta_reading import sender_of
from tanggap.notify.places import Place

KINDS: dict[str, Kind] = {"photo": "picture", "video": "video", "animated_gif": "video"}


def read(payload: bytes) -> Said | None:
    """What a person said in `{"post": …}` or `{"direct": …}`, as the poll keeps it. Raises Unreadable."""
    try:
        kept = parsed(payload)
    except ValueError:
        raise Unreadable("isi pesan tidak dapat dibaca") from None
    kept = kept if isinstance(kept, dict) else {}
    if isinstance(kept.get("post"), dict):
        return _post(kept["post"], objects(kept.get("media")))
    if isinstance(kept.get("direct"), dict):
        return _direct(kept["direct"], objects(kept.get("media")))
    raise Unreadable("isi pesan tidak dapat dibaca")


def is_repeated(post: dict[str, Any]) -> bool:
    """Whether somebody only passes on what another wrote."""
    return any(one.get("type") == "retweeted" for one in objects(post.get("referenced_tweets")))


def first_version(post: dict[str, Any]) -> str:
    """An edited post has a new number; the first one names them all."""
    versions = post.get("edit_history_tweet_ids")
    known = [one for one in versions if isinstance(one, str) and one.isdecimal()] if isinstance(versions, list) else []
    return min(known, key=int) if known else text_of(post, "id")


def _post(post: dict[str, Any], media: list[dict[str, Any]]) -> Said | None:
    if is_repeated(post):
        return None
    sender, number = _sender(text_of(post, "author_id")), text_of(post, "id")
    first = first_version(post)
    if not number.isdecimal():
        raise Unreadable("kiriman tanpa nomor")
    where = Post(
        number=first,
        public=Place(number, "post", public=True).address,
        private=sender.address,
        deed="said" if first == number else "edited",
    )
    return Said(sender, _words(post), _at(post), media=_media(post, media), post=where)


def _direct(event: dict[str, Any], media: list[dict[str, Any]]) -> Said | None:
    if event.get("event_type") != "MessageCreate":
        return None
    found = _media(event, media)
    text = _words(event)
    if not text and not found:
        found = (Media("", "sticker"),)
    return Said(_sender(text_of(event, "sender_id")), text, _at(event), media=found)


def _sender(number: str) -> Sender:
    return sender_of("x", number)


def _words(said: dict[str, Any]) -> str:
    """The text, in full where it is a long one, with links as they were before X shortened them."""
    note = part(said, "note_tweet")
    text = text_of(note, "text") or text_of(said, "text")
    entities = part(note, "entities") or part(said, "entities")
    for link in objects(entities.get("urls")):
        short, full = text_of(link, "url"), text_of(link, "unwound_url") or text_of(link, "expanded_url")
        if short:
            text = text.replace(short, full or "")
    return text


def _media(said: dict[str, Any], media: list[dict[str, Any]]) -> tuple[Media, ...]:
    keys = part(said, "attachments").get("media_keys")
    wanted = {key for key in keys if isinstance(key, str)} if isinstance(keys, list) else set()
    found = []
    for one in media:
        kind, url = KINDS.get(text_of(one, "type")), text_of(one, "url")
        if text_of(one, "media_key") in wanted and kind is not None and url:
            found.append(Media(url, kind))
    return tuple(found)


def _at(said: dict[str, Any]) -> datetime | None:
    try:
        at = datetime.fromisoformat(text_of(said, "created_at"))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None

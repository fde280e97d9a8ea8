"""What Meta's webhook brings, piece by piece: what people said, and what became of what we wrote. Pure.

Everything is looked at as if it could be anything: an unknown form is left alone, and breaks nothing beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from tanggap.channels.payloads import digits, objects, part, words

CHANNELS = {"page": "facebook", "instagram": "instagram"}
# Of a page's feed only what is words; likes, reactions, shares and events are none.
ITEMS = frozenset({"comment", "post", "status", "photo", "video"})
FIELDS = {"facebook": {"feed", "mention"}, "instagram": {"comments", "live_comments", "mentions"}}
VERBS = {"add": "said", "edit": "edited", "edited": "edited", "remove": "removed", "delete": "removed", "hide": ""}


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing a person did. `number` names it; `content` is what is kept; a post is named by its own `post`."""

    channel: str
    number: str
    sender: str
    content: dict[str, Any]
    post: str = ""

    @property
    def payload(self) -> bytes:
        return json.dumps(self.content, ensure_ascii=False).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Report:
    """Messages reached somebody, or were read: by their ids, or all that `person` was sent until `at`."""

    channel: str
    state: str
    at: datetime | None
    ids: tuple[str, ...] = ()
    person: str = ""


def pieces(told: Any, own: dict[str, str]) -> Iterator[Piece]:
    """What people said to us. `own` is our number on each channel: what belongs to another page is not ours to keep."""
    for channel, entry in _entries(told, own):
        for event in objects(entry.get("messaging")):
            if (piece := _message(channel, event, own[channel])) is not None:
                yield piece
        for change in objects(entry.get("changes")):
            value = change.get("value")
            field = words(change, "field")
            if isinstance(value, dict) and field in FIELDS[channel]:
                piece = _post(channel, field, value, own)
                if piece is not None:
                    yield piece


def reports(told: Any, own: dict[str, str]) -> Iterator[Report]:
    """What became of our messages."""
    for channel, entry in _entries(told, own):
        for event in objects(entry.get("messaging")):
            person = text_of(part(event, "sender"), "id")
            for name, state in (("delivery", "delivered"), ("read", "read")):
                given = event.get(name)
                if isinstance(given, dict) and person:
                    mids = given.get("mids") if isinstance(given.get("mids"), list) else [given.get("mid")]
                    ids = tuple(mid for mid in mids or () if isinstance(mid, str) and mid)
                    at = moment(given.get("watermark") or event.get("timestamp"))
                    yield Report(channel, state, at, ids, person)


def _entries(told: Any, own: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    channel = CHANNELS.get(str(told.get("object"))) if isinstance(told, dict) else None
    if channel is None or not own.get(channel):
        return
    for entry in objects(told.get("entry")):
        if str(entry.get("id")) == own[channel]:
            yield channel, entry


def _message(channel: str, event: dict[str, Any], own: str) -> Piece | None:
    """A message or a pressed button; what we wrote ourselves comes back as an echo and is nobody's word."""
    sender = text_of(part(event, "sender"), "id")
    said, pressed = event.get("message"), event.get("postback")
    if not sender or sender == own:
        return None
    if isinstance(said, dict) and not said.get("is_echo") and text_of(said, "mid"):
        return Piece(channel, short_id(text_of(said, "mid")), sender, {"message": event, "own": own})
    if isinstance(pressed, dict):
        number = text_of(pressed, "mid") or f"postback:{sender}:{event.get('timestamp')}"
        return Piece(channel, short_id(number), sender, {"message": event, "own": own})
    return None


def _post(channel: str, field: str, value: dict[str, Any], own: dict[str, str]) -> Piece | None:
    """Public words of somebody else. Which ones they are is told by `post`, and by `number` what was done to them."""
    author, number = author_of(value), number_of(value)
    deed = VERBS.get(str(value.get("verb") or "add"), "")
    if not number or not deed or author in own.values() or part(value, "from").get("self_ig_scoped_id"):
        return None
    if channel == "facebook" and str(value.get("item")) not in ITEMS:
        return None
    name = {"said": "", "removed": ":removed"}.get(deed, f":edited:{_digest(text_of(value, 'message'))}")
    return Piece(channel, name, author, {"field": field, "value": value, "own": own[channel]}, number)


def author_of(value: dict[str, Any]) -> str:
    """Whose words a change is about."""
    return text_of(part(value, "from"), "id") or text_of(value, "sender_id")


def number_of(value: dict[str, Any]) -> str:
    """The comment, else the post: the same by whatever field it comes."""
    comment = text_of(value, "comment_id") or text_of(value, "id")
    return comment or text_of(value, "post_id") or text_of(value, "media_id")


def text_of(given: dict[str, Any], name: str) -> str:
    """The text or number under a name as text, or nothing: ids come as either."""
    return words(given, name) or digits(given, name)


def moment(given: Any) -> datetime | None:
    """A time in milliseconds since 1970, as messages carry it, or in seconds; None for anything else."""
    if isinstance(given, bool) or not isinstance(given, int) or not 0 < given < 10**14:
        return None
    return datetime.fromtimestamp(given / 1000 if given > 10**11 else given, UTC)


def short_id(number: str) -> str:
    """A provider's number in at most 200 letters: Instagram's are long, and alike in front."""
    return number if len(number) <= 190 else f"sha256:{sha256(number.encode('utf-8', 'replace')).hexdigest()}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]

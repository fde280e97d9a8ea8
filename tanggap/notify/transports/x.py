"""X through its API v2: direct messages, and replies under a post.

Every call costs money, and a post with a link many times as much: what is said in public never carries one. X has no
idempotency key, but refuses to post the same words twice: when these carry a tracking id, they are there already.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from tanggap.notify.places import Place
from tanggap.notify.transports.base import Accepted, Permanent, ProviderDown, Rendered, Temporary, TransportError
from tanggap.notify.transports.meta import NO_SUCH_PLACE, NOT_IN_PUBLIC
from tanggap.notify.transports.pieces import one_piece, pieces
from tanggap.notify.transports.wire import Answer, Wire
from tanggap.notify.transports.x_signing import authorization

API_BASE = "https://api.x.com"
MOST_PUBLIC = 280
MOST_PRIVATE = 10_000
_LINK = re.compile(r"\s*\b(?:https?://\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)+/\S*)", re.IGNORECASE)
_ID = re.compile(r"[0-9]{1,20}", re.ASCII)
# Problems of the whole account, by the end of their type: https://docs.x.com/x-api/fundamentals/response-codes-and-errors
_ACCOUNT = ("client-forbidden", "unsupported-authentication", "usage-capped")
_DUPLICATE = "duplicate content"


class Duplicate(Permanent):
    """X has these very words from us already."""


class XTransport:
    """Settings: token, account, api_base; token_secret, consumer_key and consumer_secret to sign instead."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._base = (settings.get("api_base") or API_BASE).rstrip("/")
        self._settings = settings
        self._wire = Wire()

    def send(self, message: Rendered) -> Accepted:
        place = Place.parsed(message.address)
        if not _ID.fullmatch(place.number) or place.kind not in ("person", "post"):
            raise Permanent(NO_SUCH_PLACE)
        return self._say(place, message) if place.public else self._write(place, message)

    def close(self) -> None:
        self._wire.close()

    def _say(self, place: Place, message: Rendered) -> Accepted:
        number = str(message.extra.get("tracking_id") or "")
        text = public_words(message.text, number, message.key)
        if not text:
            raise Permanent(NOT_IN_PUBLIC)
        try:
            said = self._post("/2/tweets", {"text": text, "reply": {"in_reply_to_tweet_id": place.number}})
        except Duplicate:
            if number and number in text:
                return Accepted()
            raise
        return Accepted(provider_id=f"post:{_id(said, 'id')}")

    def _write(self, place: Place, message: Rendered) -> Accepted:
        """In a conversation of two; X never tells whether it was read, and what it took is there."""
        if place.kind != "person":
            raise Permanent(NO_SUCH_PLACE)
        provider_id = ""
        for part in pieces(message.text, MOST_PRIVATE):
            said = self._post(f"/2/dm_conversations/with/{place.number}/messages", {"text": part})
            provider_id = _id(said, "dm_event_id")
        return Accepted(provider_id=provider_id, delivered=True)

    def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        url = f"{self._base}{path}"
        answer = self._wire.post_json(url, body, {"Authorization": authorization(self._settings, "POST", url)})
        if not answer.good:
            raise failure_of(answer)
        data = answer.object().get("data")
        return data if isinstance(data, dict) else {}


def public_words(text: str, number: str, key: str) -> str:
    """The words without links, short enough. Where no number makes them the only ones of their kind, a mark does."""
    bare = " ".join(_LINK.sub("", text).split())
    if not bare or number:
        return one_piece(bare, MOST_PUBLIC)
    return one_piece(bare, MOST_PUBLIC - 7) + f" ({sha256(key.encode()).hexdigest()[:4]})"


def _id(said: Mapping[str, Any], name: str) -> str:
    found = str(said.get(name) or "")
    if not found:
        raise Temporary("jawaban: X menjawab tanpa nomor")
    return found[:190]


def reset_seconds(answer: Answer) -> float | None:
    """How long X asks us to wait: until the moment at which its limit begins anew."""
    given = answer.headers.get("x-rate-limit-reset", "")
    if given.isdecimal() and given.isascii() and len(given) <= 11:
        return max(float(given) - time.time(), 1.0)
    return answer.retry_after


def failure_of(answer: Answer) -> TransportError:
    """What an answer other than 2xx means for this message, and for the others."""
    said, status = answer.object(), answer.status
    if status == 429:
        return ProviderDown("429: batas panggilan X tercapai", retry_after=reset_seconds(answer) or 900.0)
    if status in {401, 402}:
        word = "kunci akses X ditolak" if status == 401 else "kuota berbayar X habis"
        return ProviderDown(f"{status}: {word}")
    if status >= 500:
        return ProviderDown(f"{status}: X sedang terganggu", retry_after=answer.retry_after)
    if status == 403:
        return _forbidden(said)
    if status == 404:
        return Permanent("404: kiriman atau akun ini tidak ada lagi", address_is_dead=True)
    return Permanent(f"{status}: X menolak pesan ini")


def _forbidden(said: Mapping[str, Any]) -> TransportError:
    kind, detail = str(said.get("type", "")), str(said.get("detail", "")).lower()
    if _DUPLICATE in detail:
        return Duplicate("403: kata-kata yang sama sudah pernah dikirim")
    if kind.rstrip("/").endswith(_ACCOUNT):
        return ProviderDown("403: aplikasi ini tidak berhak melakukan ini di X")
    return Permanent("403: orang ini tidak dapat dibalas atau dikirimi pesan")

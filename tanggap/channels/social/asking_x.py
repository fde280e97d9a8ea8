"""Asking X's API v2 what is new: few calls, bounded pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tanggap.channels.payloads import objects, part
from tanggap.channels.social.meta_pieces import text_of
from tanggap.notify.transports.base import Temporary, TransportError
from tanggap.notify.transports.wire import Wire
from tanggap.notify.transports.x import API_BASE, failure_of
from tanggap.notify.transports.x_signing import authorization

PAGE = 100
MOST_PAGES = 5
# A hundred long posts with all that is asked of them.
MOST_BYTES = 2 * 1024 * 1024
FIELDS = "author_id,created_at,entities,attachments,note_tweet,referenced_tweets,edit_history_tweet_ids"
MEDIA = "media_key,type,url"
DM_FIELDS = "event_type,text,sender_id,created_at,entities,attachments"


@dataclass(slots=True)
class Found:
    """What one look brought. `whole` is False where more pages wait; `failure` ended the look early."""

    events: list[dict[str, Any]] = field(default_factory=list)
    media: list[dict[str, Any]] = field(default_factory=list)
    whole: bool = True
    failure: TransportError | None = None


def number_of(event: Mapping[str, Any]) -> int:
    """The number of a post or message, by which X orders them; 0 for none."""
    given = text_of(dict(event), "id")
    return int(given) if given.isdecimal() and given.isascii() and len(given) <= 20 else 0


class AskingX:
    """Connections to X for one look."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._base = (settings.get("api_base") or API_BASE).rstrip("/")
        self._settings = settings
        self._wire = Wire()

    def close(self) -> None:
        self._wire.close()

    def number_of(self, account: str) -> str:
        """The number of the account with this name. Raises TransportError."""
        said = self._ask(f"/2/users/by/username/{account.lstrip('@')}", {})
        number = text_of(part(said, "data"), "id")
        if not number.isdecimal():
            raise Temporary("jawaban: X tidak menyebut nomor akun")
        return number

    def mentions(self, number: str, limits: Mapping[str, str]) -> Found:
        """Posts that name the account, newest first, as many as MOST_PAGES hold."""
        query = {
            "max_results": str(PAGE), "tweet.fields": FIELDS, "expansions": "attachments.media_keys",
            "media.fields": MEDIA, **limits,
        }  # fmt: skip
        return self._pages(f"/2/users/{number}/mentions", query)

    def messages(self, known: int) -> Found:
        """Direct messages, newest first, down to the one that is known already: X takes no starting point here."""
        query = {
            "max_results": str(PAGE), "event_types": "MessageCreate", "dm_event.fields": DM_FIELDS,
            "expansions": "attachments.media_keys", "media.fields": MEDIA,
        }  # fmt: skip
        return self._pages("/2/dm_events", query, known)

    def _pages(self, path: str, query: dict[str, str], known: int = 0) -> Found:
        found = Found()
        for _page in range(MOST_PAGES):
            try:
                said = self._ask(path, query)
            except TransportError as failure:
                found.failure, found.whole = failure, False
                return found
            found.events += objects(said.get("data"))
            found.media += objects(part(said, "includes").get("media"))
            following = text_of(part(said, "meta"), "next_token")
            if not following or (known and any(number_of(event) <= known for event in found.events)):
                return found
            query = {**query, "pagination_token": following}
        found.whole = False
        return found

    def _ask(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        url = f"{self._base}{path}" + (f"?{urlencode(query)}" if query else "")
        headers = {"Authorization": authorization(self._settings, "GET", url)}
        answer = self._wire.exchange("GET", url, headers=headers, most=MOST_BYTES)
        if not answer.good:
            raise failure_of(answer)
        said = answer.object()
        if not said:
            raise Temporary("jawaban: X menjawab bukan dengan JSON")
        return said

"""Words that a webhook only points to: where we are named on Instagram, Meta tells the number and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from tanggap.channels.models import Inbound
from tanggap.channels.payloads import part
from tanggap.channels.said import Said, Unreadable
from tanggap.channels.social.meta_pieces import text_of
from tanggap.channels.social.meta_reading import sender_of
from tanggap.notify.models import ChannelConfig
from tanggap.notify.places import Place
from tanggap.notify.transports.base import Permanent, Temporary
from tanggap.notify.transports.meta import API_BASE, failure_of
from tanggap.notify.transports.registry import settings_of
from tanggap.notify.transports.wire import Wire


def door_settings(channel: str, brand: str) -> dict[str, str]:
    """The settings of the brand's account; none where it was closed meanwhile."""
    row = ChannelConfig.objects.filter(channel=channel, brand=brand, enabled=True).first()
    return settings_of(row) if row else {}


def completed(row: Inbound, said: Said) -> Said | None:
    """The words and their author, asked of Meta; None where they are gone. Raises Temporary, Unreadable."""
    post = said.post
    if post is None or not post.incomplete:
        return said
    channel, settings = row.channel, door_settings(row.channel, row.brand)
    found = _asked(Place.parsed(post.public), settings)
    if found is None:
        return None
    author = text_of(part(found, "from"), "id") or text_of(part(found, "owner"), "id") or said.sender.account
    text = text_of(found, "message") or text_of(found, "text") or text_of(found, "caption")
    if not author:
        # A stranger's account that Meta does not name: nobody could be asked, nor be told apart.
        raise Unreadable("penulis kiriman tidak disebut oleh Meta")
    own = {settings.get("page_id"), settings.get("instagram_id")}
    if author in own:
        return None
    return replace(said, text=text, sender=sender_of(channel, author))


def _asked(place: Place, settings: Mapping[str, str]) -> dict[str, Any] | None:
    base = (settings.get("api_base") or API_BASE).rstrip("/")
    node, fields, name = _question(place, settings)
    wire = Wire()
    try:
        url = f"{base}/{node}?{urlencode({'fields': fields})}"
        answer = wire.exchange("GET", url, headers={"Authorization": f"Bearer {settings.get('token', '')}"})
    finally:
        wire.close()
    if not answer.good:
        failure = failure_of(answer)
        if isinstance(failure, Permanent):
            return None
        raise failure
    said = answer.object()
    found = part(said, name) if name else said
    if not found:
        raise Temporary("jawaban: Meta menjawab tanpa isi kiriman")
    return found


def _question(place: Place, settings: Mapping[str, str]) -> tuple[str, str, str]:
    """Whom to ask, for which fields, and under which name the answer stands."""
    account = settings.get("instagram_id", "")
    if place.kind == "mention" and place.more:
        return account, f"mentioned_comment.comment_id({place.more}){{id,text,timestamp,from}}", "mentioned_comment"
    if place.kind == "mention":
        fields = f"mentioned_media.media_id({place.number}){{id,caption,timestamp,owner}}"
        return account, fields, "mentioned_media"
    return (
        place.number,
        "id,from,message" if settings.get("page_id") and "_" in place.number else "id,from,text,message",
        "",
    )

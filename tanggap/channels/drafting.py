"""The files of a message, brought into the attachment pipeline as drafts before anything is decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import translation

from tanggap.channels.models import Chat, Inbound
from tanggap.channels.registry import Reader
from tanggap.channels.said import Fetched, Media, Said, Unreadable
from tanggap.common.crypto import blind_index, keyed_digest
from tanggap.common.errors import Invalid
from tanggap.files.limits import Kind
from tanggap.files.models import StoredFile
from tanggap.files.services.accept_upload import accept_upload
from tanggap.files.services.attach import draft_owner
from tanggap.notify.models import ChannelConfig
from tanggap.notify.transports.base import TransportError
from tanggap.notify.transports.registry import settings_of

MOST_MEDIA = 10
TRIES_TO_FETCH = 3
"""Then the words are heard without the file, and the sender is asked to send it again."""


def fetched_files(row: Inbound, said: Said, reader: Reader, payload: bytes, now: datetime) -> Fetched:
    """Fetch, check and keep them, each under a draft token of its own: a repeat finds what it has already.

    Call it outside any transaction: no lock is held while a provider is slow. Raises what a fetch that may succeed
    later raises; the inbox tries again.
    """
    wanted = [media for media in said.media if media.kind != "sticker"]
    if not wanted or reader.fetch is None:
        return Fetched()
    config = ChannelConfig.objects.filter(brand=row.brand, channel=row.channel).first()
    settings = settings_of(config) if config else {}
    kept, refused = [], []
    with translation.override(_language_of(row, said)):
        for number, media in enumerate(wanted[:MOST_MEDIA]):
            token = keyed_digest(f"inbound:{row.pk}:{number}")[:32]
            try:
                kept.append((token, _kept(media, token, reader, settings, payload, now)))
            except Invalid as reason:
                refused.append(reason.message)
            except Unreadable:
                refused.append("")
            except (OSError, TransportError):
                if row.attempts + 1 < TRIES_TO_FETCH:
                    raise
                refused.append("")
    voices = sum(kind == Kind.AUDIO for _token, kind in kept)
    tokens = tuple(token for token, _kind in kept)
    return Fetched(len(kept) - voices, voices, tokens, tuple(refused))


def _kept(media: Media, token: str, reader: Reader, settings: Mapping[str, str], payload: bytes, now: datetime) -> str:
    """Its kind, judged by content, once it is stored."""
    owner = draft_owner(token)
    known = StoredFile.objects.filter(owner=owner).first()
    if known is None and reader.fetch is not None:
        with reader.fetch(media, settings, payload) as stream:
            known = accept_upload(stream=stream, name=media.name, owner=owner, now=now)
    return known.kind if known else ""


def _language_of(row: Inbound, said: Said) -> str:
    index = blind_index(f"chat-{said.sender.channel}", said.sender.account)
    known = Chat.objects.filter(channel=row.channel, brand=row.brand, sender_index=index)
    return known.values_list("language", flat=True).first() or "id"

"""Telegram's Bot API: sendMessage. There are no delivery reports: what the answer took is in the chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tanggap.notify.transports.base import Accepted, Permanent, ProviderDown, Rendered, Temporary, TransportError
from tanggap.notify.transports.wire import Answer, Wire

API_BASE = "https://api.telegram.org"
MOST_CHARACTERS = 4096
# Descriptions of error 400 that mean: there is nobody at this address.
_NOBODY = ("chat not found", "user is deactivated", "peer_id_invalid", "chat_id is empty", "user not found")


class TelegramTransport:
    """Settings: token, api_base. The token stands in the address, so no address is ever logged or quoted."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        base = (settings.get("api_base") or API_BASE).rstrip("/")
        self._url = f"{base}/bot{settings['token']}/sendMessage"
        self._wire = Wire()

    def send(self, message: Rendered) -> Accepted:
        request = {
            "chat_id": message.address,
            "text": message.text[:MOST_CHARACTERS],
            "link_preview_options": {"is_disabled": True},
        }
        answer = self._wire.post_json(self._url, request)
        said = answer.object()
        if not (answer.good and said.get("ok") is True):
            raise failure_of(answer, said)
        result = said.get("result")
        number = result.get("message_id") if isinstance(result, dict) else None
        # Numbers of messages are unique in one chat only, and the chat is an address: no id is better than one of two.
        return Accepted(delivered=number is not None)

    def close(self) -> None:
        self._wire.close()


def failure_of(answer: Answer, said: Mapping[str, Any]) -> TransportError:
    """What an answer other than ok means."""
    given = said.get("error_code")
    code = given if isinstance(given, int) else answer.status
    description = str(said.get("description", "")).lower()
    if code == 429:
        parameters = said.get("parameters")
        seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
        wait = float(seconds) if isinstance(seconds, int | float) else answer.retry_after
        return Temporary("429: Telegram meminta menunggu", retry_after=wait)
    if code >= 500:
        return ProviderDown(f"{code}: Telegram sedang terganggu", retry_after=answer.retry_after)
    if code in {401, 404}:
        return ProviderDown(f"{code}: Telegram tidak mengenal token ini")
    if code == 403:
        return Permanent("403: penerima memblokir atau meninggalkan percakapan", address_is_dead=True)
    dead = any(words in description for words in _NOBODY)
    return Permanent(f"{code}: Telegram menolak pesan ini", address_is_dead=dead)

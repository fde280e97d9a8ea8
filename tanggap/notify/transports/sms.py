"""SMS: through a session with an operator (SMPP) or a gateway that speaks Kannel's sendsms form."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tanggap.common.links import absolute
from tanggap.notify.transports.base import Accepted, Permanent, ProviderDown, Rendered, Temporary, Transport
from tanggap.notify.transports.smpp.transport import SmppTransport
from tanggap.notify.transports.sms_text import is_gsm, parts_needed, plainly
from tanggap.notify.transports.wire import Answer, Wire

# Delivered, not delivered, refused by the operator: what can still change is not asked for.
DELIVERED, FAILED, REJECTED = 1, 2, 16
MASK = DELIVERED | FAILED | REJECTED


class SmsTransport:
    """Whichever of the two ways the settings name."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._way: Transport = SmppTransport(settings) if settings.get("smpp") else GatewayTransport(settings)

    def send(self, message: Rendered) -> Accepted:
        return self._way.send(message)

    def close(self) -> None:
        self._way.close()


class GatewayTransport:
    """Settings: http (address of the form, with username, password and from in its query), secret, brand."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        parts = urlsplit(settings["http"])
        self._form = urlunsplit(parts._replace(query="", fragment=""))
        self._fixed = dict(parse_qsl(parts.query))
        self._secret = settings.get("secret", "")
        self._brand = settings.get("brand", "")
        self._wire = Wire()

    def send(self, message: Rendered) -> Accepted:
        text = plainly(message.text)
        provider_id = report_id(message.key)
        query = {
            **self._fixed,
            "to": message.address,
            "text": text,
            "charset": "UTF-8",
            "coding": "0" if is_gsm(text) else "2",
        }
        if self._secret and self._brand:
            query |= {"dlr-mask": str(MASK), "dlr-url": self._report_address(provider_id)}
        answer = self._wire.exchange("GET", f"{self._form}?{urlencode(query)}", headers={"Accept": "*/*"})
        if answer.good:
            return Accepted(provider_id=provider_id, parts=parts_needed(text))
        raise _failure_of(answer)

    def close(self) -> None:
        self._wire.close()

    def _report_address(self, provider_id: str) -> str:
        """Where the gateway reports to. It fills in %d, so nothing else in this address may hold a percent sign."""
        proof = report_proof(self._secret, provider_id)
        return absolute(f"/hooks/sms/{self._brand}?id={provider_id}&proof={proof}&state=%d")


def report_id(key: str) -> str:
    """The name of a message towards the gateway, which gives none of its own; the same at every attempt."""
    return sha256(f"sms:{key}".encode()).hexdigest()[:32]


def report_proof(secret: str, provider_id: str) -> str:
    """What a report about this message must bring along. The secret itself never stands in an address."""
    return hmac.digest(secret.encode(), f"dlr:{provider_id}".encode(), sha256).hex()[:32]


def _failure_of(answer: Answer) -> Exception:
    if answer.status in {401, 403}:
        return ProviderDown(f"{answer.status}: gerbang SMS menolak nama pengguna atau kata sandi")
    if answer.status == 429:
        return Temporary("429: gerbang SMS meminta menunggu", retry_after=answer.retry_after)
    if answer.status >= 500:
        return ProviderDown(f"{answer.status}: gerbang SMS sedang terganggu", retry_after=answer.retry_after)
    return Permanent(f"{answer.status}: gerbang SMS menolak pesan ini")

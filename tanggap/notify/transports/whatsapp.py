"""WhatsApp through Meta's Cloud API: free text within 24 hours of the person's last message, else an approved template.

We do not know for sure whether the 24 hours still run. So text is tried first, and error 131047 ("re-engagement")
turns it into the template. Meta may also say so only later, in a status; then `extra["use_template"]` is set at the
next attempt (notify.services.resend_as_template).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tanggap.notify.transports.base import Accepted, Permanent, ProviderDown, Rendered, Temporary, TransportError
from tanggap.notify.transports.wire import Answer, Wire

API_BASE = "https://graph.facebook.com/v24.0"
MOST_CHARACTERS = 4096
PARAMETER_CHARACTERS = 1024
WINDOW_CLOSED = 131047
_USER_ID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]{1,132}", re.ASCII)
LANGUAGES = {"id": "id", "en": "en"}

# https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
_DEAD = {131021, 131026, 131030}
_PROVIDER = {
    0: "kunci akses ditolak",
    3: "kunci akses tidak berhak mengirim",
    4: "batas panggilan aplikasi tercapai",
    10: "izin mengirim dicabut",
    190: "kunci akses kedaluwarsa",
    80007: "batas panggilan akun tercapai",
    130429: "batas kiriman per detik tercapai",
    131005: "kunci akses tidak berhak mengirim",
    131031: "akun WhatsApp dikunci",
    131042: "pembayaran akun WhatsApp bermasalah",
    131057: "akun WhatsApp sedang dirawat",
    133010: "nomor pengirim belum terdaftar",
    368: "akun WhatsApp dibatasi",
}
_LATER = {
    1: "gangguan sesaat di penyedia",
    2: "layanan sesaat tidak tersedia",
    131000: "gangguan sesaat di penyedia",
    131016: "layanan sesaat tidak tersedia",
    131048: "kiriman dibatasi karena mutu nomor",
    131056: "terlalu sering ke penerima yang sama",
}
_WAIT = {130429: 5.0, 131056: 30.0, 4: 60.0, 80007: 60.0}


class WhatsAppTransport:
    """Settings: token, phone_number_id, api_base."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        base = (settings.get("api_base") or API_BASE).rstrip("/")
        self._url = f"{base}/{settings['phone_number_id']}/messages"
        self._headers = {"Authorization": f"Bearer {settings['token']}"}
        self._wire = Wire()

    def send(self, message: Rendered) -> Accepted:
        if message.template and message.extra.get("use_template"):
            return self._post(message, template_of(message))
        try:
            return self._post(message, text_of(message))
        except WindowClosed:
            if not message.template:
                raise
            return self._post(message, template_of(message))

    def close(self) -> None:
        self._wire.close()

    def _post(self, message: Rendered, content: dict[str, Any]) -> Accepted:
        envelope = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            **recipient_of(message.address),
            "biz_opaque_callback_data": message.key,
            **content,
        }
        answer = self._wire.post_json(self._url, envelope, self._headers)
        if not answer.good:
            raise failure_of(answer)
        sent = answer.object().get("messages")
        first = sent[0] if isinstance(sent, list) and sent and isinstance(sent[0], dict) else {}
        if not first.get("id"):
            raise Temporary("jawaban: WhatsApp menjawab tanpa nomor pesan")
        return Accepted(provider_id=str(first["id"])[:200])


class WindowClosed(Permanent):
    """The 24 hours are over and there is no template for this message."""

    def __init__(self) -> None:
        super().__init__(f"{WINDOW_CLOSED}: di luar 24 jam hanya templat yang disetujui boleh dikirim")


def recipient_of(address: str) -> dict[str, str]:
    """A number is named by `to`; the id of a person whose number we do not know by `recipient`.

    developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids (2026): an id in `to`
    is answered with 200 and never arrives.
    """
    return {"recipient": address} if _USER_ID.fullmatch(address) else {"to": address.removeprefix("+")}


def text_of(message: Rendered) -> dict[str, Any]:
    body = message.text[:MOST_CHARACTERS]
    return {"type": "text", "text": {"preview_url": False, "body": body}}


def template_of(message: Rendered) -> dict[str, Any]:
    """An approved template with its parameters in order."""
    template: dict[str, Any] = {
        "name": message.template,
        "language": {"code": LANGUAGES.get(message.language, "id"), "policy": "deterministic"},
    }
    if message.parameters:
        parameters = [{"type": "text", "text": _parameter(value)} for value in message.parameters]
        template["components"] = [{"type": "body", "parameters": parameters}]
    return {"type": "template", "template": template}


def _parameter(value: str) -> str:
    """Meta refuses empty parameters, line breaks, tabs and runs of more than four spaces."""
    return " ".join(value.split())[:PARAMETER_CHARACTERS] or "-"


def reason_of(code: int) -> str:
    """What a later status means, by the same codes."""
    if code == WINDOW_CLOSED:
        return str(WindowClosed())
    if code in _DEAD:
        return f"{code}: nomor ini tidak dapat menerima WhatsApp"
    return f"{code}: {_PROVIDER.get(code) or _LATER.get(code) or 'WhatsApp tidak dapat menyampaikan pesan ini'}"


def failure_of(answer: Answer) -> TransportError:
    """What an answer other than 2xx means for this message, and for the others."""
    error = answer.object().get("error")
    code = error.get("code") if isinstance(error, dict) else None
    code = code if isinstance(code, int) else -1
    wait = answer.retry_after or _WAIT.get(code)
    if code == WINDOW_CLOSED:
        return WindowClosed()
    if code in _PROVIDER:
        return ProviderDown(reason_of(code), retry_after=wait)
    if code in _LATER:
        return Temporary(reason_of(code), retry_after=wait)
    if answer.status >= 500 or answer.status in {401, 403, 429}:
        return ProviderDown(f"{answer.status}: WhatsApp sedang tidak melayani kiriman ini", retry_after=wait)
    if code in _DEAD:
        return Permanent(reason_of(code), address_is_dead=True)
    return Permanent(f"{code if code > 0 else answer.status}: WhatsApp menolak pesan ini")

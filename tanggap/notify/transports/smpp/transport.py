"""Messages out by SMPP: alphabet, parts, and what the centre's statuses mean for us."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from smpplib import consts

from tanggap.notify.transports.base import Accepted, Permanent, ProviderDown, Rendered, Temporary, TransportError
from tanggap.notify.transports.smpp.account import INTERNATIONAL, ISDN, parse_account
from tanggap.notify.transports.smpp.keeping import session_for
from tanggap.notify.transports.smpp.link import Broken
from tanggap.notify.transports.smpp.session import CannotBind
from tanggap.notify.transports.sms_text import Parts, TooLong, parts_of

THROTTLE_WAITS = (0.5, 1.0)
THROTTLE_SECONDS = 15.0
# The outbox lends a message for a limited time; what would take longer is tried again as a whole.
SEND_SECONDS = 20.0
_RECEIPT_WANTED = 1
_THROTTLED = {consts.SMPP_ESME_RTHROTTLED, consts.SMPP_ESME_RMSGQFUL}
_OPERATOR = {
    consts.SMPP_ESME_RSYSERR: "pusat SMS sedang terganggu",
    consts.SMPP_ESME_RINVBNDSTS: "sesi SMS tidak lagi berlaku",
    consts.SMPP_ESME_RINVSRCADR: "pengirim SMS tidak diizinkan operator",
    consts.SMPP_ESME_RINVSRCTON: "pengirim SMS tidak diizinkan operator",
    consts.SMPP_ESME_RINVSRCNPI: "pengirim SMS tidak diizinkan operator",
}
_NOBODY = {consts.SMPP_ESME_RINVDSTADR, consts.SMPP_ESME_RINVDSTTON, consts.SMPP_ESME_RINVDSTNPI}
_LATER = {consts.SMPP_ESME_RX_T_APPN, consts.SMPP_ESME_RSUBMITFAIL}


class SmppTransport:
    """Settings: smpp (see account.py). The session outlives this object."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._account = parse_account(settings["smpp"])
        self._session = session_for(self._account)

    def send(self, message: Rendered) -> Accepted:
        """Every part in order. SMPP knows no idempotency key: a repeated attempt carries the same header and text."""
        try:
            parts = parts_of(message.text, key=message.key)
        except TooLong:
            raise Permanent("panjang: teks terlalu panjang untuk SMS") from None
        last, until = "", time.monotonic() + SEND_SECONDS
        for fields in self._submissions(message.address, parts):
            last = self._submitted(fields, until)
        return Accepted(provider_id=last, parts=len(parts.pieces))

    def close(self) -> None:
        """Nothing: receipts come on the same session, for days."""

    def _submissions(self, address: str, parts: Parts) -> list[dict[str, Any]]:
        """The fields of each packet. Only the last part asks for a receipt: one message, one state."""
        ton, npi = self._account.sender_kind
        common = {
            "source_addr": self._account.sender,
            "source_addr_ton": ton,
            "source_addr_npi": npi,
            "destination_addr": address.removeprefix("+"),
            "dest_addr_ton": INTERNATIONAL,
            "dest_addr_npi": ISDN,
            "data_coding": parts.coding,
        }
        if parts.joined and self._account.payload:
            whole = b"".join(piece[6:] for piece in parts.pieces)
            return [{**common, "message_payload": whole, "registered_delivery": _RECEIPT_WANTED}]
        header = consts.SMPP_GSMFEAT_UDHI if parts.joined else consts.SMPP_MSGTYPE_DEFAULT
        made = [{**common, "short_message": piece, "esm_class": header} for piece in parts.pieces]
        made[-1]["registered_delivery"] = _RECEIPT_WANTED
        return made

    def _submitted(self, fields: dict[str, Any], until: float) -> str:
        """The id the centre gave. A centre that throttles is asked again twice, a little later each time."""
        for wait in (*THROTTLE_WAITS, None):
            if time.monotonic() > until:
                raise ProviderDown("batas waktu: operator menjawab terlalu lambat")
            answer = self._answer_to(fields)
            if answer.status not in _THROTTLED or wait is None:
                break
            time.sleep(wait)
        if answer.status:
            raise failure_of(int(answer.status))
        given = (getattr(answer, "message_id", None) or b"").decode("latin-1")
        return self._account.name_taken(given)[:200]

    def _answer_to(self, fields: dict[str, Any]) -> Any:
        try:
            return self._session.submit(**fields)
        except CannotBind as error:
            reason = "operator menolak masuk" if error.status else "operator tidak dapat dihubungi"
            raise ProviderDown(f"{error.status:#04x}: {reason}") from None
        except Broken:
            raise ProviderDown("terputus: operator tidak menjawab tepat waktu") from None


def failure_of(status: int) -> TransportError:
    """What a status other than 0 means for this message, and for the others."""
    if status in _THROTTLED:
        return Temporary(f"{status:#04x}: operator meminta lebih pelan", retry_after=THROTTLE_SECONDS)
    if status in _OPERATOR:
        return ProviderDown(f"{status:#04x}: {_OPERATOR[status]}")
    if status in _LATER:
        return Temporary(f"{status:#04x}: operator meminta mengulang nanti")
    if status in _NOBODY:
        return Permanent(f"{status:#04x}: operator tidak mengenal nomor tujuan", address_is_dead=True)
    return Permanent(f"{status:#04x}: operator menolak SMS ini")

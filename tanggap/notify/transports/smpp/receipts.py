"""What a deliver_sm says: a receipt about a message of ours, or the words of a person. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

# esm_class, bits 5–2 (SMPP 3.4, 5.2.12): what kind of message it is; bit 6: a header stands before the text.
_KIND, _RECEIPT, _INTERMEDIATE, _HEADER = 0x3C, 0x04, 0x20, 0x40
_INTERNATIONAL = 1
_STATES = {"DELIVRD": "delivered", "EXPIRED": "failed", "DELETED": "failed", "UNDELIV": "failed", "REJECTD": "failed"}
_NUMBERS = {2: "DELIVRD", 3: "EXPIRED", 4: "DELETED", 5: "UNDELIV", 8: "REJECTD"}
_ID = re.compile(r"\bid:\s*([!-~]{1,64})", re.IGNORECASE)
_STAT = re.compile(r"\bstat:\s*([A-Z]{5,8})", re.IGNORECASE)
_ERROR = re.compile(r"\berr:\s*([0-9A-Za-z]{1,4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message. `state` is one of ours, empty while it can still change."""

    message_id: str
    state: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """An SMS to us, one part as it came; joining parts and understanding them is the channel's.

    `header` is the user data header with its length before it, empty where there is none. `line` names the connection
    it came over: an operator repeats what it got no answer to, and mostly over another one.
    """

    sender: str
    recipient: str
    coding: int
    payload: bytes
    header: bytes = b""
    line: str = ""


def receipt_of(packet: Any) -> Receipt | None:
    """The receipt in a deliver_sm; None for anything else, however much its text looks like one."""
    kind = (packet.esm_class or 0) & _KIND
    named = _text(packet.receipted_message_id)
    if kind not in {_RECEIPT, _INTERMEDIATE} and not named:
        return None
    said = _text(packet.short_message or packet.message_payload)
    number = _ID.search(said)
    message_id = named or (number[1] if number else "")
    if not message_id:
        return None
    status = _STAT.search(said)
    word = _NUMBERS.get(packet.message_state or 0) or (status[1].upper() if status else "")
    if kind == _INTERMEDIATE:
        return Receipt(message_id, "")
    return Receipt(message_id, _STATES.get(word, ""), _reason(word, said))


def received_of(packet: Any, *, line: str = "") -> Received:
    """The words of a person, with the header taken off; a header that cannot be one stays part of the words."""
    payload = bytes(packet.short_message or packet.message_payload or b"")
    header = b""
    if (packet.esm_class or 0) & _HEADER and payload and payload[0] < len(payload):
        header, payload = payload[: 1 + payload[0]], payload[1 + payload[0] :]
    return Received(
        sender=_number(packet.source_addr, packet.source_addr_ton),
        recipient=_text(packet.destination_addr),
        coding=packet.data_coding or 0,
        payload=payload,
        header=header or _header_of(packet),
        line=line,
    )


def _number(address: bytes | None, kind: int | None) -> str:
    """The sender's number; one with its country's code gets the plus that the centre says in another field."""
    number = _text(address)
    international = kind == _INTERNATIONAL and number.isdecimal() and not number.startswith("0")
    return f"+{number}" if international else number


def _header_of(packet: Any) -> bytes:
    """The header that says what sar_* fields say: a reference of 16 bits, how many parts, which part."""
    total, number = packet.sar_total_segments, packet.sar_segment_seqnum
    if packet.sar_msg_ref_num is None or not total or not number:
        return b""
    return bytes([6, 8, 4]) + int(packet.sar_msg_ref_num).to_bytes(2) + bytes([total, number])


def _reason(word: str, said: str) -> str:
    if _STATES.get(word) != "failed":
        return ""
    code = _ERROR.search(said)
    return f"{word}{' ' + code[1] if code else ''}: operator tidak dapat menyampaikan SMS"


def _text(value: bytes | None) -> str:
    return (value or b"").rstrip(b"\0").decode("latin-1")

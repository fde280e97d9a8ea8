"""A connection on which whole packets go and come, each within a time limit and a size."""

from __future__ import annotations

import secrets
import select
import socket
import ssl
import struct
import threading
import time
from contextlib import suppress
from typing import Any

import structlog
from smpplib import consts, smpp
from smpplib.command_codes import get_command_name
from smpplib.exceptions import UnknownCommandError

from tanggap.notify.transports.smpp.account import Account

log = structlog.get_logger(__name__)
CONNECT_SECONDS = 5.0
PACKET_SECONDS = 10.0
LARGEST_PACKET = 16 * 1024
_HEADER = struct.Struct(">LLLL")
_DELIVER_SM, _IS_ANSWER = 0x00000005, 0x80000000
_LAST_SEQUENCE = 0x7FFFFFFF
_FIELD = struct.Struct(">HH")
# The optional fields of a deliver_sm that we read, with their shortest and longest value (SMPP 3.4, 5.3.2).
_WANTED = {
    0x020C: (2, 2),  # sar_msg_ref_num
    0x020E: (1, 1),  # sar_total_segments
    0x020F: (1, 1),  # sar_segment_seqnum
    0x0424: (0, LARGEST_PACKET),  # message_payload
    0x001E: (1, 65),  # receipted_message_id
    0x0427: (1, 1),  # message_state
}


class Broken(Exception):
    """The connection ended, or the other side says what cannot be understood."""


class Link:
    """Not for two readers; several threads may write. Reading and writing exclude each other, as TLS needs."""

    def __init__(self, account: Account) -> None:
        self._lock = threading.Lock()
        self._sequence = 0
        try:
            plain = socket.create_connection((account.host, account.port), timeout=CONNECT_SECONDS)
            self._socket = _secured(plain, account.host) if account.tls else plain
        except OSError:
            raise Broken("connect") from None
        self._socket.settimeout(PACKET_SECONDS)
        self.heard_at = time.monotonic()
        self.name = secrets.token_hex(8)

    # What smpplib asks of its client.
    @property
    def sequence(self) -> int:
        return self._sequence

    def next_sequence(self) -> int:
        self._sequence = self._sequence % _LAST_SEQUENCE + 1
        return self._sequence

    def packet(self, name: str, **fields: Any) -> Any:
        """A new packet with the next number."""
        with self._lock:
            return smpp.make_pdu(name, client=self, **fields)

    def send(self, packet: Any) -> None:
        with self._lock:
            self._write(packet.generate())

    def answer(self, name: str, packet: Any, status: int = consts.SMPP_ESME_ROK) -> None:
        """Answer a packet under its own number."""
        self._answer(name, packet.sequence, status)

    def read(self, seconds: float) -> Any | None:
        """The next packet; None when none begins within `seconds`, or when one came that nobody can read."""
        if not self._is_waiting(seconds):
            return None
        with self._lock:
            raw = self._exactly(4)
            size = int.from_bytes(raw)
            if not _HEADER.size <= size <= LARGEST_PACKET:
                raise Broken("size")
            raw += self._exactly(size - 4)
        self.heard_at = time.monotonic()
        return self._parsed(raw)

    def close(self) -> None:
        with suppress(OSError):
            self._socket.close()

    def _is_waiting(self, seconds: float) -> bool:
        if isinstance(self._socket, ssl.SSLSocket) and self._socket.pending():
            return True
        try:
            return bool(select.select([self._socket], [], [], seconds)[0])
        except (OSError, ValueError):
            raise Broken("closed") from None

    def _exactly(self, size: int) -> bytes:
        """So many bytes. A packet that stops half-way ends the connection: the next would be read askew."""
        deadline, read = time.monotonic() + PACKET_SECONDS, b""
        while len(read) < size:
            try:
                part = self._socket.recv(size - len(read))
            except OSError:
                raise Broken("read") from None
            if not part or time.monotonic() > deadline:
                raise Broken("ended")
            read += part
        return read

    def _write(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError:
            raise Broken("write") from None

    def _answer(self, name: str, sequence: int, status: int) -> None:
        with self._lock:
            packet = smpp.make_pdu(name, client=self, sequence=sequence, status=status)
            packet.sequence, packet.status = sequence, status
            self._write(packet.generate())

    def _parsed(self, raw: bytes) -> Any | None:
        """The packet; one that cannot be read is refused for good, or the centre would send it for ever."""
        _size, command, _status, sequence = _HEADER.unpack(raw[: _HEADER.size])
        try:
            get_command_name(command)
            if command == _DELIVER_SM:
                raw = _readable(raw)
            return smpp.parse_pdu(raw, client=self, allow_unknown_opt_params=True)
        except (UnknownCommandError, struct.error, ValueError, TypeError, AttributeError, LookupError):
            log.warning("smpp.unreadable", command=command)
            if command == _DELIVER_SM:
                self._answer("deliver_sm_resp", sequence, consts.SMPP_ESME_RX_P_APPN)
            elif not command & _IS_ANSWER:
                self._answer("generic_nack", sequence, consts.SMPP_ESME_RINVCMDID)
            return None


def _readable(raw: bytes) -> bytes:
    """A deliver_sm with no optional field but those we read, each as long as it must be. Raises where it ends early.

    smpplib reads past the end of a short packet and makes up a message, and stumbles over fields that it knows from
    other packets: words of a person would be refused for a field nobody needs.
    """
    at = _HEADER.size
    for skip in (2, 2, 3, 0, 4):
        at = raw.index(b"\0", at) + 1 + skip
    at += 1 + raw[at]
    if at > len(raw):
        raise ValueError("the text is cut off")
    kept = raw[_HEADER.size : at]
    while at + _FIELD.size <= len(raw):
        tag, size = _FIELD.unpack_from(raw, at)
        end = at + _FIELD.size + size
        if _is_wanted(tag, size) and end <= len(raw):
            kept += raw[at:end]
        at = end
    return (_HEADER.size + len(kept)).to_bytes(4) + raw[4 : _HEADER.size] + kept


def _is_wanted(tag: int, size: int) -> bool:
    shortest, longest = _WANTED.get(tag, (1, 0))
    return shortest <= size <= longest


def _secured(plain: socket.socket, host: str) -> ssl.SSLSocket:
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise

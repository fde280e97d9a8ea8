"""A short message centre (SMPP 3.4) with packets of its own making: what our client writes is read by other code.

Checked itself against Kannel's bearerbox (test_kannel.py). It takes messages, joins their parts, throttles, falls
silent, hangs up before or after taking, sends receipts late, twice or not at all, and delivers people's messages,
again and again until they are answered well.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

HEADER = struct.Struct(">LLLL")
BIND_TRX, SUBMIT, DELIVER, UNBIND, ENQUIRE = 0x09, 0x04, 0x05, 0x06, 0x15
BINDS = {0x01, 0x02, 0x09}
ANSWER = 0x80000000
OK, SYSTEM_ERROR, BAD_PASSWORD, THROTTLED, BAD_NUMBER = 0x00, 0x08, 0x0E, 0x58, 0x0B
TRY_LATER = 0x64
RECEIPT, HEADER_INSIDE = 0x04, 0x40
PAYLOAD_TAG, RECEIPTED_TAG, STATE_TAG = 0x0424, 0x001E, 0x0427
STATES = {"DELIVRD": 2, "EXPIRED": 3, "DELETED": 4, "UNDELIV": 5, "ACCEPTD": 6, "UNKNOWN": 7, "REJECTD": 8}


@dataclass(frozen=True)
class Submit:
    """One part as it came. `body` is without its header."""

    message_id: str
    source: str
    destination: str
    coding: int
    body: bytes
    header: bytes
    wants_receipt: bool
    at: float = field(default_factory=time.monotonic)

    @property
    def part(self) -> tuple[int, int, int] | None:
        """Reference, number of parts, which part; None for a message in one piece."""
        return (self.header[3], self.header[4], self.header[5]) if self.header[:3] == b"\x05\x00\x03" else None


@dataclass(frozen=True)
class Mishap:
    """What happens to the next submit: a status instead of an id; a silence; a hang-up before or after taking it."""

    status: int = OK
    silent: bool = False
    hang_up: str = ""


class Smsc:
    """Listens on loopback. `receipts`: state sent at once for every message that wants one; empty: on command only.

    `patient`: what people say is brought again when it was answered with an error for now, and after a new bind when
    it was not answered at all, as operators do.
    """

    def __init__(
        self,
        *,
        user: str = "tanggap",
        password: str = "secret",
        receipts: str = "",
        hex_ids: bool = False,
        patient: bool = False,
    ):
        self.user, self.password, self.receipts, self.hex_ids = user, password, receipts, hex_ids
        self.submits: list[Submit] = []
        self.answers: list[tuple[int, int]] = []  # (sequence, status) of deliver_sm_resp
        self.binds = 0
        self.enquiries = 0
        self.patient = patient
        self._owed: dict[int, bytes] = {}  # what was brought and not answered well, by the sequence of its packet
        self._last = (0, b"")
        self._mishaps: deque[Mishap] = deque()
        self._connections: list[_Connection] = []
        self._numbers = count(1001)
        self._sequences = count(1)
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"smpp://{self.user}:{self.password}@127.0.0.1:{self.port}/?from=1708&rate=1000"

    def __enter__(self) -> Smsc:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.hang_up()

    def mishap(self, mishap: Mishap, *, times: int = 1) -> None:
        with self._lock:
            self._mishaps.extend([mishap] * times)

    def hang_up(self) -> None:
        """End every connection, as an operator's restart does."""
        for connection in self.connections():
            connection.close()

    def connections(self) -> list[_Connection]:
        with self._lock:
            return [connection for connection in self._connections if connection.bound and not connection.closed]

    def messages(self) -> list[tuple[str, str]]:
        """(destination, text) of every whole message, each once however often its parts came."""
        whole: dict[tuple[str, bytes], str] = {}
        parts: dict[tuple[str, int], dict[int, Submit]] = {}
        for submit in list(self.submits):
            if submit.part is None:
                whole.setdefault((submit.destination, submit.body), _text(submit.coding, submit.body))
                continue
            reference, total, number = submit.part
            got = parts.setdefault((submit.destination, reference), {})
            got[number] = submit
            if len(got) == total:
                body = b"".join(got[index].body for index in sorted(got))
                whole.setdefault((submit.destination, body), _text(submit.coding, body))
        return [(destination, text) for (destination, _body), text in whole.items()]

    def doubles(self) -> dict[tuple[str, bytes, bytes], int]:
        """Parts that were taken more than once, by destination, header and content."""
        seen = Counter((one.destination, one.header, one.body) for one in list(self.submits))
        return {name: number for name, number in seen.items() if number > 1}

    def receipt(self, message_id: str, state: str = "DELIVRD", *, times: int = 1, tlv: bool = True) -> list[int]:
        """Send a receipt, so many times; the sequence numbers of the packets."""
        number = str(int(message_id, 16)) if self.hex_ids else message_id
        text = (
            f"id:{number} sub:001 dlvrd:001 submit date:2611211000 done date:2611211001 stat:{state} err:000 text:Lapor"
        )
        tags = b""
        if tlv:
            name = number.encode() + b"\0"
            tags = struct.pack(">HH", RECEIPTED_TAG, len(name)) + name
            tags += struct.pack(">HHB", STATE_TAG, 1, STATES.get(state, 7))
        submit = next((one for one in list(self.submits) if one.message_id == message_id), None)
        sender, to = (submit.destination, submit.source) if submit else ("6281200000000", "1708")
        return [self._deliver(sender, to, text.encode(), RECEIPT, 0, tags) for _time in range(times)]

    def say(self, sender: str, text: str, *, to: str = "1708") -> int:
        """A person's message to us; the sequence number of its packet."""
        try:
            return self._deliver(sender, to, text.encode("ascii"), 0, 0, b"")
        except UnicodeEncodeError:
            return self._deliver(sender, to, text.encode("utf-16-be"), 0, 8, b"")

    def bring(
        self, sender: str, body: bytes, *, to: str = "1708", coding: int = 0, header: bytes = b"", tags: bytes = b""
    ) -> int:
        """A packet of a person's, as its phone made it; the sequence number."""
        return self._deliver(sender, to, header + body, HEADER_INSIDE if header else 0, coding, tags)

    def send_raw(self, data: bytes) -> None:
        """Whatever it is, to the newest connection."""
        self.connections()[-1].write(data)

    def _deliver(self, sender: str, to: str, body: bytes, esm_class: int, coding: int, tags: bytes) -> int:
        sequence = next(self._sequences)
        packed = b"\0" + _address(sender) + _address(to) + bytes([esm_class, 0, 0]) + b"\0\0" + bytes([0, 0, coding, 0])
        packed += bytes([len(body)]) + body + tags
        if self.patient:
            self._owed[sequence] = packed
        self.connections()[-1].send(DELIVER, OK, sequence, packed)
        return sequence

    def owe_again(self) -> None:
        """Forget that the last message was answered, as when the answer was lost with the line."""
        self._owed[self._last[0]] = self._last[1]

    def _answered(self, connection: _Connection, sequence: int, status: int) -> None:
        packed = self._owed.pop(sequence, b"")
        self._last = (sequence, packed)
        self.answers.append((sequence, status))
        if packed and status == TRY_LATER:
            self._bring_again(connection, packed)

    def _bring_again(self, connection: _Connection, packed: bytes) -> None:
        sequence = next(self._sequences)
        self._owed[sequence] = packed
        connection.send(DELIVER, OK, sequence, packed)

    def _accept(self) -> None:
        while True:
            try:
                plain, _peer = self._listener.accept()
            except OSError:
                return
            connection = _Connection(plain)
            with self._lock:
                self._connections.append(connection)
            threading.Thread(target=connection.serve, args=(self._act,), daemon=True).start()

    def _act(self, connection: _Connection, command: int, status: int, sequence: int, body: bytes) -> None:
        if command in BINDS:
            self._bind(connection, command, sequence, body)
        elif command == SUBMIT:
            self._submit(connection, sequence, body)
        elif command == ENQUIRE:
            self.enquiries += 1
            connection.send(ENQUIRE | ANSWER, OK, sequence)
        elif command == UNBIND:
            connection.send(UNBIND | ANSWER, OK, sequence)
            connection.close()
        elif command == DELIVER | ANSWER:
            self._answered(connection, sequence, status)

    def _bind(self, connection: _Connection, command: int, sequence: int, body: bytes) -> None:
        user, password = (part.decode() for part in body.split(b"\0")[:2])
        if (user, password) != (self.user, self.password):
            connection.send(command | ANSWER, BAD_PASSWORD, sequence)
            connection.close()
            return
        self.binds += 1
        connection.bound = True
        connection.send(command | ANSWER, OK, sequence, b"smsc\0")
        owed, self._owed = self._owed, {}
        for packed in owed.values():
            self._bring_again(connection, packed)

    def _submit(self, connection: _Connection, sequence: int, body: bytes) -> None:
        with self._lock:
            mishap = self._mishaps.popleft() if self._mishaps else Mishap()
        if mishap.status:
            connection.send(SUBMIT | ANSWER, mishap.status, sequence)
            return
        if mishap.hang_up == "before":
            connection.close()
            return
        number = next(self._numbers)
        taken = _read_submit(body, f"{number:X}" if self.hex_ids else str(number))
        self.submits.append(taken)
        if mishap.hang_up:
            connection.close()
        elif not mishap.silent:
            connection.send(SUBMIT | ANSWER, OK, sequence, taken.message_id.encode() + b"\0")
            if self.receipts and taken.wants_receipt:
                self.receipt(taken.message_id, self.receipts)


class _Connection:
    """One client."""

    def __init__(self, plain: socket.socket) -> None:
        self._plain = plain
        self._lock = threading.Lock()
        self.bound = self.closed = False

    def send(self, command: int, status: int, sequence: int, body: bytes = b"") -> None:
        self.write(HEADER.pack(HEADER.size + len(body), command, status, sequence) + body)

    def write(self, data: bytes) -> None:
        with self._lock, suppress(OSError):
            self._plain.sendall(data)

    def serve(self, act: Callable[[_Connection, int, int, int, bytes], None]) -> None:
        with suppress(OSError, EOFError):
            while True:
                size, command, status, sequence = HEADER.unpack(self._exactly(HEADER.size))
                act(self, command, status, sequence, self._exactly(size - HEADER.size))
        self.close()

    def close(self) -> None:
        self.closed = True
        with suppress(OSError):
            self._plain.shutdown(socket.SHUT_RDWR)
        self._plain.close()

    def _exactly(self, size: int) -> bytes:
        read = b""
        while len(read) < size:
            part = self._plain.recv(size - len(read))
            if not part:
                raise EOFError
            read += part
        return read


class _Fields:
    """Reads a body from left to right."""

    def __init__(self, body: bytes) -> None:
        self._body, self._at = body, 0

    def text(self) -> str:
        end = self._body.index(b"\0", self._at)
        value, self._at = self._body[self._at : end], end + 1
        return value.decode("latin-1")

    def byte(self) -> int:
        self._at += 1
        return self._body[self._at - 1]

    def take(self, size: int) -> bytes:
        self._at += size
        return self._body[self._at - size : self._at]

    def tags(self) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        while self._at + 4 <= len(self._body):
            tag, size = struct.unpack(">HH", self.take(4))
            found[tag] = self.take(size)
        return found


def _read_submit(body: bytes, message_id: str) -> Submit:
    fields = _Fields(body)
    fields.text()
    fields.take(2)
    source = fields.text()
    fields.take(2)
    destination = fields.text()
    esm_class = fields.byte()
    fields.take(2)
    fields.text()
    fields.text()
    wants_receipt = bool(fields.byte() & 0x03)
    fields.byte()
    coding = fields.byte()
    fields.byte()
    text = fields.take(fields.byte())
    text = text or fields.tags().get(PAYLOAD_TAG, b"")
    header = b""
    if esm_class & HEADER_INSIDE:
        header, text = text[: text[0] + 1], text[text[0] + 1 :]
    return Submit(message_id, source, destination, coding, text, header, wants_receipt)


def _address(number: str) -> bytes:
    kind = b"\x01\x01" if len(number) > 8 else b"\x03\x00"
    return kind + number.encode() + b"\0"


def _text(coding: int, body: bytes) -> str:
    """ASCII is the same in the default alphabet, but for the few signs our test texts do not use."""
    return body.decode("utf-16-be") if coding == 8 else body.decode("latin-1")

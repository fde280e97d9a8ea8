"""WhatsApp, Telegram, a gateway with Kannel's sendsms form, a push service and a webhook receiver, in one HTTP server.

For tests and bench alike (no pytest in here):

    with Providers() as peers:
        peers.fail("whatsapp", Fault(status=503), times=3)
        … hand peers.settings("whatsapp") to the transport …
        peers.taken("whatsapp")            # what was accepted, in order
        peers.whatsapp_report(("wamid.1", "delivered"))   # body and headers of the report

`taken` holds every request that was carried out, also where the answer was lost on the way: the place to look for
doubles. `key` is the idempotency key where the protocol has one.
"""

from __future__ import annotations

import hmac
import json
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.faults.peers import media

CHANNELS = ("whatsapp", "telegram", "sms", "webpush", "webhook", "media")
LONGEST_HANG = 60.0


@dataclass(frozen=True)
class Fault:
    """How one request goes wrong. Without `carried_out` the provider does nothing; with it only the answer suffers.

    `body` is sent with `status`; `hang` seconds pass before anything is answered; `drop` ends the connection instead
    of answering; `drip` sends a byte of the head every so many seconds; `huge` sends so many bytes of body.
    """

    status: int = 503
    body: Mapping[str, Any] | str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: float = 0
    drop: bool = False
    drip: float = 0
    huge: int = 0
    carried_out: bool = False


def whatsapp_error(code: int, *, status: int = 400, details: str = "") -> Fault:
    """An error of the Graph API."""
    error = {"message": f"(#{code}) …", "type": "OAuthException", "code": code, "fbtrace_id": "A1"}
    error["error_data"] = {"messaging_product": "whatsapp", "details": details}
    return Fault(status=status, body={"error": error})


def telegram_error(code: int, description: str, **parameters: Any) -> Fault:
    said: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        said["parameters"] = parameters
    return Fault(status=code, body=said)


@dataclass(frozen=True)
class Taken:
    """One message a provider carried out."""

    channel: str
    address: str
    text: str
    provider_id: str
    key: str = ""
    kind: str = "text"
    parameters: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes = b""
    query: Mapping[str, str] = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic)


class Providers:
    """All of them behind one port. `closed_windows`: WhatsApp numbers whose 24 hours are over."""

    def __init__(self) -> None:
        self.secret = "app-secret-of-the-stub"
        self.closed_windows: set[str] = set()
        self.files: dict[str, bytes] = {}
        self.file_urls: dict[str, str] = {}
        self.requests: Counter[str] = Counter()
        self._taken: list[Taken] = []
        self._faults: dict[str, deque[Fault]] = {channel: deque() for channel in CHANNELS}
        self._always: dict[str, Fault] = {}
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> Providers:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def settings(self, channel: str) -> dict[str, str]:
        """What a ChannelConfig of this stub holds."""
        base = {"api_base": self.url, "secret": self.secret}
        return {
            "whatsapp": {**base, "token": "wa-token", "phone_number_id": "1055", "verify_token": "verify-me"},
            "telegram": {**base, "token": "42:TG"},
            "sms": {"http": f"{self.url}/cgi-bin/sendsms?username=u&password=p&from=1708", "secret": self.secret},
            "webpush": {"allow_private": "1"},
            "webhook": {"secret": self.secret, "allow_private": "1"},
        }[channel]

    def fail(self, channel: str, fault: Fault, *, times: int = 1) -> None:
        """The next so many requests of this channel go wrong."""
        with self._lock:
            self._faults[channel].extend([fault] * times)

    def fail_always(self, channel: str, fault: Fault | None) -> None:
        """Every request goes wrong from now on; None makes it good again."""
        with self._lock:
            if fault is None:
                self._always.pop(channel, None)
            else:
                self._always[channel] = fault

    def taken(self, channel: str | None = None) -> list[Taken]:
        with self._lock:
            return [one for one in self._taken if channel in (None, one.channel)]

    def doubles(self, channel: str | None = None) -> dict[tuple[str, str, str], int]:
        """What was carried out more than once, by channel, address and key (or text, where there is no key)."""
        seen = Counter((one.channel, one.address, one.key or one.text) for one in self.taken(channel))
        return {name: number for name, number in seen.items() if number > 1}

    def whatsapp_report(self, *statuses: tuple[Any, ...], at: int | None = None) -> tuple[bytes, dict[str, str]]:
        """Body and headers of a report. A status is (id, state) or (id, "failed", code), in the order wished."""
        entries = [_status(status, at or int(time.time())) for status in statuses]
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "622150001708", "phone_number_id": "1055"},
            "statuses": entries,
        }
        change = {"value": value, "field": "messages"}
        body = json.dumps(
            {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [change]}]}
        ).encode()
        return body, self.whatsapp_signature(body)

    def whatsapp_signature(self, body: bytes) -> dict[str, str]:
        digest = hmac.new(self.secret.encode(), body, sha256).hexdigest()
        return {"X-Hub-Signature-256": f"sha256={digest}", "Content-Type": "application/json"}

    def sms_report(self, message: Taken, state: int) -> str:
        """The address the gateway would fetch: 1 delivered, 2 not delivered, 16 refused by the operator."""
        return message.query["dlr-url"].replace("%d", str(state))

    # Used by the handler.
    def next_fault(self, channel: str) -> Fault | None:
        with self._lock:
            self.requests[channel] += 1
            if self._faults[channel]:
                return self._faults[channel].popleft()
            return self._always.get(channel)

    def keep(self, message: Taken) -> None:
        with self._lock:
            self._taken.append(message)

    def number(self) -> int:
        return next(self._numbers)

    def wait(self, seconds: float) -> None:
        """Until the time passed or the server ends."""
        self._over.wait(min(seconds, LONGEST_HANG))


def _status(status: tuple[Any, ...], at: int) -> dict[str, Any]:
    provider_id, state, *code = status
    told: dict[str, Any] = {
        "id": provider_id,
        "status": state,
        "timestamp": str(at),
        "recipient_id": "6281200000000",
    }
    if code:
        told["errors"] = [{"code": code[0], "title": "…", "message": "…", "error_data": {"details": "…"}}]
    return told


def _handler_of(peers: Providers) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body leave in two writes; without this each answer would wait 40 ms for the other side.
        disable_nagle_algorithm = True

        def log_message(self, *_arguments: Any) -> None:
            """Nothing: what a provider hears is nobody's log line."""

        def do_POST(self) -> None:
            self._serve()

        do_GET = do_POST  # noqa: N815

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = urlsplit(self.path).path
            channel = "media" if media.is_media(self.command, path) else _channel_of(path)
            if channel is None:
                self._answer(404, {"error": "unknown address"})
                return
            fault = peers.next_fault(channel)
            if channel == "media" and fault is None:
                self._answer(*media.answer(peers, self.path, self.headers))
                return
            if fault is None or fault.carried_out:
                status, said, message = _CARRY[channel](peers, self.path, body, self.headers)
                if message is not None:
                    peers.keep(message)
                if fault is None:
                    self._answer(status, said)
                    return
            self._go_wrong(fault)

        def _go_wrong(self, fault: Fault) -> None:
            if fault.hang:
                peers.wait(fault.hang)
            if fault.drop:
                self.close_connection = True
                self.connection.close()
            elif fault.drip:
                self._drip(fault.drip)
            elif fault.huge:
                self._flood(fault.huge)
            else:
                self._answer(fault.status, fault.body, fault.headers)

        def _answer(self, status: int, said: Any, headers: Mapping[str, str] | None = None) -> None:
            body = said if isinstance(said, bytes) else said.encode() if isinstance(said, str) else _json(said)
            try:
                self.send_response(status)
                self.send_header("Content-Type", "text/plain" if isinstance(said, str) else "application/json")
                self.send_header("Content-Length", str(len(body)))
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def _drip(self, seconds: float) -> None:
            self.close_connection = True
            try:
                for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 2000:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    peers.wait(seconds)
            except OSError:
                return

        def _flood(self, size: int) -> None:
            self.close_connection = True
            try:
                self.send_response(200)
                self.end_headers()
                for _block in range(size // 65536 + 1):
                    self.wfile.write(b"x" * 65536)
            except OSError:
                return

    return Handler


def _json(said: Any) -> bytes:
    return json.dumps(said).encode()


def _channel_of(path: str) -> str | None:
    if path.startswith("/bot"):
        return "telegram"
    if path.endswith("/messages"):
        return "whatsapp"
    return {"cgi-bin": "sms", "push": "webpush", "hook": "webhook", "hooks": "webhook"}.get(path.split("/")[1])


Carried = tuple[int, Any, Taken | None]


def _whatsapp(peers: Providers, path: str, body: bytes, headers: Any) -> Carried:
    if headers.get("Authorization") != "Bearer wa-token":
        return 401, whatsapp_error(190).body, None
    asked = json.loads(body)
    # A person without a number is named by `recipient`; an id in `to` would be taken and never arrive.
    number, kind = asked.get("to") or asked.get("recipient", ""), asked.get("type")
    if asked.get("messaging_product") != "whatsapp" or number.isdecimal() != ("to" in asked) or not number:
        return 400, whatsapp_error(100).body, None
    if kind == "text" and number in peers.closed_windows:
        return 400, whatsapp_error(131047).body, None
    parameters: tuple[str, ...] = ()
    if kind == "template":
        parts = asked["template"].get("components", [])
        parameters = tuple(value["text"] for part in parts for value in part["parameters"])
        if any(not value or "\n" in value for value in parameters):
            return 400, whatsapp_error(132018).body, None
        text = asked["template"]["name"]
    else:
        text = asked["text"]["body"]
    provider_id = f"wamid.{peers.number()}"
    key = asked.get("biz_opaque_callback_data", "")
    taken = Taken("whatsapp", number, text, provider_id, key, kind, parameters, dict(headers), body)
    said = {
        "messaging_product": "whatsapp",
        "contacts": [{"input": number, "wa_id": number}],
        "messages": [{"id": provider_id, "message_status": "accepted"}],
    }
    return 200, said, taken


def _telegram(peers: Providers, path: str, body: bytes, headers: Any) -> Carried:
    if path != "/bot42:TG/sendMessage":
        return 404, telegram_error(404, "Not Found").body, None
    asked = json.loads(body)
    if not asked.get("text"):
        return 400, telegram_error(400, "Bad Request: message text is empty").body, None
    number, chat = peers.number(), str(asked["chat_id"])
    result = {"message_id": number, "date": int(time.time()), "chat": {"id": chat}, "text": asked["text"]}
    return 200, {"ok": True, "result": result}, Taken("telegram", chat, asked["text"], str(number), raw=body)


def _sms(peers: Providers, path: str, body: bytes, headers: Any) -> Carried:
    query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    if (query.get("username"), query.get("password")) != ("u", "p"):
        return 403, "Authorization failed for sendsms", None
    if not query.get("to") or "text" not in query:
        return 400, "Missing receiver and/or text, rejected", None
    key = parse_qs(urlsplit(query.get("dlr-url", "")).query).get("id", [""])[0]
    taken = Taken("sms", query["to"], query["text"], str(peers.number()), key, raw=body, query=query)
    return 202, "0: Accepted for delivery", taken


def _webpush(peers: Providers, path: str, body: bytes, headers: Any) -> Carried:
    given = {name.lower(): value for name, value in headers.items()}
    if not given.get("authorization", "").startswith("vapid ") or given.get("content-encoding") != "aes128gcm":
        return 400, "bad push", None
    taken = Taken("webpush", path, "", str(peers.number()), given.get("topic", ""), headers=given, raw=body)
    return 201, "", taken


def _webhook(peers: Providers, path: str, body: bytes, headers: Any) -> Carried:
    given = {name.lower(): value for name, value in headers.items()}
    key = given.get("idempotency-key", "")
    return 204, "", Taken("webhook", path, body.decode(), str(peers.number()), key, headers=given, raw=body)


_CARRY = {"whatsapp": _whatsapp, "telegram": _telegram, "sms": _sms, "webpush": _webpush, "webhook": _webhook}

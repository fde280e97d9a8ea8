"""Meta's Graph API (pages, Messenger, Instagram) and X's API v2 as far as we use them, in one HTTP server.

    with Social() as peers:
        peers.settings("meta")                       # what a ChannelConfig of this stub holds
        peers.meta_signature(body)                   # headers of a webhook call
        peers.mentions.append(post("1001", "77", "#LAPOR …"))
        peers.taken("facebook")                      # what was accepted, in order

Who is in `closed_windows` wrote longer than 24 hours ago or never; who is in `unreachable` takes no messages;
`private_once` holds posts that were answered in private already. Faults work as in `providers.py`.
"""

from __future__ import annotations

import hmac
import json
import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.faults.peers.providers import Fault

PAGE, ACCOUNT, X_USER, X_NAME = "1708000001", "17841400001708", "440001708", "lapor_contoh"
Answered = tuple[int, Any]


@dataclass(frozen=True)
class Said:
    """One thing a network carried out. `address` is the person, or the post that was answered."""

    channel: str
    kind: str
    address: str
    text: str
    provider_id: str
    raw: Mapping[str, Any] = field(default_factory=dict)


def graph_error(code: int, subcode: int = 0, *, status: int = 400) -> Fault:
    """An error of the Graph API."""
    error: dict[str, Any] = {"message": "(#…) …", "type": "OAuthException", "code": code, "fbtrace_id": "A1"}
    return Fault(status=status, body={"error": error | ({"error_subcode": subcode} if subcode else {})})


def x_problem(
    status: int, *, kind: str = "about:blank", detail: str = "", headers: Mapping[str, str] | None = None
) -> Fault:
    """A problem of X's API."""
    return Fault(status=status, body={"title": "…", "type": kind, "detail": detail}, headers=headers or {})


class Social:
    """Both networks behind one port."""

    def __init__(self) -> None:
        self.secret = "app-secret-of-the-page"
        self.closed_windows: set[str] = set()
        self.unreachable: set[str] = set()
        self.private_once: set[str] = set()
        self.private_people: dict[str, str] = {}
        self.comments: dict[str, dict[str, Any]] = {}
        self.mentions: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}
        self.closed_messages: set[str] = set()
        self.calls: list[tuple[str, str, dict[str, str]]] = []
        self.requests: Counter[str] = Counter()
        self._said: list[Said] = []
        self._faults: dict[str, deque[Fault]] = {"meta": deque(), "x": deque()}
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> Social:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def settings(self, kind: str) -> dict[str, str]:
        """What `channel add` is told."""
        if kind == "x":
            return {"token": "x-token", "account": X_NAME, "api_base": self.url}
        return {
            "secret": self.secret, "verify_token": "verify-me", "token": "page-token", "page_id": PAGE,
            "instagram_id": ACCOUNT, "account": "lapor.contoh", "api_base": f"{self.url}/v24.0",
        }  # fmt: skip

    def fail(self, network: str, fault: Fault, *, times: int = 1) -> None:
        """The next so many requests of `meta` or `x` go wrong."""
        with self._lock:
            self._faults[network].extend([fault] * times)

    def taken(self, channel: str | None = None, kind: str | None = None) -> list[Said]:
        with self._lock:
            return [one for one in self._said if channel in (None, one.channel) and kind in (None, one.kind)]

    def meta_signature(self, body: bytes, secret: str = "") -> dict[str, str]:
        digest = hmac.new((secret or self.secret).encode(), body, sha256).hexdigest()
        return {"X-Hub-Signature-256": f"sha256={digest}", "Content-Type": "application/json"}

    # Used by the handler.
    def next_fault(self, network: str) -> Fault | None:
        with self._lock:
            self.requests[network] += 1
            return self._faults[network].popleft() if self._faults[network] else None

    def keep(self, said: Said) -> None:
        with self._lock:
            self._said.append(said)

    def number(self) -> int:
        return next(self._numbers)


def _handler_of(peers: Social) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_arguments: Any) -> None:
            """Nothing: what a provider hears is nobody's log line."""

        def do_POST(self) -> None:
            self._serve()

        do_GET = do_POST  # noqa: N815

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            peers.calls.append((self.command, parts.path, query))
            if parts.path in peers.files:
                self._answer(200, peers.files[parts.path])
                return
            network, answering = ("x", _x) if parts.path.startswith("/2/") else ("meta", _meta)
            fault = peers.next_fault(network)
            if fault is not None and not fault.carried_out:
                self._go_wrong(fault)
                return
            status, said = answering(peers, self.command, parts.path, query, body, self.headers)
            if fault is None:
                self._answer(status, said)
            else:
                self._go_wrong(fault)

        def _go_wrong(self, fault: Fault) -> None:
            if fault.drop:
                self.close_connection = True
                self.connection.close()
            else:
                self._answer(fault.status, fault.body, fault.headers)

        def _answer(self, status: int, said: Any, headers: Mapping[str, str] | None = None) -> None:
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "image/jpeg" if isinstance(said, bytes) else "application/json")
                self.send_header("Content-Length", str(len(body)))
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

    return Handler


def _meta(peers: Social, method: str, path: str, query: Mapping[str, str], body: bytes, headers: Any) -> Answered:
    if headers.get("Authorization") != "Bearer page-token":
        return _refused(190, status=401)
    _version, node, *edge = path.strip("/").split("/")
    if method == "GET":
        return _read(peers, node, query)
    asked = json.loads(body)
    if edge == ["messages"] and node == PAGE:
        return _message(peers, asked)
    kinds = {"comments": ("facebook", "reply"), "replies": ("instagram", "reply"), "mentions": ("instagram", "mention")}
    if not edge or edge[0] not in kinds or not asked.get("message"):
        return _refused(100)
    channel, kind = kinds[edge[0]]
    address = str(asked.get("comment_id") or asked["media_id"]) if kind == "mention" else node
    provider_id = f"{node}_{peers.number()}"
    peers.keep(Said(channel, kind, address, asked["message"], provider_id, asked))
    return 200, {"id": provider_id}


def _message(peers: Social, asked: Mapping[str, Any]) -> Answered:
    recipient, text = asked["recipient"], asked["message"]["text"]
    post = recipient.get("comment_id") or recipient.get("post_id")
    person = str(recipient.get("id") or peers.private_people.get(str(post), ""))
    channel = "instagram" if person.startswith("178") or str(post).startswith("179") else "facebook"
    if person in peers.unreachable:
        return _refused(551, 1545041)
    if post and post in peers.private_once:
        return _refused(10900)
    if not post and person in peers.closed_windows:
        return _refused(10, 2018278)
    if len(text.encode()) > 1000 and channel == "instagram":
        return _refused(100)
    if post:
        peers.private_once.add(str(post))
    provider_id = f"m_{peers.number()}"
    kind = "private" if post else "message"
    peers.keep(Said(channel, kind, str(post or person), text, provider_id, dict(asked)))
    return 200, {"recipient_id": person, "message_id": provider_id}


def _read(peers: Social, node: str, query: Mapping[str, str]) -> Answered:
    wanted = query.get("fields", "")
    for number, found in peers.comments.items():
        if node == number:
            return 200, found
        if f"({number})" in wanted:
            name = "mentioned_comment" if wanted.startswith("mentioned_comment") else "mentioned_media"
            return 200, {name: found, "id": node}
    return _refused(100, 33)


def _refused(code: int, subcode: int = 0, status: int = 400) -> Answered:
    return status, graph_error(code, subcode).body


def _x(peers: Social, method: str, path: str, query: Mapping[str, str], body: bytes, headers: Any) -> Answered:
    given = headers.get("Authorization", "")
    if given != "Bearer x-token" and not given.startswith("OAuth "):
        return 401, x_problem(401).body
    for ending, answering in _X:
        if path.startswith(ending) or path.endswith(ending):
            return answering(peers, path, query, body)
    return 404, x_problem(404).body


def _user(peers: Social, path: str, query: Mapping[str, str], body: bytes) -> Answered:
    return 200, {"data": {"id": X_USER, "name": "Lapor", "username": X_NAME}}


def _mentions(peers: Social, path: str, query: Mapping[str, str], body: bytes) -> Answered:
    """Newest first, as X gives them; `since_id` and `until_id` leave out the post they name."""
    since, until = int(query.get("since_id", 0)), int(query.get("until_id", 1 << 62))
    found = sorted(peers.mentions, key=lambda one: -int(one["id"]))
    found = [one for one in found if since < int(one["id"]) < until]
    start, most = int(query.get("pagination_token", "0")), int(query.get("max_results", "10"))
    page = found[start : start + most]
    meta: dict[str, Any] = {"result_count": len(page)}
    if page:
        meta |= {"newest_id": page[0]["id"], "oldest_id": page[-1]["id"]}
    if start + most < len(found):
        meta["next_token"] = str(start + most)
    return 200, {"data": page, "meta": meta} if page else {"meta": meta}


def _dm_events(peers: Social, path: str, query: Mapping[str, str], body: bytes) -> Answered:
    found = sorted(peers.messages, key=lambda one: -int(one["id"]))[: int(query.get("max_results", "100"))]
    return 200, {"data": found, "meta": {"result_count": len(found)}}


def _post(peers: Social, path: str, query: Mapping[str, str], body: bytes) -> Answered:
    asked = json.loads(body)
    if len(asked["text"]) > 280:
        return 400, x_problem(400).body
    if any(one.text == asked["text"] for one in peers.taken("x", "reply")):
        return 403, x_problem(403, detail="You are not allowed to create a Tweet with duplicate content.").body
    number = str(900_000 + peers.number())
    peers.keep(Said("x", "reply", asked["reply"]["in_reply_to_tweet_id"], asked["text"], number, asked))
    return 201, {"data": {"id": number, "text": asked["text"]}}


def _dm(peers: Social, path: str, query: Mapping[str, str], body: bytes) -> Answered:
    person, asked = path.split("/")[4], json.loads(body)
    if person in peers.closed_messages:
        return 403, x_problem(403, detail="You do not have permission to DM one or more participants.").body
    number = str(700_000 + peers.number())
    peers.keep(Said("x", "message", person, asked["text"], number, asked))
    return 201, {"data": {"dm_conversation_id": f"{person}-{X_USER}", "dm_event_id": number}}


_X: list[tuple[str, Callable[[Social, str, Mapping[str, str], bytes], Answered]]] = [
    ("/2/users/by/username/", _user), ("/mentions", _mentions), ("/2/dm_events", _dm_events),
    ("/2/tweets", _post), ("/2/dm_conversations/with/", _dm),
]  # fmt: skip


def post(number: str, author: str, text: str, **more: Any) -> dict[str, Any]:
    """A post that names us, as the mentions timeline gives it."""
    return {"id": number, "author_id": author, "text": text, "created_at": "2026-11-23T02:59:00.000Z", **more}


def direct(number: str, author: str, text: str, **more: Any) -> dict[str, Any]:
    """A direct message, as `dm_events` gives it."""
    return {
        "id": number, "event_type": "MessageCreate", "sender_id": author, "text": text,
        "dm_conversation_id": f"{author}-{X_USER}", "created_at": "2026-11-23T02:59:30.000Z", **more,
    }  # fmt: skip

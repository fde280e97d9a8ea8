"""Somebody who reads the whole site: a signed-in or anonymous client and what came back to it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.test import Client

from tanggap.accounts.models import Person
from tests.cast import POSTS, Cast
from tests.journeys.console import sign_in
from tests.safety.world import Marked, World

LONGEST_BODY = 20_000_000


@dataclass
class Seen:
    """One answer: where, with which status, and everything that came back, headers included."""

    address: str
    status: int
    body: str
    content_type: str


def visitor(person: str, cast: Cast, world: World) -> Client:
    """A client for a person of the table. A reporter holds the codes of all cases, an owner is signed in."""
    if person in POSTS:
        return sign_in(cast, person).client
    client = Client(raise_request_exception=True)
    if person == "owner":
        client.force_login(cast.person("citizen"), backend="allauth.account.auth_backends.AuthenticationBackend")
    elif person == "stranger":
        someone = Person.objects.create(email="orang.lain@contoh.id", name="Orang Lain", password="!")
        client.force_login(someone, backend="allauth.account.auth_backends.AuthenticationBackend")
    elif person == "reporter":
        for marked in world:
            client.post(f"/l/{marked.number}/kode", {"code": marked.secret_code, "kode": marked.secret_code})
    return client


def read(client: Client, address: str, method: str = "get", **data: Any) -> Seen:
    """Ask for an address and read the answer to its end."""
    response = getattr(client, method)(address, **data)
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    text = _content(response).decode("utf-8", errors="replace")
    return Seen(address, response.status_code, f"{headers}\n{text}", response.get("Content-Type", ""))


def _content(response: Any) -> bytes:
    streaming = getattr(response, "streaming", False)
    content: bytes = b"".join(response.streaming_content) if streaming else response.content
    assert len(content) < LONGEST_BODY
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def canaries_in(text: str, world: World) -> Iterator[tuple[Marked, str]]:
    """The fields of the cases that a text shows, however they are spelled or encoded."""
    plain = unquote(text).lower()
    digits = re.sub(r"(?<=\d)[\s.\-]+(?=\d)", "", plain)
    for marked in world:
        for name, spellings in marked.canaries.items():
            if any(canary.lower() in plain or canary.lower() in digits for canary in spellings):
                yield marked, name

"""What somebody was sending when the session had ended: kept sealed until they have signed in again.

Only for a browser in which somebody signed in before, and shown only to that same person: office computers are shared,
and a colleague must not read what the one before wrote about a case. Passwords and files are never kept.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from tanggap.accounts.models import Person
from tanggap.common import clock
from tanggap.common.crypto import CannotUnseal, keyed_digest, seal, unseal
from tanggap.common.errorpages import SECRETS

COOKIE = "pemilik"
COOKIE_AGE = timedelta(days=30)
SALT = "kept-owner"
SESSION_KEY = "tulisan_tertahan"
CONTEXT = "kept-post"
LIFETIME = timedelta(hours=2)
LARGEST = 200_000
"""Characters of all fields together: a session row should stay a row."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One form, ready to be sent again."""

    path: str
    back: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """What is worth reading again before sending."""
        return [value for _name, value in self.fields if len(value) > 20]


def keep(request: HttpRequest) -> bool:
    """Keep the form of this request for its owner; whether that was possible."""
    owner = _owner(request)
    fields = _fields(request)
    if owner is None or sum(len(name) + len(value) for name, value in fields) > LARGEST:
        return False
    content = {
        "path": request.get_full_path(),
        "back": _same_site_path(request.headers.get("Referer", "")),
        "fields": fields,
        "had_files": bool(request.FILES),
        "owner": owner,
        "until": (clock.now() + LIFETIME).timestamp(),
    }
    sealed = seal(json.dumps(content).encode(), context=CONTEXT)
    request.session[SESSION_KEY] = b64encode(sealed).decode()
    return True


def kept_for(request: HttpRequest, person: Person) -> Kept | None:
    """What was kept for this person in this browser; anything else is dropped."""
    content = _content(request)
    if content is None:
        return None
    if content["owner"] != owner_digest(person) or content["until"] < clock.now().timestamp():
        forget(request)
        return None
    fields = tuple((str(name), str(value)) for name, value in content["fields"])
    return Kept(content["path"], content["back"] or "/kerja/", fields, content["had_files"])


def forget(request: HttpRequest) -> None:
    """Drop it: sent again, or not to be sent."""
    request.session.pop(SESSION_KEY, None)


def owner_digest(person: Person) -> str:
    """Who sits at this browser, for a cookie that says it to nobody else."""
    return keyed_digest(f"{SALT}:{person.key}")[:32]


def mark_owner(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """Remember in the browser who worked here last; a cookie, because the session is what ends."""
    digest = owner_digest(person)
    if _owner(request) != digest:
        response.set_cookie(
            COOKIE,
            signing.dumps(digest, salt=SALT),
            max_age=COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=settings.HTTPS,
        )


def _owner(request: HttpRequest) -> str | None:
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=COOKIE_AGE))
    except signing.BadSignature:
        return None


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and not any(secret in name.lower() for secret in SECRETS)
        for value in values
    ]


def _same_site_path(address: str) -> str:
    path = urlsplit(address).path
    return path if path.startswith("/kerja/") else ""


def _content(request: HttpRequest) -> dict[str, Any] | None:
    stored = request.session.get(SESSION_KEY)
    if not stored:
        return None
    try:
        content: dict[str, Any] = json.loads(unseal(b64decode(stored), context=CONTEXT))
    except (CannotUnseal, ValueError):
        forget(request)
        return None
    return content

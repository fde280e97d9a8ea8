"""Signing requests to X with OAuth 1.0a (RFC 5849): keys that do not expire, where a bearer token does in two hours."""

from __future__ import annotations

import base64
import hmac
import secrets
import time
from collections.abc import Mapping
from hashlib import sha1
from urllib.parse import parse_qsl, quote, urlsplit

SIGNING = ("token_secret", "consumer_key", "consumer_secret")


def authorization(settings: Mapping[str, str], method: str, url: str) -> str:
    """The header for one request: signed where the keys for it are set, else the bearer token."""
    if not all(settings.get(name) for name in SIGNING):
        return f"Bearer {settings['token']}"
    return signed(settings, method, url, nonce=secrets.token_hex(16), at=int(time.time()))


def signed(settings: Mapping[str, str], method: str, url: str, *, nonce: str, at: int) -> str:
    """The OAuth header. A JSON body is no part of what is signed, the query is."""
    oauth = {
        "oauth_consumer_key": settings["consumer_key"],
        "oauth_nonce": nonce,
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(at),
        "oauth_token": settings["token"],
        "oauth_version": "1.0",
    }
    parts = urlsplit(url)
    everything = sorted((_safe(name), _safe(value)) for name, value in [*parse_qsl(parts.query, True), *oauth.items()])
    joined = "&".join(f"{name}={value}" for name, value in everything)
    base = "&".join(_safe(part) for part in (method, f"{parts.scheme}://{parts.netloc}{parts.path}", joined))
    key = f"{_safe(settings['consumer_secret'])}&{_safe(settings['token_secret'])}"
    signature = base64.b64encode(hmac.digest(key.encode(), base.encode(), sha1)).decode()
    shown = sorted({**oauth, "oauth_signature": signature}.items())
    return "OAuth " + ", ".join(f'{name}="{_safe(value)}"' for name, value in shown)


def _safe(text: str) -> str:
    return quote(text, safe="-._~")

"""Sealing, blind indexes, keyed digests and signatures, all with the keys of one ring (see keyring.py).

A sealed blob is: one byte length of the key id, the key id, a nonce of 12 bytes, AES-256-GCM ciphertext with
its tag. Key id and `context` are associated data: a blob moved to another row or column does not open.
"""

from __future__ import annotations

import hmac
import json
import secrets
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from tanggap.common.keyring import KeyRing, KeysMissing

__all__ = [
    "CannotUnseal",
    "KeyRing",
    "KeysMissing",
    "blind_index",
    "keyed_digest",
    "keyring",
    "public_key",
    "reload_keyring",
    "ring_path",
    "seal",
    "seal_json",
    "sign",
    "unseal",
    "unseal_json",
    "verify_signature",
]

RING = "ring.json"
_NONCE_BYTES = 12
_INDEX_BYTES = 16


class CannotUnseal(Exception):
    """The blob was altered, belongs to another context, or its key is not in the ring."""


def ring_path() -> Path:
    """Where the ring of this instance lies."""
    return Path(settings.KEYS_DIR) / RING


@lru_cache(maxsize=4)
def _ring_at(folder: Path, may_create: bool) -> KeyRing:
    path = Path(folder) / RING
    return KeyRing.create(path) if may_create else KeyRing.load(path)


def keyring() -> KeyRing:
    """The ring of this instance, read once per process.

    In production a missing ring is an error (KeysMissing), never a reason to make a new one: identities sealed
    with a silently made ring would be lost when the real one is restored. The launcher makes it on first run.
    """
    return _ring_at(settings.KEYS_DIR, not getattr(settings, "PRODUCTION", False))


def reload_keyring() -> KeyRing:
    """Read the ring again, after a rotation by this or another process."""
    _ring_at.cache_clear()
    return keyring()


def seal(data: bytes, *, context: str) -> bytes:
    """Encrypt `data` so that it opens only with this ring and the same `context` (e.g. `"reporter:12"`)."""
    ring = keyring()
    key_id = ring.current.encode()
    header = bytes([len(key_id)]) + key_id
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return header + nonce + AESGCM(ring.keys[ring.current]).encrypt(nonce, data, header + context.encode())


def unseal(blob: bytes | memoryview, *, context: str) -> bytes:
    """The sealed data. Raises CannotUnseal for anything but an untouched blob of this context."""
    blob = bytes(blob)  # the database hands out a memoryview
    start = 1 + blob[0] if blob else 0
    header, nonce, ciphertext = blob[:start], blob[start : start + _NONCE_BYTES], blob[start + _NONCE_BYTES :]
    key = _key_named(header[1:].decode("ascii", "replace"))
    if key is None or len(nonce) != _NONCE_BYTES:
        raise CannotUnseal("unknown key or damaged blob")
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, header + context.encode())
    except InvalidTag:
        raise CannotUnseal("altered blob or wrong context") from None


def _key_named(key_id: str) -> bytes | None:
    """The key, reading the file again once: another process may have rotated since this one started."""
    return keyring().keys.get(key_id) or reload_keyring().keys.get(key_id)


def seal_json(value: Any, *, context: str) -> bytes:
    """Seal a JSON value."""
    return seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), context=context)


def unseal_json(blob: bytes | memoryview, *, context: str) -> Any:
    """The JSON value sealed by `seal_json`. Raises CannotUnseal."""
    return json.loads(unseal(blob, context=context))


def blind_index(kind: str, value: str) -> bytes:
    """16 bytes by which an equal value of the same kind is found again, but not read."""
    message = len(kind.encode()).to_bytes(2) + kind.encode() + value.encode()
    return hmac.digest(keyring().index_key, message, sha256)[:_INDEX_BYTES]


def keyed_digest(text: str) -> str:
    """Hex digest that proves a text without storing it; keyed, so that short texts cannot be guessed."""
    return hmac.new(keyring().ledger_key, text.encode(), sha256).hexdigest()


def sign(data: bytes) -> bytes:
    """Ed25519 signature (64 bytes) by this instance."""
    return Ed25519PrivateKey.from_private_bytes(keyring().signing_key).sign(data)


def public_key() -> bytes:
    """The 32 bytes with which anybody checks the signatures of this instance; may be published."""
    return Ed25519PrivateKey.from_private_bytes(keyring().signing_key).public_key().public_bytes_raw()


def verify_signature(data: bytes, signature: bytes, *, key: bytes | None = None) -> bool:
    """Whether `signature` over `data` was made with `key` (default: this instance's public key)."""
    try:
        Ed25519PublicKey.from_public_bytes(key or public_key()).verify(bytes(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True

"""Who proved to come from the provider is let in, under the settings of this moment."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from hashlib import sha256

from tanggap.channels.hooks.door import Door, door_of

NOT_OPEN, NOT_PROVED, TAKEN = 404, 403, 200

Proof = Callable[[Door], bool]
Take = Callable[[Door], bool]


def is_signed(body: bytes, given: str, secret: str) -> bool:
    """Whether `given` (`sha256=…`) was made of this very body with the secret; an empty secret proves nothing."""
    expected = "sha256=" + hmac.digest(secret.encode(), body, sha256).hex()
    return bool(secret) and hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def let_in(channel: str, brand: str, proof: Proof, take: Take) -> int:
    """Run `take` for whoever fits `proof`; the status to answer with.

    First by the settings this process knows. They are read again when the proof fails or when `take` finds, by giving
    False, that others hold by now; whoever fails under the present ones is refused.
    """
    seen = door_of(channel, brand)
    if seen is not None and proof(seen) and take(seen):
        return TAKEN
    present = door_of(channel, brand, afresh=True)
    if present is None:
        return NOT_OPEN
    if not proof(present):
        return NOT_PROVED
    return TAKEN if take(present) else NOT_OPEN

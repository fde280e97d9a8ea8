"""Proof of work: a number that makes the hash of a challenge begin with zeros. Pure.

Cheap for one report, dear for ten thousand. No third party and no puzzle that somebody cannot see or hear.
"""

from __future__ import annotations

from hashlib import sha256

LONGEST_PROOF = 20


def is_proof(challenge: str, proof: str, bits: int) -> bool:
    """Whether SHA-256 of `<challenge>:<proof>` begins with `bits` zero bits; `proof` is a whole number in digits."""
    if not (proof.isascii() and proof.isdigit() and len(proof) <= LONGEST_PROOF):
        return False
    return zero_bits(sha256(f"{challenge}:{proof}".encode()).digest()) >= bits


def zero_bits(digest: bytes) -> int:
    """How many bits at the beginning are zero."""
    number = int.from_bytes(digest)
    return len(digest) * 8 - number.bit_length()

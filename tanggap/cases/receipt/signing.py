"""A signature inside the PDF that anybody checks offline: a comment line, Ed25519 over all other bytes (ADR 0042)."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tanggap.common.crypto import public_key, sign, verify_signature

MARK: Final = b"%TANGGAP-ED25519 "
_LINE: Final = re.compile(rb"^" + MARK + rb"([A-Za-z0-9+/]{86}==)\n", re.MULTILINE)
_END: Final = b"startxref\n"


def signed_pdf(pdf: bytes) -> bytes:
    """`pdf` with its signature as a comment before the last `startxref`, where it moves no offset.

    A comment is the one place that readers skip and PDF/A allows; behind the end it would not be allowed.
    """
    place = pdf.rindex(_END)
    line = MARK + b64encode(sign(pdf)) + b"\n"
    return pdf[:place] + line + pdf[place:]


def is_signed(pdf: bytes, *, key: bytes | None = None) -> bool:
    """Whether exactly one signature stands in it, and is ours (or `key`'s) over all the rest."""
    found = _LINE.findall(pdf)
    if len(found) != 1:
        return False
    return verify_signature(_LINE.sub(b"", pdf), b64decode(found[0]), key=key)


def public_key_pem() -> bytes:
    """The key in the form that openssl reads; may be published."""
    key = Ed25519PublicKey.from_public_bytes(public_key())
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

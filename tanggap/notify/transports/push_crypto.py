"""What a push service asks for: payloads sealed for one browser (RFC 8291, RFC 8188) and a signed sender (RFC 8292).

A page of code over `cryptography` instead of a library that brings an HTTP client and an event loop of its own; held
to the worked example of RFC 8291.
"""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD_BYTES = 4096
# The order of the curve P-256 (FIPS 186): a private key is a number below it.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def plain(text: str) -> bytes:
    """Bytes of URL-safe base64, padded or not."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def written(data: bytes) -> str:
    """URL-safe base64 without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def derived_key(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """The instance's own key on P-256, always the same for the same seed: nothing more to keep, back up or lose."""
    number = int.from_bytes(_stretched(seed, b"tanggap web push", b"vapid p256", 48))
    return ec.derive_private_key(number % (_ORDER - 1) + 1, ec.SECP256R1())


def sealed_for(
    plaintext: bytes,
    *,
    browser: bytes,
    secret: bytes,
    salt: bytes | None = None,
    ours: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body of a push message, in one record. `browser` is its public point, `secret` what it shares with us."""
    salt = salt or secrets.token_bytes(16)
    ours = ours or ec.generate_private_key(ec.SECP256R1())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), browser)
    shared = ours.exchange(ec.ECDH(), theirs)
    sender = point(ours.public_key())
    material = _stretched(shared, secret, b"WebPush: info\0" + browser + sender, 32)
    key = _stretched(material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _stretched(material, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + RECORD_BYTES.to_bytes(4) + bytes([len(sender)]) + sender
    return header + AESGCM(key).encrypt(nonce, plaintext + b"\x02", None)


def authorization(key: ec.EllipticCurvePrivateKey, *, audience: str, contact: str, expires: int) -> str:
    """The value of the Authorization header: a token signed by us for one push service."""
    header = {"typ": "JWT", "alg": "ES256"}
    claims = {"aud": audience, "exp": expires, "sub": contact}
    text = ".".join(written(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(SHA256())))
    token = f"{text}.{written(r.to_bytes(32) + s.to_bytes(32))}"
    return f"vapid t={token}, k={written(point(key.public_key()))}"


def _stretched(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256 (RFC 5869)."""
    key = hmac.digest(salt, material, sha256)
    made, block = b"", b""
    for number in range(1, -(-length // 32) + 1):
        block = hmac.digest(key, block + info + bytes([number]), sha256)
        made += block
    return made[:length]

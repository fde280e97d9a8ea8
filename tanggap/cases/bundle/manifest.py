"""The list of a bundle's files with their hashes, in one spelling, signed. Pure but for the signature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from tanggap.ledger.chain import canonical_json

FORMAT = 1
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"


def manifest_of(files: Mapping[str, bytes], *, tracking_id: str, made_at: datetime, key: bytes, head: str) -> bytes:
    """The bytes that are signed. `head` is the hash of the case's last event, which ties it to the ledger."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "tracking_id": tracking_id,
        "made_at": made_at.isoformat(),
        "public_key": key.hex(),
        "ledger_head": head,
        "files": [
            {"name": name, "bytes": len(data), "sha256": sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        ],
    }
    return canonical_json(content) + b"\n"

"""Keeping a document that the product made itself: nothing to check, the same storage under its hash."""

from __future__ import annotations

from datetime import datetime

from tanggap.common.crypto import seal
from tanggap.files import storage
from tanggap.files.limits import Kind
from tanggap.files.models import StoredFile, new_token


def keep_document(*, content: bytes, name: str, owner: str, now: datetime) -> StoredFile:
    """Store a PDF of ours for `owner` (`letter:3`), as internal. A rollback leaves a stray that the purge removes."""
    with storage.incoming() as received:
        received.write_bytes(content)
        sha256, size = storage.keep(received)
    stored = StoredFile(
        token=new_token(),
        owner=owner,
        kind=Kind.DOCUMENT.value,
        media_type="application/pdf",
        sha256=sha256,
        size=size,
        created_at=now,
    )
    stored.name_sealed = seal(name.encode(), context=stored.seal_context)
    stored.save(force_insert=True)
    return stored

"""The same submission sent again is the same case: the submitter's key, and the receipt it gives back (ADR 0005)."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from tanggap.cases.models import Case, SubmissionKey
from tanggap.common.crypto import seal, unseal
from tanggap.common.errors import Refused

KEY_LIVES = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Once:
    """The submitter's own key for one submission, and a digest of what was sent with it.

    `lives` is longer than a day for a van that may be days without network, after sending what it never heard of again.
    """

    key: str
    body_digest: bytes
    lives: timedelta = KEY_LIVES


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the citizen takes home. The secret code exists here and nowhere else in clear."""

    case: Case
    secret_code: str
    repeated: bool = False


def key_digest(key: str) -> bytes:
    """All that is kept of a key."""
    return hashlib.sha256(b"submission-key:" + key.encode()).digest()


def row_of(key: str) -> SubmissionKey | None:
    """The submission a key was used for, however long ago."""
    rows = SubmissionKey.objects.select_related("case__agency", "case__brand")
    return rows.filter(key_digest=key_digest(key)).first()


def is_past(row: SubmissionKey, now: datetime) -> bool:
    """Whether the key is free again."""
    return (row.kept_until or row.created_at + KEY_LIVES) <= now


def receipt_in(row: SubmissionKey, key: str) -> Receipt:
    """The receipt once given for the key."""
    code = unseal(bytes(row.sealed_code), context="submission:" + key).decode()
    return Receipt(row.case, code, repeated=True)


def repeated(once: Once, now: datetime) -> Receipt | None:
    """The receipt of an earlier submission; a key past its time is free again. Raises Refused for another body."""
    row = row_of(once.key)
    if row is None:
        return None
    if is_past(row, now):
        row.delete()
        return None
    if not hmac.compare_digest(bytes(row.body_digest), once.body_digest):
        raise Refused(
            _("Kunci ini sudah dipakai untuk laporan dengan isi lain. Laporan yang pertama tetap tersimpan."),
            code="idempotency_conflict",
        )
    return receipt_in(row, once.key)


def past(now: datetime) -> Q:
    """The same as a condition."""
    return Q(kept_until__lte=now) | Q(kept_until__isnull=True, created_at__lt=now - KEY_LIVES)


def remember(once: Once, case: Case, secret_code: str, now: datetime) -> None:
    """Keep the receipt for its time, sealed so that only the holder of the key can ask for it."""
    SubmissionKey.objects.create(
        key_digest=key_digest(once.key),
        body_digest=once.body_digest,
        case=case,
        # The key itself is the associated data: without it, which only the submitter holds, this stays shut.
        sealed_code=seal(secret_code.encode(), context="submission:" + once.key),
        created_at=now,
        kept_until=now + once.lives if once.lives != KEY_LIVES else None,
    )

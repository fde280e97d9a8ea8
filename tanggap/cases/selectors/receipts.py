"""A receipt that was given and is asked for again, by the key of its submission."""

from __future__ import annotations

from datetime import datetime

from tanggap.cases.once import Receipt, is_past, receipt_in, row_of


def receipt_of_key(key: str, *, now: datetime) -> Receipt | None:
    """The receipt of the submission made with this key; None where none was, or its time has passed."""
    row = row_of(key)
    return receipt_in(row, key) if row is not None and not is_past(row, now) else None

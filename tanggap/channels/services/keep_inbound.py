"""Keeping what a provider brings, before the provider is told that we have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any

from tanggap.channels.models import Inbound
from tanggap.common.crypto import blind_index, seal
from tanggap.common.jobs import wake_after_commit
from tanggap.common.statements import run_prepared

TASK = "take"
QUEUE = "inbox"
LONGEST_ID = 200
_DIFFERS = ("external_id", "sealed", "sender_index")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message of a payload: the provider's id, its own piece of the payload, and who sent it (`Sender.account`)."""

    external_id: str
    payload: bytes
    sender: str = ""


def keep_inbound(
    *, channel: str, brand: str, parcels: Sequence[Parcel], now: datetime, under: bytes | None = None
) -> bool:
    """Write the messages down, sealed, in their order; what is known already changes nothing.

    One statement, whole or not at all. Acknowledge only after the commit. With `under`, the sealed settings by which
    the parcels were proved, nothing is kept and False returned when the channel has other settings by now.
    """
    if not parcels and under is None:
        return True
    row = Inbound(channel=channel, brand=brand, received_at=now)
    columns: tuple[list[str], list[bytes], list[bytes | None]] = ([], [], [])
    for parcel in parcels:
        row.external_id = _shortened(parcel.external_id)
        columns[0].append(row.external_id)
        columns[1].append(seal(parcel.payload, context=row.context))
        columns[2].append(blind_index(f"inbound-{channel}", parcel.sender) if parcel.sender else None)
    statement, fixed = _statement()
    values = [getattr(row, name) for name in fixed]
    open_doors, kept = run_prepared(statement, [under, channel, brand, *columns, *values])
    if kept:
        wake_after_commit(task=TASK, queue=QUEUE, channel=channel)
    return bool(open_doors)


def _shortened(external_id: str) -> str:
    """The id as far as it fits; what is cut off stays told apart by its digest."""
    if len(external_id) <= LONGEST_ID:
        return external_id
    digest = sha256(external_id.encode("utf-8", "replace")).hexdigest()
    return f"{external_id[: LONGEST_ID - len(digest) - 1]}#{digest}"


@cache
def _statement() -> tuple[str, list[str]]:
    """The one INSERT of every message, and the attributes it takes once for all of them, after its six parameters.

    The door is looked at in the same statement, so that it costs no way to the database of its own.
    """
    row = Inbound(channel="-", brand="-", received_at=datetime.now(UTC))
    fields: list[Any] = [field for field in Inbound._meta.concrete_fields if not field.primary_key]
    fixed = [field for field in fields if field.attname not in _DIFFERS and getattr(row, field.attname) is not None]
    names = [*(field.column for field in fixed), *_DIFFERS]
    places = [*(f"${place}" for place in range(7, 7 + len(fixed))), *(f"one.{name}" for name in _DIFFERS)]
    query = f"""
        WITH door AS (
            SELECT 1 WHERE $1::bytea IS NULL OR EXISTS (
                SELECT FROM notify_channelconfig WHERE channel = $2 AND brand = $3 AND enabled AND sealed = $1
            )
        ), kept AS (
            INSERT INTO channels_inbound ({", ".join(names)})
            SELECT {", ".join(places)}
            FROM door, unnest($4::text[], $5::bytea[], $6::bytea[]) WITH ORDINALITY
                AS one({", ".join(_DIFFERS)}, place)
            ORDER BY place
            ON CONFLICT (channel, external_id) DO NOTHING
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM door), (SELECT count(*) FROM kept)
    """  # noqa: S608 - our own names
    return query, [field.attname for field in fixed]

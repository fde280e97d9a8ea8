"""Whether intake is guarded now, what a new case then costs, and which sources are blocked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from tanggap.cases.models import IntakeBlock, IntakeGuard
from tanggap.cases.sources import DEVICE, INTAKE, network_digest, source_digest
from tanggap.common.crypto import blind_index
from tanggap.common.errors import TooMany
from tanggap.common.hashcash import is_proof
from tanggap.directory.cache import revision_cached

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Work:
    """What a browser has to do before a report is taken: find a proof, or wait so many seconds."""

    challenge: str
    bits: int
    wait_seconds: int


def guard_is_on(now: datetime) -> bool:
    """Whether new cases have to be worked or waited for. Noticed within a second of the row's change."""
    guard = _guard()
    if guard is None or guard.mode == IntakeGuard.Mode.OFF:
        return False
    return guard.mode == IntakeGuard.Mode.ON or (guard.on_until is not None and guard.on_until > now)


def work_for(key: str, now: datetime) -> Work | None:
    """What the report with this key costs now; None while nobody floods us.

    The challenge is made of the key, which makes one case and no more, and of the hour: proofs can neither be used
    twice nor be laid up in store.
    """
    guard = _guard()
    if guard is None or not key or not guard_is_on(now):
        return None
    return Work(_challenge(key, now), guard.bits, guard.wait_seconds)


def proves(key: str, proof: str, now: datetime) -> bool:
    """Whether the work for this key was done in this hour or the one before."""
    guard = _guard()
    return guard is not None and any(is_proof(_challenge(key, hour), proof, guard.bits) for hour in (now, now - HOUR))


def refuse_blocked(address: str, device: str, now: datetime) -> None:
    """Raise TooMany where the address, its network or the browser is blocked."""
    blocks = [block for block in _blocks() if block[2] > now]
    if not blocks:
        return
    known = {
        (source_digest(address, now, kind=INTAKE), None),
        (source_digest(device, now, kind=DEVICE), None),
        *((network_digest(address, prefix), prefix) for _digest, prefix, _until in blocks if prefix is not None),
    }
    until = max((end for digest, prefix, end in blocks if (digest, prefix) in known), default=None)
    if until is not None:
        raise TooMany(
            _(
                "Kiriman dari jaringan ini sedang kami tahan karena disalahgunakan. Anda tetap dapat melapor lewat "
                "SMS ke 1708, WhatsApp, atau loket."
            ),
            code="blocked",
            retry_after=max(1, int((until - now).total_seconds())),
        )


def _challenge(key: str, now: datetime) -> str:
    return blind_index("intake-work", f"{now.astimezone(UTC):%Y-%m-%dT%H}:{key}").hex()


@dataclass(frozen=True, slots=True)
class _Guard:
    """The row, as a value."""

    mode: str
    on_until: datetime | None
    bits: int
    wait_seconds: int


@revision_cached
def _guard() -> _Guard | None:
    row = IntakeGuard.objects.filter(pk=1).first()
    return None if row is None else _Guard(row.mode, row.on_until, row.bits, row.wait_seconds)


@revision_cached
def _blocks() -> tuple[tuple[bytes, int | None, datetime], ...]:
    rows = IntakeBlock.objects.filter(lifted_at=None).values_list("digest", "prefix", "ends_at")
    return tuple((bytes(digest), prefix, ends_at) for digest, prefix, ends_at in rows)

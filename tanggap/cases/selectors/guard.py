"""What the page of the guard shows: the switch, the blocks that hold, and who sends most today."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.db.models import QuerySet, Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from tanggap.cases.models import IntakeBlock, IntakeCount, IntakeGuard
from tanggap.cases.sources import DEED_DIGEST
from tanggap.common.errors import Invalid

SHOWN = 10


def guard_row() -> IntakeGuard:
    """The switch, as it stands or as it ships."""
    return IntakeGuard.objects.filter(pk=1).first() or IntakeGuard()


def open_blocks(now: datetime) -> QuerySet[IntakeBlock]:
    """The blocks that hold now, the next to end first."""
    return IntakeBlock.objects.filter(lifted_at=None, ends_at__gt=now).order_by("ends_at", "pk")


def busiest_sources(now: datetime) -> list[tuple[str, int]]:
    """The sources that sent most new cases since midnight (UTC), by the digest of the day, and how many.

    Searches and pieces of files are counted beside them and far more often: they would push the flood off the list.
    """
    since = datetime.combine(now.astimezone(UTC).date(), time.min, UTC)
    counts = IntakeCount.objects.annotate(bytes=Length("source_digest")).filter(bytes__gt=DEED_DIGEST)
    rows = counts.filter(period_starts_at__gte=since, amount__gt=0).values("source_digest")
    found = rows.annotate(sent=Sum("amount")).order_by("-sent")[:SHOWN]
    return [(bytes(row["source_digest"]).hex(), row["sent"]) for row in found]


def source_of(name: str, now: datetime) -> bytes:
    """The digest of a source of today's counts. Raises Invalid for any other."""
    if name not in dict(busiest_sources(now)):
        raise Invalid(_("Sumber ini tidak ada di hitungan hari ini."), code="unknown_source")
    return bytes.fromhex(name)

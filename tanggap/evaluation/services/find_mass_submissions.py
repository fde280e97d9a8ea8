"""Looking for mass submissions among what came lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from tanggap.cases.models import Case, Reporter
from tanggap.evaluation.models import MassPolicy, MassSubmission
from tanggap.routing.near_duplicates import Piece, distinct, near_groups

LOOKS_BACK = timedelta(days=60)
INDEXES = ("phone_index", "email_index", "account_index", "sender_index")


def find_mass_submissions(*, now: datetime, since: datetime | None = None) -> int:
    """Write the clusters that began within sixty days (or since a moment) anew; how many there are.

    What began earlier stays as it was found. Each body in a transaction of its own; may run twice.
    """
    policy = MassPolicy.objects.filter(valid_from__lte=now.date()).order_by("-valid_from").first()
    if policy is None:
        return 0
    start = since or now - LOOKS_BACK
    bodies = Case.objects.filter(received_at__gte=start, received_at__lte=now, body__isnull=False)
    ids = bodies.order_by("body_id").values_list("body_id", flat=True).distinct()
    return sum(_look_at(body_id, start, now, policy) for body_id in ids if body_id is not None)


@transaction.atomic
def _look_at(body_id: int, start: datetime, now: datetime, policy: MassPolicy) -> int:
    # A cluster that began before is found whole, so that it is not taken for a new and smaller one.
    earlier = start - LOOKS_BACK
    cases = Case.objects.filter(
        body_id=body_id,
        received_at__gte=earlier,
        received_at__lte=now,
        guarded=False,
        anonymous=False,
        merged_into=None,
    )
    times: dict[int, datetime] = {}
    pieces = []
    rows = cases.values_list("pk", "region_id", "received_at", "narrative__public_text").order_by("pk")
    for pk, region, at, text in rows.iterator(chunk_size=2000):
        times[pk] = at
        pieces.append(Piece(pk, _place(region), at, text or ""))
    groups = near_groups(pieces, like=float(policy.likeness), within=policy.within)
    found = [keys for keys in groups if len(keys) >= policy.minimum and times[keys[0]] >= start]
    MassSubmission.objects.filter(body_id=body_id, first_at__gte=start).delete()
    MassSubmission.objects.bulk_create(
        MassSubmission(
            body_id=body_id,
            first_at=times[keys[0]],
            last_at=times[keys[-1]],
            case_ids=keys,
            reporters=distinct(marks := list(_marks(keys))),
            unknown=len(keys) - len(marks),
        )
        for keys in found
    )
    return len(found)


def _place(region: str | None) -> str:
    """The district, or the wider region, or nowhere."""
    return ".".join((region or "").split(".")[:3])


def _marks(case_ids: list[int]) -> Iterator[frozenset[bytes]]:
    """What tells the reporters of cases apart; nothing for those who left nothing."""
    for row in Reporter.objects.filter(case_id__in=case_ids).values_list(*INDEXES):
        marks = frozenset(bytes(value) for value in row if value is not None)
        if marks:
            yield marks

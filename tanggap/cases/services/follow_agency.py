"""After an agency was merged or moved: the cases in its subtree belong to its new body."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import TIMER
from tanggap.cases.models import Case
from tanggap.cases.recording import save_case
from tanggap.directory.models import Agency

BATCH = 500


@transaction.atomic
def follow_agency(*, agency_id: int, now: datetime) -> int:
    """Set the body of at most a batch of cases to that of their agency, each with its event; how many changed.

    Call again until it returns 0. An old case keeps resolving either way: rows of agencies are never deleted.
    """
    agency = Agency.objects.get(pk=agency_id)
    below = Agency.objects.filter(path__startswith=agency.path)
    changed = 0
    for unit in below.exclude(body=None):
        astray = Case.objects.select_for_update(of=("self",)).select_related("agency__body")
        for case in astray.filter(agency=unit).exclude(body=unit.body).order_by("pk")[: BATCH - changed]:
            case.body_id = unit.body_id
            save_case(case, "case.body_followed", actor=TIMER, at=now, data={"agency": unit.code}, wake=False)
            changed += 1
        if changed >= BATCH:
            break
    return changed

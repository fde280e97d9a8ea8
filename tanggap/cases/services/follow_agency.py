"""After an agency was merged or moved: the cases in its subtree belong to its new body."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from tanggap.accounts.actor import TIMER
from tanggap.cases.models import Case
from tanggap.cases.recording import save_case
from tanggap.directory.models import Agency
from tanggap.directory.selectors import current

BATCH = 500


@transaction.atomic
def follow_agency(*, agency_id: int, now: datetime) -> int:
    """Set the body of at most a batch of cases to that of their agency, each with its event; how many changed.

    A merged agency's units stand below its successor, so that subtree is looked through. Call again until it
    returns 0. An old case keeps resolving either way: rows of agencies are never deleted.
    """
    agency = current(Agency.objects.select_related("merged_into").get(pk=agency_id))
    cases = Case.objects.select_for_update(of=("self",)).select_related("agency__body")
    astray = cases.filter(agency__path__startswith=agency.path).exclude(body=F("agency__body"))
    changed = 0
    for case in astray.order_by("pk")[:BATCH]:
        case.body_id = case.agency.body_id
        save_case(case, "case.body_followed", actor=TIMER, at=now, data={"agency": case.agency.code}, wake=False)
        changed += 1
    return changed

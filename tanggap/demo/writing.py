"""A batch of families into the database: acted out in memory, written by COPY."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from django.db import models

from tanggap.cases.history.bulk import copy_rows, fresh_tracking_ids, next_ids
from tanggap.cases.models import Case, Message
from tanggap.cases.searching import keep_words
from tanggap.demo.acting.family import play
from tanggap.demo.acting.played import Played
from tanggap.demo.acting.stage import Stage
from tanggap.demo.people import Troupe
from tanggap.demo.planning.cases import Family, PlannedCase
from tanggap.directory.models import Agency, Brand, Category, Region
from tanggap.directory.selectors import prepare_calendars
from tanggap.ledger.services.bulk_record import bulk_record


def write_families(
    families: Sequence[Family],
    *,
    agencies: Mapping[str, Agency],
    categories: Mapping[str, Category],
    brand: Brand | None,
    troupe: Troupe,
) -> int:
    """Write the cases with everything that belongs to them; the number of cases. The caller holds the transaction."""
    plans = [case for family in families for case in family.cases]
    prepare_calendars(agencies[code].pk for code in _offices(plans) if code in agencies)
    # No act writes more than one entry of the thread.
    most_messages = sum(len(plan.acts) for plan in plans)
    stage = Stage(
        agencies=agencies,
        regions=Region.objects.in_bulk({plan.region for plan in plans}),
        categories=categories,
        brand=brand,
        seats=troupe.seats,
        citizen=troupe.citizen,
        case_ids=iter(next_ids(Case, len(plans))),
        message_ids=iter(next_ids(Message, most_messages)),
        tracking_ids=iter(fresh_tracking_ids(len(plans))),
    )
    played = [case for family in families for case in play(family, stage)]
    _copy(played)
    keep_words([one.case.pk for one in played])
    return bulk_record(chain.from_iterable(case.entries for case in played), new_streams=True) and len(played)


def _offices(plans: Iterable[PlannedCase]) -> set[str]:
    """Codes of everything that holds one of the cases at some time."""
    return {code for plan in plans for code in (plan.place, plan.addressed, *(act.agency for act in plan.acts))}


def _copy(played: Sequence[Played]) -> None:
    copy_rows([one.case for one in played], with_id=True)
    copy_rows([one.narrative for one in played])
    copy_rows([one.reporter for one in played if one.reporter is not None])
    copy_rows(_all(one.messages for one in played), with_id=True)
    copy_rows(_all(one.legs for one in played))
    copy_rows(_all(one.holds for one in played))
    copy_rows(_all(one.subjects for one in played))
    copy_rows(_all(one.endorsements for one in played))
    copy_rows([one.assignment for one in played if one.assignment is not None])


def _all(parts: Iterable[Iterable[models.Model]]) -> list[models.Model]:
    return list(chain.from_iterable(parts))

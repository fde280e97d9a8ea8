"""The reporter lets the ombudsman know who wrote: chosen fields, recorded, and taken back at any time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.consent import CONSENTED
from tanggap.cases.identity import LONGEST
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.workflow import Action
from tanggap.common.errors import Invalid


@transaction.atomic
def consent_to_ombudsman(*, tracking_id: str, fields: Sequence[str], actor: Actor, now: datetime) -> Case:
    """Only these fields may stand in the ombudsman's bundle; none at all takes an earlier consent back.

    It is no share with a unit: who works the national queue beside the ombudsman sees nothing of it. Raises
    Forbidden, Invalid.
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.CONSENT_TO_OMBUDSMAN, case)
    advanced(case, Action.CONSENT_TO_OMBUDSMAN)
    chosen = sorted(set(fields))
    if not set(chosen) <= set(LONGEST):
        raise Invalid(_("Pilih data yang boleh diketahui Ombudsman."), field="fields", code="unknown_field")
    record_only(case, CONSENTED, actor=actor, at=now, data={"fields": chosen})
    return case

"""The reporter lets one unit see chosen fields of the identity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.identity import LONGEST
from tanggap.cases.models import Case, IdentityShare
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.workflow import Action
from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency


@transaction.atomic
def share_identity(*, tracking_id: str, agency: Agency, fields: Sequence[str], actor: Actor, now: datetime) -> Case:
    """Only the named fields, only for that unit, as long as it holds the case. Raises Forbidden, Refused, Invalid."""
    case = lock_case(tracking_id)
    authorize(actor, Action.SHARE_IDENTITY, case)
    advanced(case, Action.SHARE_IDENTITY)
    chosen = sorted(set(fields))
    if not chosen or not set(chosen) <= set(LONGEST):
        raise Invalid(_("Pilih data yang ingin Anda bagikan."), field="fields", code="unknown_field")
    if agency.pk != case.agency_id:
        raise Invalid(_("Instansi itu tidak memegang laporan ini."), field="agency", code="not_holder")
    IdentityShare.objects.create(case=case, agency=agency, fields=chosen, at=now)
    record_only(case, "case.identity_shared", actor=actor, at=now, data={"agency": agency.code, "fields": chosen})
    return case

"""The ombudsman takes the bundle of a case; that it was taken is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.bundle import Bundle, make_bundle
from tanggap.cases.policies import authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.workflow import Action


@transaction.atomic
def export_bundle(
    *, tracking_id: str, actor: Actor, now: datetime, letters: Sequence[Mapping[str, Any]] = ()
) -> Bundle:
    """The signed archive of a case the ombudsman may see. Raises Forbidden.

    The row stays locked while it is made, so that nothing happens between what it says and its hash in the ledger.
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.EXPORT_BUNDLE, case)
    bundle = make_bundle(case, now=now, letters=letters)
    record_only(case, "case.bundle_exported", actor=actor, at=now, data={"manifest": bundle.manifest_sha256})
    return bundle

"""Whom a case is about, for those who set it: the verifier, the inspector, the coordinator, the national admin."""

from __future__ import annotations

from tanggap.cases.addressing import About
from tanggap.cases.models import Case
from tanggap.common.crypto import unseal


def subjects_of(case: Case) -> About:
    """The subjects with the sealed name opened. The caller has asked the policy (Action.SET_SUBJECTS)."""
    rows = list(case.subjects.select_related("agency__body", "region").order_by("pk"))
    sealed = next((row.name_sealed for row in rows if row.name_sealed is not None), None)
    return About(
        agencies=[row.agency for row in rows if row.agency is not None],
        region=next((row.region for row in rows if row.region is not None), None),
        person_name=unseal(bytes(sealed), context=f"subject:{case.tracking_id}").decode() if sealed else "",
        person_id=next((row.person_id for row in rows if row.person_id is not None), None),
        is_head=any(row.is_head for row in rows),
    )

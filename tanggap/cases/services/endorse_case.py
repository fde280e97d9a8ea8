"""Me too: somebody else has the same problem."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, Endorsement
from tanggap.cases.policies import Disclosure, advanced, disclosure_for
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.secret_codes import endorser_index
from tanggap.cases.workflow import Action
from tanggap.common.crypto import blind_index
from tanggap.common.errors import NotFound


@transaction.atomic
def endorse_case(*, tracking_id: str, voter: str, actor: Actor, now: datetime) -> bool:
    """Count a voter once; `voter` names a device or account and is kept as a keyed digest only.

    False when counted before. Raises NotFound for a case that is not public, Refused for one that ended.
    """
    case = lock_case(tracking_id)
    if disclosure_for(actor, case) not in (Disclosure.PUBLIC, Disclosure.FULL) or not case.published:
        raise NotFound("", code="no_case")
    advanced(case, Action.ENDORSE)
    digest = blind_index("endorsement", f"{case.tracking_id}:{voter}")
    own = None if actor.person_id is None else endorser_index(actor.person_id)
    mark = {"at": now, "account_index": own}
    _row, created = Endorsement.objects.get_or_create(case=case, voter_digest=digest, defaults=mark)
    if created:
        Case.objects.filter(pk=case.pk).update(endorsements=F("endorsements") + 1)
        record_only(case, "case.endorsed", actor=actor, at=now)
    return created

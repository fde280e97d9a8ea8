"""Write down whom a case is about: from then on they find no trace of it, if it is secret or supervisory."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.addressing import About, add_subjects, address
from tanggap.cases.custody import is_subject
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.workflow import Action
from tanggap.common.errors import Refused


@transaction.atomic
def set_subjects(*, tracking_id: str, about: About, actor: Actor, now: datetime) -> Case:
    """Replace the subjects. A guarded case not yet verified moves to the inspector's desk.

    Raises Forbidden, Refused when the unit that holds the guarded case is named: forward it away first, or the
    accused would hold a case that nobody there may see.
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.SET_SUBJECTS, case)
    advanced(case, Action.SET_SUBJECTS)
    case.subjects.all().delete()
    add_subjects(case, about)
    if case.guarded and about.given and case.verified_at is None:
        case.oversight = True
        address(case, case.agency if case.agency.body_id else None, about)
    if case.guarded and is_subject(case, case.agency):
        raise Refused(
            _("Unit itu sedang memegang laporan ini. Teruskan dulu ke instansi lain."), code="holder_is_subject"
        )
    save_case(case, "case.subjects_set", actor=actor, at=now, data={"count": case.subjects.count()})
    return case

"""How satisfied the reporter is: 1 to 5. One or two is an objection too."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.services.object_to_case import object_to_case
from tanggap.cases.workflow import Action
from tanggap.common.errors import Invalid

LOWEST, HIGHEST, OBJECTS_AT_MOST = 1, 5, 2


@transaction.atomic
def rate_case(*, tracking_id: str, rating: int, actor: Actor, now: datetime, comment: str = "") -> Case:
    """Keep the rating; 1 or 2 objects as well, with the comment or the rating itself as its words.

    Raises Forbidden, Refused (nothing answered yet, objection too late), Invalid (not 1–5).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.RATE, case)
    advanced(case, Action.RATE)
    if not LOWEST <= rating <= HIGHEST:
        raise Invalid(_("Pilih nilai 1 sampai 5."), field="rating", code="wrong_rating")
    case.rating = rating
    save_case(case, "case.rated", actor=actor, at=now, data={"rating": rating})
    if rating > OBJECTS_AT_MOST:
        return case
    words = comment.strip() or _("Nilai %(rating)d dari 5.") % {"rating": rating}
    return object_to_case(tracking_id=case.tracking_id, text=words, actor=actor, now=now)

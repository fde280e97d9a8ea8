"""The second person who must agree before an anonymous reporter's identity opens."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.identity import STAYS_OPEN, refuse_if_pressed
from tanggap.cases.models import Reveal
from tanggap.cases.policies import authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.workflow import Action
from tanggap.common.errors import NotFound, Refused


@transaction.atomic
def approve_reveal(*, tracking_id: str, reveal_id: int, actor: Actor, now: datetime) -> Reveal:
    """The second person for an anonymous case: somebody else, from outside the reported agency's subtree.

    Raises Forbidden, NotFound, Refused (own request, posted inside, frozen, decided before).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.REVEAL_IDENTITY, case)
    refuse_if_pressed(case)
    reveal = Reveal.objects.select_for_update().filter(pk=reveal_id, case=case, approved_at__isnull=True).first()
    if reveal is None:
        raise NotFound(_("Permintaan ini tidak ada, atau sudah diputus."), code="no_reveal")
    reported = case.body.path if case.body else case.agency.path
    if reveal.asked_by_key == actor.key or any(post.startswith(reported) for post in actor.posts):
        raise Refused(
            _("Orang kedua harus dari luar instansi yang dilaporkan, dan bukan peminta sendiri."), code="not_second"
        )
    reveal.approved_by_key, reveal.approved_at, reveal.closes_at = actor.key, now, now + STAYS_OPEN
    reveal.save(update_fields=["approved_by_key", "approved_at", "closes_at"])
    record_only(
        case, "case.identity_revealed", actor=actor, at=now, data={"reveal": reveal.pk, "reason": reveal.reason}
    )
    return reveal

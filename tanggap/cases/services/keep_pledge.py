"""The agency says that what it promised is done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, MessageKind, Pledge
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.substance import is_acknowledgement
from tanggap.cases.texts import clean_text, write_message
from tanggap.cases.workflow import Action
from tanggap.common.errors import Invalid, Refused


@transaction.atomic
def keep_pledge(*, tracking_id: str, text: str, actor: Actor, now: datetime, pledge_id: int | None = None) -> Case:
    """Settle a promise with what was done; the one due first where none is named. The state stays as it is.

    Done after its date it is still told and shown, but counts as broken. Raises Forbidden, Refused (no open
    promise), Invalid (no words, or words that say nothing).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.KEEP_PLEDGE, case)
    advanced(case, Action.KEEP_PLEDGE)
    text = clean_text(text)
    if is_acknowledgement(text):
        raise Invalid(
            _("Sebutkan apa yang sudah dikerjakan, kapan, dan oleh siapa."), field="text", code="no_substance"
        )
    open_ones = Pledge.objects.select_for_update().filter(case=case, settled_at__isnull=True).order_by("due_at", "pk")
    pledge = (open_ones.filter(pk=pledge_id) if pledge_id is not None else open_ones).first()
    if pledge is None:
        raise Refused(_("Tidak ada janji yang masih terbuka pada laporan ini."), code="no_pledge")
    message = write_message(case, MessageKind.FULFILMENT, text, actor=actor, at=now)
    late = pledge.state == Pledge.State.BROKEN or now > pledge.due_at
    pledge.state = Pledge.State.BROKEN if late else Pledge.State.KEPT
    pledge.settled_at = now
    pledge.save(update_fields=["state", "settled_at"])
    data = {"pledge": pledge.pk, "message": message.pk, "late": late}
    record_only(case, "case.promise_kept", actor=actor, at=now, data=data)
    return case

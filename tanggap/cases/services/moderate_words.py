"""Words are taken off the public pages, or shown again: who did it and why stays in the history."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, Message, MessageKind
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.texts import clean_text, write_message
from tanggap.cases.workflow import Action, Standing
from tanggap.common.errors import Invalid, NotFound, Refused

LONGEST_REASON = 500
OWN = (MessageKind.REPLY, MessageKind.OBJECTION)


@transaction.atomic
def moderate_words(
    *, tracking_id: str, hide: bool, actor: Actor, now: datetime, reason: str = "", message_id: int | None = None
) -> Case:
    """Hide the whole case from the public or one entry of its thread, or show it again.

    An officer gives a reason, which stands in the thread for everybody who may read the case: hiding is never silent.
    Reporters hide their own entries at once and without one; nobody else shows those again. What officers read does
    not change. Raises Forbidden, Refused (already so, or the reporter hid it), NotFound, Invalid.
    """
    case = lock_case(tracking_id)
    action = Action.HIDE_WORDS if hide else Action.SHOW_WORDS
    found = authorize(actor, action, case)
    advanced(case, action)
    by_reporter = Standing.REPORTER in found
    entry = None if message_id is None else _entry(case, message_id, by_reporter=by_reporter)
    if entry is None and by_reporter:
        raise Invalid(_("Pilih balasan Anda yang ingin disembunyikan."), field="entry", code="required")
    if (entry.hidden_at is not None if entry else case.withheld) == hide:
        raise Refused(_("Kata-kata ini sudah begitu. Tidak ada yang diubah."), code="already")
    if entry is not None and not hide and entry.author_key == entry.hidden_by_key:
        raise Refused(_("Penulisnya sendiri yang menyembunyikan kata-kata ini."), code="hidden_by_author")
    data = {"message": message_id, "by_reporter": by_reporter}
    if not by_reporter:
        reason = clean_text(reason, field="reason", longest=LONGEST_REASON)
        data["explanation"] = write_message(case, MessageKind.EXPLANATION, reason, actor=actor, at=now).pk
    if entry is not None:
        entry.hidden_at = now if hide else None
        entry.hidden_by_key = (entry.author_key if by_reporter else actor.key) if hide else ""
        entry.unseen = entry.unseen and by_reporter
        entry.save(update_fields=["hidden_at", "hidden_by_key", "unseen"])
    else:
        case.withheld = hide
    save_case(case, "case.words_hidden" if hide else "case.words_shown", actor=actor, at=now, data=data, wake=False)
    return case


def _entry(case: Case, message_id: int, *, by_reporter: bool) -> Message:
    """An entry that everybody can read; the reporter's own, where the reporter asks."""
    rows = case.messages.filter(draft=False, discarded_at=None).exclude(kind=MessageKind.NOTE)
    entry = rows.filter(pk=message_id).first()
    if entry is None or (by_reporter and entry.kind not in OWN):
        raise NotFound(_("Bagian ini tidak ada."), code="no_entry")
    return entry

"""A voice note leaves the queue once its words are part of the report."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.services.transcribe_case import transcribe_case
from tanggap.channels.models import VoiceNote
from tanggap.common.errors import NotFound, Refused


@transaction.atomic
def write_voice_note(*, note_id: int, text: str, actor: Actor, now: datetime) -> Case:
    """Write down one recording. Raises NotFound, Forbidden, Refused (a colleague was faster), Invalid (no words)."""
    note = VoiceNote.objects.select_for_update(of=("self",)).select_related("case").filter(pk=note_id).first()
    if note is None:
        raise NotFound(_("Rekaman ini tidak ada."))
    if note.written_at is not None:
        raise Refused(_("Rekaman ini sudah dituliskan petugas lain. Tidak ada yang diubah."), code="written")
    case = transcribe_case(tracking_id=note.case.tracking_id, text=text, actor=actor, now=now)
    note.written_at, note.written_by_key = now, actor.key
    note.save(update_fields=["written_at", "written_by_key"])
    return case

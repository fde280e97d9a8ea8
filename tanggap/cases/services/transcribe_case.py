"""What a voice note says, written down by whoever listened to it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.texts import LONGEST_TEXT, add_transcript, clean_text
from tanggap.cases.workflow import Action
from tanggap.common.errors import Invalid


@transaction.atomic
def transcribe_case(*, tracking_id: str, text: str, actor: Actor, now: datetime) -> Case:
    """Join the words to the report; who may correct it may write them. Raises Forbidden, Refused, Invalid."""
    case = lock_case(tracking_id)
    authorize(actor, Action.CORRECT, case)
    advanced(case, Action.CORRECT)
    words = clean_text(text)
    if len(words) + len(case.narrative.agency_text) > LONGEST_TEXT:
        raise Invalid(_("Laporan ini menjadi terlalu panjang. Ringkas isi rekamannya."), field="text", code="too_long")
    add_transcript(case, words)
    save_case(case, "case.transcribed", actor=actor, at=now)
    return case

"""Internal notes: officers read them, neither the reporter nor the public."""

from __future__ import annotations

from datetime import datetime

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, MessageKind
from tanggap.cases.recording import record_only
from tanggap.cases.texts import clean_text, write_message


def add_note(case: Case, text: str, *, actor: Actor, at: datetime) -> None:
    """Write a note on a locked case, with its event. Raises Invalid (nothing written)."""
    note = write_message(case, MessageKind.NOTE, clean_text(text, field="note"), actor=actor, at=at)
    record_only(case, "case.annotated", actor=actor, at=at, data={"message": note.pk})

"""A case that became guarded: what was written to the outbox before says no more than what is written now."""

from __future__ import annotations

from django.utils import translation

from tanggap.cases.models import Case
from tanggap.cases.telling.values import bare_words
from tanggap.common.clock import now as present
from tanggap.ledger.models import Event
from tanggap.notify.services.blank_values import blank_values

GUARDING = ("case.verified", "case.corrected", "case.confidentiality_raised", "case.pressure_reported")


def hide_words(event: Event) -> None:
    """Messages that wait for the morning must not carry what was made secret at night."""
    case = Case.objects.filter(pk=event.stream.removeprefix("case:")).first()
    if case is None or not (case.guarded or case.anonymous):
        return
    with translation.override(case.language):
        blank_values(stream=case.stream, values=bare_words(), now=present())

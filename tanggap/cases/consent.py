"""What of the own identity a reporter lets the ombudsman know, as the ledger recorded it."""

from __future__ import annotations

from tanggap.cases.models import Case
from tanggap.ledger.selectors import events_of

CONSENTED = "case.ombudsman_consent"
PRESSED = "case.pressure_reported"


def consented_fields(case: Case) -> frozenset[str]:
    """The fields of the last consent; none where none was given or it was taken back.

    Speaking of pressure ends every earlier consent: it may have been given under that pressure.
    """
    last = events_of(case.stream).filter(name__in=[CONSENTED, PRESSED]).last()
    if last is None or last.name == PRESSED:
        return frozenset()
    return frozenset(str(name) for name in last.data.get("fields", ()))

"""The limits that ship with the product (DOMAIN §3), as dated rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tanggap.cases.models import (
    ClockName,
    DeadlinePolicy,
    IntakeGuard,
    IntakeLimit,
    LimitUnit,
    RetentionKind,
    RetentionRule,
)
from tanggap.cases.workflow import Classification

SINCE = date(2015, 1, 1)
SP4N = "PermenPANRB 62/2018 dan 5/2025, ringkasan umum"
OURS = "Keputusan Tanggap"

_WORKING, _CALENDAR = LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS
LIMITS: tuple[tuple[str, str, int, str, str], ...] = (
    (ClockName.VERIFICATION, "", 3, _WORKING, SP4N),
    (ClockName.FIRST_ANSWER, "", 5, _WORKING, SP4N),
    (ClockName.RESOLUTION, Classification.INFORMATION_REQUEST, 5, _WORKING, SP4N),
    (ClockName.RESOLUTION, Classification.ASPIRATION, 5, _WORKING, SP4N),
    (ClockName.RESOLUTION, Classification.COMPLAINT, 14, _WORKING, SP4N),
    (ClockName.RESOLUTION, Classification.SUPERVISORY_COMPLAINT, 60, _WORKING, SP4N),
    (ClockName.WINDOW, "", 10, _WORKING, SP4N),
    (ClockName.OBJECTION, "", 10, _WORKING, SP4N),
    (ClockName.COMPLETION, "", 10, _WORKING, OURS),
    (ClockName.STATUTORY, "", 60, _CALENDAR, "Perpres 76/2013"),
    (ClockName.INQUIRY, "", 5, _WORKING, OURS),
)
# Urgent cases only, day and night.
URGENT_HOURS: tuple[tuple[str, int], ...] = ((ClockName.VERIFICATION, 2), (ClockName.FIRST_ANSWER, 24))

# New cases per source and seconds; raised by a row, never by a setting.
INTAKE: tuple[tuple[str, int, int], ...] = (
    ("api", 60, 60),
    ("web", 20, 60),
    ("web-device", 20, 600),
    # While the guard is on: sent without work, only waited for; and programs, which are asked for no work.
    ("web-wait", 5, 3600),
    ("api-busy", 10, 60),
    # Joining others' cases, and asking for news of them.
    ("endorse", 60, 3600),
    ("follow", 10, 3600),
    # Asking that words about oneself are hidden.
    ("hiding", 5, 3600),
    # Pieces of files, and places asked for while they are typed: as much as a village behind one address needs.
    ("upload-piece", 4000, 600),
    ("region-search", 240, 60),
    # New cases of one sender in a conversation.
    *((channel, 5, 3600) for channel in ("whatsapp", "telegram", "sms", "facebook", "instagram")),
)

# Calendar days (DOMAIN §6: retention is rows).
RETENTION: tuple[tuple[str, int, str], ...] = (
    (RetentionKind.ERASURE_WAIT, 7, OURS),
    (RetentionKind.IDENTITY, 1826, OURS),
    (RetentionKind.PAYLOAD, 30, OURS),
    (RetentionKind.WAIT_LEAST, 1, OURS),
    (RetentionKind.WAIT_MOST, 30, OURS),
    # As long as the Ombudsman can still be asked, somebody has to be there to be asked back.
    (RetentionKind.IDENTITY_LEAST, 730, "UU 37/2008 pasal 24"),
)


def load(progress: Callable[[str], object]) -> int:
    """Add the rows that are missing; edited ones stay. Returns the rows written."""
    written = 0
    hours = [(clock, "", amount, LimitUnit.HOURS, OURS, True) for clock, amount in URGENT_HOURS]
    for clock, classification, amount, unit, source, urgent in [*((*row, False) for row in LIMITS), *hours]:
        _row, created = DeadlinePolicy.objects.get_or_create(
            clock=clock,
            classification=str(classification),
            agency=None,
            urgent=urgent,
            valid_from=SINCE,
            defaults={"amount": amount, "unit": unit, "source": source},
        )
        written += created
    for channel, amount, seconds in INTAKE:
        _limit, created = IntakeLimit.objects.get_or_create(
            channel=channel, defaults={"amount": amount, "seconds": seconds}
        )
        written += created
    for kind, days, source in RETENTION:
        _rule, created = RetentionRule.objects.get_or_create(
            kind=kind, valid_from=SINCE, defaults={"days": days, "source": source}
        )
        written += created
    written += IntakeGuard.objects.get_or_create(pk=1)[1]
    progress(f"batas waktu: {written} baris")
    return written

"""The ladders that ship with the product: the national default and the preset of Sampang regency (DOMAIN §4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tanggap.directory.models import Agency
from tanggap.escalation.models import Ladder, LadderStep

SINCE = date(2015, 1, 1)
NATIONAL = "Ketentuan bawaan Tanggap; besaran menurut pedoman SP4N-LAPOR!"
SAMPANG = "Praktik Kabupaten Sampang sebagaimana diumumkan"

_K = LadderStep.Kind

# (kind, offset, counted from the limit, role, template, copies); "more than n" is due on day n + 1. Offsets count
# working days, those of the urgent clock hours. Whoever is on call was told of an urgent case the moment it came.
Step = tuple[str, int, bool, str, str, list[str]]
LADDERS: dict[tuple[str, str], list[Step]] = {
    ("nasional", Ladder.Clock.VERIFICATION): [
        (_K.MESSAGE, 0, False, "coordinator", "case_received", []),
        (_K.REMINDER, 2, False, "coordinator", "verification_reminder", []),
        (_K.LETTER_1, 4, False, "sekda", "verification_letter", []),
        (_K.ESCALATION, 6, False, "national_admin", "verification_late", []),
    ],
    ("nasional", Ladder.Clock.FIRST_ANSWER): [
        (_K.MESSAGE, 0, False, "liaison_officer", "case_forwarded", []),
        (_K.REMINDER, 1, False, "liaison_officer", "answer_reminder", []),
        (_K.REMINDER, 3, False, "liaison_officer", "answer_reminder", []),
        (_K.LETTER_1, 6, False, "unit_head", "letter_1", ["coordinator"]),
        (_K.LETTER_2, 8, False, "unit_head", "letter_2", []),
        (_K.ESCALATION, 11, False, "regional_head", "escalation", ["sekda", "national_admin"]),
    ],
    ("nasional", Ladder.Clock.RESOLUTION): [
        (_K.REMINDER, -3, True, "liaison_officer", "resolution_reminder", []),
        (_K.LETTER_1, 1, True, "unit_head", "letter_1", ["coordinator"]),
        (_K.ESCALATION, 3, True, "regional_head", "escalation", ["sekda"]),
        (_K.ESCALATION, 5, True, "national_admin", "resolution_late", []),
    ],
    ("nasional", Ladder.Clock.OBJECTION): [
        (_K.MESSAGE, 0, False, "coordinator", "case_objected", ["liaison_officer"]),
        (_K.REMINDER, 3, False, "coordinator", "objection_reminder", []),
        (_K.ESCALATION, 6, False, "regional_head", "escalation", ["sekda", "national_admin"]),
    ],
    ("nasional", Ladder.Clock.WINDOW): [
        (_K.REMINDER, -3, True, "reporter", "closing_warning", []),
    ],
    ("nasional", Ladder.Clock.COMPLETION): [
        (_K.REMINDER, -3, True, "reporter", "question_reminder", []),
    ],
    ("nasional", Ladder.Clock.PROMISE): [
        (_K.REMINDER, -3, True, "liaison_officer", "promise_due", []),
        (_K.REMINDER, -3, True, "reporter", "promise_reminder", []),
        (_K.NOTICE, 1, True, "liaison_officer", "promise_overdue", []),
        (_K.NOTICE, 1, True, "coordinator", "promise_overdue", []),
    ],
    ("nasional", Ladder.Clock.STATUTORY): [
        (_K.NOTICE, 1, True, "ombudsman", "statutory_overdue", []),
    ],
    ("nasional", Ladder.Clock.INQUIRY): [
        (_K.REMINDER, -1, True, "liaison_officer", "inquiry_reminder", []),
        (_K.NOTICE, 1, True, "coordinator", "inquiry_reminder", []),
    ],
    ("nasional", Ladder.Clock.URGENT): [
        (_K.MESSAGE, 1, False, "on_call", "urgent_case", []),
        (_K.ESCALATION, 1, False, "national_admin", "urgent_case", []),
    ],
    ("sampang", Ladder.Clock.FIRST_ANSWER): [
        (_K.MESSAGE, 0, False, "liaison_officer", "case_forwarded", []),
        (_K.REMINDER, 1, False, "liaison_officer", "answer_reminder", []),
        (_K.LETTER_1, 2, False, "unit_head", "letter_1", []),
        (_K.LETTER_2, 3, False, "unit_head", "letter_2", []),
        (_K.ESCALATION, 4, False, "regional_head", "escalation", ["sekda"]),
        (_K.NOTICE, 6, False, "national_admin", "answer_late", []),
    ],
}
PRESET_AGENCY = {"sampang": "35.27"}
PRESET_CHANNEL = {"sampang": "whatsapp"}


def load(progress: Callable[[str], object]) -> int:
    """Add the ladders that are missing; an edited one is left as it is. Returns the rows written."""
    written = 0
    for (slug, clock), steps in LADDERS.items():
        agency = Agency.objects.filter(code=PRESET_AGENCY[slug]).first() if slug in PRESET_AGENCY else None
        if slug in PRESET_AGENCY and agency is None:
            continue
        source = SAMPANG if slug == "sampang" else NATIONAL
        ladder, created = Ladder.objects.get_or_create(
            clock=clock, agency=agency, valid_from=SINCE, defaults={"slug": slug, "source": source}
        )
        if created:
            written += 1 + len(_add_steps(ladder, steps, PRESET_CHANNEL.get(slug, "")))
    progress(f"tangga eskalasi: {written} baris")
    return written


def _add_steps(ladder: Ladder, steps: list[Step], channel: str) -> list[LadderStep]:
    hours = ladder.clock == Ladder.Clock.URGENT
    calendar = LadderStep.Calendar.HOURS if hours else LadderStep.Calendar.WORKING_DAYS
    return LadderStep.objects.bulk_create(
        LadderStep(
            ladder=ladder,
            number=number,
            kind=kind,
            offset_days=offset,
            from_limit=from_limit,
            calendar=calendar,
            channel=channel,
            role=role,
            template=template,
            copies=copies,
        )
        for number, (kind, offset, from_limit, role, template, copies) in enumerate(steps, 1)
    )

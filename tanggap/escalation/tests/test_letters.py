"""Letters: one for each recipient, step and day, numbered without gaps, saying no more than it may."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tanggap.cases.models import Case
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_code
from tanggap.escalation.models import Letter, LetterPolicy, TakenStep
from tanggap.escalation.services.issue_letters import issue_open_letters
from tanggap.escalation.services.sweep_at import sweep_at
from tanggap.files.storage import path_of
from tanggap.notify.models import Message
from tests.cast import DAY, WIB, Cast
from tests.packages import program

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 11, 11, 8, 0, tzinfo=WIB)
"""Two working days after DAY: letter 1 of the preset is due at the opening."""


def late(case_in: Callable[..., Case], *, count: int = 1, unit: str = "35.27/dinkes", **given: Any) -> list[Case]:
    return [case_in("forwarded", agency="35.27", unit=unit, **given) for _number in range(count)]


def send(at: datetime = WEDNESDAY) -> list[Letter]:
    sweep_at(at=at)
    issue_open_letters(now=at)
    return list(Letter.objects.order_by("serial", "pk"))


def paper(letter: Letter) -> str:
    command = program("pdftotext", "poppler-utils")
    path = str(path_of(letter.sha256))
    done = subprocess.run([command, "-layout", path, "-"], capture_output=True, timeout=30, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


def test_one_letter_lists_all_late_cases_of_a_recipient_step_and_day(case_in: Callable[..., Case], cast: Cast) -> None:
    cases = late(case_in, count=3)
    (letter,) = send()
    assert letter.state == Letter.State.ISSUED
    assert (letter.recipient_role, letter.recipient_agency.code) == ("unit_head", "35.27/dinkes")
    assert letter.agency.code == "35.27"
    assert letter.number == "001/SP4N/35.27/XI/2026"
    assert {step.case_id for step in letter.steps.all()} == {case.pk for case in cases}
    text = paper(letter)
    for case in cases:
        assert case.tracking_id in text
    print(text)
    for m in Message.objects.order_by("pk"):
        print(m.template, m.recipient_role, m.state, m.source, m.values)

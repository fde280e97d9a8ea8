"""`tanggap sweep --at` and `tanggap outbox`, as outside scripts rely on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tanggap.cases.history.importing import import_history
from tanggap.cases.models import Case
from tanggap.cases.services.answer_case import answer_case
from tanggap.escalation.models import TakenStep, Watch
from tanggap.escalation.services.sweep import sweep
from tests.cast import DAY, WIB, Cast
from tests.paths import final

CaseIn = Callable[..., Case]
HEADER = (
    "tracking_id,received_at,text,state,agency_code,verified_at,forwarded_at,first_answered_at,answered_at,closed_at"
)


def run_sweep(at: datetime) -> dict[str, int]:
    out = StringIO()
    call_command("sweep", "--at", at.isoformat(), stdout=out)
    return {name: int(number) for name, number in (line.split() for line in out.getvalue().splitlines())}


def outbox() -> list[dict[str, Any]]:
    out = StringIO()
    call_command("outbox", "--format", "json", stdout=out)
    rows: list[dict[str, Any]] = json.loads(out.getvalue())
    return rows


def imported(tmp_path: Path, *lines: str) -> None:
    path = tmp_path / "lama.csv"
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    summary = import_history(path, now=DAY)
    assert (summary.imported, summary.rejected) == (len(lines), 0)


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=WIB)


# A Monday in June 2024: forwarded to a unit of Sampang at nine in the morning; 17 and 18 June are days off.
MONDAY = date(2024, 6, 10)
LATE = (
    "1001,2024-06-10T08:00:00+07:00,Jalan rusak di depan pasar lama sejak lebaran,forwarded,35.27/dpupr,"
    "2024-06-10T09:00:00+07:00,2024-06-10T09:00:00+07:00,,,"
)
ANSWERED = (
    "1002,2024-06-10T08:00:00+07:00,Air keruh tiga hari di kampung kami,answered,35.27/dpupr,"
    "2024-06-10T09:00:00+07:00,2024-06-10T09:00:00+07:00,2024-06-12T10:00:00+07:00,2024-06-12T10:00:00+07:00,"
)


def test_a_sweep_needs_a_time_with_its_offset(db: None) -> None:
    with pytest.raises(CommandError, match="selisih zona"):
        call_command("sweep", "--at", "2024-06-11T08:00:00")


def test_with_nobody_in_any_post_every_step_is_still_a_row(db: None, tmp_path: Path) -> None:
    imported(tmp_path, LATE)
    for day in range(1, 3):
        run_sweep(local(MONDAY + timedelta(days=day), 9))
    rows = [(r["step"], r["recipient_role"], r["recipient"], r["state"], r["aliases"]) for r in outbox()]
    assert rows == [
        ("first_answer.1.message", "liaison_officer", None, "skipped", ["1001"]),
        ("first_answer.2.reminder", "liaison_officer", None, "undeliverable", ["1001"]),
        ("first_answer.3.letter_1", "unit_head", None, "undeliverable", ["1001"]),
    ]


def test_what_came_later_is_left_out(cast: Cast, tmp_path: Path) -> None:
    imported(tmp_path, ANSWERED)
    assert run_sweep(local(MONDAY, 10))["steps"] == 1
    assert run_sweep(local(MONDAY + timedelta(days=1), 10))["steps"] == 1
    assert run_sweep(local(MONDAY + timedelta(days=4), 10))["steps"] == 0
    assert [row["due_at"] for row in outbox() if row["recipient"] == "officer@contoh.id"] == [
        "2024-06-10T09:00:00+07:00",
        "2024-06-11T08:00:00+07:00",
    ]


def test_the_worker_passes_imported_cases_by(cast: Cast, tmp_path: Path) -> None:
    imported(tmp_path, LATE)
    run_sweep(local(MONDAY, 10))
    assert Watch.objects.get().asleep
    assert sweep(now=DAY).steps == 0


def test_a_sweep_says_what_it_did(case_in: CaseIn, cast: Cast) -> None:
    case_in("forwarded")
    assert run_sweep(DAY + timedelta(hours=2)) == {"cases": 1, "steps": 1, "skipped": 0, "letters": 0}


def test_the_outbox_names_case_step_and_recipient(case_in: CaseIn, cast: Cast) -> None:
    case = case_in("forwarded")
    run_sweep(DAY + timedelta(hours=2))
    row = next(row for row in outbox() if row["recipient"] == "officer@contoh.id")
    assert row["tracking_id"] == case.tracking_id
    assert (row["step"], row["template"], row["recipient_role"], row["state"]) == (
        "first_answer.1.message", "case_forwarded", "liaison_officer", "pending",
    )  # fmt: skip
    assert (row["due_at"], row["sent_at"], row["copies"]) == ("2026-11-09T10:00:00+07:00", None, [])


def test_an_answer_after_the_sweep_leaves_the_row_as_cancelled(case_in: CaseIn, cast: Cast) -> None:
    case = case_in("forwarded")
    run_sweep(DAY + timedelta(hours=2))
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["officer"], now=DAY + timedelta(hours=3))
    run_sweep(DAY + timedelta(hours=4))
    assert {row["state"] for row in outbox()} == {"cancelled"}
    assert TakenStep.objects.get().state == "cancelled"

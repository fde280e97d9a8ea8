"""A thousand letters: gathered, numbered, put on paper, kept and announced, beside the paper alone.

A regency that fell behind must not hold up the worker: a thousand letters in under a minute. The floor is drawing
the same thousand papers and nothing else; what is above it is numbering, storing with fsync, events and messages.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.seed import fill
from bench.stage import Progress, stage

LETTERS = 1_000
CASES_EACH = 3
NOW = datetime(2026, 5, 20, 1, 5, tzinfo=UTC)  # a Wednesday, five past eight in the west
GOALS = {"seconds": 60}

START = "import django; django.setup(); from bench.letters import main; main()"


def run(*, progress: Progress, rows: int = LETTERS) -> dict[str, Any]:
    """The figures as one JSON object; what they mean stands in docs/how-to/measure.md."""
    with stage(progress) as place:
        progress(f"Filling {rows * CASES_EACH:,} cases …")
        with place.connect() as connection:
            fill(connection, 1, rows * CASES_EACH)
        command = [sys.executable, "-P", "-c", START, str(rows)]
        done = subprocess.run(command, env=place.environment, capture_output=True, text=True, timeout=900, check=False)
        if done.returncode:
            raise SystemExit(f"bench: {done.stderr[-2000:]}")
        # The log of the process stands above its figures.
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if told["letters"] != rows:
        raise SystemExit(f"bench: {told['letters']} letters instead of {rows:,}")
    return {
        "bench": "letters",
        **told,
        "ratio_to_paper_alone": round(told["seconds"] / told["paper_alone_seconds"], 2),
        "goal": GOALS,
        "reached": told["seconds"] * LETTERS / rows <= GOALS["seconds"],
    }


def main() -> None:
    """In a process of its own, like the worker: gather, issue, then draw the same papers once more alone."""
    from tanggap.escalation.models import Letter  # noqa: PLC0415 - after django.setup
    from tanggap.escalation.services.issue_letters import issue_open_letters  # noqa: PLC0415

    wanted = int(sys.argv[1])
    started = time.perf_counter()
    _gather(wanted)
    gathered = time.perf_counter()
    used = time.process_time()
    issued = issue_open_letters(now=NOW)
    finished, used = time.perf_counter(), time.process_time() - used
    contents = list(Letter.objects.order_by("pk").values_list("content", flat=True))
    told = {
        "letters": issued,
        "cases": wanted * CASES_EACH,
        "messages": _messages(),
        "gathering_seconds": round(gathered - started, 2),
        "seconds": round(finished - gathered, 2),
        "processor_seconds": round(used, 2),
        "paper_alone_seconds": round(_paper_alone(contents), 2),
        "gaps": _gaps(),
    }
    print(json.dumps(told))


def _gather(wanted: int) -> None:
    """A letter for each of as many units, each with a head who is told."""
    from tanggap.accounts.models import Membership, Person  # noqa: PLC0415
    from tanggap.cases.models import Case  # noqa: PLC0415
    from tanggap.directory.models import Agency  # noqa: PLC0415
    from tanggap.escalation.letters.collecting import collect_all  # noqa: PLC0415
    from tanggap.escalation.models import LadderStep, TakenStep  # noqa: PLC0415
    from tanggap.escalation.recipients import Resolution  # noqa: PLC0415

    step = LadderStep.objects.filter(kind="letter_1", ladder__clock="first_answer").order_by("pk")[0]
    units = list(Agency.objects.filter(kind="unit", status="active", external=False).order_by("pk")[:wanted])
    people = Person.objects.bulk_create(
        Person(email=f"kepala{number}@bench.invalid", name=f"Kepala {number}", password="!")
        for number in range(len(units))
    )
    Membership.objects.bulk_create(
        Membership(person=person, agency=unit, role="unit_head", starts_on=NOW.date() - timedelta(days=9))
        for person, unit in zip(people, units, strict=True)
    )
    cases = list(Case.objects.select_related("agency__body", "brand").order_by("pk")[: wanted * CASES_EACH])
    taken = [_taken(case, units[number % wanted], step) for number, case in enumerate(cases)]
    TakenStep.objects.bulk_create(taken, batch_size=1000)
    collect_all([(one, case, Resolution((), "unit_head")) for one, case in zip(taken, cases, strict=True)], now=NOW)


def _taken(case: Any, unit: Any, step: Any) -> Any:
    from tanggap.escalation.models import TakenStep  # noqa: PLC0415

    return TakenStep(
        case=case,
        clock="first_answer",
        run="leg:0",
        step=step,
        number=step.number,
        kind=step.kind,
        state=TakenStep.State.TAKEN,
        due_at=NOW,
        decided_at=NOW,
        template=step.template,
        asked_role="unit_head",
        role="unit_head",
        agency=unit,
        copies=[],
    )


def _messages() -> int:
    from tanggap.notify.models import Message  # noqa: PLC0415

    return Message.objects.filter(source__startswith="letter:").count()


def _gaps() -> int:
    """Numbers left out, over all agencies; anything but none is a fault."""
    from django.db.models import Count, Max  # noqa: PLC0415

    from tanggap.escalation.models import Letter  # noqa: PLC0415

    rows = Letter.objects.values("agency", "year").annotate(n=Count("pk"), last=Max("serial"))
    return sum((row["last"] or 0) - row["n"] for row in rows)


def _paper_alone(contents: list[dict[str, Any]]) -> float:
    from tanggap.escalation.letters.drawing import letter_pdf  # noqa: PLC0415

    started = time.perf_counter()
    for content in contents:
        letter_pdf(content, logo="", title="Surat", author="Tanggap", at=NOW)
    return time.perf_counter() - started

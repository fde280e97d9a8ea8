"""A list of cases as a file, as the worker makes it: fifty thousand rows, as CSV and as XLSX.

Each in a process of its own: rows a second, memory above what the process had before, and the longest time in which
neither the page of the one who waits nor a crash would have found anything new (two commits apart). The floor is the
list read in the same parts and thrown away.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from itertools import pairwise
from typing import Any

from bench.officers import make
from bench.seed import fill
from bench.stage import Progress, Stage, stage

ROWS = 50_000
# One in nine is open.
CASES_A_ROW = 9.3
GOALS = {"longest_gap_seconds": 10, "memory_mb": 100}
START = "import django; django.setup(); from bench.export import main; main()"


def run(*, progress: Progress, rows: int = ROWS) -> dict[str, Any]:
    """The figures as one JSON object; what they mean stands in docs/how-to/measure.md."""
    with stage(progress) as place:
        _ask(place, "people")
        progress(f"Filling {int(rows * CASES_A_ROW):,} cases …")
        with place.connect() as connection:
            fill(connection, 1, int(rows * CASES_A_ROW))
        figures = {}
        for form in ("floor", "csv", "xlsx"):
            figures[form] = _ask(place, form)
            progress(f"  {form}: {figures[form]}")
    floor = figures.pop("floor")
    made = {
        name: {**one, "ratio_to_reading": round(one["seconds"] / floor["seconds"], 2)} for name, one in figures.items()
    }
    return {
        "bench": "export",
        "reading_alone": floor,
        **made,
        "goal": GOALS,
        "reached": all(one[name] <= most for one in made.values() for name, most in GOALS.items()),
    }


def _ask(place: Stage, what: str) -> dict[str, Any]:
    command = [sys.executable, "-P", "-c", START, what]
    done = subprocess.run(command, env=place.environment, capture_output=True, text=True, timeout=1200, check=False)
    if done.returncode:
        raise SystemExit(f"bench: {done.stderr[-2000:]}")
    # The log of the process stands above its figures.
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def main() -> None:
    """In a process of its own, like the worker's: `people`, `floor`, or a format."""
    what = sys.argv[1]
    print(json.dumps(make() if what == "people" else _floor() if what == "floor" else _made(what)))


def _floor() -> dict[str, Any]:
    from tanggap.accounts.actor import actor_for  # noqa: PLC0415 - after django.setup
    from tanggap.common.clock import now  # noqa: PLC0415
    from tanggap.console.exporting import MOST_ROWS, PART, cases_of  # noqa: PLC0415
    from tanggap.console.models import Export  # noqa: PLC0415

    export = Export(query="queue=open", person=_person())
    started, read, position = time.perf_counter(), 0, 0
    actor = actor_for(export.person, on=now().date())
    while read < MOST_ROWS and (found := list(cases_of(export, actor, now()).filter(pk__gt=position)[:PART])):
        read, position = read + len(found), found[-1].pk
    return {"rows": read, "seconds": round(time.perf_counter() - started, 2)}


def _made(form: str) -> dict[str, Any]:
    from tanggap.accounts.actor import actor_for  # noqa: PLC0415
    from tanggap.common.clock import now  # noqa: PLC0415
    from tanggap.console.models import Export  # noqa: PLC0415
    from tanggap.console.services.ask_export import ask_export  # noqa: PLC0415
    from tanggap.console.services.make_export import make_export  # noqa: PLC0415

    actor = actor_for(_person(), on=now().date())
    export = ask_export(query="queue=open", form=form, language="id", actor=actor, now=now())
    make_export(export_id=export.pk, now=now())
    before, marks, used = _peak_mb(), [time.perf_counter()], time.process_time()
    more = True
    while more:
        more = make_export(export_id=export.pk, now=now())
        marks.append(time.perf_counter())
    seconds = marks[-1] - marks[0]
    export = Export.objects.get(pk=export.pk)
    if export.state != Export.State.READY:
        raise SystemExit(f"bench: the file is {export.state}")
    return {
        "rows": export.done,
        "seconds": round(seconds, 2),
        "rows_per_second": round(export.done / seconds),
        "processor_seconds": round(time.process_time() - used, 2),
        "longest_gap_seconds": round(max(late - early for early, late in pairwise(marks)), 2),
        "last_step_seconds": round(marks[-1] - marks[-2], 2),
        "memory_mb": round(_peak_mb() - before, 1),
        "file_mb": round(_size(export) / 1e6, 2),
    }


def _size(export: Any) -> int:
    from tanggap.console.exporting import pieces_of  # noqa: PLC0415

    return sum(map(len, pieces_of(export)))


def _person() -> Any:
    from tanggap.accounts.models import Person  # noqa: PLC0415

    return Person.objects.get(email="national_admin@bench.invalid")


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

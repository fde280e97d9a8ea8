"""The whole load: once, in batches, going on where an earlier one stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import monotonic

from django.db import connection, transaction

from tanggap.accounts.models import Person
from tanggap.cases.models import Case
from tanggap.demo.gathering import gather_facts
from tanggap.demo.models import DemoLoad
from tanggap.demo.passwords import keep_passwords, kept_passwords
from tanggap.demo.people import CITIZEN, Troupe, demo_seats, engage
from tanggap.demo.planning.cases import Family
from tanggap.demo.planning.facts import Facts
from tanggap.demo.planning.make import make_plan
from tanggap.demo.surveys import write_surveys
from tanggap.demo.writing import write_families
from tanggap.directory.models import Agency, Category
from tanggap.directory.selectors import default_brand

BATCH = 400
LOCK = 0x64656D6F
TABLES = "cases_case, cases_message, cases_leg, cases_narrative, ledger_event, accounts_person, accounts_membership"


class NotHere(Exception):
    """The example cannot be loaded into this instance; the message says why."""


@dataclass(frozen=True)
class Wanted:
    """What a first load makes. A load that goes on keeps what the first one began with."""

    seed: int
    day: date
    cases: int


def load(
    wanted: Wanted, *, folder: Path, now: datetime, tell: Callable[[str], object], batch: int = BATCH
) -> dict[str, str]:
    """Load the example; the demo people's passwords by address. Loading again changes nothing.

    Raises NotHere among real people or cases, while another load runs, or without reference data.
    """
    with _alone():
        row = DemoLoad.objects.first() or _first(wanted, now)
        if row.finished_at is None:
            _load(row, folder=folder, now=now, tell=tell, batch=batch)
    return kept_passwords(folder)


@contextmanager
def _alone() -> Iterator[None]:
    """One load at a time; the lock ends with the connection, so a killed load leaves none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if cursor.fetchone() != (True,):
            raise NotHere("Contoh sedang dimuat oleh proses lain. Tunggu sampai selesai.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _first(wanted: Wanted, now: datetime) -> DemoLoad:
    if Case.objects.exists() or Person.objects.filter(is_demo=False).exists():
        raise NotHere("Di sini sudah ada orang atau laporan sungguhan. Contoh tidak dicampurkan dengannya.")
    return DemoLoad(seed=wanted.seed, day=wanted.day, cases=wanted.cases, started_at=now)


def _load(row: DemoLoad, *, folder: Path, now: datetime, tell: Callable[[str], object], batch: int) -> None:
    started = monotonic()
    facts = gather_facts()
    plan = make_plan(facts, seed=row.seed, day=row.day, cases=row.cases)
    tell(f"Contoh: {sum(len(family.cases) for family in plan)} laporan dikarang ({monotonic() - started:.0f} dtk)")
    codes = Agency.objects.select_related("body").filter(status=Agency.Status.ACTIVE)
    agencies = {agency.code: agency for agency in codes}
    troupe = _people(row, plan, facts, agencies, folder)
    tell(f"Contoh: {len(troupe.seats)} petugas ({monotonic() - started:.0f} dtk)")
    categories = Category.objects.in_bulk()
    brand = default_brand()
    while row.families_written < len(plan):
        families = plan[row.families_written : row.families_written + batch]
        with transaction.atomic():
            write_families(families, agencies=agencies, categories=categories, brand=brand, troupe=troupe)
            row.families_written += len(families)
            row.save(update_fields=["families_written"])
        tell(f"Contoh: {row.families_written}/{len(plan)} ({monotonic() - started:.0f} dtk)")
    with transaction.atomic():
        surveys = write_surveys(facts=facts, agencies=agencies, seats=troupe.seats, seed=row.seed, day=row.day)
    tell(f"Contoh: {surveys} survei kepuasan ({monotonic() - started:.0f} dtk)")
    with connection.cursor() as cursor:
        # The first pages after a load would otherwise be planned for empty tables.
        cursor.execute(f"ANALYZE {TABLES}")
    row.finished_at = now
    row.save(update_fields=["finished_at"])


def _people(row: DemoLoad, plan: tuple[Family, ...], facts: Facts, agencies: dict[str, Agency], folder: Path) -> Troupe:
    """Everybody, and the marker that the load has begun, in one transaction."""
    with transaction.atomic():
        begun = not row._state.adding
        passwords = {} if begun else keep_passwords(folder, [*demo_seats(facts).values(), CITIZEN])
        troupe = engage(plan, facts, agencies, day=row.day, passwords=passwords)
        if not begun:
            row.save(force_insert=True)
    return troupe

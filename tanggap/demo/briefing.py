"""Briefs and tasks of the example: letters of the demo's leaders, a task that was answered, one that waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tanggap.accounts.actor import Actor, actor_for
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Person
from tanggap.accounts.roles import Role
from tanggap.cases.policies import cases_visible_to
from tanggap.demo.people import DOMAIN
from tanggap.directory.calendar import WorkingCalendar
from tanggap.directory.selectors import calendar_of
from tanggap.evaluation.brief_words import line_words
from tanggap.evaluation.briefs.content import Brief
from tanggap.evaluation.briefs.windows import Length, latest_over
from tanggap.evaluation.models import Task
from tanggap.evaluation.selectors.briefs.composing import brief_for
from tanggap.evaluation.selectors.briefs.scope import Scope, scope_of
from tanggap.evaluation.selectors.tasks import units_to_ask
from tanggap.evaluation.services.answer_task import answer_task
from tanggap.evaluation.services.assign_task import assign_task
from tanggap.evaluation.services.send_briefs import RECEIVES, send_briefs

ANSWER = "Laporan yang terlama sudah kami datangi bersama lurah. Sisanya kami jawab paling lambat Jumat."
A_WEEK = timedelta(days=7)


def brief_the_leaders(*, now: datetime, tell: Callable[[str], object]) -> None:
    """Send the demo's own leaders their briefs, and let one of them ask; again changes nothing."""
    people = {person.email: person for person in Person.objects.filter(email__endswith=f"@{DOMAIN}", is_demo=True)}
    leader = people.get(f"{Role.LEADER.value}@{DOMAIN}")
    officer = people.get(f"{Role.LIAISON_OFFICER.value}@{DOMAIN}")
    if leader is None or officer is None or Task.objects.exists():
        return
    actor, answering = (actor_for(person, on=local_day(now)) for person in (leader, officer))
    scope = scope_of(actor)
    if scope is None or not answering.grants:
        return
    own = [people[email] for role in RECEIVES if (email := f"{role.value}@{DOMAIN}") in people]
    opened = last_open(calendar_of(scope.agency.pk), now)
    sent = send_briefs(now=opened, people=[person.pk for person in own])
    _ask(scope, actor, answering, opened)
    tell(f"Contoh: {sent} ringkasan pimpinan dan {Task.objects.count()} tugas")


def last_open(calendar: WorkingCalendar, now: datetime) -> datetime:
    """An hour after the office opened last, not later than now."""
    day = calendar.local_date(now)
    while not calendar.is_working(day) or calendar.opening(day) + timedelta(hours=1) > now:
        day -= timedelta(days=1)
    return calendar.opening(day) + timedelta(hours=1)


def _ask(scope: Scope, actor: Actor, answering: Actor, opened: datetime) -> None:
    """One task for the office of the demo's officer, which answers; one for whoever is late the longest."""
    window = latest_over(scope.today(opened), Length.WEEK)
    brief = brief_for(scope, window, now=opened)
    given = opened - A_WEEK
    units = units_to_ask(scope.agency)
    own = next(unit for unit in units if unit.pk == answering.grants[0].agency_id)
    task = assign_task(
        agency=own, text=_words(brief, own.name), due_on=(opened + A_WEEK).date(), actor=actor, now=given,
        line=f"unit:{own.pk}", window=window,
    )  # fmt: skip
    shown = cases_visible_to(answering).filter(guarded=False, anonymous=False).order_by("-received_at", "-pk")
    numbers = " ".join(shown.values_list("tracking_id", flat=True)[:2])
    answer_task(task_id=task.pk, text=ANSWER, numbers=numbers, actor=answering, now=opened - timedelta(days=1))
    asked = next((one for one in brief.questions if one.line.startswith("unit:")), None)
    other = next((unit for unit in units if asked and f"unit:{unit.pk}" == asked.line and unit.pk != own.pk), None)
    if asked is not None and other is not None:
        assign_task(
            agency=other, text=line_words(brief, asked.line), due_on=(opened + A_WEEK).date(), actor=actor, now=opened,
            line=asked.line, window=window,
        )  # fmt: skip


def _words(brief: Brief, name: str) -> str:
    asked = brief.questions[0] if brief.questions else None
    words = line_words(brief, asked.line) if asked else "Apa yang sudah dikerjakan pekan ini?"
    return f"{words}\n\nSaya minta jawaban {name} sebelum rapat pekan depan."

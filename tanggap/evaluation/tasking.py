"""One step of a task: locked, checked, written down, told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.selectors.posts import PostHolder
from tanggap.accounts.ways import ways_to_person
from tanggap.cases.policies import cases_visible_to
from tanggap.common import formats
from tanggap.common.errors import Invalid, NotFound, Refused
from tanggap.common.links import absolute
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.letters.posts import post_name
from tanggap.evaluation.briefs.task_steps import Step, after
from tanggap.evaluation.models import Task, TaskEntry
from tanggap.evaluation.selectors.tasks import answers, gave, task_for
from tanggap.ledger.services.record import record
from tanggap.notify.outgoing import Outgoing
from tanggap.notify.services.enqueue import enqueue_many

LONGEST = 2000
FURTHEST = 366
PAST = {Step.ANSWER: "answered", Step.RETURN: "returned", Step.ACCEPT: "accepted"}
_NUMBER = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")


def locked(task_id: int, step: Step, actor: Actor) -> Task:
    """The task, locked, in the state it has after the step.

    Raises NotFound where it is not the actor's to take this step, Refused when somebody was faster.
    """
    seen = task_for(actor, task_id)
    if not (answers(actor, seen) if step is Step.ANSWER else gave(actor, seen)):
        raise NotFound(_("Tugas ini tidak ada."), code="no_task")
    task = (
        Task.objects.select_for_update(of=("self",))
        .select_related("agency__body", "given_at_agency__body")
        .get(pk=seen.pk)
    )
    state = after(task.state, step)
    if state is None:
        raise Refused(_("Tugas ini sudah berubah sejak halaman Anda dibuka. Tidak ada yang diubah."), code="moved_on")
    task.state = state
    return task


def checked_words(text: str, actor: Actor, *, field: str = "text") -> str:
    """The words of a step. Raises Invalid for none, too many, or the number of a report that must stay unnamed."""
    words = text.replace("\x00", "").strip()
    if not words:
        raise Invalid(_("Tulis beberapa kata."), code="required", field=field)
    if len(words) > LONGEST:
        raise Invalid(_("Terlalu panjang: paling banyak %(n)s huruf.") % {"n": LONGEST}, code="too_long", field=field)
    numbers = _NUMBER.findall(words.upper())
    # Only numbers the writer may see are looked at: whoever may not learns nothing from trying.
    if numbers and cases_visible_to(actor).filter(tracking_id__in=numbers, guarded=True).exists():
        raise Invalid(
            _("Laporan rahasia dan pengawasan tidak boleh disebut di sini: tugas dibaca banyak orang."),
            code="guarded",
            field=field,
        )
    return words


def checked_day(due_on: date | None, agency: Agency, now: datetime) -> date:
    """A day by which something can be done there. Raises Invalid for one that has passed or is too far away."""
    today = calendar_of(agency.pk).local_date(now)
    if due_on is None or not 0 <= (due_on - today).days <= FURTHEST:
        message = _("Pilih tanggal mulai hari ini sampai setahun ke depan.")
        raise Invalid(message, code="bad_day", field="due_on")
    return due_on


def step_taken(
    task: Task, step: Step, *, actor: Actor, office: str, text: str, now: datetime, case_ids: Iterable[int] = ()
) -> None:
    """Save the new state with its entry and its event."""
    task.save(update_fields=["state"])
    ids = list(case_ids)
    TaskEntry.objects.create(
        task=task, kind=step.value, at=now, author_key=actor.key, office=office, text=text, case_ids=ids
    )
    data = {"state": task.state, "cases": ids}
    record(f"task.{PAST[step]}", stream=task.stream, actor=actor.key, at=now, data=data, react=False)


def office_of(actor: Actor, task: Task) -> str:
    """The post that answers, in words."""
    from_unit = [grant for grant in actor.grants if grant.agency_id == task.agency_id]
    grant = (from_unit or list(actor.grants))[0]
    return task.agency.full_name if grant.agency_id == task.agency_id else post_name(grant.role, _body(task))


def giver_words(task: Task) -> str:
    """The post that gave it, in words."""
    return post_words(task.given_role, task)


def post_words(role: str, task: Task) -> str:
    """A leader's post has no name of its own in the letterheads."""
    agency = task.given_at_agency
    return f"Pimpinan {agency.full_name}" if role == "leader" else post_name(role, agency)


def _body(task: Task) -> Agency:
    return task.agency.body or task.agency


def tell(task: Task, template: str, holders: Iterable[PostHolder], *, now: datetime, mark: str = "") -> int:
    """Put one message for each of these into the outbox, for their office hours; how many.

    It carries the post, the day and a link: the words stand on the page, behind the sign-in.
    """
    name = mark or template
    source = f"task:{task.pk}:{name}"
    out = []
    for holder in holders:
        moment = calendar_of(holder.agency_id).next_open(now)
        out.append(
            Outgoing(
                key=f"{source}:{holder.person.key}",
                template=template,
                ways=ways_to_person(holder.person),
                due_at=moment,
                not_before=moment,
                values={
                    "agency": task.agency.full_name,
                    "office": giver_words(task),
                    "due": formats.long_date(task.due_on),
                    "link": absolute(f"/kerja/tugas/{task.pk}/"),
                },
                stream=task.stream,
                source=source,
                payer=f"agency:{task.agency.body_id}" if task.agency.body_id else "",
                recipient_role=holder.role,
                recipient_key=holder.person.key,
                recipient_name=holder.person.name,
            )
        )
    enqueue_many(out, now=now)
    return len(out)

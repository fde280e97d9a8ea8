"""Telling whoever can do something that an agency's officers stay away: once for each spell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Max

from tanggap.accounts.days import local_day
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors.inactivity import Quiet, quiet_bodies, quiet_units
from tanggap.accounts.selectors.posts import PostHolder, holders_of
from tanggap.accounts.ways import ways_to_person
from tanggap.cases.models import Case
from tanggap.common.links import absolute
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of, root_agency
from tanggap.notify.models import Message
from tanggap.notify.outgoing import Outgoing
from tanggap.notify.services.enqueue import enqueue_many

TEMPLATE = "inactivity"
# What one morning tells at most; the others come the next morning, the longest spells first.
MOST = 500
PAGE = "/kerja/peringatan/"


@dataclass(frozen=True, slots=True)
class _Spell:
    quiet: Quiet
    agency: Agency
    whole_body: bool


@transaction.atomic
def tell_inactivity(*, now: datetime) -> int:
    """Put the messages of new spells into the outbox; how many. Running it twice sends once.

    A body in which nobody at all comes is one message, not one for each of its units: to the coordinators, who are
    among the silent, and to the national admins. A spell ends when anybody signs in.
    """
    on = local_day(now)
    bodies = quiet_bodies(on=on, limit=MOST)
    silent = {quiet.agency_id for quiet in bodies}
    agencies = _agencies([*bodies, *(units := quiet_units(on=on, limit=MOST))])
    spells = [_Spell(quiet, agencies[quiet.agency_id], whole_body=True) for quiet in bodies]
    spells += [
        _Spell(quiet, agencies[quiet.agency_id], whole_body=False)
        for quiet in units
        if agencies[quiet.agency_id].body_id not in silent
    ]
    told = _told_on(spells)
    new = [spell for spell in spells if told.get(_source(spell), date.min) <= spell.quiet.since]
    outgoing = list(_outgoing(new, on=on, now=now))
    return len(enqueue_many(outgoing, now=now))


def _agencies(quiet: Iterable[Quiet]) -> dict[int, Agency]:
    return Agency.objects.select_related("body").in_bulk([one.agency_id for one in quiet])


def _source(spell: _Spell) -> str:
    """How the outbox names it. A body's spell is another fact than that of officers posted at the body itself."""
    return f"inactivity:{'body:' if spell.whole_body else ''}{spell.agency.pk}"


def _told_on(spells: list[_Spell]) -> dict[str, date]:
    """The day on which each was told last: later than the last visit means this very spell."""
    rows = Message.objects.filter(source__in=[_source(spell) for spell in spells]).order_by()
    latest = rows.values("source").annotate(at=Max("created_at")).values_list("source", "at")
    return {source: local_day(at) for source, at in latest}


def _outgoing(spells: list[_Spell], *, on: date, now: datetime) -> Iterator[Outgoing]:
    waiting = _waiting(spells)
    nation = holders_of(Role.NATIONAL_ADMIN, root_agency(), on=on) if spells else []
    for spell in spells:
        coordinators = holders_of(Role.COORDINATOR, spell.agency, on=on)
        told = [*coordinators, *nation] if spell.whole_body else coordinators or nation
        people = {holder.person.pk: holder for holder in reversed(told)}
        count = waiting.get((spell.agency.pk, spell.whole_body), 0)
        for holder in people.values():
            yield _message(spell, holder, count, on=on, now=now)


def _waiting(spells: list[_Spell]) -> dict[tuple[int, bool], int]:
    """Open cases there. Guarded ones are left out: a number in a message may not betray one."""
    counts: dict[tuple[int, bool], int] = {}
    for column, whole in (("body_id", True), ("agency_id", False)):
        ids = [spell.agency.pk for spell in spells if spell.whole_body is whole]
        open_cases = Case.objects.filter(**{f"{column}__in": ids}, due_at__isnull=False, guarded=False).order_by()
        rows = open_cases.values_list(column).annotate(n=Count("pk")) if ids else []
        counts |= {(agency_id, whole): n for agency_id, n in rows}
    return counts


def _message(spell: _Spell, holder: PostHolder, count: int, *, on: date, now: datetime) -> Outgoing:
    quiet, source = spell.quiet, _source(spell)
    role = Role(holder.role)
    return Outgoing(
        key=f"{source}:{quiet.since.isoformat()}:{on.isoformat()}:{holder.person.key}",
        template=TEMPLATE,
        ways=ways_to_person(holder.person),
        due_at=now,
        not_before=calendar_of(holder.agency_id).next_open(now),
        values={
            "agency": spell.agency.full_name,
            "days": str((on - quiet.since).days),
            "count": str(count) if count else "",
            "link": absolute(PAGE),
            "post": str(role.label),
        },
        source=source,
        payer=f"agency:{spell.agency.body_id or spell.agency.pk}",
        recipient_role=role.value,
        recipient_key=holder.person.key,
        recipient_name=holder.person.name,
        bundled=True,
    )

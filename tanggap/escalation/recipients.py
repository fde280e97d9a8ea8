"""Whom a step reaches: whoever fills the post, else the next one up; never whom the case is about (DOMAIN §4, §6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from tanggap.accounts.days import local_day
from tanggap.accounts.models import Delegation, Membership, OnCallShift, Person
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors.posts import active_on
from tanggap.accounts.ways import ways_to_person
from tanggap.cases.models import Case, Subject
from tanggap.directory.models import Agency
from tanggap.directory.selectors import root_agency
from tanggap.escalation.models import TakenStep
from tanggap.notify.outgoing import Way

REPORTER = "reporter"
ON_CALL = "on_call"
_UP = (
    Role.LIAISON_OFFICER.value,
    Role.UNIT_HEAD.value,
    Role.COORDINATOR.value,
    Role.SEKDA.value,
    Role.REGIONAL_HEAD.value,
    Role.NATIONAL_ADMIN.value,
)
_VACANT, _UNREACHED, _ACCUSED = TakenStep.Replaced.VACANT, TakenStep.Replaced.UNDELIVERABLE, TakenStep.Replaced.SUBJECT


def next_roles(role: str) -> tuple[str, ...]:
    """The role and, in order, those that get the step when nobody fills it; nobody stands above the ombudsman."""
    if role in _UP:
        return _UP[_UP.index(role) :]
    if role == ON_CALL:
        return (ON_CALL, *next_roles(Role.COORDINATOR))
    if role in (Role.OMBUDSMAN, REPORTER):
        return (role,)
    return (role, Role.NATIONAL_ADMIN.value)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post, and how to reach them."""

    person: Person
    role: str
    agency_id: int

    def ways(self, wished: str = "") -> list[Way]:
        """See `ways_to_person`."""
        return ways_to_person(self.person, wished=wished)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who gets a step. No holders: nobody, up to the top. `replaced` says why it is not the role asked for.

    `vacant` is true where nobody fills the post that was asked for, which is an alarm of its own.
    """

    holders: tuple[Holder, ...]
    role: str
    agency_id: int | None = None
    replaced: str = ""

    @property
    def post_is_empty(self) -> bool:
        """Whether the post asked for is vacant or cannot be reached: an alarm, whoever got the step instead."""
        return self.replaced in (_VACANT, _UNREACHED) or not self.holders


class Directory:
    """The posts around a batch of cases, in a constant number of statements however many cases there are."""

    def __init__(self, cases: Iterable[Case], *, at: datetime, agencies: Iterable[Agency] = ()) -> None:
        self.at, self.on = at, local_day(at)
        cases = list(cases)
        self.root_id = root_agency().pk
        self.lineages = {agency.pk: lineage(agency) for agency in chain((case.agency for case in cases), agencies)}
        above = {self.root_id, *chain.from_iterable(self.lineages.values())}
        self._posts = self._posts_at(above)
        self._shifts = self._shifts_at(above)
        self._subjects = _subjects_of(cases)
        self._paths = self._paths_of_holders() if self._subjects else {}
        self._known: dict[tuple[str, int], Resolution] = {}

    def _posts_at(self, agency_ids: set[int]) -> dict[tuple[str, int], list[Holder]]:
        rows = list(
            Membership.objects.filter(active_on(self.on), agency_id__in=agency_ids)
            .select_related("person")
            .order_by("pk")
        )
        lent = Delegation.objects.filter(active_on(self.on), membership__in=rows, to_person__is_active=True)
        stand_ins = {row.membership_id: row.to_person for row in lent.select_related("to_person").order_by("pk")}
        posts: dict[tuple[str, int], list[Holder]] = {}
        for row in rows:
            person = stand_ins.get(row.pk, row.person)
            if person.is_active and row.person.is_active:
                posts.setdefault((row.role, row.agency_id), []).append(Holder(person, row.role, row.agency_id))
        return posts

    def _shifts_at(self, agency_ids: set[int]) -> dict[int, list[Holder]]:
        rows = OnCallShift.objects.filter(
            agency_id__in=agency_ids, starts_at__lte=self.at, ends_at__gt=self.at, person__is_active=True
        )
        shifts: dict[int, list[Holder]] = {}
        for row in rows.select_related("person").order_by("pk"):
            shifts.setdefault(row.agency_id, []).append(Holder(row.person, ON_CALL, row.agency_id))
        return shifts

    def _paths_of_holders(self) -> dict[int, set[int]]:
        """Every agency a possible recipient is posted at, and those above it: the accused office has many doors."""
        people = {holder.person.pk for posts in (*self._posts.values(), *self._shifts.values()) for holder in posts}
        return self._paths_of(people)

    def _paths_of(self, people: set[int]) -> dict[int, set[int]]:
        own = Membership.objects.filter(active_on(self.on), person_id__in=people)
        lent = Delegation.objects.filter(active_on(self.on), to_person_id__in=people)
        paths: dict[int, set[int]] = {}
        rows = chain(
            own.values_list("person_id", "agency__path"),
            lent.values_list("to_person_id", "membership__agency__path"),
        )
        for person_id, path in rows:
            paths.setdefault(person_id, set()).update(int(part) for part in path.strip("/").split("/"))
        return paths

    def _is_accused(self, holder: Holder, subjects: Sequence[Subject]) -> bool:
        """Whom the case is about: the person, or anybody posted at or below the office (the root left out)."""
        places = (self._paths.get(holder.person.pk, set()) | set(self.lineages.get(holder.agency_id, ()))) - {
            self.root_id
        }
        return any(s.person_id == holder.person.pk or s.agency_id in places for s in subjects)

    def accused_among(self, case: Case, people: set[int]) -> set[int]:
        """Those of these people whom the case is about, in person or by the office of any of their posts."""
        subjects = self._subjects.get(case.pk, ())
        named = {s.person_id for s in subjects} & people
        offices = {s.agency_id for s in subjects if s.agency_id is not None and s.agency_id != self.root_id}
        if not offices:
            return {pk for pk in named if pk is not None}
        posted = {pk for pk, path in self._paths_of(people).items() if path & offices}
        return posted | {pk for pk in named if pk is not None}

    def resolve(self, role: str, case: Case, agency_id: int) -> Resolution:
        """Who gets a step for `role` at an agency; see `recipients_for`."""
        subjects = self._subjects.get(case.pk, ())
        if subjects:
            return self._resolve(role, agency_id, subjects)
        if (role, agency_id) not in self._known:
            self._known[role, agency_id] = self._resolve(role, agency_id, ())
        return self._known[role, agency_id]

    def above(self, role: str, case: Case, agency_id: int) -> Resolution:
        """Who gets a step after `role` proved unreachable: the next role up that has somebody."""
        subjects = self._subjects.get(case.pk, ())
        for higher in next_roles(role)[1:]:
            holders, _reason = self._level(higher, agency_id, subjects)
            if holders:
                return Resolution(holders, higher, holders[0].agency_id, _UNREACHED)
        return Resolution((), role, None, _UNREACHED)

    def exactly(self, role: str, case: Case, agency_id: int) -> tuple[Holder, ...]:
        """Whoever fills just this role and may read: for copies, which move to nobody else."""
        return self._level(role, agency_id, self._subjects.get(case.pk, ()))[0]

    def _resolve(self, asked: str, agency_id: int, subjects: Sequence[Subject]) -> Resolution:
        replaced = ""
        for role in next_roles(asked):
            holders, reason = self._level(role, agency_id, subjects)
            if role == asked:
                replaced = reason
            if holders:
                return Resolution(holders, role, holders[0].agency_id, replaced)
        return Resolution((), asked, None, replaced or _VACANT)

    def _level(self, role: str, agency_id: int, subjects: Sequence[Subject]) -> tuple[tuple[Holder, ...], str]:
        """The nearest level with somebody in the role who may read and can be reached, and why it is not the first."""
        reason = ""
        for here in reversed(self.lineages.get(agency_id) or (self.root_id,)):
            posts = self._shifts.get(here, []) if role == ON_CALL else self._posts.get((role, here), [])
            innocent = [holder for holder in posts if not self._is_accused(holder, subjects)]
            reached = tuple(_once(holder for holder in innocent if holder.ways()))
            if reached:
                return reached, reason
            if posts and not reason:
                reason = _UNREACHED if innocent else _ACCUSED
        if not reason and any(s.agency_id in self.lineages.get(agency_id, ()) for s in subjects):
            reason = _ACCUSED
        return (), reason or _VACANT


def _once(holders: Iterable[Holder]) -> list[Holder]:
    """One person in two posts of the same role is told once."""
    return list({holder.person.pk: holder for holder in holders}.values())


def _subjects_of(cases: Sequence[Case]) -> dict[int, list[Subject]]:
    found: dict[int, list[Subject]] = {}
    for subject in Subject.objects.filter(case__in=cases):
        found.setdefault(subject.case_id, []).append(subject)
    return found


def lineage(agency: Agency) -> tuple[int, ...]:
    """The ids from the root down to the agency itself."""
    return tuple(int(part) for part in agency.path.strip("/").split("/"))


def recipients_for(case: Case, role: str, *, at: datetime) -> Resolution:
    """Whoever fills the role at the case's agency or the nearest level above that has somebody, else the next role.

    Everybody whom the case is about is passed over, guarded or not; so are people who cannot be reached.
    """
    return Directory([case], at=at).resolve(role, case, case.agency_id)

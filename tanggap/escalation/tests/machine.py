"""A little world in which anything happens in any order; the rules of the ladders must hold after every step.

The actions are the real services on the real database. What must hold is said again here in other words than the
product's: from the rows as they stand after each sweep, not from its own runs and steps.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tanggap.accounts.actor import PUBLIC, TIMER
from tanggap.accounts.models import Membership, Person
from tanggap.cases.addressing import About
from tanggap.cases.models import Case, Leg, Pledge, Subject
from tanggap.cases.models import Message as Words
from tanggap.cases.models.case import plain
from tanggap.cases.replay import comparable, replay
from tanggap.cases.services.accept_case import accept_case
from tanggap.cases.services.answer_case import Draft, answer_case
from tanggap.cases.services.archive_case import archive_case
from tanggap.cases.services.confirm_case import confirm_case
from tanggap.cases.services.forward_case import forward_case
from tanggap.cases.services.hold_case import hold_case
from tanggap.cases.services.merge_cases import merge_cases
from tanggap.cases.services.object_to_case import object_to_case
from tanggap.cases.services.recompute_due_dates import recompute_due_dates
from tanggap.cases.services.reopen_case import reopen_case
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.return_case import return_case
from tanggap.cases.services.run_timers import run_timers
from tanggap.cases.services.set_subjects import set_subjects
from tanggap.cases.services.unarchive_case import unarchive_case
from tanggap.cases.services.unmerge_case import unmerge_case
from tanggap.cases.services.withdraw_case import withdraw_case
from tanggap.cases.texts import Answer
from tanggap.common.clock import frozen
from tanggap.common.errors import TanggapError
from tanggap.directory import cache
from tanggap.directory.calendar_edits import CalendarEdit, Day, DayEdit
from tanggap.directory.models import DayOff
from tanggap.directory.selectors import agency_by_code, calendar_of, root_agency
from tanggap.directory.services.edit_calendar import edit_calendar
from tanggap.escalation.models import LetterPolicy, TakenStep, Watch
from tanggap.escalation.services.sweep import sweep
from tanggap.escalation.services.watch_agency import watch_agency
from tanggap.escalation.services.watch_case import watch_cases
from tanggap.escalation.services.watch_missing import watch_missing
from tanggap.escalation.tests.world import ZONES, acting, forwarded, person, staffed, submitted
from tanggap.ledger.models import Event
from tanggap.ledger.selectors import chain_is_intact, events_of
from tanggap.notify.models import Message

UNITS = ("35.78/dinkes", "35.78/dpupr")
DAY = timedelta(days=1)
START = datetime(2026, 5, 11, 9, tzinfo=ZONES["WIB"])
DUE_DATES = (
    "verification_due_at", "answer_due_at", "resolution_due_at", "objection_due_at", "window_ends_at", "hold_due_at",
)  # fmt: skip
SUBSTANCE = "Dua lampu di depan pasar sudah diganti oleh regu penerangan pada Senin siang."
AT_AGENCY = ("forwarded", "in_progress")
WAITS_FOR_NO_OFFICE = ("reporter", "on_call")

cases_ = st.integers(0, 2)
units = st.sampled_from(UNITS)
told = st.booleans()


class After(NamedTuple):
    """What follows an action: whether its reaction ran or was lost with its worker, and how long nothing is done."""

    heard: bool
    hours: int


after_ = st.builds(After, heard=told, hours=st.sampled_from((0, 1, 25, 50, 120)))


class Ladders(RuleBasedStateMachine):
    """Three cases, two units, everybody in their posts, and time that only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        cache.clear()
        self.people = staffed(UNITS[0])
        self.people["other"] = person("liaison_officer", UNITS[1])
        # A letter that waits for its signature costs no paper.
        LetterPolicy.objects.create(agency=None, signing=True)
        self.now = START
        self.cases: list[Case] = []
        self.seen_steps = self.seen_messages = 0
        self.dates: dict[int, dict[str, Any]] = {}
        self.seen_events: dict[int, int] = {}

    def teardown(self) -> None:
        if self.cases:
            self._everything_is_made_good()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        cache.clear()

    @initialize(night=st.booleans())
    def three_cases(self, night: bool) -> None:
        at = START.replace(hour=21) if night else START
        self.now = at
        self.cases = [
            forwarded(UNITS[0], self.people, at),
            forwarded(UNITS[0], self.people, at),
            submitted("35.78", at),
        ]
        watch_cases([case.pk for case in self.cases], now=at)

    # What people do. A refusal changes nothing and is no failure.

    def _do(self, number: int, service: Callable[..., Any], who: str, after: After, **given: Any) -> None:
        case = self.cases[number]
        actor = PUBLIC.proving(*(one.pk for one in self.cases)) if who == "reporter" else self._actor(who)
        self.now += timedelta(minutes=1)
        try:
            with transaction.atomic():
                service(tracking_id=case.tracking_id, actor=actor, now=self.now, **given)
            if after.heard:
                watch_cases([one.pk for one in self.cases], now=self.now)
        except TanggapError:
            pass
        self._live(self.now + timedelta(hours=after.hours))

    def _actor(self, who: str) -> Any:
        return TIMER if who == "timer" else acting(self.people[who])

    def _holder(self, number: int) -> str:
        return "other" if Case.objects.get(pk=self.cases[number].pk).agency.code == UNITS[1] else "liaison_officer"

    @rule(number=cases_, kind=st.sampled_from(("done", "promised", "interim", "interim", "empty")), after=after_)
    def answers(self, number: int, kind: str, after: After) -> None:
        today = self.now.date()
        draft = {
            "done": Draft(SUBSTANCE, True, Answer(kind="done", done_on=today - DAY, office="Bidang Penerangan")),
            "promised": Draft(SUBSTANCE, True, Answer(kind="promised", promised_on=today + 9 * DAY)),
            "interim": Draft("Regu sudah melihat dua tiang yang padam di sana."),
            "empty": Draft("Terima kasih, akan segera kami tindak lanjuti."),
        }[kind]
        self._do(number, answer_case, self._holder(number), after, draft=draft)

    @rule(number=cases_, after=after_)
    def asks(self, number: int, after: After) -> None:
        verified = Case.objects.get(pk=self.cases[number].pk).verified_at is not None
        who = self._holder(number) if verified else "coordinator"
        self._do(number, hold_case, who, after, question="Di depan rumah nomor berapa?")

    @rule(number=cases_, after=after_)
    def replies(self, number: int, after: After) -> None:
        self._do(number, reply_to_case, "reporter", after, text="Di depan rumah nomor tujuh.")

    @rule(number=cases_, how=st.sampled_from(("forward", "return", "accept")), unit=units, after=after_)
    def moves(self, number: int, how: str, unit: str, after: After) -> None:
        if how == "forward":
            self._do(number, forward_case, "national_admin", after, agency=agency_by_code(unit))
        elif how == "return":
            self._do(number, return_case, self._holder(number), after, reason="Jalan ini milik provinsi.")
        else:
            self._do(number, accept_case, self._holder(number), after)

    @rule(number=cases_, how=st.sampled_from(("archive", "merge", "withdraw", "confirm")), into=cases_, after=after_)
    def ends(self, number: int, how: str, into: int, after: After) -> None:
        if how == "archive":
            self._do(number, archive_case, "coordinator", after, reason="unclear", explanation="Tidak jelas.")
        elif how == "merge":
            self._do(number, merge_cases, "national_admin", after, into=self.cases[into].tracking_id)
        else:
            self._do(number, withdraw_case if how == "withdraw" else confirm_case, "reporter", after)

    @rule(number=cases_, after=after_)
    def comes_back(self, number: int, after: After) -> None:
        """By whichever way leads back from where the case is; every refusal on the way changes nothing."""
        quiet = After(heard=after.heard, hours=0)
        self._do(number, unmerge_case, "national_admin", quiet)
        self._do(number, unarchive_case, "national_admin", quiet)
        self._do(number, object_to_case, "reporter", quiet, text="Lampunya masih padam.")
        self._do(number, reopen_case, "national_admin", after, reason="Ditemukan bukti baru.")

    @rule(number=cases_, unit=units, after=after_)
    def names_a_subject(self, number: int, unit: str, after: After) -> None:
        about = About(agencies=[agency_by_code(unit)])
        self._do(number, set_subjects, "national_admin", after, about=about)

    @rule(who=st.sampled_from(("liaison_officer", "unit_head", "coordinator", "sekda")))
    def leaves_or_comes_back(self, who: str) -> None:
        person_ = Person.objects.get(pk=self.people[who].pk)
        Person.objects.filter(pk=person_.pk).update(is_active=not person_.is_active)
        self.people[who].is_active = not person_.is_active

    # What the world does.

    @rule(ahead=st.integers(0, 12), heard=told)
    def declares_a_day_off(self, ahead: int, heard: bool) -> None:
        """A late decree: the dates are computed again, whether or not the watches hear of it."""
        day = self.now.date() + timedelta(days=ahead)
        if DayOff.objects.filter(date=day, agency=None).exists():
            return
        edit = CalendarEdit(days=(DayEdit(None, day, None, Day("Cuti bersama", "joint")),))
        event = edit_calendar(agency_id=None, edit=edit, actor_key="person:1", now=self.now, reason="Keppres")
        while recompute_due_dates(event_id=event.pk, now=self.now):
            pass
        if heard:
            watch_agency(agency_id=None, now=self.now)

    @rule(hours=st.sampled_from((1, 23, 72)))
    def time_passes(self, hours: int) -> None:
        self._live(self.now + timedelta(hours=hours))

    @rule(days=st.integers(2, 12))
    def the_worker_is_down(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.sweeps(twice=False)

    def _live(self, until: datetime) -> None:
        """What the worker does meanwhile: a sweep at every moment a watch names."""
        while True:
            due = Watch.objects.filter(next_check_at__lte=until).order_by("next_check_at").first()
            if due is None or due.next_check_at is None:
                break
            self.now = max(self.now, due.next_check_at)
            self.sweeps(twice=False)
        self.now = until

    @rule()
    def timers_run(self) -> None:
        with frozen(self.now):
            run_timers(now=self.now)

    @rule()
    def the_worker_restarts(self) -> None:
        watch_missing(now=Event.objects.latest("recorded_at").recorded_at)

    @rule(twice=st.booleans())
    def sweeps(self, twice: bool) -> None:
        before = dict(Watch.objects.values_list("case_id", "next_check_at"))
        with frozen(self.now):
            sweep(now=self.now)
            if twice:
                # The second one still sees the watches as they were: its steps must be the first one's.
                for case_id, moment in before.items():
                    Watch.objects.filter(case_id=case_id).update(next_check_at=moment)
                sweep(now=self.now)
        self._check_steps()

    # What must hold.

    def _check_steps(self) -> None:
        fresh = list(TakenStep.objects.filter(pk__gt=self.seen_steps).order_by("pk"))
        groups: dict[tuple[int, str, str], set[datetime]] = {}
        for step in fresh:
            self.seen_steps = step.pk
            assert step.due_at <= self.now, "nothing before it is due"
            if step.state == TakenStep.State.TAKEN:
                groups.setdefault((step.case_id, step.clock, step.run), set()).add(step.due_at)
                self._clock_runs(step)
        assert all(len(moments) == 1 for moments in groups.values()), "only the step now due, not the week before it"
        self._check_messages()

    def _clock_runs(self, step: TakenStep) -> None:
        """Whether the clock of the step was running when it was decided, from the rows alone."""
        case = Case.objects.get(pk=step.case_id)
        open_leg = Leg.objects.filter(case=case, held_to=None).first()
        at_agency = case.state in AT_AGENCY and open_leg is not None
        mine = open_leg is not None and step.run in (f"leg:{open_leg.pk}", "limit:1")
        runs = {
            "verification": case.state == "unverified" and case.verified_at is None,
            "first_answer": at_agency and mine and case.first_answered_at is None,
            "resolution": at_agency and mine and case.answered_at is None and case.objection_due_at is None,
            "objection": at_agency and case.objection_due_at is not None,
            "window": case.state == "answered",
            "completion": case.state == "on_hold",
            "statutory": case.state not in ("closed", "archived") and case.answered_at is None,
            "promise": case.state != "archived" and Pledge.objects.filter(case=case, state="pending").exists(),
            "urgent": case.urgent and case.state == "unverified",
        }
        assert runs.get(step.clock), f"{step.clock} does not run in {case.state}"

    def _check_messages(self) -> None:
        for message in Message.objects.filter(pk__gt=self.seen_messages, source__startswith="step:").order_by("pk"):
            self.seen_messages = message.pk
            if message.recipient_key.startswith("person:"):
                who = Person.objects.get(pk=message.recipient_key.removeprefix("person:"))
                self._in_office_hours(message, who)
                self._is_no_subject(message, who)

    def _in_office_hours(self, message: Message, who: Person) -> None:
        if message.recipient_role in WAITS_FOR_NO_OFFICE or message.urgent:
            return
        offices = Membership.objects.filter(person=who, role=message.recipient_role)
        assert any(calendar_of(post.agency_id).is_open(message.not_before) for post in offices), "office hours"

    def _is_no_subject(self, message: Message, who: Person) -> None:
        places = {
            int(part)
            for path in Membership.objects.filter(person=who).values_list("agency__path", flat=True)
            for part in path.strip("/").split("/")
        } - {root_agency().pk}
        about = Subject.objects.filter(case_id=int(message.stream.removeprefix("case:")))
        assert not about.filter(agency_id__in=places).exists(), "never a message to a subject"
        assert not about.filter(person=who).exists()

    @invariant()
    def no_case_is_closed_without_an_answer_in_substance(self) -> None:
        for case in Case.objects.filter(pk__in=[one.pk for one in self.cases], state="closed"):
            finals = Words.objects.filter(case=case, kind="final", draft=False)
            assert case.answered_at is not None
            assert finals.exists()

    @invariant()
    def due_dates_move_for_a_recorded_reason_alone(self) -> None:
        for case in Case.objects.filter(pk__in=[one.pk for one in self.cases]):
            dates = {name: plain(getattr(case, name)) for name in DUE_DATES}
            moved = {name for name in DUE_DATES if dates[name] != self.dates.get(case.pk, {}).get(name)}
            events = Event.objects.filter(stream=case.stream, pk__gt=self.seen_events.get(case.pk, 0)).order_by("pk")
            named = {name for event in events for name in event.data.get("changes", {})}
            assert moved <= named, f"{moved - named} moved, and no event says so"
            self.dates[case.pk] = dates
            self.seen_events[case.pk] = max([self.seen_events.get(case.pk, 0), *(event.pk for event in events)])

    def _everything_is_made_good(self) -> None:
        """After the storm: one restart and one sweep leave nothing due, and the ledger is whole."""
        self.the_worker_restarts()
        watch_agency(agency_id=None, now=self.now)
        self.sweeps(twice=False)
        assert not Watch.objects.filter(next_check_at__lte=self.now).exists()
        for case in Case.objects.filter(pk__in=[one.pk for one in self.cases]):
            events = list(events_of(case.stream))
            assert chain_is_intact(events)
            told_ = replay(event.data.get("changes", {}) for event in events)
            for name in DUE_DATES:
                assert comparable(name, told_.get(name)) == comparable(name, getattr(case, name))

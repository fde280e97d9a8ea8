"""The inbox as an address asks for it: filters read without ever failing, rows, and groups by what is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.clocks import ClockView
from tanggap.cases.models import Case
from tanggap.cases.selectors import Filters, inbox, present_clock, queue_counts
from tanggap.cases.selectors.lists import NEWEST_FIRST, QUEUES
from tanggap.cases.vocabulary import ChannelWord, ClassificationWord, StateWord
from tanggap.cases.workflow import State
from tanggap.common import formats
from tanggap.common.clockwords import language
from tanggap.console.access import own_calendar
from tanggap.directory.calendar import WorkingCalendar
from tanggap.directory.selectors import calendar_of

DEFAULT_QUEUE = "attention"
LONGEST_WORDS = 200
LONGEST_CODE = 24
MOST_ID = 2**63 - 1


def queue_of(query: QueryDict) -> str:
    """The queue of the address; an unknown one means the first."""
    name = query.get("queue", "")
    return name if name in QUEUES or name in NEWEST_FIRST else DEFAULT_QUEUE


def filters_of(query: QueryDict) -> Filters:
    """What the address asks for. Whatever cannot be meant is dropped: a broken link still shows a list."""
    return Filters(
        state=_known(query, "state", StateWord.values),
        classification=_known(query, "classification", ClassificationWord.values),
        channel=_known(query, "channel", ChannelWord.values),
        category=_code(query, "category"),
        region=_code(query, "region"),
        agency_id=_number(query, "agency"),
        late=query.get("late", "") == "1",
        mine=query.get("mine", "") == "1",
        drafted=query.get("drafted", "") == "1",
        text=" ".join(query.get("q", "").replace("\x00", " ").split())[:LONGEST_WORDS],
        since=_day(query, "since"),
        until=_day(query, "until"),
    )


# What an address of the inbox may carry.
PARAMETERS = (
    "queue", "state", "classification", "channel", "category", "region", "agency", "late", "mine", "drafted", "q",
    "since", "until",
)  # fmt: skip


def kept_query(query: QueryDict) -> str:
    """The inbox of an address in its shortest form: nothing empty, nothing the inbox does not know, no page."""
    kept = QueryDict(mutable=True)
    for name in PARAMETERS:
        if value := query.get(name, "").replace("\x00", ""):
            kept[name] = value
    kept["queue"] = queue_of(query)
    return kept.urlencode()


def _known(query: QueryDict, name: str, values: Iterable[str]) -> str:
    value = query.get(name, "")
    return value if value in values else ""


def _code(query: QueryDict, name: str) -> str:
    value = query.get(name, "")
    return value if value.replace(".", "").replace("-", "").replace("_", "").isalnum() and _short(value) else ""


def _short(value: str) -> bool:
    return len(value) <= LONGEST_CODE and value.isascii()


def _number(query: QueryDict, name: str) -> int | None:
    value = query.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) <= 19):
        return None
    return int(value) if int(value) <= MOST_ID else None


def _day(query: QueryDict, name: str) -> date | None:
    try:
        found = date.fromisoformat(query.get(name, "")[:10])
    except ValueError:
        return None
    # A day at the edge of the calendar cannot be moved into a time zone.
    return found if 1945 <= found.year <= 9000 else None


def is_narrowed(filters: Filters) -> bool:
    """Whether anything but the queue is chosen."""
    return filters != Filters()


@dataclass(frozen=True, slots=True)
class Row:
    """One case of a list of work."""

    number: str
    title: str
    url: str
    state: str
    facts: tuple[str, ...]
    clock: ClockView | None
    due: str
    late: bool
    pick: bool
    urgent: bool = False
    forward_url: str = ""
    answer_url: str = ""
    final_url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are late, due today, or due next; `count` is None where only this page was counted."""

    name: str
    title: str
    count: int | None
    rows: list[Row]


def midnight(now: datetime, calendar: WorkingCalendar) -> datetime:
    """The end of today where the officer sits."""
    today = now.astimezone(calendar.zone).date()
    return datetime.combine(today + timedelta(days=1), datetime.min.time(), calendar.zone)


def counts(actor: Actor, queue: str, *, now: datetime, calendar: WorkingCalendar) -> dict[str, int]:
    """How many stand in each queue, and how many of this queue are late, due today and due next. One statement."""
    end, here = midnight(now, calendar), QUEUES.get(queue, Q())
    parts = {
        "late": here & Q(due_at__lt=now),
        "today": here & Q(due_at__gte=now, due_at__lt=end),
        "next": here & Q(due_at__gte=end),
    }
    return queue_counts(actor, parts=parts)


def groups_of(
    cases: Sequence[Case],
    *,
    counted: dict[str, int] | None,
    now: datetime,
    calendar: WorkingCalendar,
    suffix: str = "",
) -> list[Group]:
    """The page in its order, under the headings that have a row. `suffix` tells the pages of its cases the list."""
    titles = {"late": _("Terlambat"), "today": _("Batasnya hari ini"), "next": _("Sesudah hari ini"), "ended": ""}
    end = midnight(now, calendar)
    parted: dict[str, list[Row]] = {name: [] for name in titles}
    for case in cases:
        parted[_part(case, now, end)].append(row_of(case, now=now, suffix=suffix))
    return [Group(name, titles[name], (counted or {}).get(name), rows) for name, rows in parted.items() if rows]


def _part(case: Case, now: datetime, end: datetime) -> str:
    if case.due_at is None:
        return "ended"
    if case.due_at < now:
        return "late"
    return "today" if case.due_at < end else "next"


def row_of(case: Case, *, now: datetime, suffix: str = "") -> Row:
    """A case as one line of a list."""
    waiting = case.state == State.UNVERIFIED

    def box(slug: str) -> str:
        return f"{reverse('console:deed', args=[case.tracking_id, slug])}{suffix}#kotak"

    return Row(
        number=case.tracking_id,
        title=case.title or case.tracking_id,
        url=reverse("console:case", args=[case.tracking_id]) + suffix,
        state=case.state,
        facts=tuple(_facts(case)),
        clock=present_clock(case, now=now),
        due=_due_words(case),
        late=case.due_at is not None and case.due_at < now,
        urgent=case.urgent and case.due_at is not None,
        pick=waiting or case.state in (State.FORWARDED, State.IN_PROGRESS),
        forward_url=box("verifikasi" if waiting else "teruskan"),
        answer_url=box("tanggapan"),
        final_url=box("jawaban"),
    )


def _due_words(case: Case) -> str:
    """What a row says where no clock can be drawn: paused, or running anew after an objection."""
    if case.due_at is None:
        return ""
    day = formats.short_date(case.due_at.astimezone(calendar_of(case.agency_id).zone).date(), language())
    if case.state == State.ON_HOLD:
        return _("Jam berhenti: menunggu pelapor sampai %(day)s") % {"day": day}
    return _("Jawaban sesudah keberatan: batas %(day)s") % {"day": day}


def _facts(case: Case) -> Iterable[str]:
    if case.region is not None:
        yield case.region.name
    if case.state == State.UNVERIFIED:
        yield _("lewat %(channel)s") % {"channel": case.get_channel_display()}
    else:
        yield _("dipegang %(holder)s") % {"holder": case.agency.name}
    if (given := getattr(case, "assignment", None)) is not None and "assignment" in case._state.fields_cache:
        yield _("ditugaskan kepada %(name)s") % {"name": given.person.name}
    if case.secret:
        yield _("rahasia")
    if case.unconfirmed:
        yield _("belum dikonfirmasi penulisnya")
    if case.objection_due_at is not None and case.state == State.IN_PROGRESS and case.objections:
        yield _("keberatan: petugas lain yang menjawab")
    elif case.returns and case.state == State.FORWARDED:
        yield _("pernah dikembalikan: bukan wewenang")


def listed(query: QueryDict, actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The list that an address of the inbox asks for, as the actor sees it."""
    return inbox(actor, queue=queue_of(query), filters=filters_of(query), now=now, calendar=own_calendar(actor))

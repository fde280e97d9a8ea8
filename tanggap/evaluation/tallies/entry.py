"""What one case contributes to the figures at a moment, and to whose. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, Final, NamedTuple

from tanggap.cases.clocks import calendar_duration, working_duration
from tanggap.cases.workflow import Outcome, State
from tanggap.directory.calendar import WorkingCalendar
from tanggap.evaluation.tallies.facts import CaseFacts, answered_on_time, changes_next, facts_of, is_overdue
from tanggap.evaluation.tallies.histogram import bucket_of
from tanggap.evaluation.tallies.slots import slot_of
from tanggap.evaluation.tallies.told import Stretch, Told

A_DAY: Final = 86_400_000_000
EVERYTHING: Final = 0
"""The node of the whole instance."""
NONE: Final = "none"
"""The key of cases without a classification, category or place."""
FORWARDED_WITHIN, FOLLOWED_UP_WITHIN = 3 * A_DAY, 10 * A_DAY
"""Calendar days from submission, as the national page counts them (DOMAIN §7)."""

MEASURES: Final = {
    "first_answer_working": "fw",
    "first_answer_calendar": "fc",
    "verification_working": "vw",
    "citizen_first_answer": "cf",
    "citizen_close": "cc",
}
"""The durations of an entry, and what their keys in a tally begin with: `fw.n`, `fw.us`, `fw:<bucket>`."""
HELD: Final = "held"
AMOUNTS: Final = ("rating", "kept", "broken", "pending", *(f"{key}.us" for key in MEASURES.values()), f"{HELD}.us")
"""The keys that count more than one a case."""


class World(NamedTuple):
    """What of the directory the figures stand on."""

    calendar_of: Callable[[int], WorkingCalendar]
    nodes_of: Callable[[int, int | None], tuple[int, ...]]
    """The agencies in whose figures a case of this (agency, body) stands, the whole instance first."""
    is_body: Callable[[int], bool] = lambda _node: True
    """Whether a node is a government, a national body, a region or everything: not a unit."""
    prepare: Callable[[Iterable[int]], object] = lambda _agency_ids: None
    """Look up together what will be asked about some agencies."""


class Entry(NamedTuple):
    """The columns of a `TallyEntry`; durations in microseconds."""

    case_id: int
    slot: int
    received_at: datetime
    agency_id: int
    body_id: int | None
    region: str
    category: str
    classification: str
    channel: str
    state: str
    outcome: str
    archive_reason: str
    guarded: bool
    merged: bool
    judged: bool
    on_time: bool
    overdue: bool
    reopened: bool
    returned: bool
    rating: int | None
    first_answer_working: int | None
    first_answer_calendar: int | None
    verification_working: int | None
    citizen_first_answer: int | None
    citizen_close: int | None
    citizen_forward: int | None
    promises_kept: int
    promises_broken: int
    promises_pending: int
    held: list[tuple[list[int], int]]
    nodes: list[int]
    charged: list[int]
    ever: list[int]
    changed_at: datetime
    next_at: datetime | None
    seq: int


def entry_of(case_id: int, told: Told, at: datetime, world: World) -> Entry:
    """What a case contributes `at` a moment, from what its events tell until then."""
    case = facts_of(told)
    # Where it stood then, and where what was done there counts today: the two differ once an agency was merged.
    places = {node for agency, body in told.places for of in (body, None) for node in world.nodes_of(agency, of)}
    passed = [limit for limit in case.limits if limit <= at]
    assert told.last_at is not None
    return entry_from(
        case_id,
        case,
        at,
        world,
        ever=sorted({*places, *chain.from_iterable(map(regions_above, told.regions))}),
        changed_at=max([told.last_at, *passed]),
        seq=told.seq,
    )


def entry_from(case_id: int, case: CaseFacts, at: datetime, world: World, **known: Any) -> Entry:
    """The same from its facts; `known` is what only its history tells: `ever`, `changed_at`, `seq`."""
    on_time = answered_on_time(case, at)
    return Entry(
        case_id=case_id,
        slot=slot_of(case.received_at),
        received_at=case.received_at,
        agency_id=case.agency_id,
        body_id=case.body_id,
        region=case.region or "",
        category=case.category or "",
        classification=case.classification or "",
        channel=case.channel,
        state=case.state,
        outcome=case.outcome,
        archive_reason=case.archive_reason,
        guarded=case.guarded,
        merged=case.merged,
        judged=on_time is not None,
        on_time=bool(on_time),
        overdue=is_overdue(case, at),
        reopened=case.reopens > 0,
        returned=case.returns > 0,
        rating=case.rating,
        **_durations(case, world.calendar_of(case.agency_id)),
        promises_kept=case.promises_kept,
        promises_broken=case.promises_broken,
        promises_pending=case.promises_pending,
        held=list(_held(case, world)),
        nodes=list(world.nodes_of(case.agency_id, case.body_id)),
        charged=[] if on_time is None else _charged(case, on_time, world),
        next_at=changes_next(case, at),
        **known,
    )


def _durations(case: CaseFacts, calendar: WorkingCalendar) -> dict[str, Any]:
    first = case.first_answered_at
    return {
        "first_answer_working": _working(case, case.forwarded_at, first, calendar),
        "first_answer_calendar": _elapsed(case.forwarded_at, first, case),
        "verification_working": _working(case, case.received_at, case.verified_at, calendar),
        "citizen_first_answer": _elapsed(case.received_at, first),
        "citizen_close": _elapsed(case.received_at, case.closed_at) if case.state == State.CLOSED else None,
        "citizen_forward": _elapsed(case.received_at, case.forwarded_at),
    }


@cache
def regions_above(region: str) -> tuple[int, ...]:
    """The nodes of the province and the regency of a region: their codes, negative."""
    parts = region.split(".") if region else []
    return tuple(-int("".join(parts[:length])) for length in (1, 2) if len(parts) >= length)


def _working(case: CaseFacts, start: datetime | None, end: datetime | None, calendar: WorkingCalendar) -> int | None:
    if start is None or end is None:
        return None
    return round(working_duration(start, end, calendar, case.pauses) * A_DAY)


def _elapsed(start: datetime | None, end: datetime | None, paused: CaseFacts | None = None) -> int | None:
    if start is None or end is None:
        return None
    return round(calendar_duration(start, end, paused.pauses if paused else ()) * A_DAY)


def _held(case: CaseFacts, world: World) -> Iterator[tuple[list[int], int]]:
    """Working time with each holder that handed it on, answered or saw it end, net of pauses; running time is not yet
    anybody's."""
    for stretch in case.stretches:
        if stretch.end is not None:
            spent = _working(case, stretch.start, stretch.end, world.calendar_of(stretch.agency_id))
            yield list(world.nodes_of(stretch.agency_id, _body_of(case, stretch))), spent or 0


def _body_of(case: CaseFacts, stretch: Stretch) -> int | None:
    return case.body_id if stretch.agency_id == case.agency_id else None


def _charged(case: CaseFacts, on_time: bool, world: World) -> list[int]:
    """Who is charged with a first answer in time or out of it: the holder that gave it, or, out of time, the one who
    had the case longest before its limit, of two the later (our decision, ADR 24)."""
    due = case.answer_due_at
    assert due is not None
    if on_time and case.first_answered_at is not None:
        holders = [s for s in case.stretches if s.start <= case.first_answered_at]
        chosen = holders[-1] if holders else None
    else:
        chosen = _longest(case, due, world)
    if chosen is None:
        return list(world.nodes_of(case.agency_id, case.body_id))
    return list(world.nodes_of(chosen.agency_id, _body_of(case, chosen)))


def _longest(case: CaseFacts, due: datetime, world: World) -> Stretch | None:
    spent: dict[int, tuple[int, int]] = {}
    last: dict[int, Stretch] = {}
    for number, stretch in enumerate(case.stretches):
        end = min(stretch.end or due, due)
        if stretch.start < due:
            time = _working(case, stretch.start, end, world.calendar_of(stretch.agency_id)) or 0
            before = spent.get(stretch.agency_id, (0, 0))[0]
            spent[stretch.agency_id] = (before + time, number)
            last[stretch.agency_id] = stretch
    return last[max(spent, key=lambda agency: spent[agency])] if spent else None


class Share(NamedTuple):
    """What a case adds to some nodes: one for each key in `ones`, and `amounts` in the order of `AMOUNTS`."""

    ones: list[str]
    amounts: list[int]

    def counts(self) -> dict[str, int]:
        """Both, by key."""
        amounts = zip(AMOUNTS, self.amounts, strict=True)
        return {**Counter(self.ones), **{key: amount for key, amount in amounts if amount}}


def _own_share(entry: Entry) -> Share:
    """What the case itself adds; a merged duplicate nothing but that it is one."""
    if entry.merged:
        return Share(["merged"], [0] * len(AMOUNTS))
    ones = ["n", *_dimensions(entry), *_places(entry.region), *(name for name, flag in _flags(entry) if flag)]
    durations = [getattr(entry, name) for name in MEASURES]
    for key, duration in zip(MEASURES.values(), durations, strict=True):
        if duration is not None:
            ones += _number(key), _named(key, bucket_of(duration))
    if entry.rating is not None:
        ones.append("rated")
    promises = (entry.promises_kept, entry.promises_broken, entry.promises_pending)
    return Share(ones, [entry.rating or 0, *promises, *(duration or 0 for duration in durations), 0])


def counts_of(entry: Entry) -> dict[str, int]:
    """What the case itself adds, by key; a merged duplicate nothing but that it is one."""
    return _own_share(entry).counts()


def _dimensions(entry: Entry) -> Iterator[str]:
    yield _named("state", entry.state)
    yield _named("channel", entry.channel)
    yield _named("class", entry.classification or NONE)
    yield _named("category", entry.category or NONE)
    if entry.outcome:
        yield _named("outcome", entry.outcome)
    if entry.archive_reason:
        yield _named("reason", entry.archive_reason)


@cache
def _named(dimension: str, value: str | int) -> str:
    """A key, once for all cases: millions of equal strings would have to be hashed each."""
    return f"{dimension}:{value}"


@cache
def _number(measure: str) -> str:
    return f"{measure}.n"


@cache
def _places(region: str) -> tuple[str, str]:
    parts = region.split(".")
    regency, district = (".".join(parts[:length]) if len(parts) >= length else NONE for length in (2, 3))
    return f"regency:{regency}", f"district:{district}"


def _flags(entry: Entry) -> Iterator[tuple[str, bool]]:
    yield "judged", entry.judged
    yield "on_time", entry.on_time
    yield "overdue", entry.overdue
    yield "reopened", entry.reopened
    yield "returned", entry.returned
    yield "guarded", entry.guarded
    yield "closed_silent", entry.state == State.CLOSED and entry.outcome == Outcome.SILENT
    yield "forwarded_in_time", entry.citizen_forward is not None and entry.citizen_forward <= FORWARDED_WITHIN
    answered = entry.citizen_first_answer
    yield "followed_up_in_time", answered is not None and answered <= FOLLOWED_UP_WITHIN


def shares_of(entry: Entry) -> dict[tuple[int, ...], Share]:
    """Everything the case adds, by the nodes to which it adds it: mostly one share for all of them."""
    regions = regions_above(entry.region)
    shares = {(*entry.nodes, *regions): _own_share(entry)}
    if entry.merged:
        return shares

    def share_of(nodes: Sequence[int]) -> Share:
        return shares.setdefault((*nodes, *regions), Share([], [0] * len(AMOUNTS)))

    if entry.judged:
        share_of(entry.charged).ones.extend(("charged", "charged_on_time") if entry.on_time else ("charged",))
    for nodes, duration in entry.held:
        ones, amounts = share_of(nodes)
        ones += _number(HELD), _named(HELD, bucket_of(duration))
        amounts[-1] += duration
    return shares


def parts_of(entry: Entry) -> Iterator[tuple[int, Mapping[str, int]]]:
    """(node, counts): the same for each node."""
    for nodes, share in shares_of(entry).items():
        counts = share.counts()
        for node in nodes:
            yield node, counts


def counts_in(entry: Entry, node: int) -> Counter[str]:
    """What the case adds to one node."""
    counts: Counter[str] = Counter()
    for number, part in parts_of(entry):
        if number == node:
            counts.update(part)
    return counts

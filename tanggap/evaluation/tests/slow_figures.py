"""The figures once more, by other means: every event of every case read one by one, every working day counted one by
one. Nothing of the product is used but its rows. Slow, plain, and the judge of the tallies (DOMAIN §7)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from tanggap.directory.models import Agency, DayOff, OfficeWeek, Region
from tanggap.ledger.models import Event

STATES = ("unverified", "on_hold", "forwarded", "in_progress", "answered", "closed", "archived")


class Slow:
    """All cases as of a moment; `card` for whomever over whatever days."""

    def __init__(self, as_of: datetime, until: datetime | None = None) -> None:
        assert not OfficeWeek.objects.exclude(days="0,1,2,3,4").exists()
        self.at = as_of
        self.off = set(DayOff.objects.filter(agency=None, working=False).values_list("date", flat=True))
        self.agencies = {agency.pk: agency for agency in Agency.objects.all()}
        self.cases: list[dict[str, Any]] = []
        events = Event.objects.filter(stream__startswith="case:").order_by("stream", "seq")
        by_case: dict[str, list[Event]] = {}
        for event in events:
            if until is None or event.at <= until:
                by_case.setdefault(event.stream, []).append(event)
        self.cases = [self.tell(told) for told in by_case.values()]

    def tell(self, events: list[Event]) -> dict[str, Any]:
        case: dict[str, Any] = {"holds": [], "legs": [], "made": 0, "kept": 0, "broken": set()}
        for event in events:
            for name, value in event.data.get("changes", {}).items():
                moment = name.endswith("_at") and value
                case[name] = datetime.fromisoformat(value) if moment else value
            on_hold = case["state"] == "on_hold"
            if on_hold and not (case["holds"] and case["holds"][-1][1] is None):
                case["holds"].append([event.at, None])
            if not on_hold and case["holds"] and case["holds"][-1][1] is None:
                case["holds"][-1][1] = event.at
            has_it = bool(case.get("forwarded_at")) and case["state"] in ("forwarded", "in_progress", "on_hold")
            holder = case["agency_id"] if has_it else None
            if "changes" in event.data and holder != (
                case["legs"][-1][0] if case["legs"] and not case["legs"][-1][2] else None
            ):
                if case["legs"] and case["legs"][-1][2] is None:
                    case["legs"][-1][2] = event.at
                if holder is not None:
                    case["legs"].append([holder, event.at, None])
            case["made"] += "promised_on" in event.data
            if event.name == "case.promise_kept" and not event.data["late"]:
                case["kept"] += 1
            elif event.name.startswith("case.promise"):
                case["broken"].add(event.data["pledge"])
        return case

    def working(self, agency_id: int) -> Any:
        zone = ZoneInfo(self.agencies[agency_id].zone)

        def on(day: date) -> bool:
            return day.weekday() < 5 and day not in self.off

        return zone, on

    def days(
        self, case: dict[str, Any], start: datetime, end: datetime, agency_id: int | None, holds: bool = True
    ) -> float:
        """Days between two moments: on working days of an agency, or all where it is None; less time on hold."""
        taken = self.stretch(start, end, agency_id)
        if holds:
            for begun, over in self.joined(case["holds"], end):
                taken -= self.stretch(max(begun, start), min(over, end), agency_id)
        return max(0.0, taken)

    @staticmethod
    def joined(holds: list[list[Any]], end: datetime) -> list[list[datetime]]:
        whole: list[list[datetime]] = []
        for begun, over in sorted([a, b or end] for a, b in holds):
            if over <= begun:
                continue
            if whole and begun <= whole[-1][1]:
                whole[-1][1] = max(whole[-1][1], over)
            else:
                whole.append([begun, over])
        return whole

    def stretch(self, start: datetime, end: datetime, agency_id: int | None) -> float:
        if end <= start:
            return 0.0
        if agency_id is None:
            return (end - start).total_seconds() / 86_400
        zone, works = self.working(agency_id)
        seconds, day = 0.0, start.astimezone(zone).date()
        while day <= end.astimezone(zone).date():
            opens, closes = (datetime.combine(day + timedelta(n), time.min, zone) for n in (0, 1))
            if works(day):
                seconds += max(0.0, (min(end, closes) - max(start, opens)).total_seconds())
            day += timedelta(days=1)
        return seconds / 86_400

    def asked(self, case: dict[str, Any]) -> datetime | None:
        return case["holds"][-1][0] if case["holds"] and case["holds"][-1][1] is None else None

    def on_time(self, case: dict[str, Any]) -> bool | None:
        due, first = case.get("answer_due_at"), case.get("first_answered_at")
        if not due:
            return None
        stands = self.at if first or not self.asked(case) else min(self.at, self.asked(case))
        if not due < stands:
            return None
        if first:
            return first <= due
        if case["state"] == "archived" and case.get("closed_at") and case["closed_at"] <= due:
            return None
        return False

    def overdue(self, case: dict[str, Any]) -> bool:
        if case["state"] not in ("unverified", "on_hold", "forwarded", "in_progress"):
            return False
        if case.get("first_answered_at"):
            due = case.get("objection_due_at") or case.get("resolution_due_at")
        elif case.get("verified_at") or case.get("forwarded_at"):
            due = case.get("answer_due_at")
        else:
            due = case.get("verification_due_at")
        asked = self.asked(case)
        return bool(due) and due < (min(self.at, asked) if asked else self.at)

    def charged_to(self, case: dict[str, Any], on_time: bool) -> int:
        due, first = case["answer_due_at"], case.get("first_answered_at")
        if on_time:
            held = [leg for leg in case["legs"] if leg[1] <= first]
            return held[-1][0] if held else case["agency_id"]
        spent: dict[int, list[float]] = {}
        for number, (holder, begun, over) in enumerate(case["legs"]):
            if begun < due:
                known = spent.setdefault(holder, [0.0, 0])
                known[0] += round(self.days(case, begun, min(over or due, due), holder) * 86_400_000_000)
                known[1] = number
        return max(spent, key=lambda holder: spent[holder]) if spent else case["agency_id"]

    def stands(self, case: dict[str, Any], agency_id: int, of: Agency | Region) -> bool:
        """Whether what an agency of the case did counts for somebody."""
        if isinstance(of, Region):
            return f"{case.get('region_id') or ''}.".startswith(f"{of.code}.")
        if of.code == "ID":
            return True
        agency = self.agencies[agency_id]
        body = case.get("body_id") if agency_id == case["agency_id"] and case.get("body_id") else agency.body_id
        return body == of.pk if of.body_id == of.pk else agency.path.startswith(of.path)

    def card(self, of: Agency | Region, first: date, last: date) -> dict[str, Any]:
        zone = ZoneInfo(of.zone)
        all_cases = [
            case for case in self.cases
            if first <= case["received_at"].astimezone(zone).date() <= last and not case.get("merged_into_id")
        ]  # fmt: skip
        cases = [case for case in all_cases if self.stands(case, case["agency_id"], of)]
        judged = [verdict for case in cases if (verdict := self.on_time(case)) is not None]
        charged = [
            verdict for case in all_cases if (verdict := self.on_time(case)) is not None
            and self.stands(case, self.charged_to(case, verdict), of)
        ]  # fmt: skip
        held = [
            self.days(case, begun, over, holder)
            for case in all_cases for holder, begun, over in case["legs"] if over and self.stands(case, holder, of)
        ]  # fmt: skip
        n, states = len(cases), Counter(case["state"] for case in cases)
        rated = [case["rating"] for case in cases if case.get("rating")]
        done, going = states["closed"], states["in_progress"] + states["answered"]

        def times(start: str, end: str, working: bool, holds: bool, state: str = "") -> dict[str, Any]:
            return spread([
                self.days(case, case[start], case[end], case["agency_id"] if working else None, holds)
                for case in cases if case.get(start) and case.get(end) and (not state or case["state"] == state)
            ])  # fmt: skip

        def within(end: str, days: int) -> int:
            return sum(
                1
                for case in cases
                if case.get(end) and self.days(case, case["received_at"], case[end], None, False) <= days
            )

        counted = {
            "overdue": sum(map(self.overdue, cases)),
            "reopened": sum(1 for case in cases if case.get("reopens")),
            "closed_silent": sum(case["state"] == "closed" and case.get("outcome") == "silent" for case in cases),
            "returned": sum(1 for case in cases if case.get("returns")),
        }
        return {
            "total": n,
            "by_state": {state: states[state] for state in STATES},
            "by_channel": count(case["channel"] for case in cases),
            "by_classification": count(case.get("classification") or "none" for case in cases),
            "by_category": count(case.get("category_id") or "none" for case in cases),
            "by_district": count(part(case, 3) for case in cases),
            "by_regency": count(part(case, 2) for case in cases),
            "by_outcome": count(case["outcome"] for case in cases if case.get("outcome")),
            "by_archive_reason": count(case["archive_reason"] for case in cases if case.get("archive_reason")),
            "completion": {
                "closed_over_total": ratio(done, n),
                "closed_and_in_progress_over_total": ratio(done + going, n),
                "closed_over_total_without_archived": ratio(done, n - states["archived"]),
            },
            "first_answer_working_days": times("forwarded_at", "first_answered_at", True, True),
            "first_answer_calendar_days": times("forwarded_at", "first_answered_at", False, True),
            "verification_working_days": times("received_at", "verified_at", True, True),
            "citizen_first_answer_calendar_days": times("received_at", "first_answered_at", False, False),
            "citizen_close_calendar_days": times("received_at", "closed_at", False, False, "closed"),
            "held_working_days": spread(held),
            "on_time_share": ratio(sum(judged), len(judged)),
            "on_time_n": len(judged),
            "charged": {"on_time": sum(charged), "n": len(charged)},
            **counted,
            "shares": {name: ratio(number, n) for name, number in counted.items()},
            "satisfaction": {"mean": ratio(sum(rated), len(rated)), "n": len(rated)},
            "forwarded_within_3": within("forwarded_at", 3),
            "followed_up_within_10": within("first_answered_at", 10),
            "promises": {
                "kept": sum(case["kept"] for case in cases),
                "broken": sum(len(case["broken"]) for case in cases),
                "pending": sum(case["made"] - case["kept"] - len(case["broken"]) for case in cases),
            },
        }


def spread(values: list[float]) -> dict[str, Any]:
    """Mean, median, p90 by nearest rank, n."""
    if not values:
        return {"mean": None, "median": None, "p90": None, "n": 0}
    ordered, n = sorted(values), len(values)
    middle = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    return {"mean": sum(values) / n, "median": middle, "p90": ordered[ceil(n * 0.9) - 1], "n": n}


def count(keys: Any) -> dict[str, int]:
    return dict(sorted(Counter(keys).items()))


def part(case: dict[str, Any], length: int) -> str:
    parts = (case.get("region_id") or "").split(".")
    return ".".join(parts[:length]) if len(parts) >= length else "none"


def ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None

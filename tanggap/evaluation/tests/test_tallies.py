"""What tallies stand on: months in three zones, histograms, a crash, an altered event, what the audit says."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.audit import audit_tallies
from tanggap.evaluation.figures import Figures, spread
from tanggap.evaluation.models import Tally, TallyEntry
from tanggap.evaluation.periods import Period, month_of
from tanggap.evaluation.selectors import report_card
from tanggap.evaluation.selectors.differences import differences
from tanggap.evaluation.selectors.sheets import MOST_EXACT
from tanggap.evaluation.services.count_missing import count_missing
from tanggap.evaluation.services.fold_everything import fold_everything
from tanggap.evaluation.services.fold_tallies import fold_tallies
from tanggap.evaluation.tallies.entry import A_DAY
from tanggap.evaluation.tallies.histogram import bucket_of
from tanggap.evaluation.tallies.sheet import sheet_from
from tanggap.evaluation.tallies.slots import ZONES, slot_of, slots_between, year_slot
from tanggap.evaluation.tallies.spans import cut
from tanggap.evaluation.tests.random_events import begin, write
from tanggap.ledger.models import Movement

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
moments = st.integers(10**9, 3 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
near_a_turn = st.builds(
    lambda year, month, hours: datetime(year, month, 1, 12, tzinfo=UTC) + timedelta(hours=hours),
    st.integers(2001, 2080), st.integers(1, 12), st.floats(0, 8),
)  # fmt: skip


@given(moments | near_a_turn, st.sampled_from(ZONES), st.sampled_from([1, 12]))
def test_a_moment_lies_in_the_slots_of_its_month_and_year_in_every_zone_and_in_no_other(at, zone, months):
    day = at.astimezone(ZoneInfo(zone)).date()
    assert slot_of(at, months) in slots_between(day, day, zone, months)
    for other in (day.replace(day=1) - timedelta(days=1), month_of(day).last + timedelta(days=1)):
        same = other.year == day.year if months == 12 else False
        assert (slot_of(at, months) in slots_between(other, other, zone, months)) == same
    assert year_slot(slot_of(at)) == slot_of(at, 12)


@given(st.dates(date(2001, 1, 1), date(2060, 1, 1)), st.integers(0, 2000))
def test_a_period_is_cut_into_runs_that_cover_each_of_its_days_once(first, length):
    period = Period(first, first + timedelta(days=length))
    parts = cut(period)
    days = [(run[1], run[2]) for run in parts.whole] + [(edge.first, edge.last) for edge in parts.edges]
    covered = [day for a, b in days for day in range(a.toordinal(), b.toordinal() + 1)]
    assert sorted(covered) == list(range(period.first.toordinal(), period.last.toordinal() + 1))
    assert all(a.day == 1 and (b + timedelta(days=1)).day == 1 for _n, a, b in parts.whole)


def from_histogram(durations):
    counts = {"fw.n": len(durations), "fw.us": sum(durations)}
    for duration in durations:
        key = f"fw:{bucket_of(duration)}"
        counts[key] = counts.get(key, 0) + 1
    return Figures(sheet_from(counts)).first_answer_working_days


@given(st.lists(st.integers(60_000_000, 4000 * A_DAY), min_size=1, max_size=200))
def test_median_and_p90_of_a_histogram_are_within_two_per_cent_and_the_mean_is_exact(durations):
    found, right = from_histogram(durations), spread(durations)
    assert (found.n, found.mean) == (right.n, right.mean)
    assert found.median == pytest.approx(right.median, rel=0.02)
    assert found.p90 == pytest.approx(right.p90, rel=0.02)


@pytest.mark.parametrize("shape", ["lognormal", "pareto", "two heaps", "all the same"])
def test_skewed_durations_are_told_within_two_per_cent(shape):
    random = Random(7)
    draw = {
        "lognormal": lambda: random.lognormvariate(1, 2),
        "pareto": lambda: random.paretovariate(0.7),
        "two heaps": lambda: random.choice((0.01, 30)) * random.uniform(0.9, 1.1),
        "all the same": lambda: 3.5,
    }[shape]
    durations = [int(min(draw(), 4000) * A_DAY) + 60_000_000 for _ in range(20_001)]
    found, right = from_histogram(durations), spread(durations)
    assert found.median == pytest.approx(right.median, rel=0.02)
    assert found.p90 == pytest.approx(right.p90, rel=0.02)


@pytest.fixture
def some_cases(db):
    lines = [begin(Random(seed), datetime(2025, 1, 5, tzinfo=UTC)) for seed in range(40)]
    for line in lines:
        for _ in range(6):
            line.step()
    write(lines)
    fold_everything(now=NOW)
    return lines


def findings():
    return [difference.line for difference in audit_tallies(now=NOW)]


def test_folding_leaves_no_movement_and_the_audit_finds_nothing(some_cases):
    assert not Movement.objects.exists()
    assert TallyEntry.objects.count() == 40
    assert findings() == []
    assert fold_tallies(now=NOW) == 0


def test_an_entry_is_read_as_it_was_counted(some_cases):
    found = list(differences([line.case_id for line in some_cases], NOW))
    assert [difference.kept for difference in found] == [difference.then for difference in found]
    assert any(difference.kept.held for difference in found)


def test_movements_still_to_be_folded_in_are_in_order_and_count_already(some_cases):
    line = some_cases[0]
    line.record("rated", rating=5)
    line.record("corrected", category_id="KES-09")
    write([line])
    assert findings() == []
    assert "KES-09" in report_card(agency_by_code("ID"), date(2024, 1, 1), date(2027, 1, 1)).figures.by_category


def test_a_folding_that_fails_changes_nothing(some_cases, monkeypatch):
    some_cases[0].record("rated", rating=5)
    write(some_cases[:1])
    before = list(Tally.objects.order_by("pk").values())

    def fail(_changes):
        raise RuntimeError("no disk")

    with monkeypatch.context() as broken:
        broken.setattr("tanggap.evaluation.services.fold_tallies.add_to_tallies", fail)
        with pytest.raises(RuntimeError):
            fold_tallies(now=NOW)
    assert Movement.objects.count() == 1
    assert list(Tally.objects.order_by("pk").values()) == before
    assert fold_tallies(now=NOW) == 1
    assert findings() == []


def test_an_instance_that_never_counted_counts_everything_once(some_cases):
    before = report_card(agency_by_code("ID"), YEAR.first, YEAR.last).as_json()
    TallyEntry.objects.all().delete()
    Tally.objects.all().delete()
    some_cases[0].record("rated", rating=5)
    write(some_cases[:1])
    fold_everything(now=NOW)
    assert TallyEntry.objects.count() == 40
    assert findings() == []
    assert report_card(agency_by_code("ID"), YEAR.first, YEAR.last).as_json()["total"] == before["total"]


def test_a_case_that_nobody_counted_is_found_at_night(some_cases):
    fresh = begin(Random(99), datetime(2025, 3, 1, tzinfo=UTC))
    write([fresh])
    Movement.objects.all().delete()
    fold_everything(now=NOW)
    assert not TallyEntry.objects.filter(case_id=fresh.case_id).exists()
    assert count_missing() == 1
    fold_everything(now=NOW)
    assert TallyEntry.objects.filter(case_id=fresh.case_id).exists()
    assert findings() == []
    assert count_missing() == 0


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE evaluation_tally SET counts = counts || '{\"n\": 99}' WHERE node = 0 AND months = 1", "tally:0/1/"),
        ("UPDATE evaluation_tallyentry SET state = 'closed', outcome = 'silent' WHERE case_id = {case}", "state"),
        ("UPDATE evaluation_tallyentry SET first_answer_working = 1 WHERE case_id = {case}", "first_answer_working"),
        ("DELETE FROM evaluation_tallyentry WHERE case_id = {case}", "belum terhitung"),
        (
            "UPDATE ledger_event SET data = jsonb_set(data, '{changes,channel}', '\"sms\"'), personal = NULL "
            "WHERE stream = 'case:{case}' AND seq = 1",
            "channel",
        ),
    ],
)
def test_what_was_altered_behind_its_back_is_found(some_cases, sql, named):
    case_id = next(line.case_id for line in some_cases if line.columns["channel"] != "sms")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER USER")
        cursor.execute(sql.replace("{case}", str(case_id)))
        cursor.execute("ALTER TABLE ledger_event ENABLE TRIGGER USER")
    assert named in " ".join(findings())


def test_above_the_bound_percentiles_come_from_the_histogram(some_cases, monkeypatch):
    exact = report_card(agency_by_code("ID"), YEAR.first, date(2026, 12, 31)).figures.first_answer_calendar_days
    monkeypatch.setattr("tanggap.evaluation.selectors.cards.MOST_EXACT", 1)
    about = report_card(agency_by_code("ID"), YEAR.first, date(2026, 12, 31)).figures.first_answer_calendar_days
    assert MOST_EXACT > 1
    assert (about.n, about.mean) == (exact.n, exact.mean)
    assert about.p90 == pytest.approx(exact.p90, rel=0.02)
    assert about.p90 != exact.p90

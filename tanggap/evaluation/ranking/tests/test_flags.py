"""Each rule against gaming points at the cases it is about, and at no others."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tanggap.evaluation.ranking.flags import RULES, Limits, Seen, raised

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LAST = date(2026, 6, 30)
END = datetime(2026, 6, 29, 12, tzinfo=UTC)
CLOSED = {"state": "closed", "answered_at": START + DAY, "ended_at": START + 15 * DAY, "outcome": "silent"}
ARCHIVED = {"state": "archived", "archive_reason": "unclear"}

# Rule → its row, a case it points at, cases it must leave alone.
EXAMPLES = {
    "closed_unread": (
        Limits(3, 0.3, timedelta(0)),
        {**CLOSED, "outcome": "unreached", "seen_at": START},
        [
            {**CLOSED, "outcome": "unreached", "seen_at": START + 2 * DAY},
            CLOSED,
            {**CLOSED, "outcome": "confirmed"},
            {**CLOSED, "state": "answered"},
        ],
    ),
    "identical_answers": (
        Limits(3, 0.1, timedelta(0)),
        {"state": "answered", "answer": "sama"},
        [{"state": "answered", "answer": "lain"}, {"state": "forwarded"}],
    ),
    "template_in_minutes": (
        Limits(3, 0.1, 10 * MINUTE),
        {"state": "answered", "answer": "a", "forwarded_at": START, "first_answered_at": START + 4 * MINUTE},
        [
            {"state": "answered", "answer": "a", "forwarded_at": START, "first_answered_at": START + HOUR},
            {"state": "answered", "answer": "b", "forwarded_at": START, "first_answered_at": START + MINUTE},
        ],
    ),
    "archived_at_the_end": (
        Limits(3, 0.5, 5 * DAY),
        {**ARCHIVED, "ended_at": END},
        [
            {**ARCHIVED, "ended_at": END - 5 * DAY},
            {**ARCHIVED, "ended_at": END, "archive_reason": "withdrawn"},
            {**ARCHIVED, "ended_at": END + 9 * DAY},
        ],
    ),
    "entered_by_who_answers": (
        Limits(3, 0.3, DAY),
        {**CLOSED, "entered_by_holder": True, "ended_at": START + HOUR},
        [{**CLOSED, "entered_by_holder": True}, {**CLOSED, "ended_at": START + HOUR}],
    ),
    "stopped_before_the_limit": (
        Limits(3, 0.5, DAY),
        {"state": "on_hold", "stops": ((START, START + 2 * HOUR),)},
        [{"state": "on_hold", "stops": ((START, START + 3 * DAY), (START, START - HOUR))}, {"state": "forwarded"}],
    ),
    "merged_late": (
        Limits(3, 0.3, timedelta(0)),
        {"state": "archived", "merged": True, "answer_due_at": START, "ended_at": START + DAY},
        [
            {"state": "archived", "merged": True, "answer_due_at": START + 2 * DAY, "ended_at": START + DAY},
            {
                "state": "archived",
                "merged": True,
                "answer_due_at": START,
                "ended_at": START + DAY,
                "first_answered_at": START - DAY,
            },
        ],
    ),
    "withdrawn_in_bursts": (
        Limits(3, 3.0, timedelta(0)),
        {"state": "archived", "archive_reason": "withdrawn", "ended_at": START + DAY},
        [
            {"state": "archived", "archive_reason": "withdrawn", "ended_at": START + 40 * DAY},
            {"state": "closed", "ended_at": START + DAY, "received_at": START + 61 * DAY},
        ],
    ),
}


def seen(pk: int, **given: object) -> Seen:
    return Seen(pk=pk, **{"received_at": START, **given})


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_flag_names_its_cases_and_no_others(name):
    limits, bad, good = EXAMPLES[name]
    cases = [*(seen(n, **bad) for n in range(3)), *(seen(10 + n, **one) for n, one in enumerate(good))]
    finding = raised(name, cases, limits, LAST)
    assert finding is not None
    assert finding.cases == (0, 1, 2)
    assert len(finding.cases) <= finding.of <= len(cases)


@pytest.mark.parametrize("name", EXAMPLES)
def test_few_cases_or_a_small_share_raise_nothing(name):
    limits, bad, good = EXAMPLES[name]
    assert raised(name, [], limits, LAST) is None
    assert raised(name, [seen(n, **bad) for n in range(2)], limits, LAST) is None
    assert raised(name, [seen(n, **one) for n, one in enumerate(good)], limits, LAST) is None


def test_what_is_usual_is_no_burst():
    limits, bad, _good = EXAMPLES["withdrawn_in_bursts"]
    every_month = [
        seen(10 * month + n, **{**bad, "received_at": at, "ended_at": at + HOUR})
        for month in range(3)
        for n in range(4)
        for at in [START + 31 * month * DAY]
    ]
    assert raised("withdrawn_in_bursts", every_month, limits, LAST) is None


def test_every_rule_has_its_example():
    assert set(EXAMPLES) == set(RULES)

"""No few hidden cases show as the difference between a count and its rows, nor between two versions."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tanggap.evaluation.opendata.pooling import OTHER, SMALLEST, pooled
from tanggap.evaluation.opendata.withholding import BODY, TOTAL, Listed, is_small, may_replace, withhold

DIMENSIONS = ("state", "category")
cases = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.booleans()), max_size=40)


def cells_of(found):
    """As a version has them."""
    if len(found) < SMALLEST:
        return {TOTAL: None} if found else {}
    cells = {TOTAL: len(found)}
    for at, name in enumerate(DIMENSIONS):
        counts = Counter(case[at] for case in found)
        cells |= {(name, key): number for key, number in (pooled(counts) or {}).items()}
    return cells


def rows_of(found, before=None):
    """The listed ones."""
    return [
        Listed(f"{number:03}", dict(zip(DIMENSIONS, case, strict=False)), (before or {}).get(f"{number:03}"))
        for number, case in enumerate(found)
        if case[2]
    ]


def said(rows):
    """What a version said of each row."""
    return {
        row.id: {name: None if name in row.withheld else value for name, value in row.values.items()}
        | {BODY: None if BODY in row.withheld else ""}
        for row in rows
    }


@given(cases)
@settings(max_examples=200, deadline=None)
def test_no_count_less_its_rows_leaves_a_few_and_no_row_names_a_hidden_cell(found):
    cells, rows = cells_of(found), rows_of(found)
    withhold(cells, rows)
    bound = [row for row in rows if BODY not in row.withheld]
    if not cells.get(TOTAL):
        assert not bound
        return
    assert not is_small(cells[TOTAL] - len(bound))
    for name in DIMENSIONS:
        shown = Counter(row.values[name] for row in bound if name not in row.withheld)
        named = {key: number for (of, key), number in cells.items() if of == name and key != OTHER}
        assert set(shown) <= set(named)
        assert not [key for key, number in named.items() if is_small(number - shown[key])]


@given(cases, cases)
@settings(max_examples=200, deadline=None)
def test_what_was_withheld_once_is_never_told_later(first, more):
    earlier = rows_of(first)
    withhold(cells_of(first), earlier)
    told = said(earlier)
    later = rows_of(first + more, told)
    withhold(cells_of(first + more), later)
    for row in later:
        assert {name for name, value in told.get(row.id, {}).items() if value is None} <= row.withheld


@given(cases, cases)
@settings(max_examples=200, deadline=None)
def test_no_number_of_a_version_differs_by_a_few_from_the_one_before(first, more):
    before, after = cells_of(first), cells_of(first + more)
    published = before if before and not may_replace(before, after) else after
    for cell in before.keys() & published.keys():
        assert not is_small((published[cell] or 0) - (before[cell] or 0))


@given(cases, st.integers(1, 6))
@settings(max_examples=100, deadline=None)
def test_new_rows_beside_numbers_that_stay_leave_no_few_hidden_cases(found, later):
    """Cases that were hidden when the numbers were published and are listed now."""
    cells, rows = cells_of(found), rows_of(found)
    withhold(cells, rows)
    shown_later = [(*case[:2], case[2] or number < later) for number, case in enumerate(found)]
    again = rows_of(shown_later, said(rows))
    withhold(cells, again)
    bound = [row for row in again if BODY not in row.withheld]
    if cells.get(TOTAL):
        assert not is_small(cells[TOTAL] - len(bound))


def test_one_hidden_case_among_many_silences_four_rows():
    found = [("a", "x", True)] * 9 + [("a", "x", False)]
    rows = rows_of(found)
    withhold(cells_of(found), rows)
    assert sum(BODY in row.withheld for row in rows) == 4


def test_a_row_that_was_told_is_not_silenced_because_another_one_went():
    found = [("a", "x", True)] * 8
    before = said(rows_of(found))
    rows = rows_of([*found[:7], ("a", "x", False)], before)
    withhold(cells_of(found), rows)
    assert not any(row.withheld for row in rows)


def test_one_late_case_waits_for_more():
    ten, eleven = cells_of([("a", "x", True)] * 10), cells_of([("a", "x", True)] * 11)
    assert not may_replace(ten, eleven)
    assert not may_replace(ten, cells_of([("a", "x", True)] * 3))
    assert may_replace(ten, cells_of([("a", "x", True)] * 15))

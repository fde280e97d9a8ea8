"""The arithmetic of the index: exact ninths, every grade's edge, the sample, against slow and independent sums."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.surveys.ikm import Band, Tally, grade_of, mean_index, rounded, sample_size
from tanggap.surveys.reference import BANDS

LEGAL = [Band(grade, Decimal(floor)) for grade, floor, _id, _en in BANDS]
ANSWERS = st.lists(st.tuples(*[st.integers(1, 4)] * 9), min_size=1, max_size=40)


def test_all_fours_are_exactly_one_hundred_and_all_ones_twenty_five() -> None:
    assert str(Tally.of([(4,) * 9] * 3).index) == "100.00"
    assert str(Tally.of([(1,) * 9] * 7).index) == "25.00"


def test_a_ninth_is_a_ninth() -> None:
    """With 0.11 this would be 99; with 0.111 it would be 99.9."""
    tally = Tally.of([(4,) * 9])
    assert tally.exact == 100
    assert Tally.of([(4, 4, 4, 4, 4, 4, 4, 4, 3)]).exact == Fraction(35, 9) * 25


def test_without_answers_there_is_nothing_to_say() -> None:
    empty = Tally.of([])
    assert (empty.n, empty.means, empty.exact, empty.index, empty.weakest) == (0, (), None, None, ())
    assert grade_of(None, LEGAL) == ""
    assert mean_index([]) is None


@pytest.mark.parametrize(
    ("index", "grade"),
    [
        ("100.00", "A"), ("88.31", "A"), ("88.30", "B"), ("76.61", "B"), ("76.60", "C"),
        ("65.00", "C"), ("64.99", "D"), ("25.00", "D"), ("24.99", ""),
    ],
)  # fmt: skip
def test_every_edge_of_every_grade(index: str, grade: str) -> None:
    assert grade_of(Decimal(index), LEGAL) == grade
    assert grade_of(Decimal(index), reversed(LEGAL)) == grade


def test_the_grade_is_that_of_the_published_number() -> None:
    """88.305 is published as 88.31 and is therefore an A; a hair less is published as 88.30, a B."""
    assert rounded(Fraction(88305, 1000)) == Decimal("88.31")
    assert rounded(Fraction(88305, 1000) - Fraction(1, 10**9)) == Decimal("88.30")


@pytest.mark.parametrize(("people", "wanted"), [(220, 140), (1200, 291), (2000, 322), (1, 1), (10, 10), (2, 2)])
def test_sample_sizes_of_krejcie_and_morgan(people: int, wanted: int) -> None:
    assert sample_size(people) == wanted


@pytest.mark.parametrize("people", [0, -1])
def test_nobody_has_no_sample(people: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        sample_size(people)


@given(st.integers(1, 300_000_000))
def test_a_sample_is_never_more_than_everybody_nor_than_a_larger_population_needs(people: int) -> None:
    assert 1 <= sample_size(people) <= min(people, 384)
    assert sample_size(people) <= sample_size(people + 1)


@given(ANSWERS)
def test_the_index_equals_a_slow_sum_over_single_ratings(answers: list[tuple[int, ...]]) -> None:
    tally = Tally.of(answers)
    total = sum(sum(answer) for answer in answers)
    assert tally.exact == Fraction(total * 25, 9 * len(answers))
    assert tally.index is not None
    assert abs(Fraction(tally.index) - tally.exact) <= Fraction(1, 200)
    assert Decimal(25) <= tally.index <= Decimal(100)
    assert grade_of(tally.index, LEGAL) in {"A", "B", "C", "D"}


@given(ANSWERS)
def test_order_and_storage_change_nothing(answers: list[tuple[int, ...]]) -> None:
    tally = Tally.of(answers)
    assert Tally.of(reversed(answers)) == tally
    assert Tally.flat(tally.as_flat) == tally
    assert tally.n == len(answers)


@given(ANSWERS)
def test_the_weakest_are_all_that_share_the_lowest_mean(answers: list[tuple[int, ...]]) -> None:
    sums = [sum(answer[at] for answer in answers) for at in range(9)]
    assert Tally.of(answers).weakest == tuple(f"u{at + 1}" for at in range(9) if sums[at] == min(sums))


@pytest.mark.parametrize("answer", [(0,) * 9, (5,) * 9, (4,) * 8, (4,) * 10, ()])
def test_what_is_no_answer_is_not_counted(answer: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="nine ratings"):
        Tally.of([answer])


@pytest.mark.parametrize("numbers", [[1] * 35, [1] * 37, [2] + [1] * 35])
def test_numbers_that_cannot_be_a_tally_are_none(numbers: list[int]) -> None:
    with pytest.raises(ValueError, match=r"tally|every answer"):
        Tally.flat(numbers)

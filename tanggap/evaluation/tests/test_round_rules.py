"""Sampling, agreement and scores by themselves."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.evaluation.rounds.agreement import agreement
from tanggap.evaluation.rounds.sampling import allocate, draw
from tanggap.evaluation.rounds.scoring import needs_third, share_of

populations = st.dictionaries(st.integers(0, 500).map(str), st.sampled_from("abcd"), max_size=80).map(
    lambda rows: [(stratum, case) for case, stratum in rows.items()]
)


@given(populations, st.integers(0, 40), st.text(max_size=8), st.randoms())
def test_the_same_seed_and_population_give_the_same_sample_in_whatever_order(population, size, seed, random):
    shuffled = list(population)
    random.shuffle(shuffled)
    found = draw(population, size, seed)
    assert draw(shuffled, size, seed) == found
    cases = [case for _stratum, case in found.chosen]
    assert len(cases) == len(set(cases)) == min(size, len(population))
    assert set(found.chosen) <= set(population)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60)), st.integers(0, 50))
def test_every_stratum_gets_its_share_and_one_where_there_is_room(sizes, size):
    given_ = allocate(sizes, size)
    total = sum(sizes.values())
    assert sum(given_.values()) == min(size, total)
    assert all(given_[stratum] <= sizes[stratum] for stratum in sizes)
    filled = [stratum for stratum in sizes if sizes[stratum]]
    if size >= len(filled):
        assert all(given_[stratum] for stratum in filled)
        if total > size:
            exact = {one: (size - len(filled)) * (sizes[one] - 1) / max(1, total - len(filled)) for one in filled}
            assert all(abs(given_[one] - 1 - exact[one]) < 1 for one in filled)


def test_of_equal_remainders_the_larger_stratum_comes_first():
    # 2/6 · (1, 1, 4) leaves a third each: as binary fractions they would not be equal.
    assert allocate({"a": 1, "b": 1, "c": 4}, 2) == {"a": 0, "b": 0, "c": 2}


def test_another_seed_or_another_population_is_seen():
    population = [("a", str(n)) for n in range(50)]
    assert draw(population, 5, "x").chosen != draw(population, 5, "y").chosen
    assert draw(population, 5, "x").digest != draw([*population, ("a", "51")], 5, "x").digest
    with pytest.raises(ValueError, match="one stratum"):
        draw([("a", "1"), ("b", "1")], 1, "x")


def test_agreement_by_hand():
    met = agreement([(4, 4), (4, 3), (2, 2), (0, 1)], 4)
    assert met.alike == Fraction(1, 2)
    # Weights (a-b)²/16: seen (0+1+0+1)/16/4 = 1/32. Expected: all pairs of {4,4,2,0} and {4,3,2,1}, over 16.
    expected = Fraction(sum((a - b) ** 2 for a in (4, 4, 2, 0) for b in (4, 3, 2, 1)), 16 * 16)
    assert met.kappa == 1 - Fraction(1, 32) / expected
    assert agreement([(3, 3), (1, 1)], 4).kappa == 1
    assert agreement([(0, 4), (4, 0)], 4).kappa == -1


def test_agreement_where_chance_explains_everything_is_not_defined():
    assert agreement([(3, 3), (3, 3)], 4).kappa is None
    assert agreement([], 4) == agreement((), 4)
    assert agreement([], 4).alike is None


def test_two_readers_far_apart_call_for_a_third_whose_middle_counts():
    near, far = [{"a": 4, "b": 3}, {"a": 3, "b": 3}], [{"a": 4, "b": 3}, {"a": 2, "b": 3}]
    assert not needs_third(near)
    assert share_of(near) == Fraction(13, 16)
    assert share_of(near[:1]) is None
    assert needs_third(far)
    assert share_of(far) is None
    assert share_of([*far, {"a": 3, "b": 1}]) == Fraction(3 + 3, 8)

"""Nobody's small count can be had from what is published, neither by reading nor by subtracting."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tanggap.evaluation.opendata.pooling import OTHER, SMALLEST, pooled

cells = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), max_size=8)


@given(cells)
def test_what_is_named_is_large_the_rest_is_large_or_nothing_and_the_sum_is_right(counts):
    found = pooled(counts)
    if sum(counts.values()) < SMALLEST:
        assert found is None
        return
    assert all(number >= SMALLEST for number in found.values())
    assert sum(found.values()) in (sum(counts.values()), 0)
    assert all(counts[key] == number for key, number in found.items() if key != OTHER)


@given(cells)
def test_the_rest_stands_for_two_keys_at_least(counts):
    found = pooled(counts) or {}
    if OTHER in found:
        hidden = [key for key, number in counts.items() if number and key not in found]
        assert len(hidden) >= 2


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9), min_size=4, max_size=4))
def test_whoever_knows_all_keys_and_the_rule_can_compute_no_hidden_cell(counts):
    """The subtraction attack: every assignment of the hidden keys that would have been published just so."""
    found = pooled(counts)
    if found is None or OTHER not in found:
        return
    hidden = [key for key in counts if key not in found]
    possible = []
    for values in product(range(found[OTHER] + 1), repeat=len(hidden)):
        if sum(values) == found[OTHER]:
            guess = {**{k: n for k, n in found.items() if k != OTHER}, **dict(zip(hidden, values, strict=True))}
            if pooled(guess) == found:
                possible.append(dict(zip(hidden, values, strict=True)))
    for key in hidden:
        if counts[key]:
            assert len({guess[key] for guess in possible}) > 1, (counts, found, key)


def test_a_small_rest_takes_the_smallest_named_cell_along():
    assert pooled({"a": 30, "b": 6, "c": 1}) == {"a": 30, OTHER: 7}
    assert pooled({"a": 3, "b": 2}) == {OTHER: 5}
    assert pooled({"a": 5, "b": 0}) == {"a": 5}
    assert pooled({"a": 4}) is None
    assert pooled({"a": 4, "b": 4, "c": 9}) == {OTHER: 17}
    assert pooled({"a": 4, "b": 4}) == {}

"""Numbers people write down catch what people get wrong."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.common import ids

bodies = st.lists(st.sampled_from(ids.ALPHABET), min_size=8, max_size=8)


def with_check(body: list[str]) -> str:
    """The one valid id with this body."""
    found = [body_text for last in ids.ALPHABET if (body_text := ids.normalize_tracking_id("".join(body) + last))]
    assert len(found) == 1, "a body has exactly one check character"
    return found[0].replace("-", "")


def test_a_new_tracking_id_is_valid_canonical_and_unlike_the_one_before() -> None:
    made = {ids.new_tracking_id() for _ in range(2000)}
    assert len(made) == 2000
    assert all(ids.normalize_tracking_id(one) == one for one in made)
    assert all(len(one) == 11 and one[4] == one[9] == "-" for one in made)


def test_every_character_of_the_alphabet_comes_up_in_every_place() -> None:
    made = [ids.new_tracking_id().replace("-", "") for _ in range(2000)]
    for place in range(9):
        assert {one[place] for one in made} == set(ids.ALPHABET)


@given(bodies)
def test_every_single_wrong_character_is_caught(body: list[str]) -> None:
    right = with_check(body)
    for place in range(9):
        for other in set(ids.ALPHABET) - {right[place]}:
            assert ids.normalize_tracking_id(right[:place] + other + right[place + 1 :]) is None


@given(bodies)
def test_every_exchange_of_two_characters_is_caught(body: list[str]) -> None:
    right = with_check(body)
    for left, other in combinations(range(9), 2):
        swapped = list(right)
        swapped[left], swapped[other] = swapped[other], swapped[left]
        assert ids.normalize_tracking_id("".join(swapped)) == (
            ids.normalize_tracking_id(right) if right[left] == right[other] else None
        )


def test_the_rule_holds_for_every_pair_of_values_in_every_pair_of_places() -> None:
    """Linear code: an error is caught exactly when the change of the weighted sum is not zero."""
    tables = ids._TABLES
    for table in tables:
        assert len(set(table)) == 32
        assert table[0] == 0
    for left, right in combinations(range(9), 2):
        for one, other in combinations(range(32), 2):
            before = tables[left][one] ^ tables[right][other]
            assert before != tables[left][other] ^ tables[right][one]


@given(bodies, st.randoms(use_true_random=False))
def test_hyphens_case_and_spaces_at_the_ends_do_not_matter(body: list[str], random) -> None:
    right = with_check(body)
    typed = "".join(random.choice([character, character.lower()]) for character in right)
    typed = "-".join([typed[:3], typed[3:]])
    assert ids.normalize_tracking_id(f"  {typed}\n") == f"{right[:4]}-{right[4:8]}-{right[8]}"


@given(bodies)
def test_o_is_zero_and_i_and_l_are_one(body: list[str]) -> None:
    right = with_check(body)
    for one in "IiLl":
        typed = right.replace("0", "o").replace("1", one)
        assert (ids.normalize_tracking_id(typed) or "").replace("-", "") == right


@pytest.mark.parametrize(
    "typed",
    ["", "-", "U" * 9, "ABCD EFGH J", "ABCD_EFGH_J", "#2007157", "0" * 8, "0" * 10, "0000\u20100000\u20100", "٠" * 9],
)
def test_nothing_else_is_forgiven(typed: str) -> None:
    assert ids.normalize_tracking_id(typed) is None


def test_letters_that_only_become_ascii_in_upper_case_are_refused() -> None:
    assert ids.normalize_tracking_id("000000000") == "0000-0000-0"
    right = with_check(list("11111111"))
    assert ids.normalize_tracking_id(right.replace("1", "ı")) is None
    assert ids.normalize_secret_code("ſ" * 12) is None


@given(st.text(max_size=200))
def test_any_text_is_answered_without_an_error(text: str) -> None:
    for normalize in (ids.normalize_tracking_id, ids.normalize_secret_code):
        canonical = normalize(text)
        assert canonical is None or normalize(canonical) == canonical


def test_a_secret_code_has_sixty_bits_and_reads_like_the_tracking_id() -> None:
    code = ids.new_secret_code()
    assert len(code) == 14
    assert ids.normalize_secret_code(f" {code.lower().replace('-', '')} ") == code
    assert ids.normalize_secret_code(code[:-1]) is None
    assert len({ids.new_secret_code() for _ in range(1000)}) == 1000

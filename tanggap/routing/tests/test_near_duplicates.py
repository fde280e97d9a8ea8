"""Texts in nearly the same words are found together, whatever order they come in, and others are not."""

from datetime import UTC, datetime, timedelta
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.routing.near_duplicates import Piece, distinct, likeness, near_groups, runs

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
LAMP = "Lampu jalan di depan balai desa Banyulegi sudah padam sejak tiga malam yang lalu dan warga takut lewat di sana"
ROAD = "Jalan menuju pasar rusak berat penuh lubang sehingga banyak pengendara motor jatuh setiap kali hujan turun"


def piece(key: int, text: str, *, place: str = "35.27.03", days: float = 0) -> Piece:
    return Piece(key, place, START + days * DAY, text)


def grouped(*pieces: Piece) -> list[list[int]]:
    return near_groups(pieces, like=0.6, within=7 * DAY)


def test_the_same_words_with_other_numbers_and_a_word_more_are_one_group():
    assert grouped(
        piece(1, f"{LAMP}. Nomor 12."),
        piece(2, f"Mohon perhatian! {LAMP}. Nomor 40.", days=1),
        piece(3, ROAD),
        piece(4, LAMP.upper(), days=3),
    ) == [[1, 2, 4]]


def test_other_words_another_place_or_weeks_between_are_not():
    assert grouped(piece(1, LAMP), piece(2, ROAD)) == []
    assert grouped(piece(1, LAMP), piece(2, LAMP, place="35.27.04")) == []
    assert grouped(piece(1, LAMP), piece(2, LAMP, days=8)) == []
    assert grouped(piece(1, ""), piece(2, "  12 12")) == []


def test_a_group_may_last_longer_than_the_time_between_two_of_it():
    assert grouped(*(piece(n, LAMP, days=5 * n) for n in range(4))) == [[0, 1, 2, 3]]


@given(
    st.lists(st.tuples(st.sampled_from([LAMP, ROAD, LAMP[:60], "padam"]), st.integers(0, 40)), max_size=12),
    st.randoms(),
)
def test_the_order_in_which_texts_come_changes_nothing(given_texts, chance):
    pieces = [piece(n, text, days=days) for n, (text, days) in enumerate(given_texts)]
    shuffled = list(pieces)
    chance.shuffle(shuffled)
    assert grouped(*shuffled) == grouped(*pieces)


def test_likeness_is_the_share_of_common_runs():
    assert likeness(runs(LAMP), runs(LAMP)) == 1.0
    assert likeness(runs(LAMP), runs(ROAD)) == 0.0
    assert 0.6 < likeness(runs(LAMP), runs("Mohon dibantu " + LAMP)) < 1.0


@pytest.mark.parametrize(
    ("marks", "people"),
    [([], 0), ([{"a"}, {"a", "b"}, {"b"}], 1), ([{"a"}, {"b"}], 2), ([{"a"}, {"b"}, {"a", "b"}], 1)],
)
def test_whoever_shares_a_mark_is_the_same_person(marks, people):
    assert distinct(frozenset(mark) for mark in marks) == people


@pytest.mark.long
def test_ten_thousand_texts_of_one_place_take_seconds():
    chance = Random(7)
    words = [f"kata{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(400)]
    texts = [" ".join(chance.choices(words, k=30)) for _n in range(8000)] + [LAMP] * 2000
    began = process_time()
    groups = near_groups([piece(n, text) for n, text in enumerate(texts)], like=0.6, within=7 * DAY)
    assert [len(group) for group in groups] == [2000]
    assert process_time() - began < 20

"""Hiding what a reporter wants hidden."""

from __future__ import annotations

import pytest

from tanggap.common.masking import mask
from tanggap.common.redacting import LONGEST_PHRASE, MOST_PHRASES, offered, phrases_of, redact, telling_words

STORY = "Di kelas 4 jembatan Melati, SDN Karanglo 3, dipungut Rp50.000. Telepon 0812-3456-7890. Warga melati takut."


def test_a_word_is_hidden_wherever_it_stands_and_masking_still_finds_the_rest() -> None:
    public = redact(STORY, ("melati", "SDN Karanglo 3"))
    assert "elati" not in public
    assert "Karanglo" not in public
    assert public.count("[DISAMARKAN]") == 3
    assert "[TELEPON]" in public
    assert "Rp50.000" in public


def test_without_phrases_it_is_masking_and_nothing_else() -> None:
    assert redact(STORY, ()) == mask(STORY).text


def test_only_whole_words_are_hidden() -> None:
    assert redact("Aniar dan Ani di Anihal.", ("ani",)) == "Aniar dan [DISAMARKAN] di Anihal."


@pytest.mark.parametrize("phrase", [".*", "(", "[TELEPON]", "\\", "a|b"])
def test_signs_of_a_pattern_are_only_signs(phrase: str) -> None:
    assert redact("Jalan rusak (parah) di a b.", (phrase,)) == "Jalan rusak (parah) di a b."


def test_a_phrase_over_a_masked_number_hides_all_of_both() -> None:
    assert redact("Rani 0812-3456-7890 di sana", ("Rani 0812-3456-7890",)) == "[DISAMARKAN] di sana"
    assert redact("Telepon 0812-3456-7890 ya", ("3456",)) == "Telepon [TELEPON] ya"


def test_what_is_asked_is_bounded() -> None:
    asked = phrases_of(["a\nRani\r\n  Rani \n", *(f"kata {n}" for n in range(100)), "x" * (LONGEST_PHRASE + 1)])
    assert asked[0] == "Rani"
    assert len(asked) == MOST_PHRASES
    assert all(2 <= len(one) <= LONGEST_PHRASE for one in asked)


def test_words_that_may_tell_are_offered_in_order_once() -> None:
    assert offered(STORY) == ["Melati", "SDN", "Karanglo", "Rp50.000"]


def test_whoever_says_what_they_are_is_noticed() -> None:
    assert telling_words("Saya guru di desa ini, anak saya sakit.") == ["Saya guru", "anak saya"]
    assert telling_words("Lampu jalan padam.") == []


def test_long_texts_take_no_long_time() -> None:
    text = "Rani di SDN 3 bilang saya guru. " * 600
    assert "Rani" not in redact(text, ("Rani",))
    assert len(offered(text)) <= 24

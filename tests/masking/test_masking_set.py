"""Masking reaches its goals on the labelled texts, and the README says how well."""

import pytest

from tanggap.common.masking import KINDS, Span
from tests.masking.measure import BEGIN, PRECISION, README, RECALL, Score, is_right, score, table, written
from tests.masking.texts import PARTS, Label, labelled_texts, parse


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return score([text for part in PARTS for text in labelled_texts(part)])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_found_as_often_and_as_surely_as_promised(kind: str, scores: dict[str, Score]) -> None:
    assert scores[kind].recall >= RECALL.get(kind, 0.9), scores[kind]
    assert scores[kind].precision >= PRECISION, scores[kind]


def test_the_readme_holds_the_table_as_it_is_now() -> None:
    assert BEGIN in README.read_text(encoding="utf-8")
    assert written() == table(), "python -m tests.masking.measure --write"


def test_there_are_enough_texts_and_a_quarter_is_held_back() -> None:
    mending, held = (labelled_texts(part) for part in PARTS)
    assert len(mending) + len(held) >= 500
    assert len(held) * 4 >= len(mending)
    assert not {text.text for text in mending} & {text.text for text in held}


def test_a_mark_is_read_as_a_place_in_the_plain_text() -> None:
    read = parse("x:1", "hp ⟦TELEPON:0812⟧⏎an ⟦NAMA?:Budi⟧")
    assert read.text == "hp 0812\nan Budi"
    assert read.labels == (Label(3, 7, "TELEPON", optional=False), Label(11, 15, "NAMA", optional=True))
    with pytest.raises(ValueError, match="x:2"):
        parse("x:2", "hp ⟦TELEPON:0812")


def test_a_span_that_hides_more_than_the_label_is_wrong() -> None:
    read = parse("x:1", "pak ⟦NAMA:darto⟧ rek, bu ⟦NAMA?:Ani⟧")
    assert is_right(read, Span(4, 9, "NAMA")) is True
    assert is_right(read, Span(4, 13, "NAMA")) is False
    assert is_right(read, Span(18, 21, "NAMA")) is None

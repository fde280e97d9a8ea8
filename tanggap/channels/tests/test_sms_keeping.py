"""Packets of SMS: parts become one message in any order, repetitions change nothing, and nothing is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from django.db import connections

from tanggap.channels.models import Inbound, SmsPart
from tanggap.channels.services.forget_sms import KEPT, forget_sms
from tanggap.channels.services.join_sms import join_sms
from tanggap.channels.services.keep_sms import keep_sms
from tanggap.channels.services.note_answer import note_answer
from tanggap.channels.sms.alphabets import MISSING, Piece
from tanggap.channels.sms.joining import PATIENCE
from tanggap.channels.sms.packet import Origin, Packet
from tanggap.channels.sms.reading import read
from tanggap.channels.sms.repetition import BROKEN_LINE, ECHO, OWED
from tanggap.common.crypto import unseal

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ANA = "6281200000001"
WORDS = ("Jalan di depan ", "pasar rusak ", "parah.")


def packet(text: str, header: bytes = b"", *, sender: str = ANA, brand: str = "nasional", **told: str) -> Packet:
    return Packet(Origin(brand, sender, "1708"), Piece("gsm", text.encode(), header), **told)


def part(number: int, total: int = 3, reference: int = 7, text: str = "", **told: str) -> Packet:
    return packet(text or WORDS[number - 1], bytes([5, 0, 3, reference, total, number]), **told)


def bring(*packets: Packet, at: datetime = NOW, answered: bool = True) -> None:
    """As a session does: kept, then answered."""
    for one in packets:
        row = keep_sms(packet=one, now=at)
        if answered:
            note_answer(part=row, now=at)


def heard() -> list[str]:
    """What the inbox holds, in its order."""
    rows = Inbound.objects.order_by("id")
    return [read(unseal(row.sealed, context=row.context)).text for row in rows]


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_parts_become_one_message_in_whatever_order_they_come(order):
    bring(*(part(number) for number in order))
    assert heard() == ["".join(WORDS)]
    assert not SmsPart.objects.filter(sealed__isnull=False).exists()


def test_a_part_that_comes_twice_changes_nothing_before_or_after_the_last():
    bring(part(1), part(1), part(2), part(1), part(3), part(3), part(2), part(1))
    assert heard() == ["".join(WORDS)]


def test_parts_of_other_people_numbers_and_brands_are_other_messages():
    bring(part(1), part(2, sender="6281200000002"), part(3, brand="demak"))
    assert heard() == []
    bring(part(2), part(3))
    assert heard() == ["".join(WORDS)]


def test_a_sender_s_two_spellings_are_one_sender():
    bring(part(1), part(2, sender="081200000001"), part(3, sender="+6281200000001"))
    assert heard() == ["".join(WORDS)]


def test_a_part_missing_for_ever_costs_nobody_the_others():
    bring(part(1), part(3))
    assert join_sms(now=NOW + PATIENCE - SECOND) == 0
    assert join_sms(now=NOW + PATIENCE) == 1
    assert join_sms(now=NOW + PATIENCE) == 0
    assert heard() == [f"{WORDS[0]} {MISSING} {WORDS[2]}"]


def test_a_part_that_comes_after_all_is_heard_as_well():
    bring(part(1), part(3))
    join_sms(now=NOW + PATIENCE)
    late = NOW + PATIENCE * 2
    bring(part(2), at=late)
    join_sms(now=late + PATIENCE)
    assert heard()[1] == f"{MISSING} {WORDS[1]} {MISSING}"


def test_the_same_reference_hours_apart_is_another_message():
    bring(part(1, total=2))
    later = NOW + timedelta(hours=3)
    bring(part(1, total=2, text="Sampah "), part(2, total=2, text="menumpuk"), at=later)
    assert heard() == [f"{WORDS[0]} {MISSING}", "Sampah menumpuk"]


def test_the_same_reference_at_once_with_other_words_is_another_message():
    bring(part(1, total=2), part(1, total=2, text="Sampah "), part(2, total=2, text="menumpuk"))
    assert heard() == [f"{WORDS[0]} {MISSING}", "Sampah menumpuk"]


def test_references_of_8_and_16_bits_are_not_mixed_up():
    bring(part(1, total=2), packet("lain", bytes([6, 8, 4, 0, 7, 2, 2])))
    assert heard() == []


def test_a_place_that_cannot_be_is_no_part_and_the_words_are_heard():
    bring(packet("Jalan rusak", bytes([5, 0, 3, 7, 2, 9])), packet("Sampah", bytes([5, 0])))
    assert heard() == ["Jalan rusak", "Sampah"]


def test_brought_again_over_another_line_soon_is_the_same_and_a_day_later_is_not():
    words = packet("TANGKAB jalan rusak", line="a")
    bring(words)
    bring(packet("TANGKAB jalan rusak", line="b"), at=NOW + BROKEN_LINE - SECOND)
    assert len(heard()) == 1
    bring(packet("TANGKAB jalan rusak", line="b"), at=NOW + timedelta(days=1))
    assert len(heard()) == 2


def test_two_equal_answers_of_a_person_on_a_line_that_held_are_two():
    bring(packet("ya", line="a"))
    bring(packet("ya", line="a"), at=NOW + ECHO - SECOND)
    assert heard() == ["ya"]
    bring(packet("ya", line="a"), at=NOW + 2 * ECHO)
    assert heard() == ["ya", "ya"]


def test_what_was_never_answered_is_owed_for_a_day():
    bring(packet("ya", line="a"), answered=False)
    bring(packet("ya", line="b"), at=NOW + OWED - SECOND, answered=False)
    assert heard() == ["ya"]
    bring(packet("ya", line="c"), at=NOW + OWED)
    assert heard() == ["ya", "ya"]


def test_once_a_repetition_was_answered_the_next_equal_words_are_new():
    bring(packet("ya", line="a"), answered=False)
    bring(packet("ya", line="b"), at=NOW + SECOND)
    bring(packet("ya", line="b"), at=NOW + SECOND + ECHO)
    assert heard() == ["ya", "ya"]


def test_a_gateway_s_own_name_is_known_for_ever():
    bring(packet("ya", name="7f3a"))
    bring(packet("ya", name="7f3a"), at=NOW + timedelta(days=3))
    forget_sms(now=NOW + KEPT * 2)
    assert not SmsPart.objects.exists()
    bring(packet("ya", name="7f3a"), at=NOW + KEPT * 2)
    assert heard() == ["ya"]
    bring(packet("ya", name="7f3b"))
    bring(packet("ya", name="7f3b", brand="demak"))
    assert heard() == ["ya"] * 3


def test_parts_under_one_name_are_still_parts():
    bring(part(1, name="7f3a"), part(2, name="7f3a"), part(3, name="7f3a"), part(2, name="7f3a"))
    assert heard() == ["".join(WORDS)]


def test_a_gateway_s_time_tells_equal_words_apart():
    for at in ("2026-11-23 03:00:00", "2026-11-23 03:00:00", "2026-11-23 03:00:09"):
        bring(packet("ya", at=at))
    assert heard() == ["ya", "ya"]


def test_parts_that_wait_are_not_forgotten():
    bring(part(1))
    forget_sms(now=NOW + KEPT * 2)
    assert SmsPart.objects.count() == 1


def test_nothing_of_the_words_or_the_number_lies_open():
    bring(part(1), packet("Jalan rusak"))
    for row in [*SmsPart.objects.values(), *Inbound.objects.values()]:
        shown = repr({name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()})
        assert "alan" not in shown
        assert "81200000001" not in shown


@pytest.mark.django_db(transaction=True)
def test_parts_that_processes_take_at_the_same_moment_are_one_message():
    def take(number: int) -> None:
        try:
            bring(part(number, total=6, text=f"{number}. "))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(take, [*range(1, 7), *range(1, 7)]))
    assert heard() == ["1. 2. 3. 4. 5. 6. "]

"""A complaint by SMS, from the operator's message centre to the office and back to the phone, delivered.

Over the session that the worker keeps: our own centre brings the parts in any order, and again when we fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from tanggap.cases.models import Case
from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.telling.deliveries import deliveries_of
from tanggap.cases.tests.telling import react
from tanggap.channels.models import Inbound, SmsPart
from tanggap.channels.services.take_inbound import take_inbound
from tanggap.common.ids import new_tracking_id
from tanggap.config import schedule, sms_sessions
from tanggap.directory.models import Brand
from tanggap.escalation.office_hours import openings
from tanggap.notify.filling import fits_sms
from tanggap.notify.models import ChannelConfig, Message
from tanggap.notify.services.deliver import deliver
from tanggap.notify.transports.registry import seal_settings
from tanggap.notify.transports.smpp import keeping
from tanggap.notify.transports.smpp.session import Handlers
from tests.cast import DAY, WIB
from tests.faults.peers.smsc import OK, TRY_LATER, Smsc
from tests.house import wait_for
from tests.paths import HOUR, final, verify

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "6281234567890"
WORDS = "KAB. SAMPANG Lampu jalan di Jalan Randu padam sejak tiga malam 🌊, warga takut lewat."


@pytest.fixture
def smsc(db: None) -> Iterator[Smsc]:
    before = keeping.handlers()
    keeping.hand_in(Handlers(report=sms_sessions.report, received=sms_sessions.received))
    Brand.objects.get_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True})
    with Smsc(receipts="DELIVRD", patient=True) as centre:
        sealed = seal_settings("nasional", "sms", {"smpp": centre.url})
        ChannelConfig.objects.create(brand="nasional", channel="sms", sealed=sealed, updated_at=DAY)
        schedule.keep_sms_sessions(timestamp=0)
        wait_for(centre.connections)
        yield centre
        keeping.close_all()
    keeping.hand_in(before)


def bring(smsc: Smsc, text: str, *, order: tuple[int, ...], reference: int = 9) -> None:
    """The words in as many parts as the order names, cut anywhere, and answered."""
    octets = text.encode("utf-16-be")
    size = -(-len(octets) // len(set(order)))
    before = len(smsc.answers)
    for number in order:
        header = bytes([5, 0, 3, reference, len(set(order)), number])
        smsc.bring(PHONE, octets[(number - 1) * size : number * size], coding=8, header=header)
    wait_for(lambda: len(smsc.answers) >= before + len(order))


def send(smsc: Smsc, count: int) -> str:
    """What the phone got last, once it has got so many."""
    react()
    deliver(channel="sms", now=DAY + 3 * HOUR, hours=openings)
    wait_for(lambda: len(smsc.messages()) == count)
    to, text = smsc.messages()[-1]
    assert to == PHONE
    return text


def test_a_complaint_goes_to_its_office_and_the_answer_comes_back_delivered(smsc, cast):
    bring(smsc, WORDS, order=(3, 1, 2, 1))
    assert {status for _sequence, status in smsc.answers} == {OK}
    take_inbound(channel="sms", now=DAY)
    case = Case.objects.select_related("agency", "narrative").get()
    assert (case.channel, case.agency.code) == ("sms", "35.27")
    assert case.narrative.agency_text == WORDS.removeprefix("KAB. SAMPANG ")

    receipt = send(smsc, 1)
    assert case.tracking_id in receipt
    assert fits_sms(receipt)

    verify(case, cast, "35.27/dpupr", DAY + HOUR)
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["officer"], now=DAY + 2 * HOUR)
    react()
    deliver(channel="sms", now=DAY + 3 * HOUR, hours=openings)
    message = Message.objects.get(stream=case.stream, template="final_answer")
    wait_for(lambda: Message.objects.get(pk=message.pk).state == "delivered")
    answers = [text for to, text in smsc.messages() if to == PHONE and text != receipt]
    assert any(case.tracking_id in text for text in answers)
    lines = [line for entry in deliveries_of(case, WIB).values() for line in entry]
    assert any(line.startswith("SMS, sampai") for line in lines)


def answered(smsc: Smsc, sender: str, text: str) -> str:
    """What a phone is told for what it says."""
    kept, got = Inbound.objects.count(), len(smsc.messages())
    smsc.say(sender, text)
    wait_for(lambda: Inbound.objects.count() > kept)
    take_inbound(channel="sms", now=DAY)
    deliver(channel="sms", now=DAY, hours=openings)
    wait_for(lambda: len(smsc.messages()) > got)
    to, said = smsc.messages()[-1]
    assert to == sender
    assert fits_sms(said), said
    return said


def test_a_guarded_case_speaks_to_its_own_telephone_alone_and_takes_words_from_no_other(smsc):
    answered(smsc, PHONE, "RAHASIA SAMPANG Lampu jalan di Jalan Randu padam sejak tiga malam")
    case = Case.objects.get()
    assert (case.secret, case.agency.code) == (True, "35.27")
    other = "6281300000009"
    refused = answered(smsc, other, f"CEK {case.tracking_id}")
    assert refused == answered(smsc, "6281300000008", f"CEK {new_tracking_id()}")
    answered(smsc, other, f"{case.tracking_id} tolong tutup laporan ini")
    assert case.messages.count() == 0
    own = answered(smsc, PHONE, f"cek {case.tracking_id.lower()}")
    assert case.tracking_id in own
    answered(smsc, PHONE, f"{case.tracking_id} lampunya di depan nomor 12, masih padam juga")
    assert [message.kind for message in case.messages.all()] == ["reply"]
    assert Case.objects.count() == 1


def test_what_the_database_could_not_keep_comes_again_and_is_one_message(smsc):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE channels_smspart RENAME TO gone")
    try:
        smsc.say(PHONE, "SAMPANG jalan rusak")
        wait_for(lambda: (*smsc.answers, (0, 0))[0][1] == TRY_LATER)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE gone RENAME TO channels_smspart")
    wait_for(lambda: smsc.answers[-1][1] == OK)
    assert Inbound.objects.count() == 1


def test_a_packet_whose_answer_was_lost_comes_again_over_a_new_line_and_is_one_message(smsc):
    smsc.say(PHONE, "SAMPANG jalan rusak")
    wait_for(lambda: smsc.answers and SmsPart.objects.filter(answered_at__isnull=False).exists())
    smsc.owe_again()
    smsc.hang_up()
    wait_for(lambda: not smsc.connections())

    def bound_again() -> bool:
        schedule.keep_sms_sessions(timestamp=0)
        return smsc.binds >= 2 and len(smsc.answers) >= 2

    wait_for(bound_again)
    assert Inbound.objects.count() == 1
    row = SmsPart.objects.get()
    SmsPart.objects.filter(pk=row.pk).update(answered_at=row.answered_at - timedelta(days=1))
    smsc.say(PHONE, "SAMPANG jalan rusak")
    wait_for(lambda: Inbound.objects.count() == 2)


def test_notices_of_the_operator_are_kept_and_never_answered(smsc):
    smsc.say("TELKOMSEL", "Kuota Anda hampir habis")
    smsc.say("3636", "MAU HADIAH?")
    wait_for(lambda: Inbound.objects.count() == 2)
    take_inbound(channel="sms", now=DAY)
    assert set(Inbound.objects.values_list("state", flat=True)) == {"ignored"}
    assert not Message.objects.exists()
    assert not Case.objects.exists()

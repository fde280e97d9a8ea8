"""The worker's sessions with operators: a receipt is in the outbox before the operator is answered."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from tanggap.channels.models import Inbound
from tanggap.config import schedule, sms_sessions
from tanggap.notify.models import ChannelConfig, Message
from tanggap.notify.transports.base import Rendered
from tanggap.notify.transports.registry import seal_settings
from tanggap.notify.transports.smpp import keeping
from tanggap.notify.transports.smpp.session import Handlers
from tanggap.notify.transports.smpp.transport import SmppTransport
from tests.faults.peers.smsc import OK, TRY_LATER, Smsc
from tests.house import wait_for

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def smsc() -> Iterator[Smsc]:
    before = keeping.handlers()
    keeping.hand_in(Handlers(report=sms_sessions.report, received=sms_sessions.received))
    with Smsc() as centre:
        yield centre
        keeping.close_all()
    keeping.hand_in(before)


def configure(brand: str, address: str) -> None:
    sealed = seal_settings(brand, "sms", {"smpp": address})
    ChannelConfig.objects.create(brand=brand, channel="sms", sealed=sealed, updated_at=NOW)


def test_a_receipt_that_comes_while_nothing_goes_out_is_written_down(smsc):
    configure("nasional", smsc.url)
    message = Message.objects.create(
        key="event:7", template="final_answer", channel="sms", state="sent", provider_id="127.0.0.1/55",
        created_at=NOW, due_at=NOW, not_before=NOW, sent_at=NOW,
    )  # fmt: skip
    schedule.keep_sms_sessions(timestamp=0)
    wait_for(smsc.connections)
    smsc.receipt("55", times=2)
    wait_for(lambda: len(smsc.answers) == 2)
    assert {status for _sequence, status in smsc.answers} == {OK}
    message.refresh_from_db()
    assert message.state == "delivered"


def test_words_belong_to_the_brand_whose_account_they_came_by(smsc):
    with Smsc(user="demak") as other:
        configure("nasional", smsc.url)
        configure("demak", other.url)
        schedule.keep_sms_sessions(timestamp=0)
        wait_for(lambda: smsc.connections() and other.connections())
        smsc.say("6281200000001", "Jalan rusak")
        other.say("6281200000001", "Jalan rusak")
        wait_for(lambda: Inbound.objects.count() == 2)
        assert set(Inbound.objects.values_list("brand", flat=True)) == {"nasional", "demak"}


def test_words_by_an_account_that_is_no_longer_configured_are_asked_for_again(smsc):
    configure("nasional", smsc.url)
    schedule.keep_sms_sessions(timestamp=0)
    wait_for(smsc.connections)
    ChannelConfig.objects.all().delete()
    smsc.say("6281200000001", "Jalan rusak")
    wait_for(lambda: smsc.answers)
    assert smsc.answers[0][1] == TRY_LATER
    assert not Inbound.objects.exists()


def test_words_come_in_while_many_go_out(smsc):
    configure("nasional", smsc.url)
    schedule.keep_sms_sessions(timestamp=0)
    wait_for(smsc.connections)
    way = SmppTransport({"smpp": smsc.url})
    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(way.send, message(number)) for number in range(40)]
        for number in range(20):
            smsc.say(f"62812000000{number:02}", "Jalan rusak")
        assert [one.result().parts for one in sent] == [1] * 40
    wait_for(lambda: len(smsc.answers) == 20)
    assert {status for _sequence, status in smsc.answers} == {OK}
    assert (Inbound.objects.count(), len(smsc.messages()), smsc.binds) == (20, 40, 1)


def message(number: int) -> Rendered:
    return Rendered(key=f"k{number}", address="+6281234567890", text=f"Pesan {number}")


def test_a_session_follows_the_settings_and_a_bad_address_harms_no_other(smsc):
    configure("rusak", "smpp://nobody:999999")
    configure("nasional", smsc.url)
    schedule.keep_sms_sessions(timestamp=0)
    wait_for(smsc.connections)
    ChannelConfig.objects.all().delete()
    schedule.keep_sms_sessions(timestamp=0)
    wait_for(lambda: not smsc.connections())


def test_in_the_example_no_operator_is_called(smsc, settings):
    configure("nasional", smsc.url)
    settings.DEMO = True
    assert sms_sessions.accounts() == set()

"""An officer with forty cases gets one morning message."""

from __future__ import annotations

import pytest

from tanggap.notify.models import Message
from tanggap.notify.services.cancel_messages import cancel_messages
from tanggap.notify.services.deliver import deliver
from tanggap.notify.services.enqueue import enqueue, enqueue_many
from tanggap.notify.services.mend_outbox import mend_outbox
from tanggap.notify.services.record_report import record_report
from tanggap.notify.tests.making import HOUR, MAIL, MINUTE, MORNING, PHONE, VALUES, outgoing
from tanggap.notify.tests.peers import Peer
from tanggap.notify.tests.test_deliver import Crash, refuse, state_of
from tanggap.notify.transports.base import Permanent, ProviderDown, Rendered, Temporary

pytestmark = pytest.mark.django_db


def reminders(count: int, *, first: int = 0, **given: object) -> None:
    """One reminder for each of so many cases, to the same officer."""
    enqueue_many(
        [
            outgoing(
                f"step:{n}", stream=f"case:{n}", bundled=True, source=f"step:{n}", **given,
                values={**VALUES, "tracking_id": f"NOMOR-{n}"},
            )
            for n in range(first, first + count)
        ],
        now=MORNING,
    )  # fmt: skip


def send(after: int = 1) -> None:
    deliver(channel="email", now=MORNING + after * MINUTE)


def test_forty_cases_are_one_message_that_names_them_all(peer: type[Peer]) -> None:
    reminders(40)
    send()
    assert peer.order() == ["step:0"]
    text = peer.taken[0][1].text
    assert all(f"NOMOR-{n}\n" in text or f"NOMOR-{n}:" in text or f"NOMOR-{n} " in text for n in range(40))
    assert "40" in peer.taken[0][1].subject
    assert set(Message.objects.values_list("state", "provider_id")) == {("sent", "id-step:0")}


def test_what_a_sweep_writes_a_moment_later_travels_along(peer: type[Peer]) -> None:
    reminders(3)
    assert deliver(channel="email", now=MORNING).sent == 0
    reminders(3, first=3)
    send()
    assert peer.order() == ["step:0"]


def test_other_people_other_channels_and_what_is_not_bundled_stay_apart(peer: type[Peer]) -> None:
    reminders(2)
    enqueue(outgoing("b", bundled=True, recipient_key="person:2", stream="case:7"), now=MORNING)
    enqueue(outgoing("c", stream="case:8"), now=MORNING)
    enqueue(outgoing("d", bundled=True, ways=[PHONE], stream="case:9"), now=MORNING)
    send()
    assert sorted(peer.order()) == ["b", "c", "step:0"]
    assert Message.objects.filter(inside__isnull=False).count() == 1


@pytest.mark.parametrize("failure", [Temporary("503"), ProviderDown("503")])
def test_a_repeated_attempt_has_the_same_key_and_the_same_contents(peer: type[Peer], failure: Exception) -> None:
    reminders(3)
    peer.rule = refuse(failure)
    send()
    reminders(2, first=3)
    peer.rule = None
    send(after=10)
    texts = {message.key: message.text for _name, message in peer.taken}
    assert {key: ("NOMOR-2" in text, "NOMOR-3" in text) for key, text in texts.items()} == {
        "step:0": (True, False),
        "step:3": (False, True),
    }


def test_a_crash_after_sending_repeats_the_bundle_as_it_was(peer: type[Peer]) -> None:
    reminders(3)

    def die(_message: Rendered) -> None:
        raise Crash

    peer.after = staticmethod(die)
    with pytest.raises(Crash):
        send()
    reminders(2, first=3)
    peer.after = None
    send(after=5)
    first, again = (message for _name, message in peer.taken if message.key == "step:0")
    assert first.text == again.text


def test_an_entry_called_back_leaves_the_bundle_and_the_others_go(peer: type[Peer]) -> None:
    reminders(3)
    peer.rule = refuse(Temporary("503"))
    send()
    cancel_messages(sources=["step:1"], reason="dijawab", now=MORNING)
    peer.rule = None
    send(after=5)
    assert "NOMOR-1" not in peer.taken[0][1].text
    assert [state_of(f"step:{n}") for n in range(3)] == ["sent", "cancelled", "sent"]


def test_when_the_leading_one_is_called_back_the_others_still_go(peer: type[Peer]) -> None:
    reminders(3)
    peer.rule = refuse(Temporary("503"))
    send()
    cancel_messages(sources=["step:0"], reason="dijawab", now=MORNING)
    peer.rule = None
    send(after=5)
    assert [state_of(f"step:{n}") for n in range(3)] == ["cancelled", "sent", "sent"]
    assert "NOMOR-0" not in peer.taken[0][1].text


def test_called_back_while_its_sender_died_it_takes_nobody_along(peer: type[Peer]) -> None:
    reminders(2)

    def die(_name: str, _message: Rendered) -> None:
        cancel_messages(sources=["step:0"], reason="dijawab", now=MORNING)
        raise Crash

    peer.rule = staticmethod(die)
    with pytest.raises(Crash):
        send()
    peer.rule = None
    mend_outbox(now=MORNING + HOUR)
    send(after=61)
    assert [state_of("step:0"), state_of("step:1")] == ["cancelled", "sent"]


def test_a_bundle_that_cannot_go_takes_the_next_way_whole(peer: type[Peer]) -> None:
    reminders(3, ways=[MAIL, PHONE])
    peer.rule = refuse(Permanent("550"))
    send()
    peer.rule = None
    deliver(channel="sms", now=MORNING + 2 * MINUTE)
    assert peer.order() == ["step:0"]
    assert set(Message.objects.values_list("channel", "state")) == {("sms", "sent")}


def test_a_delivery_report_counts_for_everything_inside(peer: type[Peer]) -> None:
    reminders(3)
    send()
    record_report(channel="email", provider_id="id-step:0", state="delivered", at=MORNING + HOUR)
    assert set(Message.objects.values_list("state", flat=True)) == {"delivered"}


def test_an_urgent_message_waits_for_no_bundle(peer: type[Peer]) -> None:
    reminders(2)
    enqueue(outgoing("u", urgent=True, stream="case:0", template="urgent_case"), now=MORNING)
    deliver(channel="email", now=MORNING)
    assert peer.order() == ["u"]

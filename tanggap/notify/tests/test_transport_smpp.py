"""SMS by SMPP against a message centre that throttles, falls silent, hangs up, and reports late and twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tanggap.notify.transports.base import Permanent, ProviderDown, Rendered, Temporary, TransportError
from tanggap.notify.transports.smpp import keeping, session, transport
from tanggap.notify.transports.smpp.account import Account, BadAddress, parse_account
from tanggap.notify.transports.smpp.receipts import Receipt, Received
from tanggap.notify.transports.smpp.session import Handlers
from tanggap.notify.transports.smpp.transport import SmppTransport
from tests.faults.peers import smsc as peer
from tests.faults.peers.smsc import Mishap, Smsc
from tests.house import wait_for

NUMBER = "+6281234567890"
LONG = "Laporan ABCD-EFGH-J: jawaban instansi sudah ada. Buka https://lapor.go.id/l/ABCDEFGHJ untuk membacanya. " * 3


class Heard:
    """What the handlers were given; `refuse` lets so many calls fail as a database does."""

    def __init__(self) -> None:
        self.receipts: list[Receipt] = []
        self.received: list[Received] = []
        self.accounts: set[Account] = set()
        self.answered: list[str] = []
        self.refuse = 0

    def report(self, receipt: Receipt) -> None:
        if self.refuse:
            self.refuse -= 1
            raise RuntimeError("not committed")
        self.receipts.append(receipt)

    def receive(self, account: Account, received: Received) -> Callable[[], None]:
        if self.refuse:
            self.refuse -= 1
            raise RuntimeError("not committed")
        self.received.append(replace(received, line=""))
        self.accounts.add(account)
        return lambda: self.answered.append(received.line)


@pytest.fixture
def heard() -> Iterator[Heard]:
    listener = Heard()
    before = keeping.handlers()
    keeping.hand_in(Handlers(report=listener.report, received=listener.receive))
    yield listener
    keeping.close_all()
    keeping.hand_in(before)


@pytest.fixture
def smsc(heard: Heard) -> Iterator[Smsc]:
    with Smsc() as centre:
        yield centre


def sender(centre: Smsc, more: str = "") -> SmppTransport:
    return SmppTransport({"smpp": centre.url + more})


def named(message_id: str) -> str:
    """What the transport calls a message of the centre."""
    return f"127.0.0.1/{message_id}"


def message(text: str = "Laporan Anda sudah dijawab.", key: str = "event:7:reporter") -> Rendered:
    return Rendered(key=key, address=NUMBER, text=text)


def refusal(way: SmppTransport, **changes: str) -> TransportError:
    with pytest.raises(TransportError) as caught:
        way.send(message(**changes))
    assert "6281234567890" not in str(caught.value)
    return caught.value


def test_a_text_arrives_whole_and_its_id_is_what_the_centre_gave(smsc):
    accepted = sender(smsc).send(message())
    assert smsc.messages() == [("6281234567890", "Laporan Anda sudah dijawab.")]
    assert (accepted.provider_id, accepted.parts) == (named(smsc.submits[0].message_id), 1)
    assert smsc.submits[0].source == "1708"


@pytest.mark.parametrize("text", [LONG, "ꦥꦩꦼꦫꦶꦤ꧀ꦠꦃ " * 30], ids=["letters", "javanese"])
def test_a_long_text_arrives_joined_and_asks_for_one_receipt(smsc, text):
    accepted = sender(smsc).send(message(text))
    assert smsc.messages() == [("6281234567890", text)]
    assert accepted.parts == len(smsc.submits) > 1
    assert [one.wants_receipt for one in smsc.submits] == [False] * (accepted.parts - 1) + [True]
    assert accepted.provider_id == named(smsc.submits[-1].message_id)


def test_a_centre_that_wants_long_texts_whole_gets_them_whole(smsc):
    accepted = sender(smsc, "&long=payload").send(message(LONG))
    assert smsc.messages() == [("6281234567890", LONG)]
    assert len(smsc.submits) == 1
    assert accepted.parts > 1


def test_many_messages_share_one_session(smsc):
    way = sender(smsc)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: way.send(message(f"Pesan {number}", f"k{number}")), range(200)))
    assert sorted(text for _to, text in smsc.messages()) == sorted(f"Pesan {number}" for number in range(200))
    assert smsc.binds == 1
    assert smsc.doubles() == {}


def test_a_short_throttle_is_waited_out_and_a_long_one_is_for_later(smsc, monkeypatch):
    monkeypatch.setattr(transport, "THROTTLE_WAITS", (0.01, 0.01))
    way = sender(smsc)
    smsc.mishap(Mishap(status=peer.THROTTLED), times=2)
    way.send(message())
    smsc.mishap(Mishap(status=peer.THROTTLED), times=3)
    refused = refusal(way)
    assert type(refused) is Temporary
    assert refused.retry_after
    assert len(smsc.messages()) == 1


def test_what_the_centre_says_of_a_number_is_said_of_the_address(smsc):
    smsc.mishap(Mishap(status=peer.BAD_NUMBER))
    refused = refusal(sender(smsc))
    assert isinstance(refused, Permanent)
    assert refused.address_is_dead


def test_a_sick_centre_is_down_for_everybody(smsc):
    smsc.mishap(Mishap(status=peer.SYSTEM_ERROR))
    assert type(refusal(sender(smsc))) is ProviderDown


def test_a_wrong_password_and_nobody_there_are_both_the_provider_s_fault(smsc, heard):
    wrong = SmppTransport({"smpp": smsc.url.replace(":secret@", ":other@")})
    assert "0x0e" in str(refusal(wrong))
    smsc.close()
    assert type(refusal(SmppTransport({"smpp": smsc.url + "&window=3"}))) is ProviderDown


def test_a_centre_that_hangs_up_before_taking_gets_it_once_on_the_next_try(smsc):
    way = sender(smsc)
    smsc.mishap(Mishap(hang_up="before"))
    assert type(refusal(way)) is ProviderDown
    way.send(message())
    assert len(smsc.submits) == 1
    assert smsc.binds == 2


def test_what_was_taken_before_the_line_broke_is_the_same_message_on_the_next_try(smsc):
    way = sender(smsc)
    smsc.mishap(Mishap(hang_up="after"))
    assert type(refusal(way, text=LONG)) is ProviderDown
    way.send(message(LONG))
    # SMPP knows no idempotency key; header and text are the same, so the phone joins them to one message.
    assert smsc.messages() == [("6281234567890", LONG)]


def test_a_silent_centre_costs_no_more_than_the_limit(smsc, monkeypatch):
    way = sender(smsc)
    keeping.session_for(parse_account(smsc.url)).open()
    with monkeypatch.context() as quick:
        quick.setattr(session, "ANSWER_SECONDS", 0.3)
        smsc.mishap(Mishap(silent=True))
        assert type(refusal(way)) is ProviderDown
    way.send(message("Kedua", "k2"))
    assert smsc.binds == 2


def test_a_restart_of_the_operator_goes_unnoticed_by_the_next_message(smsc):
    way = sender(smsc)
    way.send(message())
    smsc.hang_up()
    wait_for(lambda: not keeping.session_for(parse_account(smsc.url)).is_open)
    way.send(message("Kedua", "k2"))
    assert len(smsc.messages()) == 2


def test_the_line_is_asked_when_it_is_silent_and_given_up_when_it_stays_so(smsc, monkeypatch):
    monkeypatch.setattr(session, "IDLE_SECONDS", 0.05)
    monkeypatch.setattr(session, "LOOK_SECONDS", 0.05)
    sender(smsc).send(message())
    wait_for(lambda: smsc.enquiries >= 2)
    monkeypatch.setattr(session, "GONE_SECONDS", 0.0)
    wait_for(lambda: not keeping.session_for(parse_account(smsc.url)).is_open)


def test_a_receipt_tells_what_became_of_the_message(smsc, heard):
    accepted = sender(smsc).send(message())
    (sequence,) = smsc.receipt(smsc.submits[0].message_id)
    wait_for(lambda: smsc.answers)
    assert heard.receipts == [Receipt(accepted.provider_id, "delivered")]
    assert smsc.answers == [(sequence, peer.OK)]


@pytest.mark.parametrize("tlv", [True, False], ids=["tagged", "as text only"])
def test_a_message_that_did_not_arrive_says_why(smsc, heard, tlv):
    accepted = sender(smsc).send(message())
    smsc.receipt(smsc.submits[0].message_id, "UNDELIV", tlv=tlv)
    wait_for(lambda: heard.receipts)
    (receipt,) = heard.receipts
    assert (receipt.message_id, receipt.state) == (accepted.provider_id, "failed")
    assert receipt.error.startswith("UNDELIV 000: ")


def test_receipts_come_twice_and_for_messages_of_long_ago(smsc, heard):
    accepted = sender(smsc).send(message())
    smsc.hang_up()
    wait_for(lambda: not keeping.session_for(parse_account(smsc.url)).is_open)
    assert keeping.keep([parse_account(smsc.url)]) == 1
    smsc.receipt(smsc.submits[0].message_id, times=2)
    smsc.receipt("77", "EXPIRED")
    wait_for(lambda: len(heard.receipts) == 3)
    assert [one.message_id for one in heard.receipts] == [accepted.provider_id, accepted.provider_id, named("77")]


def test_a_receipt_that_was_not_kept_is_asked_for_again(smsc, heard):
    heard.refuse = 1
    sender(smsc).send(message())
    smsc.receipt(smsc.submits[0].message_id)
    wait_for(lambda: len(smsc.answers) == 1)
    assert smsc.answers[0][1] != peer.OK
    smsc.receipt(smsc.submits[0].message_id)
    wait_for(lambda: len(smsc.answers) == 2)
    assert smsc.answers[1][1] == peer.OK
    assert len(heard.receipts) == 1


def test_numbers_in_two_spellings_are_the_same_message(heard):
    with Smsc(hex_ids=True) as centre:
        accepted = sender(centre, "&ids=hex").send(message())
        centre.receipt(centre.submits[0].message_id)
        wait_for(lambda: heard.receipts)
        assert heard.receipts[0].message_id == accepted.provider_id


def test_a_person_s_message_is_no_receipt_however_much_it_looks_like_one(smsc, heard):
    sender(smsc).send(message())
    smsc.say("6281300000000", "id:1001 stat:DELIVRD err:000")
    smsc.say("6281300000000", "Jalan rusak – parah")
    wait_for(lambda: len(heard.received) == 2)
    assert heard.receipts == []
    assert heard.received[0] == Received("+6281300000000", "1708", 0, b"id:1001 stat:DELIVRD err:000")
    assert heard.received[1].payload.decode("utf-16-be") == "Jalan rusak – parah"


def test_a_person_s_message_comes_again_until_it_is_kept_and_is_then_known_to_be_answered(heard):
    with Smsc(patient=True) as centre:
        sender(centre).send(message())
        heard.refuse = 2
        centre.say("6281300000000", "TANGKAB Jalan rusak")
        wait_for(lambda: heard.answered)
        assert [status for _sequence, status in centre.answers] == [peer.TRY_LATER, peer.TRY_LATER, peer.OK]
        assert len(heard.received) == 1
        assert heard.accounts == {parse_account(centre.url)}


def test_parts_told_in_fields_are_parts_as_those_told_in_a_header(smsc, heard):
    sender(smsc).send(message())
    fields = bytes.fromhex("020c0002012c 020e000102 020f000101")
    smsc.bring("6281300000000", b"Jalan", tags=fields)
    smsc.bring("6281300000000", b"Jalan", header=bytes.fromhex("060804012c0201"))
    wait_for(lambda: len(heard.received) == 2)
    assert heard.received[0] == heard.received[1]


def test_fields_that_are_not_ours_cost_nobody_their_words(smsc, heard):
    sender(smsc).send(message())
    known_from_other_packets, of_the_operator, too_short = "0005000101", "1401000461626364", "020c000101"
    for odd in (known_from_other_packets, of_the_operator, too_short, "020f00ff01"):
        smsc.bring("6281300000000", b"Jalan rusak", tags=bytes.fromhex(odd))
    wait_for(lambda: len(heard.received) == 4)
    assert {one.payload for one in heard.received} == {b"Jalan rusak"}
    assert {status for _sequence, status in smsc.answers} == {peer.OK}


def test_a_packet_nobody_can_read_is_refused_for_good_and_the_line_goes_on(smsc, heard):
    way = sender(smsc)
    way.send(message())
    smsc.send_raw(peer.HEADER.pack(20, peer.DELIVER, 0, 900) + b"\0abc")
    smsc.send_raw(peer.HEADER.pack(16, 0x7777, 0, 901))
    wait_for(lambda: smsc.answers)
    assert smsc.answers[0] == (900, 0x65)
    way.send(message("Kedua", "k2"))
    assert smsc.binds == 1


def test_a_packet_of_absurd_size_ends_the_line_at_once(smsc):
    way = sender(smsc)
    way.send(message())
    smsc.send_raw(peer.HEADER.pack(2**31, peer.DELIVER, 0, 900))
    wait_for(lambda: not keeping.session_for(parse_account(smsc.url)).is_open)
    way.send(message("Kedua", "k2"))


def test_sessions_no_longer_configured_are_ended(smsc):
    account = parse_account(smsc.url)
    assert keeping.keep([account]) == 1
    assert keeping.keep([]) == 0
    wait_for(lambda: not smsc.connections())
    assert not [thread for thread in threading.enumerate() if thread.name == "smpp" and thread.is_alive()] or wait_for(
        lambda: not [thread for thread in threading.enumerate() if thread.name == "smpp"], 5
    )


def test_a_text_too_long_for_sms_goes_another_way(smsc):
    assert isinstance(refusal(sender(smsc), text="a" * 2000), Permanent)
    assert smsc.submits == []


@pytest.mark.parametrize("address", ["", "http://x", "smpp://", "smpp://h:999999/?from=1"])
def test_an_address_that_is_none_is_refused_without_quoting_it(address):
    with pytest.raises(BadAddress):
        parse_account(address)


def test_an_account_never_shows_its_password():
    account = parse_account("smpps://user:p%40ss@smsc.example:3550/?from=LAPOR&rate=5&window=2")
    assert (account.password, account.tls, account.rate, account.window) == ("p@ss", True, 5, 2)
    assert "p@ss" not in repr(account)
    assert account.sender_kind == (5, 0)
    assert parse_account("smpp://h").sender == "1708"
    assert parse_account("smpp://h/?from=1708").sender_kind == (3, 0)
    assert parse_account("smpp://h/?from=6281100001708").sender_kind == (1, 1)

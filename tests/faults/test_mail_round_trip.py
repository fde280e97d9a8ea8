"""Letters through real servers: handed to OpenSMTPD, kept by Dovecot, read by us, answered, and answered again."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from tanggap.cases.models import Case
from tanggap.cases.models import Message as Entry
from tanggap.cases.secret_codes import code_is_right
from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.tests.telling import react
from tanggap.channels.email import mailbox
from tanggap.channels.email.account import BadAddress, parse_account
from tanggap.channels.email.mailbox import Box, CannotRead
from tanggap.channels.models import Inbound, Position
from tanggap.channels.services.read_mailbox import read_mailbox
from tanggap.channels.services.take_inbound import take_inbound
from tanggap.common.clock import now as present
from tanggap.config import mailboxes
from tanggap.directory.models import Brand
from tanggap.notify.models import ChannelHealth, Message
from tanggap.notify.selectors import was_reached
from tanggap.notify.services.configure_channel import configure_channel
from tanggap.notify.services.deliver import deliver
from tests.cast import DAY
from tests.faults.peers.mail_house import MailHouse
from tests.house import wait_for
from tests.paths import final, verify

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
# The reader has a connection of its own, and sees what was committed.
committed = pytest.mark.django_db(transaction=True)
LONG = os.environ.get("TANGGAP_LONG") == "1"
LAPOR, BUDI, GONE = "lapor@lapor.contoh.id", "budi@surel.contoh.id", "tiada@hilang.contoh.id"
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def servers() -> Iterator[MailHouse]:
    with MailHouse() as house:
        yield house


@pytest.fixture
def house(servers: MailHouse) -> Iterator[MailHouse]:
    """Both servers, a brand, and the mailboxes empty."""
    for user in ("lapor", "budi"):
        servers.empty(user)
    Brand.objects.get_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True})
    yield servers
    mailboxes.close_all(seconds=60)


def letter(text: str, *, sender: str = BUDI, **headers: str) -> bytes:
    mail = EmailMessage()
    given = {"From": f"Budi <{sender}>", "To": LAPOR, "Subject": "Lampu jalan padam", **headers}
    for name, value in given.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def opened(house: MailHouse, user: str = "lapor", **given: Any) -> Box:
    return Box(parse_account("nasional", house.address(user, **given), authority=str(house.folder / "cert.pem")))


def taken(count: int) -> list[Inbound]:
    """So many letters are in the inbox and were heard."""
    wait_for(lambda: Inbound.objects.count() >= count)
    while take_inbound(channel="email", now=DAY):
        pass
    return list(Inbound.objects.order_by("id"))


def sent(at: Any) -> None:
    react()
    deliver(channel="email", now=at + timedelta(minutes=1))


def mails_of(house: MailHouse, count: int) -> list[EmailMessage]:
    raw = wait_for(lambda: len(found := house.mails("budi")) >= count and found)
    return [message_from_bytes(one, policy=default) for one in raw]  # type: ignore[arg-type]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.fixture
def listening(house: MailHouse, monkeypatch: pytest.MonkeyPatch) -> MailHouse:
    """Our reader waits at the mailbox; nothing but the server's own word (IDLE) wakes it."""
    monkeypatch.setattr(mailboxes, "LOOK_SECONDS", 1200.0)
    settings = {
        "imap": house.address(tls=True),
        "smtp": f"smtp://127.0.0.1:{house.smtp}",
        "address": LAPOR,
        "ca": str(house.folder / "cert.pem"),
    }
    configure_channel(kind="email", brand="nasional", settings=settings, now=present())
    mailboxes.keep(mailboxes.accounts())
    wait_for(lambda: Position.objects.filter(read_at__isnull=False).exists())
    return house


@committed
def test_a_letter_and_the_whole_talk_that_follows(listening: MailHouse, cast: Any) -> None:
    listening.send(BUDI, "lapor+sampang@lapor.contoh.id", letter("Lampu di Jalan Randu padam.\n\nDikirim dari ponsel"))
    (row,) = taken(1)
    case = Case.objects.get()
    assert (row.state, case.channel, case.agency.code) == ("done", "email", "35.27")
    assert case.narrative.agency_text == "Lampu di Jalan Randu padam."

    sent(DAY)
    mails = mails_of(listening, 2)
    told = next(mail for mail in mails if "Kode rahasia" in str(mail["Subject"]))
    receipt = next(mail for mail in mails if mail is not told)
    code = re.search(r"Kode rahasia: (\S+)", text_of(told))
    assert code is not None
    assert code_is_right(case, code[1])
    assert {str(mail["Reply-To"]) for mail in mails} == {f"lapor+{case.tracking_id}@lapor.contoh.id"}
    assert {str(mail["Auto-Submitted"]) for mail in mails} == {"auto-generated"}
    assert case.tracking_id in text_of(receipt)

    # The citizen answers each as a program would: to Reply-To, and to From with the id of what is answered.
    quoted = "\n".join(f"> {line}" for line in text_of(receipt).splitlines())
    number = str(receipt["Message-ID"])
    words = f"Tiangnya nomor 12.\n\nPada Sen, 9 Nov 2026 LAPOR! <{LAPOR}> menulis:\n{quoted}"
    listening.send(BUDI, str(receipt["Reply-To"]), letter(words, Subject=f"Re: {receipt['Subject']}"))
    again = letter("Di dekat pasar.", Subject="Re: tambahan", In_Reply_To=str(told["Message-ID"]), References=number)
    listening.send(BUDI, LAPOR, again)
    assert {(one.state, one.stream) for one in taken(3)} == {("done", case.stream)}
    replies = Entry.objects.filter(case=case, kind="reply").values_list("text", flat=True)
    assert set(replies) == {"Tiangnya nomor 12.", "Di dekat pasar."}

    verify(case, cast, "35.27/dpupr", DAY + HOUR)
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["officer"], now=DAY + 2 * HOUR)
    sent(DAY + 3 * HOUR)
    answer = Message.objects.get(stream=case.stream, template="final_answer")
    assert (answer.channel, answer.state) == ("email", "sent")
    assert was_reached(answer.source)
    arrived = wait_for(
        lambda: [mail for mail in mails_of(listening, 3) if str(mail["Message-ID"]) == answer.provider_id], 120
    )
    assert "sudah diganti" in text_of(arrived[0])
    health = ChannelHealth.objects.get(channel="email")
    assert health.last_in_at is not None
    assert (health.deaf_since, health.in_error) == (None, "")


@committed
def test_what_comes_back_is_no_answer_that_arrived(listening: MailHouse) -> None:
    listening.send(GONE, LAPOR, letter("Lampu padam.", sender=GONE))
    taken(1)
    sent(DAY)
    count = Message.objects.count()
    rows = taken(1 + count)
    assert [row.state for row in rows] == ["done"] + ["ignored"] * count
    assert set(Message.objects.values_list("state", flat=True)) == {"failed"}
    assert Case.objects.count() == 1


@committed
def test_a_server_that_goes_away_is_met_anew_and_nothing_is_missed(
    listening: MailHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailboxes, "PAUSES", (0.2,))
    listening.stop_dovecot()
    try:
        wait_for(lambda: ChannelHealth.objects.filter(deaf_since__isnull=False).exists())
        assert "peladen surel" in ChannelHealth.objects.get().in_error
        listening.send(BUDI, LAPOR, letter("Selama terputus."))
    finally:
        listening.start_dovecot()
    assert [row.state for row in taken(1)] == ["done"]
    wait_for(lambda: ChannelHealth.objects.filter(deaf_since__isnull=True, in_error="").exists())


def test_a_letter_is_committed_before_the_mailbox_learns_of_it_and_found_again_changes_nothing(
    house: MailHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.put("lapor", letter("Satu.", Message_ID="<1@surel.contoh.id>"))
    box = opened(house)

    def broken(uid: int) -> None:
        raise CannotRead("terputus")

    with monkeypatch.context() as patch:
        patch.setattr(box, "settle", broken)
        with pytest.raises(CannotRead):
            read_mailbox(box=box, brand="nasional", now=present())
    assert Inbound.objects.count() == 1
    assert house.flags("lapor") == [""]
    box.close()

    # The mailbox was rebuilt: new numbers, the same letters, one of them never seen.
    Position.objects.update(value="1:99")
    house.put("lapor", letter("Dua.", Message_ID="<2@surel.contoh.id>"))
    box = opened(house)
    assert read_mailbox(box=box, brand="nasional", now=present()) is False
    assert Inbound.objects.count() == 2
    assert house.flags("lapor") == [r"\Seen", r"\Seen"]
    read_mailbox(box=box, brand="nasional", now=present())
    box.close()
    assert Inbound.objects.count() == 2
    assert Position.objects.get().value == f"{box.validity}:{box_last(house)}"


def box_last(house: MailHouse) -> int:
    box = opened(house)
    last = box.last()
    box.close()
    return last


def test_a_mailbox_that_is_new_to_us_begins_with_what_nobody_has_read(house: MailHouse) -> None:
    house.put("lapor", letter("Sudah dibaca orang."), flags=r"\Seen")
    house.put("lapor", letter("Belum dibaca."))
    box = opened(house, tls=True)
    read_mailbox(box=box, brand="nasional", now=present())
    box.close()
    assert Inbound.objects.count() == 1
    take_inbound(channel="email", now=DAY)
    assert Case.objects.get().narrative.agency_text == "Belum dibaca."


@pytest.mark.parametrize(("query", "left"), [("?move=Selesai", 0), ("?delete=yes", 0), ("", 1)])
def test_letters_stay_unless_it_is_said_otherwise(house: MailHouse, query: str, left: int) -> None:
    house.make_folder("lapor", "Selesai")
    house.put("lapor", letter("Satu."))
    box = opened(house, query=query)
    read_mailbox(box=box, brand="nasional", now=present())
    box.close()
    assert len(house.mails("lapor")) == left
    assert Inbound.objects.count() == 1


def test_of_a_letter_of_thirty_megabytes_only_the_beginning_is_read(
    house: MailHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not LONG:
        monkeypatch.setattr(mailbox, "MOST_BYTES", 2_000_000)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = BUDI, LAPOR, "Video jalan rusak"
    mail.set_content("Ini videonya.")
    mail.add_attachment(
        b"\0" * (mailbox.MOST_BYTES * 3 // 4 + 4_000_000), maintype="video", subtype="mp4", filename="v.mp4"
    )
    house.put("lapor", mail.as_bytes())
    box = opened(house)
    read_mailbox(box=box, brand="nasional", now=present())
    box.close()
    row = Inbound.objects.get()
    assert len(bytes(row.sealed or b"")) < 2_000_000
    take_inbound(channel="email", now=DAY)
    case = Case.objects.get()
    assert case.narrative.agency_text == "Ini videonya."
    react()
    assert {message.template for message in Message.objects.all()} == {"receipt", "chat_reply"}


def test_many_letters_are_read_in_rounds(house: MailHouse) -> None:
    house.put("lapor", *(letter(f"Nomor {number}.") for number in range(53)))
    box = opened(house)
    assert read_mailbox(box=box, brand="nasional", now=present()) is True
    assert Inbound.objects.count() == 50
    assert read_mailbox(box=box, brand="nasional", now=present()) is False
    box.close()
    assert Inbound.objects.count() == 53


def test_a_wrong_password_and_a_stranger_s_certificate_are_named_without_secrets(house: MailHouse) -> None:
    with pytest.raises(CannotRead, match="kata sandi") as refused:
        opened(house, password="rahasia-salah")
    assert "rahasia-salah" not in str(refused.value)
    with pytest.raises(CannotRead, match="sertifikat"):
        Box(parse_account("nasional", house.address(tls=True)))
    with pytest.raises(CannotRead, match="dihubungi"):
        Box(parse_account("nasional", "imap://a:b@127.0.0.1:1/INBOX"))


@pytest.mark.parametrize(
    "address",
    ["", "imap://surel.id/INBOX", "http://a", "imaps://", "imaps://a:b:c", "imaps://u:p%0d%0aX@a.id/INBOX"],
)
def test_an_address_of_a_mailbox_that_is_none(address: str) -> None:
    with pytest.raises(BadAddress):
        parse_account("nasional", address)

"""Letters are taken apart as people's programs send them, and malformed ones do no harm."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanggap.channels.conversation.cues import Hiding, Named
from tanggap.channels.email.bounces import bounce_in
from tanggap.channels.email.letter import identity_of, open_letter, packed, sender_of
from tanggap.channels.email.machines import why_no_person
from tanggap.channels.email.naming import aliases_in, asked_number, numbers_in, title_of, wishes_in
from tanggap.channels.email.reading import fetch, read
from tanggap.channels.email.trimming import own_words, unflowed
from tanggap.channels.email.trust import is_disowned
from tanggap.channels.said import Unreadable
from tanggap.channels.tests.letter_making import LETTERS, OURS, SENT, letter, opened, payload, raw, written
from tanggap.common.ids import new_secret_code, new_tracking_id


def test_a_plain_letter():
    one = letter("plain")
    assert (one.address, one.name) == ("budi.santoso@surel.contoh.id", "Budi Santoso")
    assert one.words == "Lampu jalan di depan balai desa Kedungwuni padam sejak tiga malam.\nWarga takut lewat."
    assert title_of(one) == "Lampu jalan padam di depan balai desa"
    assert one.at == datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
    assert (why_no_person(one, ours=OURS), is_disowned(one)) == ("", False)


def test_an_answer_without_what_it_quotes():
    one = letter("reply_gmail")
    assert one.words == ("Terima kasih, tetapi lampunya masih padam – mohon dicek lagi di tiang nomor 12.")
    assert (one.name, title_of(one)) == ("Santoso, Budi", "")
    assert one.references[0] == SENT


def test_a_page_becomes_what_a_reader_would_see():
    one = letter("html_only")
    assert one.name == "Siti Aminah"
    assert one.words == (
        "Saya diminta membayar Rp50.000 untuk surat keterangan – tanpa kuitansi.\n\n- Senin\n\n- Selasa\n\n"
        "Mohon diperiksa. Terima kasih."
    )
    assert (title_of(one), wishes_in(one)) == ("pungutan di kelurahan", Hiding(anonymous=True))
    assert aliases_in(one, ours=OURS) == ["sampang"]


def test_files_come_along_and_logos_invitations_and_wrappings_do_not():
    one = letter("outlook")
    assert one.words == "Sudah saya bayar, ini buktinya."
    (file,) = one.files
    assert (file.name, file.kind) == ("bukti_bayar.png", "picture")
    assert file.content().startswith(b"\x89PNG")
    said = read(payload(raw("outlook")))
    assert said is not None
    with fetch(said.media[0], {}, payload(raw("outlook"))) as stream:
        assert stream.read(8) == b"\x89PNG\r\n\x1a\n"
    with pytest.raises(Unreadable), fetch(said.media[0], {}, payload(raw("plain"))):
        pass


def test_alphabets_are_repaired():
    one = letter("no_charset_8bit_header")
    assert one.words == "Jalan rúsak parah – tolong diperbaiki."
    assert "Kedungwuni" in one.subject
    broken = letter("broken_base64")
    assert (broken.name, broken.address) == ("Joko", "joko@surel.contoh.id")
    assert broken.words.startswith("Sampah menumpuk di pasar sejak minggu lalu")


def test_of_a_forwarded_letter_the_quotation_is_the_matter():
    one = letter("forwarded")
    assert "Air keran di Perumahan Melati keruh" in one.words
    assert title_of(one) == "Keluhan air keruh"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Halo\n\nOn Mon, Nov 23, 2026 at 4:00 PM LAPOR! <l@l.id> wrote:\n> a\n> b", "Halo"),
        ("On Mon, Nov 23, 2026 LAPOR! <l@l.id> wrote:\n> a\n\nJawaban saya di bawah.", "Jawaban saya di bawah."),
        ("> Kapan?\nHari Senin.\n> Di mana?\nDi pasar.", "Hari Senin.\nDi pasar."),
        ("Sudah.\n\n-----Original Message-----\nFrom: a\nlama", "Sudah."),
        ("Sudah.\n\nFrom: a\nSent: b\nTo: c\nSubject: d\n\nlama", "Sudah."),
        ("Dari: pasar ke terminal rusak.\nMohon dicek.", "Dari: pasar ke terminal rusak.\nMohon dicek."),
        ("Pada hari Senin Pak RT menulis:\nsurat ke lurah.", "Pada hari Senin Pak RT menulis:\nsurat ke lurah."),
        ("> hanya kutipan", "> hanya kutipan"),
        ("Isi.\n-- \nBudi\nRT 01", "Isi."),
        ("Isi.\n--\n" + "baris\n" * 30, "Isi.\n--\n" + "baris\n" * 29 + "baris"),
        ("Isi.\n\nSent from my Galaxy", "Isi."),
        ("Dikirim dari ponsel saya", "Dikirim dari ponsel saya"),
    ],
)  # fmt: skip
def test_what_was_written_is_told_from_what_was_quoted(text, kept):
    assert own_words(text) == kept


def test_flowing_lines_are_joined():
    assert unflowed("satu \ndua\n> kutip \n> lagi\n-- \nBudi") == "satu dua\n> kutip lagi\n-- \nBudi"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<warga.contoh.id>"},
        {"X_Autoreply": "yes"},
        {"X_Auto_Response_Suppress": "All"},
        {"Return_Path": "<>"},
        {"From": "LAPOR! <lapor+K7M2-9QXA-V@lapor.contoh.id>"},
        {"From": "mailer-daemon@contoh.id"},
        {"From": "No Reply <no-reply@contoh.id>"},
        {"Subject": "Balasan otomatis: Jawaban"},
        {"Subject": "Automatic reply: Jawaban"},
    ],
)
def test_machines_are_not_answered(headers):
    assert why_no_person(opened(**headers), ours=OURS)


def test_a_person_is_no_machine():
    for headers in ({"Auto_Submitted": "no"}, {"Subject": "Otomatis mati lampu"}, {"From": "norma@contoh.id"}):
        assert why_no_person(opened(**headers), ours=OURS) == ""
    assert why_no_person(letter("absence"), ours=OURS)


@pytest.mark.parametrize("name", ["bounce_rfc3464", "bounce_exim", "bounce_qmail"])
def test_a_letter_that_came_back_names_which_and_why(name):
    bounce = bounce_in(letter(name))
    assert bounce is not None
    assert (bounce.ids, bounce.status, bounce.dead) == ((SENT,), "5.1.1", True)
    assert read(payload(raw(name))) is None


def test_a_late_letter_and_one_about_others_are_no_failure():
    assert bounce_in(letter("bounce_delayed")) is None
    assert bounce_in(letter("plain")) is None
    stranger = raw("bounce_rfc3464").replace(SENT.encode(), b"<x@y.id>")
    assert bounce_in(open_letter(payload(stranger))) is None
    full = raw("bounce_rfc3464").replace(b"5.1.1", b"5.2.2")
    told = bounce_in(open_letter(payload(full)))
    assert told is not None
    assert not told.dead


@pytest.mark.parametrize(
    ("results", "disowned"),
    [
        ("mx; dmarc=fail (p=reject) header.from=surel.contoh.id; spf=pass smtp.mailfrom=a@evil.id", True),
        ("mx; dmarc=pass; dkim=fail", False),
        ("mx; spf=fail smtp.mailfrom=budi@surel.contoh.id", True),
        ("mx; spf=softfail smtp.mailfrom=budi@surel.contoh.id; dkim=pass header.d=contoh.id", False),
        ("mx; spf=pass smtp.mailfrom=a@evil.id", True),
        ("mx; spf=none; dkim=none; dmarc=none", False),
        ("mx", False),
        ("", False),
    ],
)
def test_what_our_server_says_of_a_sender_counts(results, disowned):
    assert is_disowned(opened(Authentication_Results=results)) is disowned


def test_results_below_the_uppermost_are_the_sender_s_own_words():
    forged = written().replace(
        b"From:", b"Authentication-Results: mx; dmarc=fail\r\nAuthentication-Results: x; dmarc=pass\r\nFrom:"
    )
    assert is_disowned(open_letter(payload(forged)))
    absent = written().replace(
        b"From:", b"Authentication-Results: mx; dmarc=pass\r\nAuthentication-Results: x; dmarc=fail\r\nFrom:"
    )
    assert not is_disowned(open_letter(payload(absent)))


@pytest.mark.parametrize(
    "sender",
    [
        "a@contoh.id, b@contoh.id",
        "korban@contoh.id <penipu@lain.id> <korban@contoh.id>",
        "Budi",
        "",
        "<>",
        "a@b",
        "=?utf-8?Q?korban=40contoh.id?=",
        "x" * 10_000 + "@contoh.id",
        "(" * 3_000 + "a@contoh.id",
    ],
)
def test_a_sender_who_is_nobody_or_several_waits_for_a_person(sender):
    with pytest.raises(Unreadable):
        opened(From=sender)


def test_a_name_that_looks_like_an_address_is_only_a_name():
    one = opened(From="=?utf-8?Q?Korban_=3Ckorban=40contoh.id=3E?= <penipu@lain.id>")
    assert one.address == "penipu@lain.id"
    assert opened(From='"korban@contoh.id" <penipu@lain.id>').address == "penipu@lain.id"
    assert sender_of(written(From="A@Contoh.ID")) == "a@contoh.id"
    with pytest.raises(Unreadable):
        open_letter(payload(written().replace(b"To:", b"From: lain@contoh.id\r\nTo:")))


def test_numbers_come_from_our_own_address_and_the_subject():
    first, second = new_tracking_id(), new_tracking_id()
    one = opened(To=f"lapor+{first}@lapor.contoh.id, lain+{second}@surel.id", Subject=f"Re: [{second}] Jawaban")
    assert numbers_in(one, ours=OURS) == [first, second]
    assert numbers_in(opened(Delivered_To=f"lapor+{first.lower()}@lapor.contoh.id"), ours=OURS) == [first]
    wrong = first[:-1] + ("0" if first[-1] != "0" else "1")
    assert numbers_in(opened(Subject=f"Re: {wrong}"), ours=OURS) == []


def test_a_question_about_a_case_is_known():
    number = new_tracking_id()
    assert asked_number(opened(f"Cek {number.lower()}.\r\n\r\n-- \r\nBudi")) == Named(number, "", "")
    assert asked_number(opened("", Subject=f"CEK {number}")) == Named(number, "", "")
    code = new_secret_code()
    assert asked_number(opened(f"CEK {number} {code}")) == Named(number, code, "")
    assert asked_number(opened(f"Cek {number} karena lampunya padam")) is None


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: Lampu", ""),
        ("RAHASIA", ""),
        ("ANONIM - Pungutan", "Pungutan"),
        ("Fw: Fwd: Air", "Air"),
        ("[X] Air", "Air"),
    ],
)
def test_a_subject_is_a_title_unless_it_says_nothing(subject, title):
    assert title_of(opened(Subject=subject)) == title


def test_wishes_stand_in_the_first_words():
    assert wishes_in(opened("tidak perlu anonim")) == Hiding()
    assert wishes_in(opened("rahasia, mohon\r\nanonim")) == Hiding(secret=True)
    assert wishes_in(opened("Kerahasiaan data bocor")) == Hiding()


def test_the_same_letter_is_known_again_and_another_with_its_id_is_another():
    one = written()
    assert identity_of(one) == identity_of(b"Received: by mx\r\nDelivered-To: lapor\r\n" + one)
    assert identity_of(one) != identity_of(written("Lain"))
    assert identity_of(written(Message_ID="")) != identity_of(b"X: 1\r\n" + written(Message_ID=""))


def test_thousands_of_parts_and_a_deep_nest_and_a_huge_header_are_bounded():
    many = MIMEMultipart()
    for number in range(2_000):
        many.attach(MIMEText(f"bagian {number}"))
    many["From"] = "budi@surel.contoh.id"
    one = open_letter(payload(many.as_bytes()))
    assert "bagian 0" in one.text
    assert "bagian 1999" not in one.text
    nest = MIMEText("paling dalam")
    for _level in range(60):
        outer = MIMEMultipart()
        outer.attach(nest)
        nest = outer
    nest["From"] = "budi@surel.contoh.id"
    assert open_letter(payload(nest.as_bytes())).text == ""
    huge = written(X_Huge="y" * 2_000_000, Subject="Lampu " + "z" * 500_000)
    assert len(open_letter(payload(huge)).subject) <= 4_000


def test_a_nest_too_deep_for_the_parser_waits_for_a_person():
    head = b"From: budi@surel.contoh.id\r\n"
    for level in range(3_000):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
    with pytest.raises(Unreadable, match="susunan"):
        open_letter(payload(head))


def test_a_letter_that_was_cut_keeps_its_words():
    outer = MIMEMultipart()
    outer["From"] = "budi@surel.contoh.id"
    outer.attach(MIMEText("Isi surat."))
    part = MIMEBase("image", "jpeg", name="foto.jpg")
    part.set_payload("QUJD" * 5_000)
    part["Content-Transfer-Encoding"] = "base64"
    part["Content-Disposition"] = "attachment"
    outer.attach(part)
    content = outer.as_bytes()
    one = open_letter(packed(content[:4_000], 30_000_000))
    assert (one.words, one.whole, len(one.files)) == ("Isi surat.", False, 1)


@pytest.mark.parametrize("bad", [b"", b"x", b"\n", b"12", b"-1\nFrom: a@b.id\n\n", b"9" * 50 + b"\n"])
def test_what_the_inbox_did_not_write_is_unreadable(bad):
    with pytest.raises(Unreadable):
        open_letter(bad)


def _consumed(content: bytes) -> None:
    """Everything that is done with a letter before anything is decided."""
    try:
        one = open_letter(payload(content))
    except Unreadable:
        return
    finally:
        identity_of(content)
        sender_of(content)
    bounce_in(one)
    why_no_person(one, ours=OURS)
    is_disowned(one)
    numbers_in(one, ours=OURS)
    asked_number(one)
    wishes_in(one)
    title_of(one)
    for file in one.files:
        file.content()


EXAMPLES = 30_000 if os.environ.get("TANGGAP_LONG") == "1" else 300
PIECES = st.sampled_from(
    [
        b"\r\n",
        b"\n\n",
        b"--b1\r\n",
        b"--b1--",
        b"Content-Type: multipart/mixed; boundary=b1\r\n",
        b"Content-Type: multipart/alternative; boundary*0=b; boundary*1=1\r\n",
        b"Content-Type: multipart/report; boundary=b1\r\n",
        b"Content-Type: text/html; charset=\x00\r\n",
        b"Content-Type: text/plain; format=flowed\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: quoted-printable\r\n",
        b"Content-Disposition: attachment; filename*=utf-8''%ff%fe\r\n",
        b"From: a@b.id\r\n",
        b"From: \xe9 <a@b.id>\r\n",
        b"Subject: =?x?Q?=zz?=\r\n",
        b"References: <a@b> <\r\n",
        b"Date: Mon, 99 Foo\r\n",
        b"Authentication-Results: a;;=\r\n",
        b"=?utf-8?B?\xff?=",
        b"<b><script><!--",
        b"> ",
        b"-- \r\n",
        b"Pada 1 <a@b.id>\r\nmenulis:\r\n",
        b"\xff\xfe\x00",
        b"=",
        b"Q" * 80,
    ]
)


@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.binary(max_size=40), max_size=40).map(b"".join))
def test_no_letter_breaks_the_reader(content):
    _consumed(content)


@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(path.stem for path in LETTERS.glob("*.eml"))), st.data())
def test_no_damaged_letter_breaks_the_reader(name, data):
    content = bytearray(raw(name))
    for _damage in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(PIECES | st.binary(max_size=8))
        content[at : at + data.draw(st.integers(0, 60))] = piece
        content = content or bytearray(b"x")
    _consumed(bytes(content))

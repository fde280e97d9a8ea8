"""The counter over HTTP, as a desk without JavaScript uses it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tanggap.cases.identity import open_identity
from tanggap.cases.models import Case, Message, SubmissionKey
from tanggap.cases.policies import can_see
from tanggap.cases.telling.tell import tell_reporter
from tanggap.channels.models import SourceTag
from tanggap.common.clock import frozen
from tanggap.config.schedule import tidy
from tanggap.directory.selectors import agency_by_code
from tanggap.files.selectors import files_of
from tanggap.ledger.models import Event
from tanggap.notify.models import Message as Outgoing
from tests.cast import DAY, Cast
from tests.journeys.console import Officer, sign_in
from tests.journeys.portal_walk import picture

pytestmark = pytest.mark.django_db
DESK = "/kerja/loket/"
STORY = "Lampu jalan di depan pasar mati sejak Senin, pedagang takut pulang malam."
NUMBER = re.compile(r'data-number="([0-9A-Z-]+)"')
CODE = re.compile(r'Kode rahasia</dt><dd class="code number">([0-9A-Z-]+)<')
At = Callable[[str], Officer]


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with frozen(DAY):
        yield


@pytest.fixture
def at_desk(cast: Cast) -> At:
    return lambda name: sign_in(cast, name)


def entry(**given: Any) -> dict[str, Any]:
    return {"text": STORY, "channel": "counter", "draft_key": uuid4().hex, **given}


def entered(answer: Any) -> Case:
    html = answer.content.decode()
    found = NUMBER.search(html)
    assert found, re.findall(r'class="error"[^>]*>.*?</p>', html)
    return Case.objects.get(tracking_id=found[1])


def test_one_sentence_is_a_case_of_the_own_government_with_its_receipt_and_a_form_for_the_next(at_desk: At) -> None:
    officer = at_desk("officer")
    answer = officer.post(DESK, entry())
    assert answer.status_code == 201
    case = entered(answer)
    assert (case.channel, case.agency.code, case.state) == ("counter", "35.27", "unverified")
    html = answer.content.decode()
    assert CODE.search(html)
    assert 'id="isian"' in html
    assert STORY not in html.split('id="isian"')[1], "the next form is empty"


def test_everything_said_is_kept_and_the_sitting_remembers_where_it_is(at_desk: At) -> None:
    SourceTag.objects.create(
        slug="van-1", label="Mobil keliling 1", kind="van", agency=agency_by_code("35.27"), made_at=DAY
    )
    officer = at_desk("verifier")
    answer = officer.post(
        DESK,
        entry(
            channel="van", source_tag="van-1", region_text="Sampang (35.27.03)", place="Dekat alun-alun", title="Lampu",
            occurred_on="2026-11-02", agency_text="Dinas Kesehatan", phone="0812 3456 7890", name="Sri",
            attachments=[picture()],
        ),
    )  # fmt: skip
    case = entered(answer)
    assert (case.source_tag, case.region_id, case.place, case.title) == (
        "van-1",
        "35.27.03",
        "Dekat alun-alun",
        "Lampu",
    )
    assert (case.agency.code, str(case.occurred_on)) == ("35.27/dinkes", "2026-11-02")
    assert open_identity(case).phone == "+6281234567890"
    assert files_of(case.stream).count() == 1
    again = officer.get(DESK).content.decode()
    assert "Dekat alun-alun" in again
    assert re.search(r'value="van" selected', again)
    assert "0812 3456 7890" not in again


def test_who_entered_it_is_recorded_told_to_colleagues_and_to_nobody_else(
    at_desk: At, cast: Cast, client: Client
) -> None:
    case = entered(at_desk("officer").post(DESK, entry()))
    assert case.entered_by_key == cast.person("officer").key
    assert Event.objects.get(stream=case.stream, name="case.submitted").data["entered_by"] == case.entered_by_key
    page = at_desk("verifier").get(f"/kerja/l/{case.tracking_id}/").content.decode()
    assert "diketik untuk warga oleh Officer" in page
    Case.objects.filter(pk=case.pk).update(published=True, verified_at=DAY)
    for path in (f"/l/{case.tracking_id}", f"/api/v1/cases/{case.tracking_id}", "/laporan/"):
        shown = client.get(path).content.decode()
        assert "Officer" not in shown
        assert case.entered_by_key not in shown


def test_pressing_twice_is_one_case_with_one_receipt(at_desk: At) -> None:
    officer, said = at_desk("officer"), entry(phone="081234567890")
    first = officer.post(DESK, {**said, "attachments": [picture()]})
    second = officer.post(DESK, {**said, "attachments": [picture()]})
    assert (first.status_code, second.status_code) == (201, 200)
    assert entered(first) == entered(second)
    assert CODE.findall(first.content.decode()) == CODE.findall(second.content.decode())
    assert files_of(entered(first).stream).count() == 1
    assert Case.objects.count() == 1


def test_a_van_that_hears_of_it_after_weeks_sends_nothing_twice(at_desk: At) -> None:
    officer, said = at_desk("officer"), entry()
    first = entered(officer.post(DESK, said))
    with frozen(DAY + timedelta(days=20)):
        tidy(int((DAY + timedelta(days=20)).timestamp()))
        assert entered(at_desk("officer").post(DESK, said)) == first
    with frozen(DAY + timedelta(days=40)):
        tidy(int((DAY + timedelta(days=40)).timestamp()))
        assert not SubmissionKey.objects.exists()


def test_other_words_under_a_used_key_are_kept_in_the_form_under_a_new_one(at_desk: At) -> None:
    officer, said = at_desk("officer"), entry()
    officer.post(DESK, said)
    answer = officer.post(DESK, {**said, "text": "Cerita orang lain sama sekali.", "attachments": [picture()]})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Cerita orang lain sama sekali." in html
    key = re.search(r'name="draft_key" value="([0-9a-f]{32})"', html)
    assert key
    assert key[1] != said["draft_key"]
    assert files_of(f"draft:{key[1]}").count() == 1
    assert Case.objects.count() == 1


def test_a_colleague_with_the_key_gets_neither_case_nor_code(at_desk: At) -> None:
    said = entry()
    case = entered(at_desk("officer").post(DESK, said))
    colleague = at_desk("other_officer")
    answer = colleague.post(DESK, said)
    assert answer.status_code == 409
    assert case.tracking_id not in answer.content.decode()
    assert colleague.post(f"{DESK}tanda-terima/", {"kunci": said["draft_key"]}).status_code == 404
    again = at_desk("officer").post(f"{DESK}tanda-terima/", {"kunci": said["draft_key"]})
    assert entered(again) == case


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"text": "  "}, "text", "Ceritanya belum diisi"),
        ({"text": "a" * 20_001}, "text", "terlalu panjang"),
        ({"channel": "merpati"}, "channel", ""),
        ({"occurred_on": "2026-11-10"}, "occurred_on", "sesudah hari ini"),
        ({"occurred_on": "kemarin"}, "occurred_on", "tidak terbaca"),
        ({"region_text": "99.99"}, "region_text", "Tidak ada yang bernama"),
        ({"region_text": "Sampang"}, "region", "Pilih salah satu"),
        ({"agency_text": "Dinas Naga Terbang"}, "agency_text", "Tidak ada yang bernama"),
        ({"about_text": "Dinas Naga Terbang"}, "about_text", "Tidak ada yang bernama"),
        ({"about_head": "on"}, "about_person", "Sebutkan kantornya"),
        ({"phone": "12"}, "phone", "tidak dapat dipakai"),
        ({"email": "bukan alamat"}, "email", "tidak lengkap"),
        ({"pickup": "on", "phone": "081234567890"}, "pickup", "hapus centang"),
        ({"channel": "whatsapp"}, "attachments", "tangkapan layar"),
        ({"title": "j" * 161}, "title", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(at_desk: At, given, field, words) -> None:
    answer = at_desk("officer").post(DESK, entry(**{"place": "Dekat jembatan", **given}))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'href="#{field}"' in html, re.findall(r'href="#(\w+)">(.*?)<', html)
    assert words in html
    assert "Dekat jembatan" in html
    assert not Case.objects.exists()


def test_a_name_that_several_places_bear_is_ticked(at_desk: At) -> None:
    officer, said = at_desk("officer"), entry(region_text="Sampang")
    html = officer.post(DESK, said).content.decode()
    codes = re.findall(r'name="region" value="([\d.]+)"', html)
    assert len(codes) > 1
    assert entered(officer.post(DESK, {**said, "region": codes[0]})).region_id == codes[0]


def test_a_scan_too_large_costs_the_scan_and_not_the_text(at_desk: At) -> None:
    scan = SimpleUploadedFile("surat.pdf", b"%PDF-1.7\n" + b"0" * (30 * 1024 * 1024), "application/pdf")
    answer = at_desk("officer").post(DESK, entry(channel="letter", attachments=[scan]))
    assert answer.status_code == 422
    assert "Berkas terlalu besar" in answer.content.decode()
    assert STORY in answer.content.decode()
    assert not Case.objects.exists()


def test_a_message_typed_in_with_its_screenshot_comes_by_the_channel_it_came_by(at_desk: At) -> None:
    for channel in (
        "whatsapp",
        "sms",
        "facebook",
        "x",
        "instagram",
        "telegram",
        "email",
        "web",
        "app",
        "api",
        "open311",
    ):
        case = entered(at_desk("officer").post(DESK, entry(channel=channel, attachments=[picture()])))
        assert case.channel == channel
        assert files_of(case.stream).count() == 1


def test_readers_and_strangers_find_no_counter(at_desk: At, cast: Cast, client: Client) -> None:
    for name in ("inspector", "leader", "unit_head", "evaluator", "ombudsman"):
        for path in ("", "kunci/", "luring/", "pekerja.js", "wilayah/?q=sampang"):
            assert at_desk(name).get(DESK + path).status_code == 404
        assert at_desk(name).post(DESK, entry()).status_code == 404
    assert client.get(DESK).status_code == 303
    assert not Case.objects.exists()


def test_a_case_about_the_own_office_leaves_the_officer_only_the_receipt(at_desk: At, cast: Cast) -> None:
    officer = at_desk("health_officer")
    answer = officer.post(DESK, entry(about_text="Dinas Kesehatan", text="Petugas loket meminta uang kenarihijau."))
    case = entered(answer)
    assert (case.oversight, case.guarded, case.agency.code) == (True, True, "35.27")
    assert "kenarihijau" not in answer.content.decode()
    assert f"/kerja/l/{case.tracking_id}/" not in answer.content.decode()
    for name in ("health_officer", "unit_head", "verifier"):
        assert not can_see(cast[name], case)
    assert can_see(cast["inspector"], case)
    assert officer.get(f"/kerja/l/{case.tracking_id}/").status_code == 404
    assert case.tracking_id not in officer.get("/kerja/?queue=open").content.decode()


def test_a_case_for_somebody_else_s_agency_goes_there_and_leaves_the_desk(at_desk: At, cast: Cast) -> None:
    case = entered(at_desk("officer").post(DESK, entry(agency_text="35.02")))
    assert case.agency.code == "35.02"
    assert not can_see(cast["verifier"], case)
    assert can_see(cast["outsider"], case)


@pytest.mark.parametrize("channel", ["counter", "phone", "letter", "van", "radio"])
def test_the_citizen_gets_the_number_by_sms(at_desk: At, channel: str) -> None:
    case = entered(at_desk("officer").post(DESK, entry(channel=channel, phone="081234567890", email="sri@contoh.id")))
    for event in Event.objects.filter(stream=case.stream):
        tell_reporter(event)
    (told,) = Outgoing.objects.filter(stream=case.stream)
    assert (told.template, told.channel, told.values["tracking_id"]) == ("receipt", "sms", case.tracking_id)


def test_who_leaves_no_contact_collects_the_answer_and_the_verifier_knows(at_desk: At) -> None:
    case = entered(at_desk("officer").post(DESK, entry(pickup="on")))
    assert Message.objects.get(case=case, kind="note").text.startswith("Kabar diambil sendiri")
    assert not open_identity(case).fields


def test_an_entry_kept_without_network_is_taken_though_a_name_leads_nowhere(at_desk: At) -> None:
    said = entry(
        region_text="Kampung Entah", agency_text="Dinas Naga Terbang", about_text="Puskesmas Sebelah", source_tag="lama"
    )
    officer = at_desk("officer")
    case = entered(officer.post(DESK, said, headers={"X-Antrean": "1"}))
    assert (case.region, case.source_tag, case.oversight) == (None, "", True)
    assert case.subjects.get().name_sealed is not None, "whom it is about is never lost"
    assert "Dinas Naga Terbang" in Message.objects.get(case=case, kind="note").text
    plain = entered(officer.post(DESK, entry(region_text="Kampung Entah"), headers={"X-Antrean": "1"}))
    assert plain.place == "Kampung Entah"


def test_an_ended_sign_in_keeps_what_was_typed(at_desk: At, cast: Cast) -> None:
    officer = at_desk("officer")
    officer.get(DESK)
    officer.client.cookies.pop("sessionid")
    answer = officer.post(DESK, entry())
    assert answer.status_code == 303
    assert "lanjutkan" in answer.headers["Location"]
    assert not Case.objects.exists()
    officer.client.force_login(cast.person("officer"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert STORY in officer.get("/akun/lanjutkan/").content.decode()
    sent = officer.post("/akun/lanjutkan/")
    assert (sent.status_code, sent.headers["Location"]) == (307, DESK)


def test_the_receipt_prints_for_whoever_holds_the_code(at_desk: At, client: Client) -> None:
    answer = at_desk("officer").post(DESK, entry(title="Lampu pasar kenarihijau", anonymous="on"))
    case, code = entered(answer), CODE.findall(answer.content.decode())[0]
    path = f"/l/{case.tracking_id}/tanda-terima.pdf"
    for paper in ("80mm", "a4", "kulit"):
        printed = client.post(path, {"kode": code.lower(), "kertas": paper})
        assert printed.status_code == 200
        assert printed.content.startswith(b"%PDF-")
        assert code in words(printed.content)
        assert case.tracking_id in words(printed.content)
        assert "kenarihijau" not in words(printed.content)
        assert "Sampang" not in words(printed.content)
    for wrong in ("", "0000-0000-0000", "x" * 500):
        assert client.post(path, {"kode": wrong}).status_code == 404
    assert client.get(path).status_code == 405
    assert client.post("/l/0000-0000-0/tanda-terima.pdf", {"kode": code}).status_code == 404


def words(pdf: bytes) -> str:
    import subprocess

    from tests.packages import program

    done = subprocess.run(
        [program("pdftotext", "poppler-utils"), "-layout", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
        timeout=200,
    )
    return done.stdout.decode()


def test_a_receipt_says_when_what_happens_and_nothing_of_a_matter_that_is_nobody_s_business(
    at_desk: At, client: Client
) -> None:
    answer = at_desk("officer").post(DESK, entry(title="Lampu pasar mati"))
    case, code = entered(answer), CODE.findall(answer.content.decode())[0]
    text = words(client.post(f"/l/{case.tracking_id}/tanda-terima.pdf", {"kode": code, "kertas": "80mm"}).content)
    for said in ("Lampu pasar mati", "Kabupaten Sampang", "Kamis, 12 November 2026", "Jawaban akhir", "CEK"):
        assert said in " ".join(text.split())


def test_suggestions_name_places_with_their_code(at_desk: At) -> None:
    names = at_desk("officer").get(f"{DESK}wilayah/?q=kedungdung").json()["names"]
    assert any("(35.27" in name for name in names)
    assert at_desk("officer").get(f"{DESK}wilayah/?q=%00").json() == {"names": []}


def test_the_page_without_network_names_nobody(at_desk: At, cast: Cast) -> None:
    page = at_desk("officer").get(f"{DESK}luring/").content.decode()
    for word in ("Officer", "officer@", "csrfmiddlewaretoken", cast.person("officer").key):
        assert word not in page
    script = at_desk("officer").get(f"{DESK}pekerja.js")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert "/static/console/counter.js" in script.content.decode()
    assert script.content == at_desk("other_officer").get(f"{DESK}pekerja.js").content
    assert set(at_desk("officer").get(f"{DESK}kunci/").json()) == {"officer", "token"}

"""What an officer may not see does not exist: not in a list, a count, a search, a page, a deed or a file."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from tanggap.cases.correction import Correction
from tanggap.cases.services.verify_case import Verification, verify_case
from tanggap.cases.workflow import Action
from tanggap.common.clock import frozen
from tanggap.console.deeds.table import ALL, BY_SLUG
from tanggap.directory.selectors import agency_by_code
from tanggap.files.services.accept_upload import accept_upload
from tests.cast import DAY
from tests.journeys.console import address, footprint, sign_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
ABOUT_THE_HEAD = "Kepala Puskesmas Ketapang meminta uang seratus ribu untuk surat rujukan."

# What each person is to a complaint that 35.27/dpupr holds and has begun to answer.
ALLOWED = {
    "verifier": {
        "tanggapan", "jawaban", "tanya", "catatan", "setujui", "buang-rancangan", "koreksi", "terlapor", "rahasiakan",
        "terima", "teruskan", "kembalikan", "tugaskan", "bagi", "gabung", "rujuk", "arsip", "batal-gabung", "identitas",
        "janji", "mendesak", "tidak-mendesak", "jawab-ombudsman", "sembunyikan", "tampilkan", "sudah-dibaca",
        "permintaan",
    },
    "officer": {
        "tanggapan", "jawaban", "tanya", "catatan", "setujui", "buang-rancangan", "rahasiakan", "terima", "kembalikan",
        "tugaskan", "identitas", "janji", "jawab-ombudsman", "sudah-dibaca",
    },
    "inspector": {"catatan", "koreksi", "terlapor", "rahasiakan", "identitas", "mendesak", "tidak-mendesak",
                  "sembunyikan", "tampilkan", "sudah-dibaca", "permintaan"},
    "national_admin": {
        "verifikasi", "koreksi", "terlapor", "rahasiakan", "catatan", "tanya", "teruskan", "bagi", "gabung", "rujuk",
        "arsip", "batal-gabung", "keluarkan", "buka-lagi", "identitas", "mendesak", "tidak-mendesak", "jawab-ombudsman",
        "sembunyikan", "tampilkan", "sudah-dibaca",
        "permintaan",
    },
    "leader": set(),
    "evaluator": set(),
    "ombudsman": {"tanya-instansi"},
    "health_officer": None,
    "unit_head": None,
    "outsider": None,
    "citizen": None,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _monday():
    with frozen(DAY + 4 * HOUR):
        yield


@pytest.fixture
def at_desk(cast):
    return lambda name: sign_in(cast, name)


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", list(ALLOWED))
def test_every_deed_of_every_role_is_allowed_or_does_not_exist(case_in, at_desk, name) -> None:
    case = case_in("in_progress")
    before = footprint(case)
    somebody, allowed = at_desk(name), ALLOWED[name]
    assert somebody.open(case).status_code == (404 if allowed is None else 200)
    for deed in ALL:
        exists = allowed is not None and deed.slug in allowed
        assert (somebody.open(case, deed.slug).status_code != 404) == exists, (name, deed.slug)
        # An empty form reaches the service only where no words are asked for; nobody may use it to get in.
        answer = somebody.do(case, deed.slug) if not exists or deed.slug not in ("terima",) else None
        if answer is not None:
            assert (answer.status_code != 404) == exists, (name, deed.slug)
    assert footprint(case) == before


def test_every_action_of_an_officer_has_a_deed() -> None:
    by_others = {
        Action.SUBMIT, Action.COMPLETE, Action.REPLY, Action.RESUME, Action.EXPIRE_HOLD, Action.CONFIRM,
        Action.CLOSE_SILENT, Action.OBJECT, Action.WITHDRAW, Action.RATE, Action.ENDORSE, Action.LOWER_CONFIDENTIALITY,
        Action.SHARE_IDENTITY, Action.REPORT_PRESSURE, Action.DRAFT_ANSWER, Action.CHOOSE_CONTACT,
        Action.CONSENT_TO_OMBUDSMAN, Action.EXPORT_BUNDLE, Action.CONFIRM_SENDER, Action.CORRECT_CONTACT,
        Action.ASK_ERASURE, Action.ERASE_IDENTITY,
    }  # fmt: skip
    offered = {action for deed in ALL for action in deed.actions}
    assert offered | by_others == set(Action)
    assert not offered & by_others


@pytest.mark.unmeasured
def test_a_page_shows_only_buttons_that_work(case_in, at_desk) -> None:
    for state in ("unverified", "forwarded", "on_hold", "answered", "closed", "archived"):
        case = case_in(state)
        for name in ("verifier", "officer", "inspector", "national_admin", "ombudsman"):
            somebody = at_desk(name)
            page = somebody.open(case)
            if page.status_code == 404:
                continue
            for slug in set(re.findall(rf"{address(case)}([a-z-]+)/['\"?]", page.content.decode())):
                # What is no deed is a page about the case: its trail, its like beside it.
                if slug not in BY_SLUG or BY_SLUG[slug].boxed:
                    assert somebody.open(case, slug).status_code == 200, (state, name, slug)


@pytest.fixture
def about_the_head(submit, cast):
    """A supervisory complaint about the head of the health office, held by the inspector."""
    receipt = submit(text=ABOUT_THE_HEAD, about=["35.27/dinkes"], title="Pungutan di puskesmas Ketapang")
    return receipt.case


def crawl(somebody) -> str:
    """Everything an officer can read without knowing a number."""
    paths = [
        "", "?queue=open", "?queue=waiting", "?queue=ended", "?queue=objections", "?q=pungutan", "?q=puskesmas",
        "unit/", "ringkasan/", "identitas/",
    ]  # fmt: skip
    return "\n".join(somebody.get(f"/kerja/{path}").content.decode() for path in paths)


@pytest.mark.parametrize("verified", [False, True])
@pytest.mark.parametrize("name", ["health_officer", "unit_head"])
def test_the_accused_office_finds_no_trace_anywhere(about_the_head, at_desk, cast, name, verified) -> None:
    case = about_the_head
    if verified:
        held_elsewhere(case, cast)
    token = _picture(case)
    somebody = at_desk(name)
    before = footprint(case)
    told = crawl(somebody)
    assert "Tidak ada yang cocok" in somebody.get(f"/kerja/?queue=open&q={case.tracking_id}").content.decode()
    assert case.tracking_id not in told
    assert "Pungutan" not in told
    assert somebody.open(case).status_code == 404
    for deed in ALL:
        assert somebody.open(case, deed.slug).status_code == 404
        assert somebody.do(case, deed.slug, reason="x", note="x", text="x").status_code == 404
    assert somebody.get(f"/kerja/berkas/{token}").status_code == 404
    bulk = somebody.get("/kerja/sekaligus/tanya/", {"pilih": [case.tracking_id]})
    assert bulk.status_code == 302
    assert footprint(case) == before


def held_elsewhere(case, cast) -> None:
    """The inspector verified it and keeps it at the regency."""
    decided = Verification(agency_by_code("35.27/dpupr"), Correction(title="Pungutan di puskesmas Ketapang"))
    verify_case(tracking_id=case.tracking_id, verification=decided, actor=cast["inspector"], now=DAY + 2 * HOUR)


def _picture(case) -> str:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    out.seek(0)
    return accept_upload(stream=out, name="bukti.jpg", owner=case.stream, now=DAY).token


def test_no_count_betrays_the_hidden_case(about_the_head, at_desk) -> None:
    page = at_desk("health_officer").get("/kerja/?queue=open").content.decode()
    assert "Tidak ada yang menunggu" in page
    assert not re.search(r'class="num">[1-9]', page)


def test_the_local_verifier_waits_until_the_inspector_verified(about_the_head, at_desk) -> None:
    assert at_desk("verifier").open(about_the_head).status_code == 404
    assert about_the_head.tracking_id not in crawl(at_desk("verifier"))
    inspector = at_desk("inspector")
    page = inspector.open(about_the_head).content.decode()
    assert "Verifikasi dan teruskan" in page
    assert "Dinas Kesehatan" in page
    assert "disamarkan" in page


def test_a_similar_case_of_another_office_is_not_offered_to_the_accused(about_the_head, case_in, at_desk) -> None:
    twin = case_in("forwarded", title="Pungutan di puskesmas Ketapang", unit="35.27/dinkes")
    for name in ("health_officer", "verifier", "inspector"):
        assert about_the_head.tracking_id not in at_desk(name).open(twin).content.decode()


def test_naming_the_subject_hides_the_case_from_them_at_once(case_in, at_desk) -> None:
    case = case_in("forwarded", secret=True, unit="35.27/dpupr")
    verifier, health = at_desk("verifier"), at_desk("health_officer")
    named = verifier.do(case, "terlapor", office_1="Dinas Kesehatan", person_name="Kepala dinas")
    assert named.status_code == 302
    assert case.subjects.get().agency.code == "35.27/dinkes"
    page = verifier.open(case).content.decode()
    assert "Kepala dinas" in page
    assert health.open(case).status_code == 404
    before = footprint(case)
    refused = verifier.do(case, "terlapor", office_1="Dinas Pekerjaan Umum dan Penataan Ruang")
    assert refused.status_code == 409
    assert "sedang memegang" in refused.content.decode()
    assert footprint(case) == before
    to_the_accused = verifier.do(case, "teruskan", unit="35.27/dinkes", reason="")
    assert to_the_accused.status_code == 422
    assert footprint(case) == before


def test_a_withheld_picture_is_for_those_who_look_first(submit, case_in, at_desk, cast) -> None:
    case = case_in("forwarded", anonymous=True)
    token = _picture(case)
    case_file = case.stream
    from tanggap.files.models import StoredFile, Visibility

    StoredFile.objects.filter(owner=case_file).update(visibility=Visibility.WITHHELD)
    path = f"/kerja/berkas/{token}"
    assert at_desk("officer").get(path).status_code == 404
    assert "ditahan sampai diperiksa" in at_desk("officer").open(case).content.decode()
    for name in ("verifier", "inspector", "national_admin"):
        seen = at_desk(name).get(path)
        assert seen.status_code == 200
        assert seen.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        b"".join(seen.streaming_content)
    before = footprint(case)
    assert at_desk("officer").post(f"{path}/periksa", {"visibility": "public"}).status_code == 404
    assert at_desk("outsider").post(f"{path}/periksa", {"visibility": "public"}).status_code == 404
    assert at_desk("verifier").post(f"{path}/periksa", {"visibility": "semua"}).status_code == 302
    assert footprint(case) == before
    at_desk("verifier").post(f"{path}/periksa", {"visibility": "internal"})
    opened = at_desk("officer").get(path)
    assert opened.status_code == 200
    b"".join(opened.streaming_content)
    assert at_desk("officer").post(f"{path}/periksa", {"visibility": "public"}).status_code == 404


def test_files_of_an_answer_survive_a_mistake_and_go_out_with_it(case_in, at_desk) -> None:
    case, officer = case_in("in_progress"), at_desk("officer")
    out = BytesIO()
    Image.new("RGB", (40, 30), "blue").save(out, "PNG")
    out.seek(0)
    out.name = "lampu-baru.png"
    empty = officer.do(case, "tanggapan", text="", attachments=out)
    page = empty.content.decode()
    assert empty.status_code == 422
    assert "lampu-baru.png" in page
    key = re.search(r'name="draft_key" value="([0-9a-f]{32})"', page)[1]
    officer.do(case, "tanggapan", text="Lampu baru terpasang pada dua tiang di Jalan Randu.", draft_key=key)
    page = officer.open(case).content.decode()
    token = re.search(r"/kerja/berkas/([0-9a-f]{32})", page)[1]
    shown = officer.get(f"/kerja/berkas/{token}")
    assert shown.status_code == 200
    b"".join(shown.streaming_content)
    assert at_desk("health_officer").get(f"/kerja/berkas/{token}").status_code == 404


def test_a_file_of_nobodys_case_does_not_exist(at_desk, db) -> None:
    out = BytesIO()
    Image.new("RGB", (10, 10), "red").save(out, "PNG")
    out.seek(0)
    token = accept_upload(stream=out, name="x.png", owner="draft:" + "0" * 32, now=DAY).token
    assert at_desk("national_admin").get(f"/kerja/berkas/{token}").status_code == 404
    assert at_desk("national_admin").get("/kerja/berkas/tidakada").status_code == 404


def test_protected_cases_show_the_village_and_no_house(case_in, at_desk) -> None:
    case = case_in("forwarded", anonymous=True, place="Jalan Randu nomor 14", region=_village())
    page = at_desk("officer").open(case).content.decode()
    assert "nomor 14" not in page
    assert _village().name in page


def _village():
    from tanggap.directory.models import Region

    return Region.objects.filter(kind="village", code__startswith="35.27.").order_by("code").first()


def test_a_pressed_reporter_leaves_no_word_in_the_agencys_page(case_in, at_desk, cast) -> None:
    from tanggap.cases.services.report_pressure import report_pressure

    case = case_in("forwarded")
    report_pressure(tracking_id=case.tracking_id, actor=cast["citizen"].proving(case.pk), now=DAY + 3 * HOUR)
    page = at_desk("officer").open(case).content.decode().lower()
    assert "tekan" not in page.replace("ditekankan", "")
    assert "pressure" not in page

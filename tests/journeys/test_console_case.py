"""Officers work on a case over HTTP: what is allowed moves it, what is not leaves no trace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from tanggap.cases.services.object_to_case import object_to_case
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.common.clock import frozen
from tanggap.directory.selectors import agency_by_code
from tests.cast import DAY
from tests.counting import Statements
from tests.journeys.console import address, footprint, shown, sign_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
RESULT = "Lampu di Jalan Randu sudah diganti dua buah pada Senin pagi oleh regu penerangan."


@pytest.fixture(autouse=True)
def _monday():
    with frozen(DAY + 4 * HOUR):
        yield


@pytest.fixture
def at_desk(cast):
    return lambda name: sign_in(cast, name)


def verification(**given):
    return {
        "unit": "35.27/dpupr",
        "title": "Lampu jalan padam",
        "classification": "complaint",
        "category": "",
        "region_text": "",
        **given,
    }


def fresh(case):
    case.refresh_from_db()
    return case


def test_a_case_goes_from_the_verifier_through_a_wrong_unit_to_an_answer(case_in, at_desk) -> None:
    case = case_in("unverified")
    verifier, officer, health = at_desk("verifier"), at_desk("officer"), at_desk("health_officer")

    done = verifier.do(case, "verifikasi", **verification(unit="35.27/dinkes"))
    assert done.status_code == 302
    assert done.headers["Location"] == address(case)
    assert fresh(case).state == "forwarded"
    assert case.agency.code == "35.27/dinkes"

    assert officer.open(case).status_code == 404
    given_back = health.do(case, "kembalikan", reason="Lampu jalan urusan Dinas PUPR.")
    assert given_back.headers["Location"] == "/kerja/"
    assert fresh(case).agency.code == "35.27"

    page = verifier.open(case).content.decode()
    assert "Lampu jalan urusan Dinas PUPR." in page
    verifier.do(case, "teruskan", unit="lain", unit_text="Dinas Pekerjaan Umum", reason="Sesuai urusannya.")
    assert fresh(case).agency.code == "35.27/dpupr"

    officer.do(case, "terima")
    assert fresh(case).state == "in_progress"
    officer.do(case, "tanggapan", text="Regu penerangan memeriksa Jalan Randu besok pagi pukul delapan.")
    assert fresh(case).first_answered_at is not None
    officer.do(case, "catatan", note="Suku cadang ada di gudang.")
    officer.do(case, "jawaban", answer_kind="done", done_on="2026-11-09", office="Bidang Bina Marga", text=RESULT)
    assert fresh(case).state == "answered"
    page = officer.open(case).content.decode()
    assert RESULT in page
    assert "Suku cadang ada di gudang." in page


def test_a_deed_that_the_state_forbids_changes_nothing_and_says_so(case_in, at_desk) -> None:
    case = case_in("answered")
    before = footprint(case)
    refused = at_desk("officer").do(case, "tanggapan", text="Tambahan: petugas memeriksa lagi lusa pagi di lokasi.")
    assert refused.status_code == 409
    assert "Tambahan: petugas memeriksa lagi lusa pagi" in refused.content.decode()
    assert "Tidak ada yang diubah" in refused.content.decode()
    assert footprint(case) == before


def test_a_stale_form_gives_back_what_was_typed_and_changes_nothing(case_in, at_desk, cast) -> None:
    case = case_in("in_progress")
    officer = at_desk("officer")
    seen = shown(case)
    reply_to_case(
        tracking_id=case.tracking_id,
        text="Sudah menyala sebagian.",
        actor=cast["citizen"].proving(case.pk),
        now=DAY + 3 * HOUR,
    )
    before = footprint(case)
    typed = "Regu penerangan memeriksa Jalan Randu besok pagi pukul delapan."
    refused = officer.post(address(case, "tanggapan"), {**seen, "text": typed})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert typed in page
    assert "Ada tulisan baru" in page
    assert "Sudah menyala sebagian." in page
    assert footprint(case) == before
    again = officer.do(case, "tanggapan", text=typed)
    assert again.status_code == 302


def test_two_officers_at_once_the_second_learns_of_the_first(case_in, at_desk) -> None:
    case = case_in("in_progress")
    seen = shown(case)
    answer = {**seen, "answer_kind": "done", "done_on": "2026-11-09", "office": "Bina Marga", "text": RESULT}
    assert at_desk("officer").post(address(case, "jawaban"), answer).status_code == 302
    before = footprint(case)
    second = at_desk("other_officer").post(address(case, "jawaban"), {**answer, "text": RESULT + " Kedua."})
    assert second.status_code == 409
    assert RESULT + " Kedua." in second.content.decode()
    assert footprint(case) == before


def test_a_double_click_forwards_once(case_in, at_desk) -> None:
    case = case_in("forwarded")
    verifier = at_desk("verifier")
    form = {**shown(case), "unit": "35.27/dinkes", "reason": ""}
    assert verifier.post(address(case, "teruskan"), form).status_code == 302
    before = footprint(case)
    assert verifier.post(address(case, "teruskan"), form).status_code == 409
    assert footprint(case) == before
    assert case.legs.count() == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"answer_kind": ""}, "Apa hasilnya?"),
        ({"text": "Terima kasih, akan kami tindak lanjuti."}, "belum menjawab"),
        ({"done_on": ""}, "Kapan dikerjakan?"),
        ({"done_on": "bukan tanggal"}, "Tanggal dikerjakan"),
        ({"office": ""}, "Kantor mana yang mengerjakan?"),
        ({"answer_kind": "promised", "promised_on": ""}, "Tanggal berapa dijanjikan?"),
        ({"answer_kind": "refused"}, "Sebutkan dasar hukum"),
        ({"office": "x" * 200}, "120"),
        ({"text": "kata " * 5000}, "20"),
        ({"text": ""}, "Jawaban akhir"),
    ],
)
def test_an_answer_without_substance_stays_in_the_form(case_in, at_desk, fields, said) -> None:
    case = case_in("in_progress")
    before = footprint(case)
    typed = {"answer_kind": "done", "done_on": "2026-11-09", "office": "Bina Marga", "text": RESULT, **fields}
    refused = at_desk("officer").do(case, "jawaban", **typed)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'id="perbaiki"' in page
    assert said in page
    if "text" not in fields:
        assert RESULT in page
    assert footprint(case) == before


def test_asking_the_reporter_stops_the_clock_twice_at_most(case_in, at_desk, cast) -> None:
    case = case_in("forwarded")
    officer = at_desk("officer")
    for question in ("Di nomor berapa?", "Sejak kapan?"):
        assert officer.do(case, "tanya", question=question).status_code == 302
        assert fresh(case).state == "on_hold"
        reply_to_case(
            tracking_id=case.tracking_id, text="Nomor 4.", actor=cast["citizen"].proving(case.pk), now=DAY + 5 * HOUR
        )
    before = footprint(case)
    refused = officer.do(case, "tanya", question="Satu lagi?")
    assert refused.status_code == 409
    assert "Satu lagi?" in refused.content.decode()
    assert footprint(case) == before


def test_a_name_that_fits_several_units_comes_back_as_choices(case_in, at_desk) -> None:
    case = case_in("unverified")
    before = footprint(case)
    asked = at_desk("verifier").do(
        case, "verifikasi", **verification(unit="lain", unit_text="dinas", title="Judul saya")
    )
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Pilih salah satu" in page
    assert "Judul saya" in page
    assert 'value="35.27/d' in page
    assert footprint(case) == before


def test_a_coordinator_sends_nothing_outside_the_own_agency(case_in, at_desk) -> None:
    case = case_in("unverified")
    before = footprint(case)
    refused = at_desk("verifier").do(case, "verifikasi", **verification(unit="35.02/dinkes"))
    assert refused.status_code == 422
    assert "di luar instansi Anda" in refused.content.decode()
    assert footprint(case) == before


def test_two_person_answers_wait_for_somebody_else(case_in, at_desk) -> None:
    unit = agency_by_code("35.27/dpupr")
    type(unit).objects.filter(pk=unit.pk).update(two_person_answers=True)
    case = case_in("in_progress")
    officer, colleague = at_desk("officer"), at_desk("other_officer")
    officer.do(case, "jawaban", answer_kind="done", done_on="2026-11-09", office="Bina Marga", text=RESULT)
    assert fresh(case).state == "in_progress"
    draft = case.messages.get(draft=True)
    assert "Menunggu persetujuan" in colleague.open(case).content.decode()
    before = footprint(case)
    own = officer.do(case, "setujui", message_id=draft.pk)
    assert own.status_code == 409
    assert footprint(case) == before
    assert colleague.do(case, "setujui", message_id=draft.pk).status_code == 302
    assert fresh(case).state == "answered"
    assert colleague.do(case, "setujui", message_id=draft.pk).status_code == 409


def test_archiving_and_undoing_it(case_in, at_desk) -> None:
    case = case_in("unverified")
    verifier, admin = at_desk("verifier"), at_desk("national_admin")
    assert verifier.do(case, "arsip", reason="withdrawn", explanation="x").status_code == 422
    assert fresh(case).state == "unverified"
    verifier.do(case, "arsip", reason="unclear", explanation="Isinya tidak dapat dipahami; mohon tulis ulang.")
    assert fresh(case).state == "archived"
    assert verifier.do(case, "keluarkan").status_code == 404
    assert admin.do(case, "keluarkan").status_code == 302
    assert fresh(case).state == "unverified"


def test_merging_shows_the_other_case_first_and_can_be_undone(case_in, at_desk) -> None:
    one, other = case_in("forwarded"), case_in("forwarded")
    verifier = at_desk("verifier")
    page = verifier.get(address(one, "gabung"), {"into": other.tracking_id}).content.decode()
    assert "Bandingkan" in page
    assert verifier.do(one, "gabung", into="tidak ada").status_code == 422
    assert verifier.do(one, "gabung", into=one.tracking_id).status_code == 422
    assert verifier.do(one, "gabung", into=other.tracking_id).status_code == 302
    assert fresh(one).merged_into_id == other.pk
    assert verifier.do(one, "batal-gabung").status_code == 302
    assert fresh(one).state == "forwarded"


def test_referring_splitting_correcting_assigning(case_in, at_desk, cast) -> None:
    case, officer, verifier = case_in("forwarded"), at_desk("officer"), at_desk("verifier")
    other = cast.person("other_officer")
    assert officer.do(case, "tugaskan", colleague=other.pk).status_code == 302
    assert case.assignment.person == other
    outsider = cast.person("outsider")
    assert officer.do(case, "tugaskan", colleague=outsider.pk).status_code == 422
    verifier.do(case, "koreksi", title="Lampu mati di Jalan Randu", classification="aspiration", region_text="35.27.01")
    assert fresh(case).title == "Lampu mati di Jalan Randu"
    assert case.classification == "aspiration"
    assert case.region_id == "35.27.01"
    assert verifier.do(case, "bagi", unit_1="Dinas Kesehatan", unit_2="tidak ada dinas ini").status_code == 422
    assert case.children.count() == 0
    assert verifier.do(case, "bagi", unit_1="Dinas Kesehatan").status_code == 302
    assert case.children.get().agency.code == "35.27/dinkes"
    verifier.do(case, "rujuk", body="Pengadilan Negeri, Jalan Jaksa Agung 1", explanation="Perkara pidana.")
    assert fresh(case).archive_reason == "out_of_scope"


def test_reopening_is_the_national_admins(case_in, at_desk) -> None:
    case = case_in("closed")
    before = footprint(case)
    assert at_desk("verifier").do(case, "buka-lagi", reason="Lampu padam lagi.").status_code == 404
    assert footprint(case) == before
    assert at_desk("national_admin").do(case, "buka-lagi", reason="Lampu padam lagi.").status_code == 302
    assert fresh(case).state == "in_progress"


def test_confidentiality_only_rises_and_the_text_is_then_masked(case_in, at_desk) -> None:
    case = case_in("forwarded", text="Hubungi saya 0812-3456-7890, lampu Jalan Randu padam tiga malam.")
    officer = at_desk("officer")
    assert "0812-3456-7890" in officer.open(case).content.decode()
    assert officer.do(case, "rahasiakan").status_code == 422
    assert officer.do(case, "rahasiakan", anonymous="on").status_code == 302
    page = officer.open(case).content.decode()
    assert "0812-3456-7890" not in page
    assert "disamarkan" in page


def test_anonymity_given_at_verification_masks_the_text_for_the_unit(case_in, at_desk) -> None:
    case = case_in("unverified", text="Hubungi saya 0812-3456-7890, lampu Jalan Randu padam tiga malam.")
    at_desk("verifier").do(case, "verifikasi", **verification(anonymous="on"))
    assert "0812-3456-7890" not in at_desk("officer").open(case).content.decode()


def test_an_identity_opens_with_a_reason_for_the_asker_alone(case_in, at_desk) -> None:
    from tanggap.cases.identity import Contact

    case = case_in("forwarded", contact=Contact(name="Siti Kenari", phone="081234567890"))
    officer, colleague = at_desk("officer"), at_desk("other_officer")
    assert "Siti Kenari" not in officer.open(case).content.decode()
    assert officer.do(case, "identitas", reason="").status_code == 422
    officer.do(case, "identitas", reason="Perlu janji temu di rumahnya.")
    assert "Siti Kenari" in officer.open(case).content.decode()
    assert "Siti Kenari" not in colleague.open(case).content.decode()


def test_an_anonymous_identity_needs_somebody_from_outside(case_in, at_desk) -> None:
    from tanggap.cases.identity import Contact

    case = case_in("forwarded", anonymous=True, contact=Contact(name="Siti Kenari"))
    officer, verifier, admin = at_desk("officer"), at_desk("verifier"), at_desk("national_admin")
    officer.do(case, "identitas", reason="Perlu janji temu di rumahnya.")
    assert "Siti Kenari" not in officer.open(case).content.decode()
    reveal = case.reveals.get()
    assert officer.post(f"/kerja/identitas/{reveal.pk}/setujui").status_code == 404
    verifier.post(f"/kerja/identitas/{reveal.pk}/setujui")
    assert case.reveals.get().approved_at is None
    assert "Perlu janji temu" in admin.get("/kerja/identitas/").content.decode()
    admin.post(f"/kerja/identitas/{reveal.pk}/setujui")
    assert "Siti Kenari" in officer.open(case).content.decode()


def test_after_an_objection_somebody_else_answers_and_the_limit_starts_anew(case_in, at_desk, cast) -> None:
    case = case_in("answered")
    object_to_case(
        tracking_id=case.tracking_id,
        text="Padam lagi semalam.",
        actor=cast["citizen"].proving(case.pk),
        now=DAY + 3 * HOUR,
    )
    officer, colleague = at_desk("officer"), at_desk("other_officer")
    listed = colleague.get("/kerja/?queue=objections").content.decode()
    assert "Jawaban sesudah keberatan: batas Jum 27 Nov" in listed
    page = colleague.open(case).content.decode()
    assert "Padam lagi semalam." in page
    assert "Jumat, 27 November 2026" in page
    answer = {"answer_kind": "done", "done_on": "2026-11-09", "office": "Bina Marga", "text": RESULT}
    before = footprint(case)
    same = officer.do(case, "jawaban", **answer)
    assert same.status_code == 409
    assert "petugas lain yang menjawab" in same.content.decode()
    assert footprint(case) == before
    assert colleague.do(case, "jawaban", **answer).status_code == 302


def test_what_is_missing_is_named_where_the_eye_is(case_in, at_desk) -> None:
    page = at_desk("officer").do(case_in("in_progress"), "kembalikan", reason="").content.decode()
    assert page.index('id="kotak"') < page.index('id="perbaiki"') < page.index('name="reason"')
    assert "“Alasan, dibaca pelapor” belum diisi." in page


def test_the_page_of_a_case_costs_forty_statements_at_most_however_long_its_history(case_in, at_desk, cast) -> None:
    case = case_in("in_progress")
    officer = at_desk("officer")

    def cost() -> int:
        officer.open(case)
        with Statements(connection) as caught:
            assert officer.open(case).status_code == 200
        return len(caught)

    def write(n: int) -> None:
        officer.do(case, "catatan", note=f"Catatan ke-{n} untuk rekan.")
        officer.do(case, "tanggapan", text=f"Regu penerangan memeriksa tiang nomor {n} besok pagi pukul delapan.")

    write(0)
    few = cost()
    for n in range(1, 9):
        write(n)
    assert cost() == few <= 40

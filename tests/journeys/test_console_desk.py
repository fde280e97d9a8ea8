"""What officers keep and do for the own work: filters, texts, bulk with undo, exports, mentions, hand-over, trail."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from html import unescape

import openpyxl
import pytest

from tanggap.accounts.models import Person
from tanggap.cases.models import Assignment, Case, Subject
from tanggap.cases.services.assign_case import assign_case
from tanggap.cases.services.forward_case import forward_case
from tanggap.common.clock import frozen
from tanggap.console.models import AnswerTemplate, Batch, Export, Mention, SavedFilter
from tanggap.console.services.forget_desks import forget_desks
from tanggap.console.services.go_on import go_on
from tanggap.console.services.make_export import make_export
from tanggap.console.services.run_batch import run_batch
from tanggap.directory.selectors import agency_by_code
from tanggap.ledger.models import Event
from tanggap.notify.models import Message as Outgoing
from tests.cast import DAY
from tests.journeys.console import address, footprint, shown, sign_in
from tests.journeys.test_console_inbox import numbers

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOON = DAY + 4 * HOUR
LATER = NOON + timedelta(seconds=31)


@pytest.fixture(autouse=True)
def _monday():
    with frozen(NOON):
        yield


@pytest.fixture
def at_desk(cast):
    return lambda name: sign_in(cast, name)


# ---------- from one case to the next ----------


def test_after_an_answer_the_next_case_of_the_list_opens_with_the_same_box(case_in, at_desk) -> None:
    one, two = case_in("forwarded"), case_in("forwarded", now=DAY + timedelta(minutes=1))
    officer = at_desk("officer")
    query = "?antrean=queue%3Dattention"
    text = "Regu penerangan memeriksa Jalan Randu besok pagi pukul delapan."
    done = officer.post(address(one, "tanggapan") + query, {**shown(one), "text": text})
    assert done.headers["Location"] == f"{address(two, 'tanggapan')}{query}#kotak"
    last = officer.post(address(two, "tanggapan") + query, {**shown(two), "text": text})
    assert last.headers["Location"] == "/kerja/?queue=attention"
    again = officer.post(address(two, "tanggapan"), {**shown(two), "text": text + " Kedua."})
    assert again.headers["Location"] == address(two)
    for nonsense in ("?antrean=", "?antrean=%00", "?antrean=" + "x" * 900, "?antrean=queue%3Dended"):
        assert officer.get(address(one) + nonsense).status_code == 200


# ---------- filters ----------


def test_a_filter_is_kept_under_a_name_for_one_person_alone(case_in, at_desk) -> None:
    case_in("forwarded")
    officer = at_desk("officer")
    kept = officer.post("/kerja/saringan/?queue=open&late=1&entah=apa", {"name": "Lewat batas"})
    assert kept.headers["Location"] == "/kerja/?queue=open&late=1"
    assert "Lewat batas" in officer.get("/kerja/").content.decode()
    assert "Lewat batas" not in at_desk("other_officer").get("/kerja/").content.decode()
    row = SavedFilter.objects.get()
    assert at_desk("other_officer").post(f"/kerja/saringan/{row.pk}/hapus/").status_code == 404
    assert officer.post("/kerja/saringan/?queue=open", {"name": " "}).status_code == 422
    for number in range(15):
        officer.post("/kerja/saringan/?queue=open", {"name": f"nomor {number}"})
    assert SavedFilter.objects.count() == 12
    assert officer.post(f"/kerja/saringan/{row.pk}/hapus/").status_code == 302


def test_the_inbox_is_narrowed_to_what_was_given_to_oneself_and_to_drafts_of_others(case_in, at_desk, cast) -> None:
    given, other = case_in("forwarded"), case_in("forwarded")
    assign_case(tracking_id=given.tracking_id, person=cast.person("officer"), actor=cast["verifier"], now=NOON)
    officer = at_desk("officer")
    assert numbers(officer.get("/kerja/?mine=1")) == [given.tracking_id]
    assert "ditugaskan kepada Officer" in officer.get("/kerja/").content.decode()
    unit = agency_by_code("35.27/dpupr")
    type(unit).objects.filter(pk=unit.pk).update(two_person_answers=True)
    at_desk("other_officer").do(other, "tanggapan", text="Regu memeriksa Jalan Randu besok pagi pukul delapan.")
    assert numbers(officer.get("/kerja/?drafted=1")) == [other.tracking_id]
    assert numbers(at_desk("other_officer").get("/kerja/?drafted=1")) == []


# ---------- the unit's own texts ----------


def words(**given):
    unit = agency_by_code("35.27/dpupr")
    return {"agency": unit.pk, "title": "Lampu", "answer_kind": "", "text": "Tentang {judul} di {wilayah}.", **given}


def test_a_text_of_the_library_is_put_behind_what_was_typed_and_nothing_is_sent(case_in, at_desk) -> None:
    verifier, officer = at_desk("verifier"), at_desk("officer")
    assert verifier.post("/kerja/contoh/baru/", words()).status_code == 302
    assert verifier.post("/kerja/contoh/baru/", words(title="Akhir", answer_kind="information")).status_code == 302
    row = AnswerTemplate.objects.get(title="Lampu")
    case = case_in("forwarded")
    before = footprint(case)
    page = officer.do(case, "tanggapan", text="Selamat pagi.", contoh=row.pk)
    shown_text = page.content.decode()
    assert page.status_code == 200
    typed = re.search(r"<textarea[^>]*>\s*([^<]*)</textarea>", shown_text)
    assert typed is not None
    assert unescape(typed[1]) == "Selamat pagi.\n\nTentang “Lampu jalan padam” di ."
    assert 'id="perbaiki"' not in shown_text
    final = officer.do(case, "jawaban", text="", contoh=AnswerTemplate.objects.get(title="Akhir").pk).content.decode()
    assert 'value="information" name="answer_kind"' in final.replace('type="radio" ', "") or "checked" in final
    assert footprint(case) == before
    assert "Lampu" not in at_desk("health_officer").get("/kerja/contoh/").content.decode()
    for nonsense in ("999999", "x", "-1", "9" * 30):
        assert officer.do(case, "tanggapan", text="Tetap ada.", contoh=nonsense).status_code == 200


@pytest.mark.parametrize("given", [{"secret": True}, {"anonymous": True}])
def test_of_a_guarded_or_anonymous_case_a_text_tells_nothing(case_in, at_desk, given) -> None:
    at_desk("verifier").post("/kerja/contoh/baru/", words())
    case = case_in("forwarded", **given)
    page = at_desk("officer").do(case, "tanggapan", contoh=AnswerTemplate.objects.get().pk).content.decode()
    assert "Tentang laporan Anda di ." in page


def test_only_the_coordinator_edits_and_the_ledger_remembers(at_desk) -> None:
    verifier, officer, outsider = at_desk("verifier"), at_desk("officer"), at_desk("outsider")
    assert officer.post("/kerja/contoh/baru/", words()).status_code == 404
    assert outsider.post("/kerja/contoh/baru/", words()).status_code == 422
    assert verifier.post("/kerja/contoh/baru/", words(text="Yth. {nama}")).status_code == 422
    assert verifier.post("/kerja/contoh/baru/", words(text=" ")).status_code == 422
    assert not AnswerTemplate.objects.exists()
    verifier.post("/kerja/contoh/baru/", words())
    assert verifier.post("/kerja/contoh/baru/", words()).status_code == 422
    row = AnswerTemplate.objects.get()
    for stranger in (officer, outsider):
        assert stranger.post(f"/kerja/contoh/{row.pk}/", words(title="x")).status_code == 404
        assert stranger.post(f"/kerja/contoh/{row.pk}/hapus/").status_code == 404
    assert verifier.post(f"/kerja/contoh/{row.pk}/", words(title="Lampu padam")).status_code == 302
    assert verifier.post(f"/kerja/contoh/{row.pk}/hapus/").status_code == 302
    assert "Lampu padam" not in verifier.get("/kerja/contoh/").content.decode()
    told = Event.objects.filter(stream=row.stream).order_by("seq").values_list("name", flat=True)
    assert list(told) == ["answer_template.saved", "answer_template.saved", "answer_template.retired"]


# ---------- several at once, with undo ----------


def planned(officer, slug, cases, **fields) -> Batch:
    officer.post(f"/kerja/sekaligus/{slug}/", {"pilih": [case.tracking_id for case in cases], **fields})
    return Batch.objects.latest("pk")


def test_within_half_a_minute_a_bulk_press_is_undone_without_a_trace(case_in, at_desk) -> None:
    cases = [case_in("forwarded"), case_in("forwarded")]
    officer = at_desk("officer")
    before = [footprint(case) for case in cases]
    sent = Outgoing.objects.count()
    batch = planned(officer, "tanya", cases, question="Di nomor berapa rumahnya?")
    assert run_batch(batch_id=batch.pk, now=NOON) == 0
    page = officer.get(f"/kerja/sekaligus/hasil/{batch.pk}/").content.decode()
    assert "2 laporan menunggu dikerjakan" in page
    assert at_desk("other_officer").get(f"/kerja/sekaligus/hasil/{batch.pk}/").status_code == 404
    assert at_desk("other_officer").post(f"/kerja/sekaligus/hasil/{batch.pk}/urungkan/").status_code == 404
    assert officer.post(f"/kerja/sekaligus/hasil/{batch.pk}/urungkan/").status_code == 302
    with frozen(LATER):
        assert run_batch(batch_id=batch.pk, now=LATER) == 0
        assert "2 laporan tidak disentuh" in officer.get(f"/kerja/sekaligus/hasil/{batch.pk}/").content.decode()
    assert [footprint(case) for case in cases] == before
    assert Outgoing.objects.count() == sent


def test_a_batch_is_done_once_and_too_late_an_undo_says_so(
    case_in, at_desk, django_capture_on_commit_callbacks
) -> None:
    cases = [case_in("forwarded"), case_in("forwarded")]
    officer = at_desk("officer")
    batch = planned(officer, "tanya", cases, question="Di nomor berapa rumahnya?")
    assert go_on(now=NOON) == 0
    assert go_on(now=LATER) == 1
    assert run_batch(batch_id=batch.pk, now=LATER) == 2
    assert run_batch(batch_id=batch.pk, now=LATER) == 0
    assert go_on(now=LATER) == 0
    with frozen(LATER):
        late = officer.client.post(f"/kerja/sekaligus/hasil/{batch.pk}/urungkan/", follow=True).content.decode()
    assert "Sudah terlambat" in late
    assert "2 laporan selesai dikerjakan" in late
    assert {case.messages.filter(kind="question").count() for case in cases} == {1}


def test_whoever_lost_the_post_within_the_half_minute_does_nothing(case_in, at_desk, cast) -> None:
    case = case_in("forwarded")
    batch = planned(at_desk("officer"), "tanya", [case], question="Di nomor berapa rumahnya?")
    Person.objects.filter(pk=cast.person("officer").pk).update(is_active=False)
    before = footprint(case)
    assert run_batch(batch_id=batch.pk, now=LATER) == 1
    assert footprint(case) == before
    assert batch.items.get().trouble


def test_several_cases_are_given_to_a_colleague_and_handed_over_together(case_in, at_desk, cast) -> None:
    cases = [case_in("forwarded"), case_in("forwarded")]
    officer, other = at_desk("officer"), cast.person("other_officer")
    batch = planned(officer, "tugaskan", cases, colleague=other.pk)
    run_batch(batch_id=batch.pk, now=LATER)
    assert set(Assignment.objects.values_list("person_id", flat=True)) == {other.pk}
    assert "Other Officer" in at_desk("verifier").get("/kerja/unit/").content.decode()
    assert at_desk("health_officer").get("/kerja/serah-terima/").status_code == 200
    form = {"leaving": other.pk, "successor": cast.person("officer").pk}
    assert at_desk("health_officer").post("/kerja/serah-terima/", form).status_code == 422
    assert officer.post("/kerja/serah-terima/", {**form, "successor": other.pk}).status_code == 422
    assert officer.post("/kerja/serah-terima/", form).status_code == 302
    assert set(Assignment.objects.values_list("person__email", flat=True)) == {"officer@contoh.id"}
    assert at_desk("leader").get("/kerja/serah-terima/").status_code == 404


def test_several_cases_are_forwarded_together_and_each_refusal_names_its_case(case_in, at_desk, cast) -> None:
    cases = [case_in("forwarded"), case_in("in_progress"), case_in("unverified"), case_in("forwarded")]
    moved, health = cases[3], agency_by_code("35.27/dinkes")
    verifier = at_desk("verifier")
    assert "sekaligus/teruskan/" in verifier.get("/kerja/").content.decode()
    assert "sekaligus/teruskan/" not in at_desk("officer").get("/kerja/").content.decode()
    nowhere = {"pilih": [case.tracking_id for case in cases], "unit_text": "Unit Entah", "reason": "Urusan lain."}
    lost = verifier.post("/kerja/sekaligus/teruskan/", nowhere)
    assert (lost.status_code, Batch.objects.count()) == (422, 0)
    assert all(words in lost.content.decode() for words in ("Unit Entah", "Urusan lain.", "Dilewati"))
    batch = planned(verifier, "teruskan", cases, unit="35.27/dinkes", reason="Ini soal <puskesmas>.")
    assert [item.case for item in batch.items.all()] == [cases[0], cases[1], moved]
    forward_case(tracking_id=moved.tracking_id, agency=health, actor=cast["verifier"], now=NOON)
    before = footprint(moved)
    assert run_batch(batch_id=batch.pk, now=LATER) == 3
    with frozen(LATER):
        page = verifier.get(f"/kerja/sekaligus/hasil/{batch.pk}/").content.decode()
    assert "2 laporan selesai dikerjakan" in page
    assert f"pindah ke {health.name}" in unescape(page)
    assert footprint(moved) == before
    assert {Case.objects.get(pk=case.pk).agency_id for case in cases[:2]} == {health.pk}
    assert cases[0].legs.get(held_to__isnull=True).reason == "Ini soal <puskesmas>."
    again = verifier.get(f"/kerja/sekaligus/teruskan/?dari={batch.pk}").content.decode()
    assert moved.tracking_id in again
    assert cases[0].tracking_id not in again
    assert "Ini soal &lt;puskesmas&gt;." in again
    for stranger, number in ((at_desk("outsider"), batch.pk), (verifier, "x"), (verifier, "9" * 30)):
        assert stranger.get(f"/kerja/sekaligus/teruskan/?dari={number}").headers["Location"] == "/kerja/"


# ---------- exports ----------


def made(officer, query="?queue=open", form="csv") -> Export:
    assert officer.post(f"/kerja/ekspor/{query}", {"format": form}).status_code == 302
    export = Export.objects.latest("pk")
    while make_export(export_id=export.pk, now=NOON):
        pass
    export.refresh_from_db()
    return export


def test_a_list_becomes_a_file_for_whoever_asked_and_goes_on_where_it_stopped(
    case_in, at_desk, cast, monkeypatch
) -> None:
    monkeypatch.setattr("tanggap.console.services.make_export.PART", 2)
    cases = [case_in("forwarded", title=f"=cmd|{number}") for number in range(4)]
    secret = case_in("forwarded", secret=True)
    case_in("forwarded", unit="35.27/dinkes")
    officer = at_desk("officer")
    officer.post("/kerja/ekspor/?queue=open", {"format": "csv"})
    export = Export.objects.get()
    assert make_export(export_id=export.pk, now=NOON)
    assert "2 dari 5 laporan" in officer.get("/kerja/ekspor/").content.decode()
    assert officer.get(f"/kerja/ekspor/{export.pk}/").status_code == 404
    assert go_on(now=NOON) == 1
    while make_export(export_id=export.pk, now=NOON):
        pass
    answer = officer.get(f"/kerja/ekspor/{export.pk}/")
    text = answer.getvalue().decode("utf-8-sig")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(text.splitlines()) == 6
    assert all(case.tracking_id in text for case in cases)
    secret_line = next(line for line in text.splitlines() if line.startswith(secret.tracking_id))
    assert "Lampu" not in secret_line
    assert at_desk("other_officer").get(f"/kerja/ekspor/{export.pk}/").status_code == 404
    names = list(Event.objects.filter(stream=f"export:{export.pk}").order_by("seq").values_list("name", flat=True))
    assert names == ["export.asked", "export.ended"]
    forget_desks(now=NOON + 25 * HOUR)
    assert officer.get(f"/kerja/ekspor/{export.pk}/").status_code == 404


def test_a_workbook_runs_no_formula(case_in, at_desk) -> None:
    case = case_in("forwarded")
    Case.objects.filter(pk=case.pk).update(title="=1+1\x0b")
    export = made(at_desk("officer"), form="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(at_desk("officer").get(f"/kerja/ekspor/{export.pk}/").getvalue()))
    cell = book.active["B2"]
    assert (cell.data_type, cell.value) == ("s", "=1+1")
    book.close()


def test_a_file_that_names_a_case_now_kept_from_its_reader_is_not_given_out(case_in, at_desk) -> None:
    case = case_in("forwarded")
    officer, verifier = at_desk("officer"), at_desk("verifier")
    export = made(officer)
    Case.objects.filter(pk=case.pk).update(agency=agency_by_code("35.27/dinkes"))
    assert officer.get(f"/kerja/ekspor/{export.pk}/").headers["Location"] == "/kerja/ekspor/"
    assert officer.post("/kerja/ekspor/", {"format": "exe"}).status_code == 302
    assert Export.objects.count() == 1
    for _number in range(5):
        verifier.post("/kerja/ekspor/", {"format": "csv"})
    assert Export.objects.exclude(state="ready").count() == 3


# ---------- mentions ----------


def test_a_note_tells_the_colleague_it_names_and_nobody_who_may_not_see_the_case(case_in, at_desk, cast) -> None:
    case = case_in("forwarded")
    sent = set(Outgoing.objects.values_list("pk", flat=True))
    note = "@Other Officer, tolong periksa gudang. Juga @Health Officer, @Outsider dan surel a@verifier.id."
    assert at_desk("officer").do(case, "catatan", note=note).status_code == 302
    assert list(Mention.objects.values_list("person__email", flat=True)) == ["other_officer@contoh.id"]
    told = Outgoing.objects.exclude(pk__in=sent).get()
    assert (told.template, told.recipient_key) == ("note_mention", cast.person("other_officer").key)
    assert "gudang" not in str(told.values)
    other = at_desk("other_officer")
    assert "Rekan menyebut Anda" in other.get("/kerja/").content.decode()
    other.open(case)
    assert "Rekan menyebut Anda" not in other.get("/kerja/").content.decode()


def test_whom_a_guarded_case_is_about_is_never_told_by_a_note(case_in, at_desk, cast) -> None:
    case = case_in("forwarded", secret=True)
    Subject.objects.create(case=case, agency=agency_by_code("35.27/dinkes"))
    at_desk("officer").do(case, "catatan", note="@Unit Head dan @Health Officer terlibat; @Verifier mohon arahan.")
    assert list(Mention.objects.values_list("person__email", flat=True)) == ["verifier@contoh.id"]


def offered(officer, case, typed="") -> list[str]:
    return officer.get(f"{address(case)}rekan/", {"q": typed}).json()["items"]


def test_a_note_offers_names_alone_of_those_who_may_open_the_case(case_in, at_desk, cast) -> None:
    case, secret = case_in("forwarded"), case_in("forwarded", secret=True)
    Subject.objects.create(case=secret, agency=agency_by_code("35.27/dinkes"))
    officer = at_desk("officer")
    assert offered(officer, case)[0] == "Other Officer"
    assert not {"Officer", "Health Officer", "Unit Head", "Outsider"} & set(offered(officer, case))
    assert offered(officer, case, "OTHER") == offered(officer, case, "offi") == ["Other Officer"]
    assert offered(officer, case, "ficer") == offered(officer, case, "%") == offered(officer, case, "\x00_") == []
    assert "Verifier" in offered(officer, secret)
    for typed in ("Health", "Unit"):
        assert offered(officer, secret, typed) == []
    for stranger in ("health_officer", "outsider", "leader"):
        assert at_desk(stranger).get(f"{address(secret)}rekan/").status_code == 404
    Person.objects.filter(pk=cast.person("other_officer").pk).update(name="dr. Siti Aminah, S.H., M.Kes")
    assert offered(officer, case, "siti") == ["dr. Siti Aminah, S.H., M.Kes"]
    officer.do(case, "catatan", note="Mohon @dr. Siti Aminah, S.H., M.Kes periksa; @verifier tahu.")
    assert set(Mention.objects.values_list("person__email", flat=True)) == {
        "other_officer@contoh.id", "verifier@contoh.id"
    }  # fmt: skip


# ---------- looking closer ----------


def test_the_trail_names_officers_never_the_reporter_and_keeps_pressure_from_the_agency(case_in, at_desk, cast) -> None:
    from tanggap.cases.services.report_pressure import report_pressure
    from tanggap.cases.services.submit_case import Submission, submit_case

    writer = cast["other_officer"]
    text = "Lampu jalan di Jalan Randu padam sejak tiga malam, warga takut lewat."
    submission = Submission(text=text, channel="web", agency=agency_by_code("35.27"))
    case = submit_case(submission=submission, actor=writer, now=DAY).case
    verifier = at_desk("verifier")
    verifier.do(case, "koreksi", title="Lampu jalan padam")
    page = verifier.get(f"{address(case)}jejak/").content.decode()
    assert "Rantai catatan utuh" in page
    assert "Laporan diterima" in page
    assert "Other Officer" not in page
    report_pressure(tracking_id=case.tracking_id, actor=cast["citizen"].proving(case.pk), now=NOON)
    for name, sees in (("verifier", False), ("inspector", True)):
        page = at_desk(name).get(f"{address(case)}jejak/")
        assert page.status_code == 200, name
        assert ("ditekan" in page.content.decode()) is sees, name
        assert ("pressed" in page.content.decode()) is sees, name
    assert at_desk("officer").get(f"{address(case)}jejak/").status_code == 404


def test_two_cases_stand_side_by_side_for_whoever_sees_both(case_in, at_desk) -> None:
    one, two = case_in("forwarded"), case_in("forwarded", unit="35.27/dinkes")
    page = at_desk("verifier").get(f"{address(one)}banding/{two.tracking_id}/").content.decode()
    assert page.count("padam sejak tiga malam") == 2
    assert "Gabungkan ke" in page
    assert at_desk("officer").get(f"{address(one)}banding/{two.tracking_id}/").status_code == 404
    assert at_desk("verifier").get(f"{address(one)}banding/{one.tracking_id}/").status_code == 404
    assert at_desk("verifier").get(f"{address(one)}banding/x/").status_code == 404

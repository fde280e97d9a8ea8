"""Training mode: the real pages over invented cases; ten exercises that see for themselves whether they were done; and
not a row outside the sandbox that differs afterwards."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from tanggap.accounts.models import PractisedExercise
from tanggap.common.jobs import wake_after_commit
from tanggap.console.training.exercises import EXERCISES
from tanggap.console.training.schema import SHARED, forget_old, sandbox
from tanggap.console.training.stage import build_stage
from tanggap.directory.models import Agency
from tanggap.directory.selectors import search_agencies
from tanggap.ledger.models import Event
from tests.cast import DAY
from tests.journeys.console import sign_in
from tests.journeys.signed_in import monday, trainee

__all__ = ["monday", "trainee"]
pytestmark = pytest.mark.django_db
DONE = "Pipa di simpang tiga sudah diganti sepanjang empat meter pada Senin pagi oleh regu perbaikan."
# What a trainee types in each exercise, and with which deed of the case's page.
TYPED: dict[str, tuple[str, dict[str, str]]] = {
    "verifikasi": ("verifikasi", {"title": "Jalan berlubang", "classification": "complaint", "unit": "LATIHAN/jalan"}),
    "lengkapi": ("tanya", {"question": "Di jalan apa dan dekat nomor berapa lampu itu?"}),
    "rahasiakan": ("rahasiakan", {"secret": "on"}),
    "rujuk": ("rujuk", {"body": "Mahkamah Agung", "explanation": "Putusan hanya dapat diubah oleh pengadilan."}),
    "tangani": ("terima", {}),
    "kabar": ("tanggapan", {"text": "Regu kami memeriksa saluran hari Senin; hasilnya kami kabarkan hari Rabu."}),
    "tanya": ("tanggapan", {"text": "Rumah nomor 14 sudah kami tandai; tagihan kedua dibatalkan hari Selasa."}),
    "kembalikan": ("kembalikan", {"reason": "Guru diurus oleh dinas pendidikan."}),
    "jawab": ("jawaban", {"text": DONE, "answer_kind": "done", "done_on": "2026-11-09", "office": "Bidang Pipa"}),
    "janji": (
        "jawaban",
        {"text": "Jembatan diganti dengan balok baru.", "answer_kind": "promised", "promised_on": "2026-12-01"},
    ),
}  # fmt: skip


def now_outside() -> datetime:
    """The database's own clock, which no test stops."""
    return datetime.now(UTC)


def outside() -> dict[str, Any]:
    """A digest of every real table but sessions and what was practised."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {name for (name,) in cursor.fetchall()} - {"django_session", *SHARED}
        found = {}
        for table in sorted(tables):
            cursor.execute(
                f"SELECT count(*), md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM public.{table} t"
            )
            found[table] = cursor.fetchone()
    return found


def fresh(trainee: Any, slug: str) -> str:
    answer = trainee.post(f"/kerja/latihan/{slug}/")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(seen|state|held_by)" value="([^"]*)"', page))


def do(trainee: Any, slug: str, **other: str) -> Any:
    address = fresh(trainee, slug)
    if slug == "tanya":
        page = trainee.get(f"{address}tanya/").content.decode()
        asked = {**hidden(page), "question": "Nomor rumah berapa dan jam berapa petugas datang?"}
        assert trainee.post(f"{address}tanya/", asked).status_code == 302
    if slug in ("tanya", "kabar"):
        assert trainee.post("/kerja/latihan/hari/").status_code == 302
    deed, said = TYPED[slug]
    page = trainee.get(f"{address}{deed}/").content.decode()
    return trainee.post(f"{address}{deed}/", {**hidden(page), **said, **other})


def test_ten_exercises_are_done_by_their_events_and_nothing_outside_the_sandbox_changes(trainee, cast) -> None:
    before = outside()
    for count, exercise in enumerate(EXERCISES, start=1):
        answer = do(trainee, exercise.slug)
        assert answer.status_code == 302, (exercise.slug, re.findall(r'class="error".*?</p>', answer.content.decode()))
        done = set(PractisedExercise.objects.values_list("exercise", flat=True))
        assert len(done) == count, exercise.slug
    assert outside() == before
    assert "10 / 10" in trainee.get("/kerja/latihan/").content.decode()
    assert "0 / 10" in sign_in(cast, "verifier").get("/kerja/latihan/").content.decode()
    person = cast.person("officer")
    assert "10 dari 10 tugas selesai" in sign_in(cast, "verifier").get(f"/kerja/orang/{person.pk}/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(p::text, '') FROM latihan.accounts_person p")
        (people,) = cursor.fetchone()
    assert person.name not in people
    assert person.email not in people
    trainee.post("/kerja/latihan/selesai/")
    assert "10 / 10" in trainee.get("/kerja/latihan/").content.decode()


def test_several_at_once_are_practised_at_once_and_wake_nobody_outside(
    trainee, django_capture_on_commit_callbacks
) -> None:
    before = outside()
    number = {slug: fresh(trainee, slug).strip("/").split("/")[-1] for slug in ("verifikasi", "tangani", "lengkapi")}
    unit = {"unit": "LATIHAN/jalan"}
    asked: dict[str, dict[str, Any]] = {
        "verifikasi": {"pilih": [number["verifikasi"]], "classification": "complaint", **unit},
        "teruskan": {"pilih": [number["tangani"], number["verifikasi"]], "reason": "Urusan jalan.", **unit},
        "tanya": {"pilih": [number["lengkapi"]], "question": "Di jalan apa dan dekat nomor berapa?"},
    }
    for slug, fields in asked.items():
        address = f"/kerja/sekaligus/{slug}/"
        assert "langsung dikerjakan" in trainee.get(address, {"pilih": fields["pilih"]}).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            pressed = trainee.post(address, fields)
        assert "1 laporan selesai dikerjakan" in trainee.get(pressed.headers["Location"]).content.decode(), slug
        if slug == "teruskan":
            assert "sudah ada di" in trainee.get(pressed.headers["Location"]).content.decode()
    assert set(PractisedExercise.objects.values_list("exercise", flat=True)) == {"verifikasi", "lengkapi"}
    names = trainee.get(f"/kerja/l/{number['tangani']}/rekan/").json()["items"]
    assert names == ["Rekan Latihan"]
    assert trainee.post(f"/kerja/l/{number['tangani']}/catatan/", {"note": "@Rekan Latihan tahu."}).status_code == 302
    assert outside() == before


def test_what_is_not_done_as_asked_does_not_count(trainee) -> None:
    empty_words = {"text": "Terima kasih, akan kami tindak lanjuti."}
    assert do(trainee, "kabar", **empty_words).status_code == 302
    assert do(trainee, "jawab", answer_kind="information", text="Kantor buka pukul delapan pagi.").status_code == 302
    assert do(trainee, "kembalikan", reason="bukan").status_code == 302
    assert not PractisedExercise.objects.exists()


def test_every_page_in_training_says_so_and_rooms_with_effects_are_shut(trainee, case_in) -> None:
    address = fresh(trainee, "tangani")
    for path in ("/kerja/", address, "/kerja/latihan/", "/kerja/panduan/petugas/", "/kerja/unit/", "/kerja/orang/"):
        assert "<b>LATIHAN</b>" in trainee.get(path).content.decode(), path
    for path in (
        "/kerja/orang/",
        "/kerja/aturan/",
        "/kerja/saluran/",
        "/kerja/pesan/",
        "/kerja/loket/",
        "/kerja/acuan/",
    ):
        assert trainee.get(path).status_code == 404, path
    assert "<b>LATIHAN</b>" not in trainee.get("/").content.decode()


def test_neither_world_sees_the_other_s_cases(trainee, cast, case_in) -> None:
    real = case_in("forwarded", unit="35.27/dpupr")
    invented = fresh(trainee, "tangani")
    inbox = trainee.get("/kerja/", {"queue": "open"}).content.decode()
    assert real.tracking_id not in inbox
    assert trainee.open(real).status_code == 404
    words = "Jawaban panjang yang sudah saya tulis untuk pelapor sungguhan."
    refused = trainee.post(f"/kerja/l/{real.tracking_id}/tanggapan/", {"text": words})
    assert refused.status_code == 404
    assert words in refused.content.decode()
    number = invented.strip("/").split("/")[-1]
    assert sign_in(cast, "national_admin").get(invented).status_code == 404
    assert Client().get(f"/l/{number}").status_code == 404
    assert Client().get(f"/api/v1/cases/{number}").status_code == 404
    assert search_agencies("kabupaten latihan") == []
    assert Client().get("/instansi/LATIHAN/").status_code == 404
    trainee.post("/kerja/latihan/selesai/")
    assert trainee.open(real).status_code == 200
    assert trainee.get(invented).status_code == 404


def test_only_officers_train_and_no_stage_is_built_among_real_agencies(cast) -> None:
    assert sign_in(cast, "citizen").post("/kerja/latihan/mulai/").status_code == 404
    assert Client().post("/kerja/latihan/mulai/").status_code == 403
    assert sign_in(cast, "officer").post("/kerja/latihan/tangani/").status_code == 404
    with pytest.raises(RuntimeError):
        build_stage(now=DAY)
    assert not Agency.objects.filter(code__startswith="LATIHAN").exists()


def test_an_old_sandbox_is_thrown_away_and_laid_anew_when_somebody_trains(trainee) -> None:
    address = fresh(trainee, "tangani")
    assert not forget_old(now=now_outside())
    assert forget_old(now=now_outside() + timedelta(days=31))
    assert not forget_old(now=now_outside() + timedelta(days=31))
    assert trainee.get(address).status_code == 404
    assert trainee.get(fresh(trainee, "tangani")).status_code == 200


def test_a_fault_in_the_sandbox_leaves_the_connection_in_the_real_world(trainee) -> None:
    fresh(trainee, "tangani")
    with pytest.raises(ZeroDivisionError), sandbox():
        raise ZeroDivisionError
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        assert cursor.fetchone() == ("public",)


def test_a_day_passes_in_the_sandbox_alone(trainee, cast, case_in, django_capture_on_commit_callbacks) -> None:
    real = case_in("forwarded", unit="35.27/dpupr")
    reminded, asked = fresh(trainee, "kabar"), fresh(trainee, "tanya")
    page = trainee.get(f"{asked}tanya/").content.decode()
    trainee.post(f"{asked}tanya/", {**hidden(page), "question": "Nomor rumah berapa?"})
    before, mails = outside(), len(mail.outbox)
    with django_capture_on_commit_callbacks(execute=True) as left:
        assert trainee.post("/kerja/latihan/hari/").status_code == 302
    told = trainee.get("/kerja/latihan/").content.decode()
    assert "1 balasan pelapor" in told
    assert "Di sini sekarang Selasa, 10 November 2026 pukul 10.00 WIB" in told
    assert "Nomor rumah saya 14" in trainee.get(asked).content.decode()
    assert "engingat" in trainee.get(reminded).content.decode()
    assert (outside(), len(mail.outbox), left) == (before, mails, [])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE template = 'answer_reminder'), count(sent_at) FROM latihan.notify_message"
        )
        assert cursor.fetchone() == (2, 0)
    assert Event.objects.filter(stream=f"case:{real.pk}", name="ladder.step_taken").count() == 0
    colleague = sign_in(cast, "verifier")
    colleague.post("/kerja/latihan/mulai/")
    assert "Senin, 9 November 2026" in colleague.get("/kerja/latihan/").content.decode()
    trainee.post("/kerja/latihan/selesai/")
    assert trainee.post("/kerja/latihan/hari/").status_code == 404
    assert colleague.get("/kerja/latihan/hari/").status_code == 405


def test_a_channel_woken_in_the_sandbox_wakes_no_worker(trainee, django_capture_on_commit_callbacks) -> None:
    fresh(trainee, "tangani")
    before = outside()
    with django_capture_on_commit_callbacks(execute=True) as left, sandbox():
        wake_after_commit(task="deliver", queue="outbox", channel="email")
    assert (outside(), left) == (before, [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM latihan.procrastinate_jobs WHERE task_name = 'deliver'")
        assert cursor.fetchone() == (1,)

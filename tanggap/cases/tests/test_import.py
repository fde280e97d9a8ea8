"""History in: what a file tells becomes cases with their times, once, and bad lines come back with a reason."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tanggap.cases.models import AUDITED, Case, CaseAlias, Reporter
from tanggap.cases.models.case import plain
from tanggap.cases.policies import cases_visible_to
from tanggap.cases.recording import find_case
from tanggap.cases.replay import comparable, replay
from tanggap.cases.services.run_timers import run_timers
from tanggap.cases.tests.past_files import CLOSED, rejected_lines, run, write_file
from tanggap.cases.words_aside import proof_of
from tanggap.cases.workflow import State
from tanggap.ledger.selectors import audit_ledger, events_of

pytestmark = pytest.mark.django_db
TIMES = ("verified_at", "forwarded_at", "first_answered_at", "answered_at", "closed_at")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def line(state: str, number: int = 1, **given: str) -> dict[str, str]:
    """A line with only what is required and what is given."""
    return {
        "received_at": f"2024-03-04T09:00:{number % 60:02}+07:00",
        "text": f"Jalan rusak {number}.",
        "state": state,
        "agency_code": "35.27/dpupr",
        **given,
    }


@pytest.fixture
def imported(tmp_path, capsys):
    """Import lines that must all be good; the cases in their order."""

    def made(*lines: dict[str, str], arguments: tuple[str, ...] = ()) -> list[Case]:
        known = set(Case.objects.values_list("pk", flat=True))
        path = write_file(tmp_path / "lama.csv", lines)
        code, summary = run(path, capsys, *arguments)
        assert (code, summary["imported"], rejected_lines(path)) == (0, len(lines), [])
        return list(Case.objects.exclude(pk__in=known).order_by("pk"))

    return made


def replayed(case: Case) -> dict:
    columns = replay(event.data.get("changes", {}) for event in events_of(case.stream))
    return {name: comparable(name, columns.get(name)) for name in AUDITED}


def row(case: Case) -> dict:
    told = {name: comparable(name, plain(getattr(case, name))) for name in AUDITED}
    return {**told, "title": proof_of(case.title)}  # events hash a digest of what was typed


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return cursor.fetchone()[0]


def test_a_closed_case_comes_in_with_its_times_its_words_and_its_number(imported):
    (case,) = imported(CLOSED)
    assert {name: getattr(case, name) for name in TIMES} == {name: utc(CLOSED[name]) for name in TIMES}
    assert (case.state, case.outcome, case.rating, case.channel) == ("closed", "confirmed", 4, "web")
    assert (case.classification, case.category_id, case.region_id) == ("complaint", "PUPR-01", "35.27.03")
    assert (case.agency.code, case.body.code, case.imported, case.dormant) == ("35.27/dpupr", "35.27", True, True)
    assert case.title == CLOSED["title"]
    assert case.narrative.public_text == CLOSED["text"]
    assert [alias.value for alias in case.aliases.all()] == ["#2007157"]
    assert find_case("#2007157") == find_case("2007157") == find_case(case.tracking_id) == case


def test_the_events_have_the_times_of_the_past_are_marked_imported_and_replay_to_the_row(imported):
    (case,) = imported(CLOSED)
    events = list(events_of(case.stream))
    assert [event.name for event in events] == [
        "case.submitted", "case.verified", "case.forwarded", "case.interim_answered", "case.answered", "case.closed",
        "case.rated",
    ]  # fmt: skip
    assert [event.at for event in events[:6]] == [utc(CLOSED[name]) for name in ("received_at", *TIMES)]
    assert all(event.imported and event.actor == "import" for event in events)
    assert replayed(case) == row(case)
    assert list(audit_ledger()) == []


def test_nothing_is_scheduled_and_the_timers_leave_imported_cases_alone_unless_live(imported, cast):
    before = jobs()
    (asleep,) = imported(line("answered", answered_at="2024-03-12T10:00:00+07:00", forwarded_at=CLOSED["forwarded_at"]))
    assert jobs() == before
    assert run_timers(now=datetime.now(UTC)) == 0
    imported(
        line("answered", 2, answered_at="2024-03-12T10:00:00+07:00", forwarded_at=CLOSED["forwarded_at"]),
        arguments=("--live",),
    )
    assert run_timers(now=datetime.now(UTC)) == 1
    asleep.refresh_from_db()
    assert asleep.state == "answered"


def test_every_due_date_is_the_one_the_services_would_have_set(imported):
    (case,) = imported(
        line("forwarded", received_at="2026-11-06T15:00:00+07:00", verified_at="2026-11-09T09:00:00+07:00")
    )
    assert case.forwarded_at == case.verified_at
    assert case.verification_due_at == utc("2026-11-11T23:59:59+07:00")
    assert case.answer_due_at == case.due_at == utc("2026-11-16T23:59:59+07:00")
    assert case.resolution_due_at == utc("2026-11-27T23:59:59+07:00")
    assert case.statutory_due_at == utc("2027-01-08T23:59:59+07:00")
    (leg,) = case.legs.all()
    assert (leg.agency_id, leg.held_from, leg.held_to) == (case.agency_id, case.forwarded_at, None)


@pytest.mark.parametrize("state", [*State, "Dalam proses", "SELESAI", "Belum terverifikasi", "Belum Ditindaklanjuti"])
def test_every_state_needs_no_more_than_time_text_state_and_agency(imported, state):
    (case,) = imported(line(state))
    expected = {"Dalam proses": "in_progress", "SELESAI": "closed", "Belum terverifikasi": "unverified"}
    assert case.state == expected.get(state, "forwarded" if " " in state else state)
    assert case.forwarded_at is None
    assert (case.outcome, case.archive_reason) == (
        "unrecorded" if case.state == "closed" else "",
        "unclear" if case.state == "archived" else "",
    )
    assert replayed(case) == row(case)


def test_an_answer_without_a_first_one_is_the_first_one(imported):
    given = {"forwarded_at": "2024-03-05T10:00:00+07:00", "answered_at": "2024-03-12T10:00:00+07:00"}
    case, still = imported(line("closed", **given), line("Dalam proses", 2, **given))
    assert case.first_answered_at == case.answered_at == utc(given["answered_at"])
    assert (still.state, still.first_answered_at) == ("in_progress", utc(given["answered_at"]))
    assert replayed(still) == row(still)


def test_agencies_are_found_by_code_name_and_alias_and_the_default_stands_where_none_is_named(imported):
    cases = imported(
        line("forwarded", 1, agency_code="Dinas Kesehatan Kabupaten Sampang"),
        line("forwarded", 2, agency_code="KAB. SAMPANG"),
        line("forwarded", 3, agency_code="Dinas Kesehatan"),
        line("forwarded", 4, agency_code=""),
        arguments=("--agency", "35.27"),
    )
    assert [case.agency.code for case in cases] == ["35.27/dinkes", "35.27", "35.27/dinkes", "35.27"]


def test_topics_are_found_by_name_where_the_name_is_one_topic(imported):
    assert imported(line("forwarded", category="jembatan"))[0].category_id == "PUPR-02"


def test_running_it_again_changes_nothing(tmp_path, capsys):
    lines = [CLOSED, line("forwarded"), line("unverified", 2, agency_code="")]
    path = write_file(tmp_path / "lama.csv", lines)
    assert run(path, capsys) == (0, {"imported": 3, "already": 0, "rejected": 0, "rejected_file": None})
    before = list(Case.objects.order_by("pk").values())
    assert run(path, capsys) == (0, {"imported": 0, "already": 3, "rejected": 0, "rejected_file": None})
    assert list(Case.objects.order_by("pk").values()) == before
    assert CaseAlias.objects.filter(value__startswith="sha256:").count() == 2


def test_a_number_that_another_case_has_is_refused_in_any_spelling(tmp_path, capsys):
    other = {**CLOSED, "tracking_id": "2007157", "text": "Sesuatu yang lain."}
    path = write_file(tmp_path / "lama.csv", [CLOSED, CLOSED, other])
    code, summary = run(path, capsys)
    assert (code, summary["imported"], summary["already"], summary["rejected"]) == (1, 1, 1, 1)
    (bad,) = rejected_lines(path)
    assert (bad["line"], bad["tracking_id"]) == ("4", "2007157")
    assert "sudah dipakai laporan lain" in bad["reason"]
    assert run(path, capsys)[1]["already"] == 2


def test_an_old_number_that_looks_like_one_of_ours_is_found_all_the_same(imported):
    (case,) = imported({**CLOSED, "tracking_id": "0000-0000-0"})
    assert find_case("0000-0000-0") == case


BAD = {
    "a broken date": ({"received_at": "31/02/2024"}, "bukan waktu ISO 8601"),
    "an impossible date": ({"received_at": "2024-02-30T09:00:00+07:00"}, "bukan waktu ISO 8601"),
    "a time without offset": ({"received_at": "2024-03-04T09:00:00"}, "zona"),
    "a date without time": ({"received_at": "2024-03-04"}, "zona"),
    "no time": ({"received_at": ""}, "received_at kosong"),
    "the future": ({"received_at": "2999-01-01T00:00:00+07:00"}, "masa depan"),
    "the edge of time": ({"received_at": "0001-01-01T00:00:00+07:00"}, "terlalu lama"),
    "the wrong order": ({"verified_at": "2024-03-03T10:00:00+07:00"}, "lebih awal daripada waktu diterima"),
    "answered before forwarded": ({"first_answered_at": "2024-03-05T09:00:00+07:00"}, "lebih awal"),
    "closed before answered": ({"closed_at": "2024-03-11T09:00:00+07:00"}, "lebih awal"),
    "no text": ({"text": "  "}, "text kosong"),
    "an endless text": ({"text": "a" * 20_001}, "Terlalu panjang"),
    "an endless title": ({"title": "a" * 161}, "Judul terlalu panjang"),
    "no state": ({"state": ""}, "state kosong"),
    "an unknown state": ({"state": "hilang"}, "Status “hilang” tidak dikenal"),
    "an unknown classification": ({"classification": "keluhan"}, "Klasifikasi"),
    "an unknown channel": ({"channel": "merpati"}, "Kanal"),
    "an unknown topic": ({"category": "PUPR-99"}, "Topik"),
    "a topic of many": ({"category": "Lainnya"}, "lebih dari satu"),
    "an unknown region": ({"region_code": "35.27.99"}, "Wilayah"),
    "an unknown agency": ({"agency_code": "Dinas Sihir"}, "tidak dikenal"),
    "an ambiguous agency": ({"agency_code": "Dinas Kesehatan"}, "dipakai lebih dari satu instansi"),
    "no agency": ({"agency_code": ""}, "perlu instansi"),
    "an unknown subject": ({"about_agency_code": "Dinas Sihir"}, "tidak dikenal"),
    "no yes or no": ({"secret": "mungkin"}, "ya atau tidak"),
    "a rating of six": ({"rating": "6"}, "1 sampai 5"),
    "a rating in words": ({"rating": "puas"}, "1 sampai 5"),
    "an unknown outcome": ({"outcome": "bagus"}, "Hasil"),
    "an archive reason for a closed case": ({"archive_reason": "spam"}, "hanya untuk laporan yang diarsipkan"),
    "an unknown archive reason": ({"state": "archived", "outcome": "", "archive_reason": "malas"}, "Alasan"),
    "an outcome of an open case": ({"state": "answered", "closed_at": ""}, "hanya untuk laporan yang selesai"),
    "an open case with an end": ({"state": "in_progress", "outcome": ""}, "tidak cocok dengan waktu ditutup"),
    "an unverified case with answers": ({"state": "unverified", "outcome": ""}, "tidak cocok"),
    "a broken phone": ({"reporter_phone": "12"}, "Nomor telepon"),
    "a broken address": ({"reporter_email": "a@b"}, "Alamat surel"),
    "half a point": ({"latitude": "-7.1"}, "lintang dan bujur"),
    "a point outside the world": ({"latitude": "-97.1", "longitude": "112"}, "tidak ada di bumi"),
    "an endless number": ({"tracking_id": "1" * 65}, "Nomor terlalu panjang"),
}


@pytest.mark.parametrize("wrong", BAD, ids=lambda name: name.replace(" ", "-"))
def test_a_bad_line_comes_back_with_its_number_and_a_reason_and_the_good_ones_go_in(tmp_path, capsys, wrong):
    change, reason = BAD[wrong]
    path = write_file(tmp_path / "lama.csv", [{**CLOSED, "tracking_id": "1"}, {**CLOSED, **change}, line("closed")])
    code, summary = run(path, capsys)
    assert (code, summary["imported"], summary["rejected"]) == (1, 2, 1)
    (bad,) = rejected_lines(path)
    assert bad["line"] == "3"
    assert reason in bad["reason"]
    assert {name: bad[name] for name in change} == change
    assert not CaseAlias.objects.filter(value="#2007157").exists()


def test_lines_are_numbered_as_an_editor_shows_them(tmp_path, capsys):
    path = tmp_path / "lama.csv"
    header = "received_at,text,state,agency_code,catatan\n"
    good = '2024-03-04T09:00:00+07:00,"Baris satu\nbaris dua",closed,35.27,x\n'
    bad = "rusak,isi,closed,35.27\n"
    path.write_bytes(("\ufeff" + header + bad + good + "\n" + bad + "a,b,c,d,e,f\n").encode())
    assert run(path, capsys)[1]["imported"] == 1
    assert [(line["line"], line["catatan"]) for line in rejected_lines(path)] == [("2", ""), ("6", ""), ("7", "e")]
    assert "6 kolom" in rejected_lines(path)[2]["reason"]


def test_bytes_that_are_no_text_and_quotes_never_closed_reject_their_line_only(tmp_path, capsys):
    path = tmp_path / "lama.csv"
    good = b"2024-03-04T09:00:00+07:00,Jalan rusak,closed,35.27\n"
    broken = b"2024-03-04T09:00:00+07:00,\xff\xfe jalan,closed,35.27\n"
    endless = b'2024-03-04T09:00:00+07:00,"' + b"a" * 1_000_100 + b"\n"
    path.write_bytes(b"received_at,text,state,agency_code\n" + broken + good + endless)
    assert run(path, capsys)[1]["imported"] == 1
    reasons = path.with_suffix(".rejected.csv").read_bytes()
    assert b"\xff\xfe jalan" in reasons
    assert b"bukan teks UTF-8" in reasons
    assert b"tanda kutip tidak ditutup" in reasons


def test_the_rejected_lines_can_be_mended_and_imported_themselves(tmp_path, capsys):
    path = write_file(tmp_path / "lama.csv", [{**CLOSED, "state": "hilang"}])
    run(path, capsys)
    rejected = path.with_suffix(".rejected.csv")
    assert rejected.stat().st_mode & 0o077 == 0
    rejected.write_text(rejected.read_text().replace("hilang", "closed", 1))
    assert run(rejected, capsys) == (0, {"imported": 1, "already": 0, "rejected": 0, "rejected_file": None})
    write_file(path, [CLOSED])
    assert run(path, capsys)[0] == 0
    assert not rejected.exists()


@pytest.mark.parametrize("content", ["", "text,state\n", "received_at,text,state,state\n"])
def test_a_file_that_cannot_be_used_stops_at_once(tmp_path, content):
    path = tmp_path / "lama.csv"
    path.write_text(content)
    with pytest.raises(CommandError) as stop:
        call_command("import_cases", str(path))
    assert stop.value.returncode == 2
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("import_cases", str(tmp_path / "tidak-ada.csv"))
    with pytest.raises(CommandError, match="tidak dikenal"):
        call_command("import_cases", str(path), "--agency", "Dinas Sihir")


def test_the_reporter_is_sealed_and_an_anonymous_text_is_masked_for_the_agency(imported):
    text = "Petugas meminta uang, hubungi 081234567890."
    given = {"reporter_name": "Siti", "reporter_phone": "0812-3456-7890", "text": text}
    named, hidden = imported(line("forwarded", **given), line("forwarded", 2, anonymous="ya", **given))
    assert Reporter.objects.count() == 2
    assert b"Siti" not in bytes(Reporter.objects.first().sealed)
    assert named.narrative.agency_text == text
    assert "0812" not in named.narrative.public_text + hidden.narrative.agency_text
    assert hidden.narrative.original_sealed is not None


def test_whom_an_imported_case_is_about_finds_no_trace_of_it(imported, cast):
    about = {"about_agency_code": "35.27/dpupr", "forwarded_at": CLOSED["forwarded_at"]}
    cases = imported(
        line("closed", 1, classification="supervisory_complaint", **about),
        line("closed", 2, **about),
        line("closed", 3, classification="complaint", **about),
    )
    assert [case.guarded for case in cases] == [True, True, False]
    assert set(cases_visible_to(cast["officer"])) == {cases[2]}
    assert set(cases_visible_to(cast["inspector"])) == set(cases)


def test_an_unverified_supervisory_case_starts_with_the_inspector(imported, cast):
    (case,) = imported(
        line(
            "unverified",
            agency_code="35.27/dpupr",
            about_agency_code="35.27/dpupr",
            classification="berkadar pengawasan",
        )
    )
    assert case.agency.code == "35.27"
    assert case not in cases_visible_to(cast["verifier"])
    assert case in cases_visible_to(cast["inspector"])


def test_a_held_case_stands_still_from_the_last_thing_the_file_tells(imported, cast):
    (case,) = imported(line("Tertunda", forwarded_at="2024-03-05T10:00:00+07:00"))
    (hold,) = case.hold_rows.all()
    assert (case.state_before, case.holds, hold.asked_at) == ("forwarded", 1, case.forwarded_at)
    assert hold.ended_at is None


def test_an_imported_case_goes_on_like_any_other(imported, cast):
    from tests.paths import verify

    (case,) = imported(line("unverified", agency_code="35.27"))
    now = datetime.now(UTC) + timedelta(seconds=1)
    after = verify(case, cast, "35.27/dpupr", now)
    assert (after.state, after.dormant, after.forwarded_at) == ("forwarded", False, now)
    assert replayed(Case.objects.get(pk=case.pk)) == row(Case.objects.get(pk=case.pk))
    assert list(audit_ledger()) == []

"""The published examples of DOMAIN §7, from files made up here, through the commands, to the digit."""

import csv
import io
import subprocess
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from tanggap.cases.tests.past_files import run, write_file
from tests.packages import program

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
UNITS = ("35.27/dpupr", "35.27/dinkes", "Dinas Pendidikan Kabupaten Sampang", "35.27/satpolpp")


def sampang_2024() -> list[dict[str, str]]:
    """41 = 28 closed + 3 in progress + 9 unanswered + 1 unverified; first answers 15.6 calendar days on the mean."""
    lines = []
    for number in range(41):
        received = datetime(2024, 1, 3, 8, tzinfo=WIB) + timedelta(days=8 * number, minutes=number)
        forwarded = received + timedelta(hours=30)
        line = {
            "tracking_id": f"#{5_000_000 + number}",
            "received_at": received.isoformat(),
            "text": f"Laporan nomor {number} tentang pelayanan.",
            "agency_code": UNITS[number % 4],
            "channel": "web",
            "classification": "complaint",
            "forwarded_at": forwarded.isoformat(),
        }
        if number < 28:
            # In pairs, as much below the mean as above it.
            away = timedelta(hours=(number // 2) * 20) * (-1 if number % 2 else 1)
            answered = forwarded + timedelta(days=15.6) + away
            closed = answered + timedelta(days=14)
            line |= {"state": "Selesai", "answered_at": answered.isoformat(), "closed_at": closed.isoformat()}
        elif number < 31:
            line |= {"state": "Dalam proses"}
        elif number < 40:
            line |= {"state": "Belum ditindaklanjuti"}
        else:
            line |= {"state": "Belum terverifikasi", "forwarded_at": "", "agency_code": "35.27"}
        lines.append(line)
    return lines


def ponorogo_2022() -> list[dict[str, str]]:
    """52 = 46 web + 5 app + 1 SMS; 3 supervisory; 50 handed to units, 2 archived; 21 from one district."""
    lines = []
    for number in range(52):
        received = datetime(2022, 1, 1, tzinfo=WIB) + timedelta(days=7 * number, hours=3)
        line = {
            "tracking_id": str(3_000_000 + number),
            "received_at": received.isoformat(),
            "text": f"Laporan nomor {number} tentang pelayanan.",
            "agency_code": "Dinas Kesehatan" if number % 2 else "Kabupaten Ponorogo",
            "channel": "web" if number < 46 else "app" if number < 51 else "sms",
            "classification": "Pengaduan berkadar pengawasan" if number in (7, 21, 40) else "Pengaduan",
            "region_code": "35.02.17.1001" if number < 21 else "35.02" if number < 30 else "",
            "state": "Selesai",
            "forwarded_at": (received + timedelta(days=1)).isoformat(),
            "closed_at": (received + timedelta(days=30)).isoformat(),
        }
        if number in (3, 33):
            line |= {"state": "Diarsipkan", "archive_reason": "out_of_scope"}
        lines.append(line)
    return lines


@pytest.fixture
def imported(tmp_path, capsys):
    def made(lines, *arguments: str) -> None:
        code, summary = run(write_file(tmp_path / "lama.csv", lines), capsys, *arguments)
        assert (code, summary["imported"]) == (0, len(lines))

    return made


def test_sampang_2024(imported, card_of):
    imported(sampang_2024())
    card = card_of("--agency", "35.27", "--from", "2024-01-01", "--to", "2024-12-31")
    assert (card["agency"], card["from"], card["to"], card["total"]) == ("35.27", "2024-01-01", "2024-12-31", 41)
    assert card["by_state"] == {
        "unverified": 1, "on_hold": 0, "forwarded": 9, "in_progress": 3, "answered": 0, "closed": 28, "archived": 0
    }  # fmt: skip
    assert card["completion"]["closed_over_total"] == 28 / 41
    assert f"{card['completion']['closed_over_total']:.1%}" == "68.3%"
    assert card["completion"]["closed_and_in_progress_over_total"] == 31 / 41
    assert card["first_answer_calendar_days"]["mean"] == pytest.approx(15.6, abs=1e-9)
    assert card["first_answer_calendar_days"]["n"] == 28
    assert card["first_answer_working_days"]["mean"] < 15.6
    assert card["verification_working_days"]["n"] == 40
    assert card["overdue"] == 13


def test_sampang_is_the_same_for_the_region_by_name_and_as_of_the_end_of_the_next_year(imported, card_of):
    imported([{**line, "region_code": "35.27.03"} for line in sampang_2024()])
    period = ("--from", "2024-01-01", "--to", "2024-12-31")
    whole = card_of("--agency", "Kabupaten Sampang", *period)
    region = card_of("--region", "35.27", *period)
    past = card_of("--agency", "35.27", *period, "--as-of", "2025-12-31T23:59:59+07:00")
    for other in (region, past):
        assert {**other, "agency": "35.27", "region": None, "as_of": ""} == {**whole, "as_of": ""}
    summer = card_of("--agency", "35.27", *period, "--as-of", "2024-06-30T23:59:59+07:00")
    assert summer["total"] == 23
    assert 0 < summer["by_state"]["closed"] < summer["total"]


def test_ponorogo_2022(imported, card_of):
    imported(ponorogo_2022(), "--agency", "35.02")
    card = card_of("--agency", "35.02", "--from", "2022-01-01", "--to", "2022-12-31")
    assert card["total"] == 52
    assert card["by_channel"] == {"web": 46, "app": 5, "sms": 1}
    assert card["by_classification"] == {"complaint": 49, "supervisory_complaint": 3}
    assert (card["by_state"]["closed"], card["by_state"]["archived"]) == (50, 2)
    assert card["by_district"] == {"35.02.17": 21, "none": 31}
    assert card["completion"]["closed_over_total_without_archived"] == 1.0
    assert card["first_answer_calendar_days"] == {"mean": None, "median": None, "p90": None, "n": 0}
    assert card["satisfaction"] == {"mean": None, "n": 0}


def test_governments_are_siblings_and_a_units_card_is_its_own(imported, card_of):
    imported(sampang_2024())
    period = ("--from", "2024-01-01", "--to", "2024-12-31")
    assert card_of("--agency", "35", *period)["total"] == 0
    assert card_of("--agency", "35.02", *period)["total"] == 0
    assert card_of("--agency", "ID", *period)["total"] == 41
    assert card_of("--agency", "35.27/dinkes", *period)["total"] == 10


def test_a_day_begins_and_ends_in_the_agencys_zone(imported, card_of):
    def at(time: str, agency: str) -> dict[str, str]:
        return {"received_at": time, "text": f"Lampu {time}", "state": "closed", "agency_code": agency}

    imported(
        [
            at("2024-05-01T00:00:00+07:00", "35.27"),
            at("2024-04-30T23:59:59+07:00", "35.27"),
            at("2024-05-02T00:00:00+07:00", "35.27"),
            at("2024-05-01T23:59:59+07:00", "35.27"),
            at("2024-05-01T23:30:00+08:00", "53.71"),
            at("2024-05-02T00:00:00+08:00", "53.71"),
        ]
    )
    day = ("--from", "2024-05-01", "--to", "2024-05-01")
    assert card_of("--agency", "35.27", *day)["total"] == 2
    assert card_of("--agency", "53.71", *day)["total"] == 1


def test_the_csv_has_a_line_for_every_figure(imported, card_of, capsys):
    imported(sampang_2024())
    period = ("--agency", "35.27", "--from", "2024-01-01", "--to", "2024-12-31")
    card = card_of(*period)
    call_command("report_card", *period, "--format", "csv")
    rows = {(row["figure"], row["key"]): row["value"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert rows[("total", "")] == "41"
    assert rows[("by_state", "closed")] == "28"
    assert float(rows[("completion", "closed_over_total")]) == card["completion"]["closed_over_total"]
    assert rows[("satisfaction", "mean")] == ""


@pytest.mark.parametrize("more", [(), ("--as-of", "2025-12-31T23:59:59+07:00")])
@pytest.mark.parametrize("whose", [("--agency", "35.27"), ("--region", "35.27")])
def test_the_pdf_says_the_same_digits(imported, monkeypatch, more, whose):
    imported([{**line, "region_code": "35.27.03"} for line in sampang_2024()])
    out = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", out)
    call_command("report_card", *whose, "--from", "2024-01-01", "--to", "2024-12-31", "--format", "pdf", *more)
    command = [program("pdftotext", "poppler-utils"), "-layout", "-", "-"]
    pdf = out.buffer.getvalue()
    text = subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=200).stdout.decode()
    for words in ("68,3%", "75,6%", "28 · 68,3%", "3 · 7,3%", "9 · 22,0%", "1 · 2,4%", "15,6 hari"):
        assert words in text, words


@pytest.mark.parametrize(
    "arguments",
    [
        ("--agency", "35.27", "--from", "2024-12-31", "--to", "2024-01-01"),
        ("--agency", "99.99", "--from", "2024-01-01", "--to", "2024-12-31"),
        ("--agency", "Dinas Kesehatan", "--from", "2024-01-01", "--to", "2024-12-31"),
        ("--region", "99.99", "--from", "2024-01-01", "--to", "2024-12-31"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(db, arguments):
    with pytest.raises(CommandError) as stop:
        call_command("report_card", *arguments)
    assert stop.value.returncode == 2


@pytest.mark.parametrize("wrong", [("--from", "2024-13-01"), ("--to", "kemarin"), ("--as-of", "2024-01-01T00:00:00")])
def test_a_wrong_date_is_refused(db, wrong):
    usual = {"--agency": "35.27", "--from": "2024-01-01", "--to": "2024-12-31"} | dict([wrong])
    with pytest.raises(CommandError, match="contoh"):
        call_command("report_card", *[part for pair in usual.items() for part in pair])


def test_from_histograms_alone_the_imported_medians_and_p90_are_within_two_per_cent(
    tmp_path, capsys, card_of, monkeypatch
):
    assert run(write_file(tmp_path / "sampang.csv", sampang_2024()), capsys)[0] == 0
    period = ("--agency", "35.27", "--from", "2024-01-01", "--to", "2024-12-31")
    exact = card_of(*period)
    monkeypatch.setattr("tanggap.evaluation.selectors.cards.MOST_EXACT", 0)
    about = card_of(*period)
    for name in ("first_answer_working_days", "first_answer_calendar_days", "citizen_close_calendar_days"):
        assert about[name]["mean"] == pytest.approx(exact[name]["mean"], rel=1e-12)
        for part in ("median", "p90"):
            assert about[name][part] == pytest.approx(exact[name][part], rel=0.02)
            assert about[name][part] != exact[name][part]

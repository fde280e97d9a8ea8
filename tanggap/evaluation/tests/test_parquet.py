"""Parquet: what goes out, what never does, and that another program reads the same figures from it."""

import json
import os
import re
import stat
from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
from django.core.management import CommandError, call_command

from tanggap.cases.models import Case
from tanggap.common.clock import frozen
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.selectors import report_card
from tanggap.evaluation.services.fold_everything import fold_everything
from tests.cast import DAY

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[3] / "docs/how-to/growth-path.md"
EXAMPLES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


@pytest.fixture
def exported(case_in, tmp_path, capsys):
    for number, state in enumerate(
        ("unverified", "forwarded", "in_progress", "answered", "closed", "archived", "closed")
    ):
        case = case_in(state)
        Case.objects.filter(pk=case.pk).update(received_at=case.received_at - timedelta(days=20 * number))
    case_in("forwarded", secret=True, text="Rahasia: nomor saya 081234567890, Budi Santoso.")
    target = tmp_path / "keluar"
    call_command("export", "--out", str(target))
    return target


def in_folder(folder, query):
    before = os.getcwd()
    os.chdir(folder)
    try:
        with duckdb.connect() as duck:
            return duck.sql(query).fetchall()
    finally:
        os.chdir(before)


def test_the_first_example_of_the_page_gives_the_figures_of_the_report_card(exported):
    ((total, closed, in_progress, days),) = in_folder(exported, EXAMPLES[0])
    figures = report_card(agency_by_code("35.27"), date(2026, 1, 1), date(2026, 12, 31)).figures
    assert total == figures.total == 8
    assert closed == figures.by_state["closed"] == 2
    assert in_progress == figures.in_progress
    assert days == pytest.approx(figures.first_answer_calendar_days.mean)


def test_the_next_examples_give_its_states_and_what_was_answered_in_time(case_in, tmp_path):
    for state in ("unverified", "forwarded", "in_progress", "answered", "closed", "archived", "on_hold", "closed"):
        case_in(state)
    with frozen(DAY + timedelta(days=40)):
        call_command("export", "--out", str(tmp_path / "keluar"))
        fold_everything(now=DAY + timedelta(days=40))
        figures = report_card(agency_by_code("35.27"), date(2026, 1, 1), date(2026, 12, 31)).figures
    states = dict(in_folder(tmp_path / "keluar", EXAMPLES[1]))
    assert states == {state: number for state, number in figures.by_state.items() if number}
    ((on_time, of, share),) = in_folder(tmp_path / "keluar", EXAMPLES[2])
    assert (on_time, of) == (round(figures.on_time_share * figures.on_time_n), figures.on_time_n)
    assert 0 < on_time < of
    assert share == pytest.approx(figures.on_time_share)


def test_the_last_example_finds_every_case_in_its_state_from_the_events_alone(exported):
    assert dict(in_folder(exported, EXAMPLES[3])) == Counter(Case.objects.values_list("state", flat=True))


def test_types_are_those_of_parquet_and_months_are_folders(exported):
    kinds = dict(row[:2] for row in in_folder(exported, "DESCRIBE SELECT * FROM read_parquet('cases/*/*/*.parquet')"))
    assert kinds["received_at"] == "TIMESTAMP"
    assert kinds["secret"] == "BOOLEAN"
    assert kinds["case_id"] == "BIGINT"
    months = {path.parent.name for path in exported.glob("cases/*/*/*.parquet")}
    assert len(months) > 3
    assert all(re.fullmatch(r"month=\d+", month) for month in months)


def test_the_manifest_counts_and_proves_every_file_and_only_the_owner_reads_them(exported):
    manifest = json.loads((exported / "manifest.json").read_text())
    assert {file["path"] for file in manifest["files"]} == {
        str(path.relative_to(exported)) for path in exported.rglob("*.parquet")
    }
    for file in manifest["files"]:
        path = exported / file["path"]
        assert sha256(path.read_bytes()).hexdigest() == file["sha256"]
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sum(file["rows"] for file in manifest["files"] if file["path"].startswith("cases")) == Case.objects.count()
    assert not list(exported.rglob("*.csv"))


def test_no_text_no_title_no_person_and_no_number_goes_out(exported):
    everything = ""
    for table in ("cases", "events"):
        rows = in_folder(exported, f"SELECT * FROM read_parquet('{table}/*/*/*.parquet')")
        everything += json.dumps(rows, default=str)
    for case in Case.objects.all():
        assert case.tracking_id not in everything
        assert not case.title or case.title not in everything
    assert "Rahasia" not in everything
    assert "0812" not in everything
    assert "person:" not in everything


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(exported):
    before = sorted(exported.rglob("*"))
    with pytest.raises(CommandError, match="tidak kosong") as refused:
        call_command("export", "--out", str(exported))
    assert refused.value.returncode == 2
    assert sorted(exported.rglob("*")) == before


@pytest.mark.parametrize("where", ["berkas", "berkas/keluar"])
def test_a_place_that_is_no_folder_is_refused_with_a_sentence(case_in, tmp_path, where):
    (tmp_path / "berkas").write_text("punya orang")
    with pytest.raises(CommandError) as refused:
        call_command("export", "--out", str(tmp_path / where))
    assert refused.value.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["berkas"]


def test_an_export_that_fails_leaves_nothing(case_in, tmp_path, monkeypatch):
    case_in("closed")
    monkeypatch.setattr("tanggap.evaluation.parquet._convert", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("export", "--out", str(tmp_path / "keluar"))
    assert list(tmp_path.iterdir()) == []


def test_a_period_takes_the_months_it_touches(case_in, tmp_path):
    case_in("closed")
    call_command("export", "--out", str(tmp_path / "a"), "--from", DAY.date().isoformat(), "--to", "2026-12-31")
    call_command("export", "--out", str(tmp_path / "b"), "--from", "2020-01-01", "--to", "2020-12-31")
    assert list((tmp_path / "a").rglob("*.parquet"))
    assert not list((tmp_path / "b").rglob("*.parquet"))
    with pytest.raises(CommandError, match="bersama-sama"):
        call_command("export", "--out", str(tmp_path / "c"), "--from", "2020-01-01")

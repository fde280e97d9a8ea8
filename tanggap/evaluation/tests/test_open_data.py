"""Versions of the open data: what is in them, what never is, and that they stay as they were."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from tanggap.cases.models import Case
from tanggap.cases.services.report_pressure import report_pressure
from tanggap.evaluation.models import OpenDataFile, OpenDataVersion
from tanggap.evaluation.opendata.gathering import open_id
from tanggap.evaluation.opendata.keeping import folder
from tanggap.evaluation.opendata.tables import TABLES
from tanggap.evaluation.services.publish_open_data import publish_open_data
from tests.cast import DAY

pytestmark = pytest.mark.django_db
NEXT_MONTH = DAY + timedelta(days=35)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def publish(now=NEXT_MONTH, **wanted):
    return publish_open_data(now=now, **wanted)


def read(client, version, name):
    response = client.get(f"/data/v{version.number}/{name}")
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    row = version.files.get(name=name)
    assert (sha256(content).hexdigest(), len(content)) == (row.sha256, row.size)
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert len(rows) == row.rows
    return rows


def fits(value, kind):
    """Whether a cell is of a type of Table Schema."""
    if kind == "integer":
        return str(int(value)) == value
    if kind == "number":
        return float(value) >= 0
    if kind == "boolean":
        return value in ("true", "false")
    if kind == "date":
        return date.fromisoformat(value).isoformat() == value
    if kind == "yearmonth":
        return date.fromisoformat(f"{value}-01") and len(value) == 7
    return kind == "string"


def test_the_package_describes_every_file_and_every_cell_fits_its_schema(client, case_in):
    for state in ("forwarded", "in_progress", "answered", "closed", "archived", "closed"):
        case_in(state)
    version = publish()
    package = client.get(f"/data/v{version.number}/datapackage.json").json()
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert {resource["path"] for resource in package["resources"]} == set(version.files.values_list("name", flat=True))
    for resource in package["resources"]:
        assert resource["profile"] == "tabular-data-resource"
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        rows = read(client, version, resource["path"])
        keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows]
        assert len(keys) == len(set(keys))
        for row in rows:
            assert row.keys() == fields.keys()
            for name, value in row.items():
                limits = fields[name].get("constraints", {})
                assert value or not limits.get("required"), (resource["path"], name)
                assert not value or fits(value, fields[name]["type"]), (name, value)
                assert not value or "enum" not in limits or value in limits["enum"], (name, value)
    assert client.get("/data/datapackage.json").headers["Location"] == f"/data/v{version.number}/datapackage.json"


def test_who_hides_is_in_counts_only(client, case_in, cast):
    shown = [case_in("closed") for _ in range(6)]
    hidden = [case_in("closed", anonymous=True), case_in("closed", secret=True)]
    version = publish()
    ids = {row["id"] for row in read(client, version, f"cases-{DAY.year}.csv")}
    assert ids == {open_id(case.tracking_id) for case in shown}
    assert not ids & {case.tracking_id for case in [*shown, *hidden]}
    (total,) = [row for row in read(client, version, f"aggregates-{DAY.year}.csv") if row["dimension"] == "total"]
    assert (total["body"], total["cases"]) == ("35.27", "8")


def test_one_hidden_case_is_not_the_difference_between_a_count_and_its_rows(client, case_in):
    for _ in range(9):
        case_in("closed")
    case_in("closed", secret=True)
    version = publish()
    rows = read(client, version, f"cases-{DAY.year}.csv")
    cells = read(client, version, f"aggregates-{DAY.year}.csv")
    assert len(rows) == 9
    named = [row for row in cells if row["key"] not in ("all", "other")]
    assert named
    for cell in named:
        shown = sum(row["body"] == "35.27" and row[cell["dimension"]] == cell["key"] for row in rows)
        assert int(cell["cases"]) - shown >= 5 or cell["dimension"] == "district", cell
    assert sum(row["body"] == "35.27" for row in rows) == 5
    assert {(row["unit"], row["district"]) for row in rows if not row["body"]} <= {("", "35"), ("", "")}


def test_too_few_cases_of_a_body_are_listed_without_it(client, case_in):
    for _ in range(4):
        case_in("closed")
    version = publish()
    rows = read(client, version, f"cases-{DAY.year}.csv")
    assert [(row["body"], row["unit"]) for row in rows] == [("", "")] * 4


def test_small_cells_have_no_name_and_a_small_month_no_number(client, case_in):
    for _ in range(3):
        case_in("closed")
    version = publish()
    assert [(row["key"], row["cases"]) for row in read(client, version, f"aggregates-{DAY.year}.csv")] == [("all", "")]
    for _ in range(4):
        case_in("closed")
    case_in("archived")
    version = publish()
    states = [row for row in read(client, version, f"aggregates-{DAY.year}.csv") if row["dimension"] == "state"]
    assert [(row["key"], row["cases"]) for row in states] == [("other", "8")]


def test_a_version_stays_and_says_what_changed_but_not_why(client, case_in, cast):
    cases = [case_in("closed") for _ in range(7)]
    first = publish()
    before = read(client, first, f"cases-{DAY.year}.csv")
    reporter = cast["anonymous"].proving(cases[0].pk)
    report_pressure(tracking_id=cases[0].tracking_id, actor=reporter, now=NEXT_MONTH)
    second = publish()
    after = {row["id"] for row in read(client, second, f"cases-{DAY.year}.csv")}
    assert after == {open_id(case.tracking_id) for case in cases[1:]}
    assert read(client, first, f"cases-{DAY.year}.csv") == before
    row = second.files.get(name=f"cases-{DAY.year}.csv")
    assert (row.added, row.changed, row.removed) == (0, 0, 1)
    page = client.get("/data/").content.decode()
    assert "1 tidak terbit lagi" in page
    assert "tekan" not in page.lower()


def test_what_moved_by_less_than_five_stays_as_it_was_published(client, case_in):
    for _ in range(9):
        case_in("closed")
    first = publish()
    case_in("closed")
    case_in("closed")
    second = publish()
    assert second is not None
    assert read(client, first, f"aggregates-{DAY.year}.csv") == read(client, second, f"aggregates-{DAY.year}.csv")


def test_what_changed_in_numbers_is_a_file_of_the_version(client, case_in):
    for _ in range(9):
        case_in("closed")
    publish()
    for _ in range(6):
        case_in("closed")
    second = publish()
    changes = read(client, second, "revisions.csv")
    assert {"month": "2026-11", "body": "35.27", "dimension": "total", "key": "all", "before": "9", "after": "15"} in (
        changes
    )
    assert all(abs(int(row["after"]) - int(row["before"])) >= 5 for row in changes if row["before"] and row["after"])
    assert "revisions.csv" in client.get("/data/").content.decode()
    assert publish() is None


def test_the_same_again_is_no_version(case_in):
    for _ in range(6):
        case_in("closed")
    assert publish().number == 1
    assert publish(NEXT_MONTH + timedelta(hours=1)) is None
    assert OpenDataVersion.objects.count() == 1


def test_without_cases_there_is_no_version_and_the_page_says_so(client):
    assert publish() is None
    assert "Belum ada versi" in client.get("/data/").content.decode()
    assert client.get("/data/datapackage.json").status_code == 404


def test_a_month_that_is_not_over_or_not_a_month_is_refused(case_in, capsys):
    case_in("closed")
    for raw in ("2099-01", "2026-13", "kemarin"):
        with pytest.raises(CommandError) as refused:
            call_command("publish_open_data", "--month", raw)
        assert refused.value.returncode in (1, 2)
    assert not OpenDataVersion.objects.exists()


@pytest.mark.parametrize("path", ["/data/v9/cases-2026.csv", "/data/v1/..%2f..%2fkeys", "/data/v1/tidak-ada.csv"])
def test_what_is_no_file_of_a_version_is_not_found(client, case_in, path):
    for _ in range(6):
        case_in("closed")
    publish()
    assert client.get(path).status_code == 404


def test_a_file_that_is_lost_on_disk_is_not_found_and_told_to_the_operator(client, case_in, caplog):
    case_in("closed")
    version = publish()
    (folder() / version.files.get(name="agencies.csv").sha256).unlink()
    assert client.get(f"/data/v{version.number}/agencies.csv").status_code == 404
    assert "is missing" in caplog.text


def test_a_version_and_its_files_refuse_every_change(case_in):
    case_in("closed")
    version = publish()
    for change in (
        lambda: OpenDataFile.objects.update(sha256="0" * 64),
        lambda: OpenDataVersion.objects.update(number=9),
        version.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert OpenDataVersion.objects.get().number == 1


def test_the_page_explains_every_column(client):
    page = client.get("/data/").content.decode()
    for table in TABLES:
        for column in table.columns:
            assert f"<code>{column.name}</code>" in page


def test_the_command_tells_what_it_did(case_in, capsys):
    for _ in range(6):
        case_in("closed")
    Case.objects.update(received_at=datetime(2026, 9, 3, tzinfo=UTC))
    call_command("publish_open_data", "--month", "2026-10")
    assert capsys.readouterr().out == "Versi 1 terbit.\n"
    assert json.loads(json.dumps(OpenDataVersion.objects.get().package))["temporal"] == {"end": "2026-10"}

"""The ranking through its command: from imported files to ranks."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from tanggap.cases.tests.past_files import run, write_file
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.tests.ranked_files import lines_for

pytestmark = pytest.mark.django_db
YEAR = ("--from", "2024-01-01", "--to", "2024-12-31")


@pytest.fixture
def imported(tmp_path, capsys):
    def made(lines) -> None:
        lines = list(lines)
        code, summary = run(write_file(tmp_path / "lama.csv", lines), capsys)
        assert (code, summary["imported"]) == (0, len(lines))

    return made


@pytest.fixture
def ranked(capsys):
    """The lines of the command's JSON."""

    def made(*arguments: str):
        capsys.readouterr()
        call_command("ranking", *arguments, *YEAR)
        return json.loads(capsys.readouterr().out)

    return made


def government(code: str, name: str, kind: str) -> None:
    """A government of a province that the tests do not load."""
    agency = Agency.objects.create(
        code=code, name=name, kind=kind, parent=agency_by_code("ID"), path="/0/", region=None
    )
    agency.path, agency.body = f"{agency_by_code('ID').path}{agency.pk}/", agency
    agency.save()


def test_the_first_of_a_provinces_regencies_and_cities_with_422_of_3870(imported, ranked):
    imported(
        [
            *lines_for("33.21", 422, closed=418, on_time=400, rated=60, rating=5),
            *lines_for("33.74", 3438, closed=2600, on_time=2200, rated=500),
            *lines_for("35.78", 60, closed=60, on_time=60),
            *lines_for("33", 10, closed=10, on_time=10),
        ]
    )
    lines = ranked("--group", "regency_and_city", "--within", "33")
    assert sum(line["n"] for line in lines) + 10 == 3870
    assert [(line["agency"], line["n"], line["rank"]) for line in lines] == [("33.21", 422, 1), ("33.74", 3438, 2)]
    first, second = lines
    assert second["score"] < first["low"] < first["score"] < first["high"] <= 100
    assert (first["band"], second["band"]) == ("250-999", "1000-")
    assert first["components"]["completion"]["value"] == pytest.approx(418 / 422, abs=1e-6)
    assert first["components"]["satisfaction"] == first["components"]["satisfaction"] | {"value": 1.0, "n": 60}
    assert "team_decree" not in first["components"]
    everywhere = ranked("--group", "regency_and_city")
    assert everywhere[0]["agency"] == "35.78"
    assert [line["agency"] for line in ranked("--group", "city", "--within", "33")] == ["33.74"]


def test_first_among_provinces(imported, ranked):
    government("21", "Pemerintah Provinsi Kepulauan Riau", "province")
    imported(
        [
            *lines_for("21", 60, closed=59, on_time=58),
            *lines_for("33", 120, closed=80, on_time=90),
            *lines_for("35", 120, closed=80, on_time=90),
            *lines_for("53", 29, closed=29, on_time=29),
        ]
    )
    lines = ranked("--group", "province")
    assert [(line["agency"], line["rank"]) for line in lines] == [
        ("21", 1), ("33", 2), ("35", 2), ("53", None), ("91", None)
    ]  # fmt: skip
    few, none = lines[-2:]
    assert (few["not_ranked"], few["score"], few["band"]) == ("too_few", 100.0, None)
    assert (none["n"], none["score"], none["components"]) == (0, None, {})


def test_unanswered_cases_whose_limit_has_passed_count_against_speed(imported, ranked):
    imported(lines_for("33.21", 40, closed=20, on_time=20))
    (speed,) = (line["components"]["speed"] for line in ranked("--group", "regency", "--within", "33") if line["n"])
    assert (speed["value"], speed["n"]) == (0.5, 40)


def test_the_csv_has_the_same_lines(imported, ranked, capsys):
    imported(lines_for("33.21", 40, closed=20, on_time=20))
    lines = ranked("--group", "regency")
    call_command("ranking", "--group", "regency", *YEAR, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["agency"] for row in rows] == [line["agency"] for line in lines]
    assert (rows[0]["agency"], rows[0]["rank"], rows[0]["completion"]) == ("33.21", "1", "0.5")
    assert (rows[1]["rank"], rows[1]["score"], rows[1]["completion"]) == ("", "", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--group", "regency", "--within", "99"),
        ("--group", "regency", "--within", "33.21"),
        ("--group", "national", "--within", "33"),
        ("--group", "regency", "--from", "2024-12-31", "--to", "2024-01-01"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(arguments, capsys):
    dates = () if "--from" in arguments else YEAR
    with pytest.raises(CommandError) as stop:
        call_command("ranking", *arguments, *dates)
    assert stop.value.returncode == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("wrong", [("--group", "village"), ("--from", "2024-02-30"), ("--format", "pdf")])
def test_wrong_arguments_are_refused(wrong):
    usual = {"--group": "regency", "--from": "2024-01-01", "--to": "2024-12-31"} | dict([wrong])
    with pytest.raises(CommandError):
        call_command("ranking", *[part for pair in usual.items() for part in pair])

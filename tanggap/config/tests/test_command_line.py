"""The command line's contract: results on standard output alone, 0 good, 1 no, 2 could not run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tanggap.config import cli, commands
from tanggap.config import run as run_command
from tanggap.config.launch.instance import CannotRun, Instance


def test_help_lists_only_published_commands_with_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    out, err = capsys.readouterr()
    listed = [row.split()[0] for row in out.splitlines() if row.startswith("  ")]
    assert set(listed) == {command.name for command in commands.published()}
    assert "migrate" not in listed
    assert err == ""


@pytest.mark.parametrize(
    "arguments",
    [["tidak-ada"], ["migrate"], ["--entah", "psql"], ["--data"]],
)
def test_what_is_not_understood_ends_with_2_and_says_so_on_standard_error(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "bin/tanggap" in err


def test_version_is_a_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.count(".") == 2


def test_a_backup_of_nothing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--data", str(tmp_path / "none"), "backup", str(tmp_path / "to")]) == 2
    assert "nothing to back up" in capsys.readouterr().err
    assert not (tmp_path / "to").exists()


def test_the_folder_is_the_option_then_the_environment_then_beside_bin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TANGGAP_DATA", str(tmp_path / "b"))
    assert Instance.at(str(tmp_path / "a")).data == tmp_path / "a"
    assert Instance.at(None).data == tmp_path / "b"
    monkeypatch.delenv("TANGGAP_DATA")
    assert Instance.at(None).data.name == ".data"


def test_the_first_start_decides_for_good_whether_a_folder_is_the_example(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    real, example = Instance(tmp_path / "real"), Instance(tmp_path / "example")
    with_demo, without = run_command._arguments([]), run_command._arguments(["--no-demo"])
    assert run_command._wants_demo(real, without) is False
    assert run_command._wants_demo(real, with_demo) is False
    assert "stays so" in capsys.readouterr().err
    example.make_folders()
    example.remember(demo=True)
    with pytest.raises(CannotRun, match="holds the example"):
        run_command._wants_demo(example, without)


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("lapor.example", False)],
)
def test_only_addresses_of_this_machine_are_loopback(host: str, here: bool) -> None:
    assert run_command._is_loopback(host) is here


def test_keys_and_logs_are_readable_by_us_alone(tmp_path: Path) -> None:
    instance = Instance(tmp_path / "data")
    instance.make_folders()
    instance.make_keys()
    for folder in (instance.keys, instance.files, instance.logs, instance.runtime):
        assert folder.stat().st_mode & 0o077 == 0
    for key in instance.keys.iterdir():
        assert key.stat().st_mode & 0o077 == 0


def test_two_starts_at_once_use_the_same_keys(tmp_path: Path) -> None:
    instance = Instance(tmp_path / "data")
    instance.make_folders()
    instance.make_keys()
    first = {path.name: path.read_bytes() for path in instance.keys.iterdir()}
    instance.make_keys()
    assert {path.name: path.read_bytes() for path in instance.keys.iterdir()} == first


def test_the_password_of_the_database_is_told_by_the_environment_and_by_no_argument() -> None:
    from tanggap.config.operations.programs import libpq_environment

    told = libpq_environment("postgresql://siapa:r%40hasia@/basis?host=%2Fsoket&sslmode=require")
    assert told["PGPASSWORD"] == "r@hasia"
    assert (told["PGHOST"], told["PGUSER"], told["PGDATABASE"], told["PGSSLMODE"]) == (
        "/soket",
        "siapa",
        "basis",
        "require",
    )
    other = libpq_environment("postgresql://siapa@db.example:5433/basis")
    assert (other["PGHOST"], other["PGPORT"]) == ("db.example", "5433")

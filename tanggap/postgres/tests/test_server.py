"""The embedded server keeps its word through crashes, closed folders and several users at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tanggap.postgres import PostgresError, Server
from tanggap.postgres.processes import processes_of, send, wait_until
from tests.house import command_of


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that the server's account can reach (pytest's own is closed); what a test starts ends with it."""
    with tempfile.TemporaryDirectory(prefix="tanggap-server-") as above:
        Path(above).chmod(0o755)
        folder = Path(above) / "data"
        yield folder
        if (folder / "database.json").exists():
            Server(folder).stop()


@pytest.fixture(scope="module")
def prepared() -> Iterator[Path]:
    """A folder whose cluster was made and stopped."""
    with tempfile.TemporaryDirectory(prefix="tanggap-server-") as above:
        Path(above).chmod(0o755)
        server = Server(Path(above) / "data")
        server.join()
        server.stop()
        yield server.data


@pytest.fixture
def made(data: Path, prepared: Path) -> Path:
    """The same in a folder of the test's own."""
    subprocess.run(["cp", "-a", str(prepared), str(data)], check=True)
    return data


def rows(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM kept ORDER BY number")]


def keep(url: str, number: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [number])


def test_the_database_has_its_extensions_and_belongs_to_its_owner(data: Path) -> None:
    server = Server(data)
    server.join()
    with psycopg.connect(server.url()) as connection:
        extensions = {row[0] for row in connection.execute("SELECT extname FROM pg_extension")}
        assert {"pg_trgm", "unaccent", "btree_gist"} <= extensions
        role = connection.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert role.fetchone() == ("tanggap", False)
        shown = {
            name: connection.execute(f"SHOW {name}").fetchone()[0]
            for name in ("fsync", "synchronous_commit", "data_checksums", "listen_addresses", "server_encoding")
        }
    assert shown == {
        "fsync": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "listen_addresses": "",
        "server_encoding": "UTF8",
    }
    assert server.home == data / "postgres"
    server.leave()
    assert server.postmaster() is None


def test_nobody_enters_without_the_password(made: Path) -> None:
    server = Server(made)
    server.join()
    address = server.url()
    secret = address.split(":", 2)[2].split("@")[0]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address.replace(secret, "salah"))
    assert (made / "database.json").stat().st_mode & 0o077 == 0
    assert secret not in (server.home / "server.log").read_text()


def test_the_last_user_who_leaves_stops_the_server(made: Path) -> None:
    first, second = Server(made), Server(made)
    first.join()
    second.join()
    first.leave()
    keep(second.url(), 1)
    second.leave()
    assert second.postmaster() is None


def test_a_killed_postmaster_comes_back_with_everything_that_was_committed(made: Path) -> None:
    server = Server(made)
    server.join()
    keep(server.url(), 7)
    first = server.postmaster()
    assert first is not None
    first.send_signal(signal.SIGKILL)
    assert wait_until(lambda: server.postmaster() is None, seconds=60)
    again = Server(made)
    again.join()
    assert rows(again.url()) == [7]


def test_a_killed_tree_comes_back_with_everything_that_was_committed(made: Path) -> None:
    server = Server(made)
    server.join()
    keep(server.url(), 7)
    send(processes_of(server.folder), signal.SIGKILL)
    assert wait_until(lambda: not processes_of(server.folder), seconds=60)
    again = Server(made)
    again.join()
    assert rows(again.url()) == [7]


def test_orphans_of_a_killed_postmaster_are_ended_before_a_new_server_writes(made: Path) -> None:
    server = Server(made)
    server.join()
    keep(server.url(), 7)
    checkpointer = next(p for p in processes_of(server.folder) if "checkpointer" in command_of(p))
    checkpointer.suspend()
    server.postmaster().send_signal(signal.SIGKILL)
    assert wait_until(lambda: server.postmaster() is None, seconds=60)
    again = Server(made)
    again.join()
    assert rows(again.url()) == [7]
    assert checkpointer not in processes_of(server.folder)


def test_a_number_that_belongs_to_somebody_else_by_now_is_no_obstacle_and_is_not_touched(made: Path) -> None:
    server = Server(made)
    server.join()
    keep(server.url(), 7)
    file = server.folder / "postmaster.pid"
    left = file.read_text().splitlines()
    server.stop()
    file.write_text("\n".join([str(os.getppid()), *left[1:]]) + "\n")
    again = Server(made)
    again.join()
    assert rows(again.url()) == [7]


def test_a_start_that_was_killed_half_way_is_begun_again(made: Path) -> None:
    server = Server(made)
    server.join()
    server.stop()
    home = server.home
    (home / "cluster").rename(home / "cluster.new")
    again = Server(made)
    again.join()
    with psycopg.connect(again.url()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_damaged_record_is_named_and_nothing_is_started(data: Path) -> None:
    data.mkdir()
    (data / "database.json").write_text("{")
    with pytest.raises(PostgresError, match="damaged"):
        Server(data).join()
    (data / "database.json").unlink()


def test_a_cluster_of_another_version_is_refused_with_the_way_out(made: Path) -> None:
    server = Server(made)
    server.join()
    server.stop()
    version = server.folder / "PG_VERSION"
    made_by = version.read_text()
    version.write_text("14\n")
    with pytest.raises(PostgresError, match="backup"):
        Server(made).join()
    version.write_text(made_by)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_below_a_closed_folder_the_cluster_lies_elsewhere_and_no_mode_changes(data: Path) -> None:
    closed = data.parent / "closed"
    closed.mkdir(mode=0o700)
    server = Server(closed / "data")
    server.join()
    try:
        keep(server.url(), 7)
        assert server.home.parent == Path("/var/lib/tanggap")
        assert closed.stat().st_mode & 0o777 == 0o700
        server.leave()
        again = Server(closed / "data")
        again.join()
        assert rows(again.url()) == [7]
    finally:
        server.stop()
        shutil.rmtree(server.home)

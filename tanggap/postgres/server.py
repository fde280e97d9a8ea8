"""One server of one data folder: started once however many ask, stopped by the last one who leaves."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil

from tanggap.postgres import cluster, processes
from tanggap.postgres import home as places
from tanggap.postgres.account import Account, server_account
from tanggap.postgres.binaries import Binaries, find_binaries
from tanggap.postgres.errors import PostgresError

START_SECONDS = 300
FAST_STOP_SECONDS = 4.0
IMMEDIATE_STOP_SECONDS = 1.5
LARGEST_LOG = 4 * 1024 * 1024

Progress = Callable[[str], None]

# Servers started by this process: kept so that their end is collected, also when another `Server` stopped them.
_children: list[subprocess.Popen[bytes]] = []


def given_database() -> str | None:
    """DATABASE_URL, which wins over every server of ours."""
    return os.environ.get("DATABASE_URL") or None


def to_standard_error(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


class Server:
    """The embedded server whose record lies in `data`."""

    def __init__(
        self, data: Path, *, progress: Progress = to_standard_error, settings: Mapping[str, str] | None = None
    ) -> None:
        self.data = data.absolute()
        self.progress = progress
        self.settings = dict(settings or {})
        self._users: int | None = None

    # -- what it is ------------------------------------------------------------------------------------------------

    @property
    def home(self) -> Path:
        return places.home_of(self.data, self._record())

    @property
    def folder(self) -> Path:
        return places.cluster_of(self.home)

    def _record(self) -> places.Record:
        record = places.read_record(self.data)
        if record is None:
            raise PostgresError(f"No database has been made in {self.data} yet.")
        return record

    def url(self, database: str = cluster.DATABASE) -> str:
        """The owner's address of a database, as DATABASE_URL and libpq take it."""
        socket = places.socket_folder(self.home, self._account())
        password = quote(self._record().owner_password, safe="")
        return f"postgresql://{cluster.OWNER}:{password}@/{database}?host={quote(str(socket), safe='')}"

    def postmaster(self) -> psutil.Process | None:
        """The running server's first process, or None."""
        _reap()
        if places.read_record(self.data) is None:
            return None
        return processes.postmaster(self.folder)

    def _account(self) -> Account:
        """The account that owns the cluster: whoever made it keeps running it."""
        record = places.read_record(self.data)
        path = places.cluster_of(places.home_of(self.data, record)) if record else None
        if os.geteuid() == 0 and path is not None and path.exists() and path.stat().st_uid:
            owner = path.stat()
            return Account(owner.st_uid, owner.st_gid, change=True)
        return server_account()

    # -- joining and leaving ---------------------------------------------------------------------------------------

    def join(self, *, follow: bool = False) -> None:
        """Start the server unless it runs, and count as one of its users until `leave`.

        With `follow`, a server that we start ends when we die, however we die.
        """
        self.data.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._users = self._open("database.users")
            fcntl.flock(self._users, fcntl.LOCK_SH)
            try:
                self._start(follow=follow)
            except BaseException:
                self._close_users()
                raise

    def leave(self) -> None:
        """Stop being a user; the last one stops the server."""
        if self._users is None:
            return
        with self._alone():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            else:
                self._stop()
            finally:
                self._close_users()

    def stop(self) -> None:
        """Stop the server whoever uses it."""
        with self._alone():
            self._stop()
        self._close_users()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One start or stop at a time, for every process of this machine."""
        descriptor = self._open("database.lock")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _open(self, name: str) -> int:
        return os.open(self.data / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _close_users(self) -> None:
        if self._users is not None:
            os.close(self._users)
            self._users = None

    # -- starting and stopping -------------------------------------------------------------------------------------

    def _start(self, *, follow: bool) -> None:
        account, binaries = self._account(), find_binaries()
        record = places.read_record(self.data) or places.make_home(self.data, account)
        place = places.home_of(self.data, record)
        binaries = places.reachable_binaries(place, binaries, account)
        socket = places.socket_folder(place, account)
        made = not self.folder.exists()
        if made:
            self.progress("Making the database cluster …")
            cluster.make_cluster(place, binaries, account, record)
        cluster.check_version(place, binaries)
        if not self._already_running():
            self._clear_remains(socket)
            self._launch(binaries, account, socket, follow=follow)
        if made or not record.prepared:
            cluster.make_database(socket, record)
            places.mark_prepared(self.data, record)

    def _already_running(self) -> bool:
        """Whether a server of ours is up; one that is starting or stopping is waited for."""
        processes.wait_until(self._settled, seconds=START_SECONDS)
        return self.postmaster() is not None

    def _settled(self) -> bool:
        told = processes.pid_file(self.folder)
        return self.postmaster() is None or (told is not None and told[1] in ("ready", "standby"))

    def _clear_remains(self, socket: Path) -> None:
        """After a crash: no orphan may still write, no file may name a process that is somebody else's by now."""
        if not processes.end_processes(self.folder):
            raise PostgresError(f"Processes of an earlier server on {self.folder} do not end. Restart the machine.")
        told = processes.pid_file(self.folder)
        if told is not None and psutil.pid_exists(told[0]):
            (self.folder / "postmaster.pid").unlink()
        for left in socket.glob(".s.PGSQL.*"):
            left.unlink()

    def _launch(self, binaries: Binaries, account: Account, socket: Path, *, follow: bool) -> None:
        command = [binaries.program("postgres"), "-D", str(self.folder)]
        for name, value in (cluster.server_settings(binaries.major, socket) | self.settings).items():
            command += ["-c", f"{name}={value}"]
        log = self.home / "server.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as output:
            child = subprocess.Popen(
                command,
                cwd="/",
                env=cluster.server_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # Its own session: a Ctrl-C at the terminal is for us, who stop the server last.
                start_new_session=True,
                preexec_fn=processes.follow_parent(signal.SIGINT) if follow else None,  # noqa: PLW1509
                **account.as_process(),
            )
        _children.append(child)
        try:
            processes.wait_until(lambda: child.poll() is not None or self._is_ready(child.pid), seconds=START_SECONDS)
        except BaseException:
            # Interrupted while it recovers: it has not told its number yet, so nobody else could stop it.
            child.send_signal(signal.SIGINT)
            raise
        if not self._is_ready(child.pid) or child.poll() is not None:
            tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
            raise PostgresError(f"PostgreSQL did not start. The end of {log}:\n{tail}")

    def _is_ready(self, pid: int) -> bool:
        return processes.pid_file(self.folder) == (pid, "ready")

    def _stop(self) -> None:
        """Ask for a fast stop, then an immediate one, then kill; only processes of this cluster."""
        for sign, seconds in ((signal.SIGINT, FAST_STOP_SECONDS), (signal.SIGQUIT, IMMEDIATE_STOP_SECONDS)):
            first = self.postmaster()
            if first is None:
                break
            processes.send([first], sign)
            if processes.wait_until(lambda: self.postmaster() is None, seconds=seconds):
                break
        if places.read_record(self.data) is not None and processes.processes_of(self.folder):
            processes.send(processes.processes_of(self.folder), signal.SIGKILL)
            processes.wait_until(lambda: not processes.processes_of(self.folder), seconds=2.0)
        _reap()


def _reap() -> None:
    _children[:] = [child for child in _children if child.poll() is None]


@contextmanager
def database_for(data: Path, *, progress: Progress = to_standard_error, follow: bool = False) -> Iterator[str]:
    """The address of the database of `data`: DATABASE_URL, a server that runs, or one started for this block."""
    given = given_database()
    if given is not None:
        yield given
        return
    server = Server(data, progress=progress)
    server.join(follow=follow)
    try:
        yield server.url()
    finally:
        server.leave()

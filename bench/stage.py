"""What a measurement stands on: its own database with full durability, the product's own web server, and a meter."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
import psycopg

from tanggap.config.launch.instance import Instance
from tanggap.config.launch.prepare import prepare
from tanggap.postgres import Server, given_database
from tanggap.postgres.binaries import find_binaries

Progress = Callable[[str], None]
READY_SECONDS = 90


class NotDurable(Exception):
    """The server may lose what it acknowledged: a figure from it would flatter."""


@dataclass
class Stage:
    """A prepared instance: `url` of its database, `environment` for every process of it."""

    instance: Instance
    url: str
    progress: Progress
    environment: dict[str, str] = field(default_factory=dict)

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url, autocommit=True)

    def tanggap(self, *arguments: str) -> None:
        """Run a command of the product on this instance."""
        command = [sys.executable, "-P", "-m", "django", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            raise SystemExit(f"bench: tanggap {arguments[0]} failed:\n{done.stderr[-2000:]}")

    def program(self, name: str) -> str:
        """A PostgreSQL program, such as pgbench, beside the server's own or on the PATH."""
        beside = find_binaries().folder / name
        found = str(beside) if beside.exists() else shutil.which(name)
        if found is None:
            raise SystemExit(f"bench: {name} is not installed beside PostgreSQL; install postgresql-contrib.")
        return found

    @contextmanager
    def web(self, *, workers: int = 2) -> Iterator[Web]:
        """The product's web server on a free port of this machine."""
        port = _free_port()
        metrics = self.instance.runtime / "metrics"
        metrics.mkdir(parents=True, exist_ok=True)
        log = self.instance.logs / "web.log"
        with log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tanggap.config.launch.web", "127.0.0.1", str(port), str(workers)],
                env={**self.environment, "PROMETHEUS_MULTIPROC_DIR": str(metrics)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", process, log)
            yield Web(port, process.pid, log)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def database_seconds(self) -> float:
        """Processor seconds the server has used, ended connections included; 0 where it is none of ours."""
        with self.connect() as connection:
            row = connection.execute("SELECT pg_backend_pid()").fetchone()
        with suppress(psutil.Error):
            parent = psutil.Process(row[0] if row else 0).parent()
            if parent is not None and "postgres" in parent.name():
                times = parent.cpu_times()
                ended = float(times.children_user + times.children_system)
                return ended + sum(map(_cpu, [parent, *parent.children(recursive=True)]))
        return 0.0


@dataclass(frozen=True)
class Web:
    """A running web server."""

    port: int
    pid: int
    log: Path

    def last_words(self) -> str:
        """The end of its log, for whoever must find out why it refused."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-3000:]

    def processes(self) -> list[psutil.Process]:
        first = psutil.Process(self.pid)
        return [first, *first.children(recursive=True)]


@contextmanager
def stage(progress: Progress, *, parent: Path | None = None) -> Iterator[Stage]:
    """A fresh instance with reference data, in a folder of its own on a real disk; everything is dropped after."""
    # /var/tmp, not /tmp: a file system in memory would make durability free.
    folder = Path(tempfile.mkdtemp(prefix="tanggap-bench-", dir=parent or "/var/tmp"))
    folder.chmod(0o755)
    try:
        with _database(folder, progress) as url:
            _check_durable(url)
            instance = Instance(folder)
            prepare(instance, url, static=True)
            yield Stage(instance, url, progress, instance.environment(url, TANGGAP_STATIC=str(instance.static)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(folder: Path, progress: Progress) -> Iterator[str]:
    given = given_database()
    if given is None:
        server = Server(folder, progress=progress)
        server.join(follow=True)
        try:
            yield server.url()
        finally:
            home = server.home
            server.stop()
            shutil.rmtree(home, ignore_errors=True)
        return
    name = f"tanggap_bench_{secrets.token_hex(4)}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        url = urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        with psycopg.connect(url, autocommit=True) as connection:
            for extension in ("pg_trgm", "unaccent", "btree_gist"):
                connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        yield url
    finally:
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _check_durable(url: str) -> None:
    with psycopg.connect(url) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            if row is None or row[0] != "on":
                raise NotDurable(f"{name} is off on this server; the figures would mean nothing.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise SystemExit(f"bench: the web server did not start:\n{tail}")


class Meter:
    """Processor seconds that some processes used between `__init__` and `seconds`."""

    def __init__(self, processes: Sequence[psutil.Process]) -> None:
        self.processes = list(processes)
        self.before = {process.pid: _cpu(process) for process in self.processes}

    def seconds(self, now: Sequence[psutil.Process]) -> float:
        """A process born in between counts whole; one that ended in between is missed."""
        return sum(_cpu(process) - self.before.get(process.pid, 0.0) for process in now)


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank of sorted values; 0 for none."""
    if not values:
        return 0.0
    rank = max(1, -(-len(values) * share // 1))
    return values[min(len(values), int(rank)) - 1]

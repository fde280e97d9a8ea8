"""`bin/run` and `bin/tanggap` as an operator uses them, for tests that start whole instances."""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg

from tanggap.config.launch.prepare import code_hash
from tanggap.postgres import Server
from tanggap.postgres.processes import processes_of

ROOT = Path(__file__).resolve().parents[1]
# The instances are their own: nothing of the test session's database or folder.
HIDDEN = {"DATABASE_URL", "TANGGAP_DATA", "TANGGAP_STATIC_STORAGE", "TANGGAP_TEST_DB", "DJANGO_SETTINGS_MODULE"}


# Below the ports that the system gives to whoever connects somewhere: between our looking and the server's start
# nobody is handed one of these.
PORTS = range(15_000, 32_000)


def free_port() -> int:
    """A port on which nobody listens."""
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_for(condition: Callable[[], Any], seconds: float = 180) -> Any:
    """The first true value of `condition`; fails when it does not come in time.

    The time is for a machine that does much else meanwhile; who must be quick is measured, not waited for.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain")


def environment(*, measured: bool = True) -> dict[str, str]:
    """What the started programs see; unmeasured where the time they take is what is tested."""
    hidden = HIDDEN if measured else HIDDEN | {name for name in os.environ if name.startswith("COVERAGE_")}
    return {name: value for name, value in os.environ.items() if name not in hidden}


def idle_seconds() -> float:
    """How long the processors of this machine had nothing to do since it was started, or waited for a disk."""
    times = psutil.cpu_times()
    return float(times.idle + times.iowait)


def lives(process: psutil.Process) -> bool:
    """Whether it still runs; one that ends while it is asked does not."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def command_of(process: psutil.Process) -> str:
    """Empty for one that has just ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


@dataclass
class House:
    """One data folder and the `bin/run` that serves it. Measured: what its programs run through counts as covered."""

    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None
    measured: bool = True

    def start(self, *arguments: str, seconds: float = 300) -> float:
        """Start and wait for health; the seconds it took."""
        began = time.monotonic()
        command = [str(ROOT / "bin" / "run"), "--data", str(self.data), "--port", str(self.port), *arguments]
        self.process = subprocess.Popen(
            command,
            env=environment(measured=self.measured),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        process = self.process
        try:
            wait_for(lambda: process.poll() is not None or self.status("/healthz") == 200, seconds)
            assert process.poll() is None, process.communicate()[1]
        except BaseException:
            self.kill()
            raise
        return time.monotonic() - began

    def status(self, path: str) -> int | None:
        answer = self.get(path)
        return answer[0] if answer else None

    def get(self, path: str) -> tuple[int, str] | None:
        """Status and body; None when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def is_ready(self) -> bool:
        return self.status("/readyz") == 200

    @property
    def server(self) -> Server:
        return Server(self.data)

    def processes(self) -> list[psutil.Process]:
        """Everything that runs for this folder: children by their mark, the database by its cluster, and `bin/run`."""
        found = []
        for process in psutil.process_iter():
            try:
                mine = self.process is not None and process.pid == self.process.pid
                if mine or process.environ().get("TANGGAP_SUPERVISED") == str(self.data):
                    found.append(process)
            except (psutil.Error, OSError):
                continue
        if (self.data / "database.json").exists():
            found += processes_of(self.server.folder)
        return [process for process in found if lives(process)]

    def effort(self) -> float:
        """Processor seconds spent so far by everything that runs for this folder, and by what it started."""
        spent = 0.0
        for process in self.processes():
            with suppress(psutil.Error):
                times = process.cpu_times()
                spent += times.user + times.system + times.children_user + times.children_system
        return spent

    def worker(self) -> psutil.Process | None:
        """The worker that runs now."""
        mine = (process for process in self.processes() if "tanggap.config.launch.worker" in command_of(process))
        return next(mine, None)

    def stop(self, sign: signal.Signals = signal.SIGTERM, *, group: bool = False) -> tuple[str, str, float]:
        """Stop it; what it printed, what it told, and the seconds it took."""
        assert self.process is not None
        began = time.monotonic()
        if group:
            os.killpg(self.process.pid, sign)
        else:
            self.process.send_signal(sign)
        out, err = self.process.communicate(timeout=120)
        took = time.monotonic() - began
        return out, err, took

    def kill(self) -> None:
        """kill -9 of everything at once, and collect our own child."""
        for process in self.processes():
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        if self.process is not None:
            self.process.communicate(timeout=120)

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """`bin/tanggap --data DIR …`."""
        command = [str(ROOT / "bin" / "tanggap"), "--data", str(self.data), *arguments]
        return subprocess.run(
            command,
            env=environment(measured=self.measured),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )

    def refused(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`bin/run` where it is expected to end by itself."""
        command = [str(ROOT / "bin" / "run"), "--data", str(self.data), "--port", str(free_port()), *arguments]
        return subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=300, check=False)

    def psql(self, statement: str) -> str:
        done = self.run("psql", "-At", "-c", statement)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def ask(self, statement: str) -> list[Any]:
        """The first column of what the running database answers; may be asked often, since it starts no program."""
        with psycopg.connect(self.server.url(), connect_timeout=60) as connection:
            cursor = connection.execute(statement)
            return [row[0] for row in cursor] if cursor.description else []

    def facts(self) -> dict[str, Any]:
        stored: dict[str, Any] = json.loads((self.data / "instance.json").read_text())
        return stored


@contextmanager
def empty_folder() -> Iterator[Path]:
    """Where an instance may be set up; open above, so that an unprivileged database server reaches it."""
    with tempfile.TemporaryDirectory(prefix="tanggap-house-") as above:
        Path(above).chmod(0o755)
        yield Path(above) / "data"


@contextmanager
def furnished_folder() -> Iterator[Path]:
    """An instance that was set up without the demo and stopped: a copy of one that is set up once for this code."""
    store = Path(tempfile.gettempdir()) / f"tanggap-furnished-{os.geteuid()}"
    store.mkdir(mode=0o755, exist_ok=True)
    with empty_folder() as data:
        with (store / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            subprocess.run(["cp", "-a", str(_furnished(store)), str(data)], check=True)
        yield data


def _furnished(store: Path) -> Path:
    data, made = store / code_hash() / "data", store / code_hash() / "made"
    if not made.exists():
        for old in store.glob("*/"):
            shutil.rmtree(old)
        data.parent.mkdir(mode=0o755)
        house = House(data)
        house.start("--no-demo")
        house.stop()
        assert house.processes() == []
        made.touch()
    return data

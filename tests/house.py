"""`bin/run` and `bin/tanggap` as an operator uses them, for tests that start whole instances."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tanggap.postgres import Server
from tanggap.postgres.processes import processes_of

ROOT = Path(__file__).resolve().parents[1]
# The instances are their own: nothing of the test session's database or folder.
HIDDEN = {"DATABASE_URL", "TANGGAP_DATA", "TANGGAP_STATIC_STORAGE", "TANGGAP_TEST_DB", "DJANGO_SETTINGS_MODULE"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(condition: Callable[[], Any], seconds: float = 60) -> Any:
    """The first true value of `condition`; fails when it does not come in time."""
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
    """One data folder and the `bin/run` that serves it."""

    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    def start(self, *arguments: str, seconds: float = 180, measured: bool = True) -> float:
        """Start and wait for health; the seconds it took."""
        began = time.monotonic()
        command = [str(ROOT / "bin" / "run"), "--data", str(self.data), "--port", str(self.port), *arguments]
        self.process = subprocess.Popen(
            command,
            env=environment(measured=measured),
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
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
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
        out, err = self.process.communicate(timeout=30)
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
            self.process.communicate(timeout=30)

    def run(self, *arguments: str, stdin: str = "", measured: bool = True) -> subprocess.CompletedProcess[str]:
        """`bin/tanggap --data DIR …`."""
        command = [str(ROOT / "bin" / "tanggap"), "--data", str(self.data), *arguments]
        return subprocess.run(
            command,
            env=environment(measured=measured),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def refused(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`bin/run` where it is expected to end by itself."""
        command = [str(ROOT / "bin" / "run"), "--data", str(self.data), "--port", str(free_port()), *arguments]
        return subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=False)

    def psql(self, statement: str) -> str:
        done = self.run("psql", "-At", "-c", statement)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def facts(self) -> dict[str, Any]:
        stored: dict[str, Any] = json.loads((self.data / "instance.json").read_text())
        return stored

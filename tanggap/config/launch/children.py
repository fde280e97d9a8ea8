"""Child processes of the supervisor: started in sessions of their own, restarted when they fall, ended with their
whole session."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from tanggap.config.launch.instance import SUPERVISED
from tanggap.postgres.processes import follow_parent, send, wait_until

LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
LARGEST_LOG = 20 * 1024 * 1024


class Child:
    """A program that should always run. `log` is where its standard error goes; None leaves it on ours."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path | None) -> None:
        self.name = name
        self.command = list(command)
        self.environment = dict(environment)
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._falls = 0
        self._next_start = 0.0

    def start(self) -> None:
        output = _append(self.log) if self.log else None
        try:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # A signal for our group is for us alone: we end the children in the right order.
                start_new_session=True,
                preexec_fn=follow_parent(signal.SIGTERM),  # noqa: PLW1509 - this process has one thread
            )
        finally:
            if output is not None:
                os.close(output)
        self._started_at = time.monotonic()

    def last_words(self, lines: int = 6) -> str:
        """The end of its log, which tells why it fell."""
        if self.log is None or not self.log.exists():
            return ""
        told = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
        return "\n".join([f"The end of {self.log}:", *told])

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def keep_running(self) -> str | None:
        """Start it again if it fell, after a pause that doubles; a line to tell when it did."""
        if self.is_running():
            return None
        now = time.monotonic()
        if self.process is not None:
            if now - self._started_at > STEADY_SECONDS:
                self._falls = 0
            code, self.process = self.process.returncode, None
            pause = min(0.5 * 2**self._falls, LONGEST_PAUSE)
            self._falls += 1
            self._next_start = now + pause
            return f"{self.name} ended with {code}; started again in {pause:g} s."
        if now >= self._next_start:
            self.start()
        return None

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end_now(self) -> None:
        """Kill what is left of it, workers of its own included."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _append(path: Path) -> int:
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)


def end_remains(data: Path) -> int:
    """End what a killed supervisor of this folder left running; returns how many processes that were.

    They are known by the mark in their environment, which only our children of this very folder carry.
    """
    left = []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and process.environ().get(SUPERVISED) == str(data):
                left.append(process)
        except (psutil.Error, OSError):
            continue
    send(left, signal.SIGTERM)
    if not wait_until(lambda: not any(_alive(process) for process in left), seconds=4):
        send([process for process in left if _alive(process)], signal.SIGKILL)
    return len(left)


def _alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def python(*arguments: str) -> list[str]:
    """A command that runs our Python without the caller's working folder in its path."""
    return [sys.executable, "-P", *arguments]

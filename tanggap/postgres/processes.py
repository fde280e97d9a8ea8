"""Which running processes belong to one cluster, told by what the kernel says of them and not by a number in a file.

A process id in `postmaster.pid` may have been given to somebody else since; every process of a server has the
cluster as its working folder.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil


def processes_of(cluster: Path) -> list[psutil.Process]:
    """Every living process of the server that runs (or ran) on `cluster`."""
    named = (process for process in psutil.process_iter(["name"]) if process.info["name"] == "postgres")
    return [process for process in named if _works_in(process, str(cluster.resolve()))]


def _works_in(process: psutil.Process, folder: str) -> bool:
    try:
        return bool(process.cwd() == folder and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def pid_file(cluster: Path) -> tuple[int, str] | None:
    """The process id and the state ("ready", "starting", …) that `postmaster.pid` tells."""
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return int(lines[0]), lines[7].strip() if len(lines) > 7 else ""
    except (OSError, ValueError, IndexError):
        return None


def postmaster(cluster: Path) -> psutil.Process | None:
    """The server's first process, if it is alive and ours. Asked five times a second, so it looks at that one alone."""
    told = pid_file(cluster)
    if told is None:
        return None
    try:
        process = psutil.Process(told[0])
        ours = process.name() == "postgres" and _works_in(process, str(cluster.resolve()))
    except psutil.Error:
        return None
    return process if ours else None


def wait_until(condition: Callable[[], bool], *, seconds: float, every: float = 0.02) -> bool:
    """Whether `condition` came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def end_processes(cluster: Path) -> bool:
    """End what is left of a server without its first process: wait, ask, then kill. Whether all are gone.

    An orphan still writes to the cluster's files; a new server beside it would corrupt them.
    """
    for sign, seconds in ((None, 3.0), (signal.SIGTERM, 3.0), (signal.SIGKILL, 10.0)):
        if sign is not None:
            send(processes_of(cluster), sign)
        if wait_until(lambda: not processes_of(cluster), seconds=seconds):
            return True
    return False


def send(processes: Iterable[psutil.Process], sign: signal.Signals) -> None:
    """Signal processes; one that has just ended is no error."""
    for process in processes:
        try:
            process.send_signal(sign)
        except psutil.NoSuchProcess:
            continue


def follow_parent(sign: signal.Signals) -> Callable[[], None]:
    """A step between fork and exec: the child gets `sign` when its parent dies, however it dies (Linux)."""
    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return lambda: None
    parent = os.getpid()

    def step() -> None:
        prctl(1, int(sign), 0, 0, 0)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os.kill(os.getpid(), sign)

    return step

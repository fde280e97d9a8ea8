"""Makes .venv from the hash-pinned requirement files, once per change of them. Standard library only.

uv installs; it is itself pinned in requirements/uv.txt. Where uv cannot reach an index that pip is configured for,
pip installs the same hashes.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NO_VENV = "python3 has no working venv module. On Debian and Ubuntu: apt-get install python3-venv"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def wanted(name: str) -> str:
    """What the environment must have been made from to be current."""
    parts = [(ROOT / "requirements" / f"{name}.txt").read_bytes(), version().encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamp(name: str) -> Path:
    return VENV / f".made-from-{name}"


def is_current(name: str) -> bool:
    return PYTHON.exists() and stamp(name).exists() and stamp(name).read_text() == wanted(name)


def run(*command: str | Path) -> int:
    """Run with everything it says on standard error."""
    return subprocess.run([str(part) for part in command], stdout=sys.stderr, check=False).returncode


def works() -> bool:
    """Whether the environment's Python starts and is the version that will be used (an upgrade breaks its link)."""
    said = "import sys, pip; print(f'{sys.version_info.major}.{sys.version_info.minor}')"
    try:
        answer = subprocess.run([str(PYTHON), "-I", "-c", said], capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.stdout.strip() == version()


def make_venv() -> None:
    if works():
        return
    say("Making the Python environment …")
    if VENV.exists():
        shutil.rmtree(VENV)
    if run(sys.executable, "-m", "venv", VENV):
        raise SystemExit(NO_VENV)


def install(name: str) -> None:
    requirements = ROOT / "requirements"
    pip = [PYTHON, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
    uv = VENV / "bin" / "uv"
    if not uv.exists() and run(*pip, requirements / "uv.txt"):
        say("uv could not be installed; pip takes its place.")
    say(f"Installing the packages of requirements/{name}.txt …")
    file = requirements / f"{name}.txt"
    if uv.exists():
        command = [uv, "pip", "install", "--quiet", "--no-progress", "--python", PYTHON, "--require-hashes", "-r", file]
        if run(*command) == 0:
            return
        say("uv could not install them; trying pip.")
    if run(*pip, file):
        raise SystemExit(f"The packages of requirements/{name}.txt could not be installed. Is the network reachable?")


def main(name: str) -> None:
    if is_current(name):
        return
    with (ROOT / ".venv.lock").open("w") as lock:
        # Two scripts started at once must not build the same folder.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_current(name):
            return
        make_venv()
        install(name)
        draft = stamp(name).with_suffix(f".{os.getpid()}")
        draft.write_text(wanted(name))
        draft.replace(stamp(name))


if __name__ == "__main__":
    main(sys.argv[1])

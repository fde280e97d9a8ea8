"""bin/test: what the tests need from the system, then pytest with branch coverage.

The last line of standard output is pytest's own; everything else that is said here goes to standard error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEAST_COVERAGE = 90
# Program that shows the package is there → Debian package. A test that needs one that is missing says so itself.
PACKAGES = {
    "chromium": "chromium",
    "pdfinfo": "poppler-utils",
    "bearerbox": "kannel",
    "smtpd": "opensmtpd",
    "dovecot": "dovecot-imapd",
}
SERVICES = {"opensmtpd": ["opensmtpd"], "dovecot-imapd": ["dovecot"], "kannel": ["kannel"]}
POLICY = Path("/usr/sbin/policy-rc.d")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def install_packages() -> None:
    """As root, install what lacks; otherwise leave it: those tests name the package they miss."""
    missing = [package for program, package in PACKAGES.items() if not shutil.which(program)]
    if not missing:
        return
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or apt is None:
        say(f"Not installed: {', '.join(missing)}. The tests that need them will fail.")
        return
    say(f"Installing {', '.join(missing)} …")
    quiet = {"stdout": sys.stderr, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run([apt, "-qq", "update"], check=False, **quiet)  # type: ignore[call-overload]
    command = [apt, "-qq", "install", "-y", "--no-install-recommends", *missing]
    with no_services():
        if subprocess.run(command, check=False, **quiet).returncode:  # type: ignore[call-overload]
            say("They could not be installed. The tests that need them will fail.")
    for package in missing:
        for service in SERVICES.get(package, ()):
            # Not at the next start of the machine either: the tests start what they need.
            subprocess.run(
                ["/usr/sbin/update-rc.d", service, "disable"], check=False, stderr=subprocess.DEVNULL, **quiet
            )  # type: ignore[call-overload]


@contextmanager
def no_services() -> Iterator[None]:
    """Debian starts a server when it is installed, on every address; meanwhile its own answer to that holds."""
    made = not POLICY.exists()
    if made:
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    try:
        yield
    finally:
        if made:
            POLICY.unlink(missing_ok=True)


def is_everything(arguments: list[str]) -> bool:
    """Whether the whole suite is asked for: only then is its coverage judged."""
    picks = {"-k", "-m", "--lf", "--ff", "--deselect", "--collect-only", "--co"}
    return not any(argument in picks or not argument.startswith("-") for argument in arguments)


def run_pytest(arguments: list[str], *, long: bool, measured: bool) -> int:
    """pytest in two processes, each with a database of its own."""
    command = [sys.executable, "-m"]
    if measured:
        command += ["coverage", "run", "-m"]
    command += ["pytest"]
    if not any(argument.startswith(("-n", "--numprocesses", "-p no:xdist", "--pdb")) for argument in arguments):
        command += ["-n", "2"]
    if not long and "-m" not in arguments:
        command += ["-m", "not long"]
    environment = {**os.environ, "TANGGAP_LONG": "1" if long else "0"}
    return subprocess.run([*command, *arguments], env=environment, check=False).returncode


def judge_coverage() -> int:
    """1 when too little was run through; the files that lack most are named."""
    coverage = [sys.executable, "-m", "coverage"]
    subprocess.run([*coverage, "combine", "--quiet"], stdout=sys.stderr, check=False)
    report = [*coverage, "report", "--skip-covered", "--skip-empty", "--sort=cover", f"--fail-under={LEAST_COVERAGE}"]
    done = subprocess.run(report, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    total = next((line.split()[-1] for line in lines if line.startswith("TOTAL")), "?")
    say(f"Branch coverage {total}.")
    if done.returncode:
        say(f"{LEAST_COVERAGE}% are wanted; the files that lack most:")
        say("\n".join(lines[2:22]))
    return 1 if done.returncode else 0


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    long = "--long" in arguments
    arguments = [argument for argument in arguments if argument != "--long"]
    install_packages()
    measured = is_everything(arguments)
    if measured:
        for old in ROOT.glob(".coverage*"):
            old.unlink()
    code = run_pytest(arguments, long=long, measured=measured)
    if measured and code == 0:
        return judge_coverage()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The steps of bin/check, two at a time, each timed; what a failing step said is shown, the others stay silent."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
SOURCES = ("bin", "tanggap", "tests", "bench")
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
# Pure tables and definitions, and data in code form; tests and migrations are exempt by their folders.
EXEMPT = {
    "tanggap/cases/workflow.py",
    "tanggap/config/reactions.py",
}
EXEMPT_FOLDERS = {"tests", "migrations"}

Step = tuple[str, Callable[[], tuple[bool, str]]]


def program(*command: str, **environment: str) -> Callable[[], tuple[bool, str]]:
    """A step that is a program: it passes when the program does."""

    def run() -> tuple[bool, str]:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode == 0, done.stdout

    return run


def python_files() -> Iterator[Path]:
    for folder in SOURCES:
        yield from sorted((ROOT / folder).rglob("*.py"))


def sizes() -> tuple[bool, str]:
    """No file above 400 lines, no function above 40 (its docstring aside)."""
    told = []
    for path in python_files():
        name = path.relative_to(ROOT)
        if str(name) in EXEMPT or EXEMPT_FOLDERS & set(name.parts):
            continue
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > LONGEST_FILE:
            told.append(f"{name}: {lines} lines, {LONGEST_FILE} allowed")
        told += [f"{name}:{line} {what}" for line, what in long_functions(text)]
    return not told, "\n".join(told) + "\n"


def long_functions(text: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            length = (node.end_lineno or 0) - first.lineno + 1
            if length > LONGEST_FUNCTION:
                yield node.lineno, f"{node.name} has {length} lines, {LONGEST_FUNCTION} allowed"


def pins() -> tuple[bool, str]:
    """What the tests run on is what the product runs on: every pin of base.txt stands in dev.txt."""
    pattern = re.compile(r"^[A-Za-z0-9_.-]+(?:\[[^]]*])?==\S+", re.MULTILINE)
    base, dev = (set(pattern.findall((ROOT / "requirements" / f"{name}.txt").read_text())) for name in ("base", "dev"))
    apart = sorted(base - dev)
    return not apart, "".join(f"{pin} of base.txt is not in dev.txt\n" for pin in apart)


def steps() -> list[Step]:
    django = {
        "DJANGO_SETTINGS_MODULE": "tanggap.config.settings",
        "TANGGAP_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
    }
    folders = [folder for folder in SOURCES if any((ROOT / folder).rglob("*.py"))]
    return [
        # The longest first: the rest runs beside it.
        ("types", program(str(TOOLS / "mypy"), "--no-error-summary", "tanggap", **django)),
        (
            "django, migrations, templates",
            program(sys.executable, "-P", str(ROOT / "bin" / "_django_checks.py"), **django),
        ),
        ("lint", program(str(TOOLS / "ruff"), "check", "--quiet", "--output-format=concise", *folders)),
        ("format", program(str(TOOLS / "ruff"), "format", "--check", "--output-format=concise", *folders)),
        ("imports", program(str(TOOLS / "lint-imports"), "--no-logo")),
        ("sizes", sizes),
        ("pins", pins),
    ]


def timed(step: Step) -> tuple[str, bool, str, float]:
    name, run = step
    started = time.perf_counter()
    well, said = run()
    return name, well, said, time.perf_counter() - started


def main() -> int:
    started, failed = time.perf_counter(), []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, well, said, seconds in pool.map(timed, steps()):
            print(f"{'ok  ' if well else 'FAIL'} {seconds:5.1f} s  {name}", flush=True)  # noqa: T201
            if not well:
                failed.append(name)
                print(said.rstrip() or "(it said nothing)", flush=True)  # noqa: T201
    total = time.perf_counter() - started
    print(f"{'failed: ' + ', '.join(failed) if failed else 'all good'} in {total:.1f} s")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""pytest plugin: one embedded PostgreSQL for every test session on this machine that runs at the same time.

Loaded by `-p` in pyproject.toml and not from a conftest, because pytest-django reads the settings before any conftest.
Its databases are thrown away, so it may forget what a power cut would take; the crash tests start servers of their own.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tanggap.postgres import Server

SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "120"}


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"tanggap-test-{os.geteuid()}"
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise pytest.UsageError(f"{folder} belongs to somebody else; remove it or set TMPDIR.")
    return folder


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    os.environ.setdefault("TANGGAP_STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
    if "TANGGAP_DATA" not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="tanggap-test-data-")
        early_config.add_cleanup(folder.cleanup)
        (Path(folder.name) / "static").mkdir()  # whitenoise warns about a missing one, and warnings are errors
        os.environ["TANGGAP_DATA"] = folder.name
    # Workers of xdist inherit the address from the session that started them.
    if "DATABASE_URL" not in os.environ:
        server = Server(_folder(), settings=SETTINGS)
        server.join()
        early_config.add_cleanup(server.leave)
        os.environ["DATABASE_URL"] = server.url()
    return (yield)

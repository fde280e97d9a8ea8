"""The steps of `prepare.py`, in a process of their own: `python -m tanggap.config.launch.steps database static`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tanggap.common.translations import compile_all
from tanggap.config.cli_output import say
from tanggap.config.launch.prepare import STAMP, code_hash
from tanggap.postgres.cluster import EXTENSIONS


def make_extensions() -> None:
    """An own PostgreSQL of DATABASE_URL may lack them; since version 13 a database's owner may create these three."""
    with connection.cursor() as cursor:
        for name in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")


def prepare_database() -> None:
    """Migrate and load reference data; both change only what differs."""
    make_extensions()
    say("Migrating the database …")
    call_command("migrate", interactive=False, verbosity=0)
    say("Loading reference data …")
    call_command("load_reference")
    apps.get_model("config", "Stamp").objects.update_or_create(name=STAMP, defaults={"value": code_hash()})


def collect_static() -> None:
    """Compress and name the static files; the stamp goes last, so an interrupted run is done again."""
    say("Collecting static files …")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    (Path(settings.STATIC_ROOT) / ".made-from").write_text(code_hash(), encoding="ascii")


STEPS: dict[str, Callable[[], None]] = {"database": prepare_database, "static": collect_static}


if __name__ == "__main__":
    compile_all()
    django.setup()
    for step in sys.argv[1:]:
        STEPS[step]()

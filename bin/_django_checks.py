"""What bin/check asks of Django, without a database: its own checks, migrations that match the models, templates
that compile."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.template import TemplateSyntaxError, engines
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"^\d{4}_[a-z0-9_]+$")


def migrations() -> Iterator[str]:
    """Every model change has its migration; the migrations of an app stand in one line and have names."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for app, leaves in loader.detect_conflicts().items():
        yield f"{app}: two migrations are last: {', '.join(leaves)}"
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    for app, missing in changes.items():
        for migration in missing:
            yield f"{app}: a migration is missing: " + "; ".join(step.describe() for step in migration.operations)
    for app, name in loader.disk_migrations:
        ours = apps.get_app_config(app).name.startswith("tanggap.")
        if ours and (not NAME.match(name) or "_auto_" in name):
            yield f"{app}: {name} needs a name that says what it does"


def templates() -> Iterator[str]:
    """Every template of ours compiles, text ones too."""
    engine = engines["django"]
    for folder in sorted((ROOT / "tanggap").glob("*/templates")):
        for path in sorted(folder.rglob("*")):
            if not path.is_file():
                continue
            try:
                engine.get_template(str(path.relative_to(folder)))
            except (TemplateSyntaxError, UnicodeDecodeError) as error:
                yield f"{path.relative_to(ROOT)}: {error}"


def main() -> int:
    django.setup()
    # Names in migrations are untranslated.
    translation.deactivate_all()
    call_command("check", fail_level="WARNING", databases=[])
    told = [*migrations(), *templates()]
    sys.stdout.write("".join(f"{line}\n" for line in told))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())

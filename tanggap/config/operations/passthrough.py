"""`psql` and Django's own commands, with this instance's environment."""

from __future__ import annotations

import os
import subprocess
import sys

from tanggap.config.launch.instance import Instance
from tanggap.config.launch.prepare import prepare
from tanggap.config.operations.programs import libpq_environment, program
from tanggap.postgres import database_for


def psql(instance: Instance, arguments: list[str]) -> int:
    """psql as the owner; 2 for every failure of it."""
    with database_for(instance.data) as url:
        prepare(instance, url, static=False)
        return (
            2
            if subprocess.run([program("psql"), *arguments], env=libpq_environment(url), check=False).returncode
            else 0
        )


def manage(instance: Instance, arguments: list[str]) -> int:
    """A command of Django. The database is started, and not prepared: that may be what is being looked into."""
    with database_for(instance.data) as url:
        instance.make_folders()
        instance.make_keys()
        environment = instance.environment(url)
        command = [sys.executable, "-P", "-m", "django", *arguments]
        return min(2, abs(subprocess.run(command, env={**os.environ, **environment}, check=False).returncode))

"""The operator's commands: backup, restore, doctor, maintenance, psql."""

from __future__ import annotations

from collections.abc import Callable

from tanggap.config.launch.instance import Instance
from tanggap.config.operations import backup, doctor, maintenance, passthrough, restore, rotate_keys

Operation = Callable[[Instance, list[str]], int]

OPERATIONS: dict[str, Operation] = {
    "backup": backup.run,
    "restore": restore.run,
    "doctor": doctor.run,
    "maintenance": maintenance.run,
    "rotate-keys": rotate_keys.run,
    "psql": passthrough.psql,
    "manage": passthrough.manage,
}

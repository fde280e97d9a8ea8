"""`rotate-keys`: seal with a new key from now on; what older keys sealed stays readable."""

from __future__ import annotations

import argparse

from tanggap.common.keyring import KeyRing, KeysMissing
from tanggap.config.cli_output import say
from tanggap.config.launch.instance import CannotRun, Instance


def run(instance: Instance, arguments: list[str]) -> int:
    """Add a key to the ring and make it the current one."""
    parser = argparse.ArgumentParser(prog="tanggap rotate-keys", description="Seal with a new key from now on.")
    parser.parse_args(arguments)
    try:
        ring = KeyRing.load(instance.keys / "ring.json").rotate()
    except KeysMissing as error:
        raise CannotRun(str(error)) from None
    say(f"{ring.current} seals from the next start on. Make a backup of the ring now: docs/runbooks/keys.md.")
    return 0

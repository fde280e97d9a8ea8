"""`maintenance on|off`."""

from __future__ import annotations

import argparse

from tanggap.config.launch.instance import Instance

FILE = "maintenance"


def run(instance: Instance, arguments: list[str]) -> int:
    """While the file lies there, health answers and every other page says that it is put off."""
    parser = argparse.ArgumentParser(prog="tanggap maintenance", description="Put every page off politely.")
    parser.add_argument("state", choices=["on", "off"])
    wanted = parser.parse_args(arguments).state
    file = instance.data / FILE
    if wanted == "on":
        instance.make_folders()
        file.touch()
    else:
        file.unlink(missing_ok=True)
    return 0

"""`bin/tanggap [--data DIR] <command>`: the same environment and data as `bin/run`, whether that runs or not.

Standard output carries only a command's result. Exit 0 good, 1 the answer is no, 2 could not run.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from tanggap import __version__
from tanggap.config import commands
from tanggap.config.cli_output import say
from tanggap.config.launch.instance import CannotRun, Instance
from tanggap.config.launch.prepare import is_in_use, prepare
from tanggap.postgres import PostgresError, database_for

USAGE = "usage: bin/tanggap [--data DIR] <command> [arguments]"


class Usage(Exception):
    """The command line was not understood."""


def _help() -> str:
    listed = commands.published()
    width = max(len(command.name) for command in listed)
    lines = [f"  {command.name:<{width}}  {command.summary}" for command in listed]
    return "\n".join([USAGE, "", "Commands (each knows --help):", *lines, ""])


def _split(argv: list[str]) -> tuple[str | None, str, list[str]]:
    """The data folder, the command and its arguments."""
    data, rest = None, list(argv)
    while rest and rest[0].startswith("-"):
        option = rest.pop(0)
        if option in {"-h", "--help"}:
            return data, "help", []
        if option == "--version":
            return data, "version", []
        if option == "--data" and rest:
            data = rest.pop(0)
        elif option.startswith("--data="):
            data = option.removeprefix("--data=")
        else:
            raise Usage(f"unknown option {option}")
    return (data, rest[0], rest[1:]) if rest else (data, "help", [])


@contextmanager
def _prepared(instance: Instance) -> Iterator[str]:
    """The address of a database that is migrated and has its reference data."""
    with database_for(instance.data, progress=say) as url:
        prepare(instance, url, static=False)
        yield url


def _run_own(name: str, instance: Instance, arguments: list[str]) -> int:
    from tanggap.config.operations import OPERATIONS  # noqa: PLC0415 - psycopg and Django only where needed

    return OPERATIONS[name](instance, arguments)


def _run_django(command: commands.Command, instance: Instance, arguments: list[str]) -> int:
    from tanggap.config.operations.django_command import run_command  # noqa: PLC0415 - Django only where needed

    if not command.database or {"-h", "--help"} & set(arguments):
        # Nothing of this instance is used: a key that is never kept keeps the settings content.
        os.environ.update(
            {"DJANGO_SETTINGS_MODULE": "tanggap.config.settings", "TANGGAP_SECRET_KEY": os.urandom(32).hex()}
        )
        return run_command(command.name, command.module, arguments)
    with _prepared(instance) as url:
        if command.name == "load-demo" and instance.facts().get("demo") is None and not is_in_use(url):
            # A folder nobody has started yet becomes the example, and every page of it will say so.
            instance.remember(demo=True)
        os.environ.update(instance.environment(url))
        return run_command(command.name, command.module, arguments)


def _dispatch(argv: list[str]) -> int:
    data, name, arguments = _split(argv)
    if name in {"help", "version"}:
        sys.stdout.write(_help() if name == "help" else f"{__version__}\n")
        return 0
    instance = Instance.at(data)
    if name in commands.OWN:
        return _run_own(name, instance, arguments)
    command = commands.find(name)
    if command is None:
        raise Usage(f"unknown command {name!r}")
    return _run_django(command, instance, arguments)


def main(argv: list[str]) -> int:
    # A plain SIGTERM would leave a server behind that was started for this command alone.
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = _dispatch(argv)
        sys.stdout.flush()
    except Usage as error:
        say(f"{USAGE}\nbin/tanggap: {error}. bin/tanggap --help lists the commands.")
        return 2
    except (CannotRun, PostgresError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            # The reader has seen enough; what is left in the buffer has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        say(f"bin/tanggap: {error}")
        return 2
    except KeyboardInterrupt:
        return 2
    return code


def _terminated(_signal: int, _frame: FrameType | None) -> None:
    if threading.current_thread() is threading.main_thread():
        raise SystemExit(2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

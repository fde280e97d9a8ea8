"""Runs one management command by the contract: 0 good, 1 the answer is no, 2 could not run."""

from __future__ import annotations

import logging
import sys
import traceback

import django
from django.core.management import CommandError, get_commands, load_command_class
from django.db import connections

from tanggap.common.errors import TanggapError
from tanggap.common.translations import compile_all

# Django's own options would only confuse whoever asks for a command's help.
HIDDEN = {
    "--version",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
    "--skip-checks",
    "-v",
}


def run_command(name: str, module: str, arguments: list[str]) -> int:
    """Run it; a command says "no" by SystemExit(1), and every failure becomes 2 with a sentence."""
    compile_all()
    django.setup()
    logging.getLogger("tanggap").setLevel(logging.WARNING)
    app = get_commands()[module]
    command = load_command_class(app, module) if isinstance(app, str) else app
    command.suppressed_base_arguments = HIDDEN
    command.requires_system_checks = []
    # So that wrong arguments end with the usage and 2, as for any program.
    command._called_from_command_line = True  # type: ignore[attr-defined]
    parser = command.create_parser("tanggap", name)
    options = vars(parser.parse_args(arguments))
    try:
        command.execute(*options.pop("args", ()), **options)
    except CommandError as error:
        print(f"tanggap {name}: {error}", file=sys.stderr)  # noqa: T201
        return 2
    except TanggapError as error:
        print(f"tanggap {name}: {error.message}", file=sys.stderr)  # noqa: T201
        return 2
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception:
        traceback.print_exc()
        return 2
    finally:
        connections.close_all()
    return 0

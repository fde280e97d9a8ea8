"""`tanggap check-bundle [FILE]`: whether an ombudsman's bundle is whole; without a file, the key to check it with."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tanggap.cases.bundle import check_bundle
from tanggap.cases.bundle.checking import LARGEST
from tanggap.common.crypto import public_key


class Command(BaseCommand):
    help = "Check the signature, the files and the chain of events of a bundle; without FILE print our public key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A file, and whose key."""
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--key", default="", help="public key in hexadecimal; default: this instance's")

    def handle(self, *args: Any, **options: Any) -> None:
        """0 good, 1 something is wrong, 2 cannot be read."""
        path: Path | None = options["file"]
        if path is None:
            self.stdout.write(public_key().hex())
            return
        try:
            key = bytes.fromhex(options["key"]) if options["key"] else public_key()
            if path.stat().st_size > LARGEST:
                raise ValueError("larger than a bundle is")
            content = path.read_bytes()
        except (OSError, ValueError) as error:
            raise CommandError(f"{path}: {error}", returncode=2) from error
        problems = check_bundle(content, key=key)
        self.stdout.write("\n".join(problems) or "ok")
        if problems:
            sys.exit(1)

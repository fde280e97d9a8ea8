"""`tanggap create-admin --email E`: a one-time link that makes the first administrator, or lets one back in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tanggap.accounts.services.create_admin import create_admin
from tanggap.common.clock import now
from tanggap.common.links import absolute


class Command(BaseCommand):
    help = "Print a one-time link, valid for seven days, that makes its follower the administrator of this instance."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True, metavar="EMAIL")
        parser.add_argument(
            "--forget-second-factor", action="store_true", help="drop a lost authenticator of this account"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        invited = create_admin(email=options["email"], now=now(), forget_second_factor=options["forget_second_factor"])
        self.stderr.write(
            "Buka tautan ini dalam tujuh hari; ia berlaku satu kali, dan tautan sebelumnya tidak berlaku lagi."
        )
        self.stdout.write(absolute(invited.path))

"""`tanggap setup --root 33.21 --admin EMAIL`: an instance of one's own, with its first administrator."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from tanggap.accounts.actor import OPERATOR
from tanggap.accounts.roles import Role
from tanggap.accounts.services.create_admin import create_admin
from tanggap.accounts.services.invite_person import invite_person
from tanggap.cases.models import Case
from tanggap.common.clock import now
from tanggap.common.errors import Refused
from tanggap.common.links import absolute
from tanggap.directory.models import Agency
from tanggap.directory.reference import load_all
from tanggap.directory.selectors import find_agency, root_agency
from tanggap.directory.services import root_instance

# Posts of the root that are worth filling on the first day; the rest are invited from the console.
OTHERS = ("coordinator", "inspector")

NEXT_STEPS = """\
Akar instansi: {name} ({code}); {inside} instansi di dalam, {external} di luar (surat dan rujukan saja).
Langkah berikutnya:
  1. Buka tautan di bawah ini dalam 7 hari, masing-masing oleh orangnya, lalu pasang autentikator.
  2. Undang koordinator dan pejabat penghubung tiap unit dari ruang kerja (/kerja/).
  3. Periksa unit, hari libur daerah, dan jam kerja; sesuaikan bila berbeda.
  4. Pasang saluran: tanggap channel add …
  5. Cadangkan map kunci di tempat terpisah: kehilangan kunci berarti kehilangan semua identitas pelapor."""


class Command(BaseCommand):
    help = "Root this instance at the nation, a province or a regency, and print a link for its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--root", default="ID", help="code or name; the nation by default")
        parser.add_argument("--admin", required=True, metavar="EMAIL")
        for role in OTHERS:
            parser.add_argument(f"--{role}", metavar="EMAIL", help=f"invite this {role} of the root too")
        parser.add_argument("--brand", default="", metavar="NAME", help="what the door is called")

    def handle(self, *args: Any, **options: Any) -> None:
        load_all(self.stderr.write)
        with transaction.atomic():
            root = find_agency(options["root"])
            _check_unused(root)
            external = root_instance(root=root, brand_name=options["brand"])
            invited = [create_admin(email=options["admin"], now=now())]
            for role in (role for role in OTHERS if options[role]):
                # Read again: `root` may still carry that it lay outside the root of before.
                top = root_agency()
                one = invite_person(email=options[role], name="", agency=top, role=role, actor=OPERATOR, now=now())
                invited.append(one)
        inside = Agency.objects.filter(external=False, status=Agency.Status.ACTIVE).count()
        self.stderr.write(NEXT_STEPS.format(name=root.name, code=root.code, inside=inside, external=external))
        for one in invited:
            self.stderr.write(f"{Role(one.invitation.role).label}:")
            self.stdout.write(absolute(one.path))


def _check_unused(root: Agency) -> None:
    """Cases already addressed to another root would be out of everybody's sight."""
    if root.pk != root_agency().pk and Case.objects.exists():
        raise Refused("Sudah ada laporan, jadi akar tidak dapat diganti lagi. Mulai dengan map data yang baru.")

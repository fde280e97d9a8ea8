"""`tanggap setup --root 33.21 --admin EMAIL`: an instance of one's own, with its first administrator."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from tanggap.accounts.services.create_admin import create_admin
from tanggap.cases.models import Case
from tanggap.common.clock import now
from tanggap.common.errors import Refused
from tanggap.directory.models import Agency
from tanggap.directory.reference import load_all
from tanggap.directory.selectors import find_agency, root_agency
from tanggap.directory.services import root_instance

NEXT_STEPS = """\
Akar instansi: {name} ({code}); {inside} instansi di dalam, {external} di luar (surat dan rujukan saja).
Langkah berikutnya:
  1. Buka tautan di bawah ini dalam 7 hari untuk membuat akun admin, lalu pasang autentikator.
  2. Undang koordinator dan pejabat penghubung tiap unit dari ruang kerja (/kerja/).
  3. Periksa unit, hari libur daerah, dan jam kerja; sesuaikan bila berbeda.
  4. Pasang saluran: tanggap channel add …
  5. Cadangkan map kunci di tempat terpisah: kehilangan kunci berarti kehilangan semua identitas pelapor."""


class Command(BaseCommand):
    help = "Root this instance at the nation, a province or a regency, and print a link for its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--root", default="ID", help="code or name; the nation by default")
        parser.add_argument("--admin", required=True, metavar="EMAIL")
        parser.add_argument("--brand", default="", metavar="NAME", help="what the door is called")

    def handle(self, *args: Any, **options: Any) -> None:
        load_all(self.stderr.write)
        with transaction.atomic():
            root = find_agency(options["root"])
            _check_unused(root)
            external = root_instance(root=root, brand_name=options["brand"])
            invited = create_admin(email=options["admin"], now=now())
        inside = Agency.objects.filter(external=False, status=Agency.Status.ACTIVE).count()
        self.stderr.write(NEXT_STEPS.format(name=root.name, code=root.code, inside=inside, external=external))
        self.stdout.write(f"{settings.BASE_URL.rstrip('/')}{invited.path}")


def _check_unused(root: Agency) -> None:
    """Cases already addressed to another root would be out of everybody's sight."""
    if root.pk != root_agency().pk and Case.objects.exists():
        raise Refused("Sudah ada laporan, jadi akar tidak dapat diganti lagi. Mulai dengan map data yang baru.")

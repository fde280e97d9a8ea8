"""Words the components need themselves: states and masked data. Other words come with the models' choices."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

STATES: Words = {
    "unverified": _("Belum terverifikasi"),
    "on_hold": _("Tertunda"),
    "forwarded": _("Belum ditindaklanjuti"),
    "in_progress": _("Dalam proses"),
    "answered": _("Dalam proses"),
    "closed": _("Selesai"),
    "archived": _("Diarsipkan"),
    "late": _("Terlambat"),
}

LONG_STATES: Words = {
    **STATES,
    "on_hold": _("Tertunda: menunggu jawaban pelapor"),
    "answered": _("Dalam proses: jawaban akhir sudah ada"),
}

MASKED: Words = {
    "NIK": _("nomor KTP"),
    "KK": _("nomor KK"),
    "NPWP": _("NPWP"),
    "TELEPON": _("nomor telepon"),
    "EMAIL": _("alamat surel"),
    "PLAT": _("pelat nomor"),
    "REKENING": _("nomor rekening"),
    "NIP": _("NIP"),
    "BPJS": _("nomor BPJS"),
    "NAMA": _("nama orang"),
    "AKUN": _("nama akun"),
    "DISAMARKAN": _("disamarkan pelapor"),
}

"""Which section of which guide explains a page of the console."""

from __future__ import annotations

from django.urls import reverse

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.common.guide import SLUGS, guide_with

# The guide of each role, and those its reader goes on to.
READS: dict[str, tuple[str, ...]] = {
    Role.LIAISON_OFFICER: ("petugas",),
    Role.UNIT_HEAD: ("pimpinan", "petugas"),
    Role.COORDINATOR: ("admin-instansi", "petugas"),
    Role.REGIONAL_HEAD: ("pimpinan",),
    Role.SEKDA: ("pimpinan",),
    Role.LEADER: ("pimpinan",),
    Role.INSPECTOR: ("inspektorat", "petugas"),
    Role.EVALUATOR: ("evaluator",),
    Role.OMBUDSMAN: ("ombudsman",),
    Role.NATIONAL_ADMIN: ("admin-nasional", "admin-instansi", "petugas"),
}

# Route name, or the beginning of one → sections, the first that the reader's guides have. The longest beginning wins.
SECTIONS: dict[str, tuple[str, ...]] = {
    "": ("kotak-masuk",),
    "inbox": ("antrean-ombudsman", "antrean", "nasional", "kotak-masuk"),
    "bulk": ("sekaligus",),
    "batch": ("sekaligus",),
    "trail": ("jejak", "halaman-laporan"),
    "names": ("tugaskan",),
    "compare": ("gabung", "halaman-laporan"),
    "filters": ("antrean-ombudsman", "antrean", "nasional", "kotak-masuk"),
    "drop-filter": ("antrean-ombudsman", "antrean", "nasional", "kotak-masuk"),
    "library": ("contoh",),
    "template": ("contoh",),
    "export": ("ekspor",),
    "hand-over": ("tugaskan",),
    "case": ("tanya-instansi", "menangani", "halaman-laporan"),
    "deed": ("halaman-laporan",),
    "bundle": ("berkas",),
    "file": ("lampiran",),
    "review": ("lampiran",),
    "reveals": ("identitas-kedua", "orang-kedua", "identitas"),
    "approve-reveal": ("identitas-kedua", "orang-kedua", "identitas"),
    "hiding": ("halaman-laporan",),
    "units": ("unit",),
    "on-call": ("piket",),
    "off-call": ("piket",),
    "brief": ("ringkasan", "rapor"),
    "cards": ("rapor-pimpinan", "rapor"),
    "card": ("rapor-pimpinan", "rapor"),
    "behind": ("rapor-pimpinan", "rapor"),
    "task": ("memberi-tugas", "tugas"),
    "assign-task": ("memberi-tugas", "tugas"),
    "letter": ("surat-pimpinan", "surat"),
    "order": ("surat-pimpinan", "surat"),
    "give-order": ("surat-pimpinan", "surat"),
    "finish-order": ("surat-pimpinan", "surat"),
    "sign-letter": ("surat-pimpinan", "surat"),
    "daily-list": ("surat-pimpinan", "surat"),
    "people": ("orang",),
    "oneself": ("masuk-kerja",),
    "invite": ("orang",),
    "vacant": ("orang",),
    "person": ("orang",),
    "deactivate": ("orang",),
    "reactivate": ("orang",),
    "end-post": ("orang",),
    "lend-post": ("orang",),
    "take-back": ("orang",),
    "rule": ("aturan",),
    "incoming": ("pesan-masuk",),
    "chat": ("pesan-masuk",),
    "voice": ("pesan-masuk",),
    "door": ("saluran",),
    "brand": ("saluran",),
    "locale": ("saluran",),
    "messages": ("pesan-keluar",),
    "dead-letters": ("pesan-keluar",),
    "wording": ("pesan-keluar",),
    "add-": ("pesan-keluar",),
    "send-again": ("pesan-keluar",),
    "costs": ("pesan-keluar",),
    "counter": ("loket",),
    "poster": ("loket",),
    "source-tag": ("loket",),
    "radio": ("loket",),
    "ranking": ("peringkat",),
    "round": ("putaran", "tugas"),
    "survey": ("survei",),
    "alarms": ("peringatan",),
    "late": ("peringatan",),
    "reference": ("acuan",),
    "reference-import": ("impor",),
    "training": ("latihan",),
    "handbook": ("masuk-kerja",),
    "guide": ("masuk-kerja",),
}


def own_guides(actor: Actor) -> list[str]:
    """The guides of the actor's roles."""
    return list(dict.fromkeys(slug for grant in actor.grants for slug in READS[grant.role]))


def guides_of(actor: Actor) -> list[str]:
    """Those of the actor's roles first, then all others."""
    return list(dict.fromkeys([*own_guides(actor), *SLUGS]))


def sections_of(route: str) -> tuple[str, ...]:
    """The sections that explain a route, best first."""
    return SECTIONS[max((name for name in SECTIONS if route.startswith(name)), key=len)]


def help_address(actor: Actor, route: str) -> str:
    """Where the page of this route is explained, in the reader's own guides if they tell."""
    for readable in (own_guides(actor), SLUGS):
        for section in sections_of(route):
            slug = guide_with(section, readable)
            if slug:
                return f"{reverse('console:guide', args=[slug])}#{section}"
    return reverse("console:guides")

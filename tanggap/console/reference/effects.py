"""What a change of the tree of agencies would do, told before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.selectors import people_of_subtree
from tanggap.cases.models import DeadlinePolicy
from tanggap.cases.policies import cases_visible_to
from tanggap.directory.models import Agency, Brand, DayOff, OfficeWeek
from tanggap.escalation.models import Ladder


def of_merging(agency: Agency, into: Agency, actor: Actor, now: datetime) -> Iterator[str]:
    """Cases, units, people, names, own rules."""
    name = into.full_name
    open_cases, units = _open_cases(agency, actor), _units(agency)
    yield ngettext(
        "%(n)s laporan terbuka masuk ke daftar %(name)s; jam dan batasnya tidak berubah.",
        "%(n)s laporan terbuka masuk ke daftar %(name)s; jam dan batasnya tidak berubah.",
        open_cases,
    ) % {"n": open_cases, "name": name}
    if units:
        yield ngettext(
            "%(n)s unit aktif pindah ke bawah %(name)s.", "%(n)s unit aktif pindah ke bawah %(name)s.", units
        ) % {"n": units, "name": name}
    yield _("Kode %(code)s dan semua sebutannya menunjuk ke %(name)s.") % {"code": agency.code, "name": name}
    yield from _people(agency, now, _("Petugasnya tetap memegang pos untuk laporan yang ada."))
    yield from _own(agency)
    yield _("Angka yang sudah diterbitkan tidak berubah. Penggabungan tidak dapat dibatalkan.")


def of_closing(agency: Agency, actor: Actor, now: datetime) -> Iterator[str]:
    """What is left without anybody."""
    open_cases = _open_cases(agency, actor)
    if open_cases:
        yield ngettext(
            "%(n)s laporan masih terbuka di sini. Teruskan dulu, atau gabungkan instansi ini ke penerusnya.",
            "%(n)s laporan masih terbuka di sini. Teruskan dulu, atau gabungkan instansi ini ke penerusnya.",
            open_cases,
        ) % {"n": open_cases}
    yield _("Laporan baru tidak dapat dialamatkan ke %(name)s; laporan lama dan kodenya tetap ada.") % {
        "name": agency.full_name
    }
    yield from _people(agency, now, _("Petugasnya tidak dapat menerima laporan baru; akhiri posnya di Petugas."))
    yield from _own(agency)


def of_renaming(agency: Agency) -> Iterator[str]:
    """Names lead on."""
    units = _units(agency)
    yield _("Nama lama tetap menunjuk ke sini, juga pada SMS dan impor.")
    if units and agency.is_body:
        yield ngettext(
            "Nama lengkap %(n)s unit di bawahnya ikut berubah.",
            "Nama lengkap %(n)s unit di bawahnya ikut berubah.",
            units,
        ) % {"n": units}


def of_moving(agency: Agency, parent: Agency, actor: Actor) -> Iterator[str]:
    """Who oversees it from then on."""
    open_cases, units = _open_cases(agency, actor), _units(agency)
    yield _("Pengawasnya menjadi %(name)s: admin, pimpinan, dan inspektoratnya melihat laporan di sini.") % {
        "name": parent.full_name
    }
    yield ngettext(
        "%(n)s laporan terbuka dan %(units)s unit ikut pindah; kodenya tetap.",
        "%(n)s laporan terbuka dan %(units)s unit ikut pindah; kodenya tetap.",
        open_cases,
    ) % {"n": open_cases, "units": units}


def _open_cases(agency: Agency, actor: Actor) -> int:
    return cases_visible_to(actor).filter(agency__path__startswith=agency.path, due_at__isnull=False).count()


def _units(agency: Agency) -> int:
    below = Agency.objects.filter(path__startswith=agency.path, status=Agency.Status.ACTIVE)
    return below.exclude(pk=agency.pk).count()


def _people(agency: Agency, now: datetime, what: str) -> Iterator[str]:
    posts = people_of_subtree(agency, on=local_day(now)).count()
    if posts:
        yield ngettext("%(n)s pos terisi.", "%(n)s pos terisi.", posts) % {"n": posts} + " " + what


def _own(agency: Agency) -> Iterator[str]:
    brands = ", ".join(Brand.objects.filter(agency=agency).order_by("name").values_list("name", flat=True))
    if brands:
        yield _("Merek %(names)s beralamat di sini; ubah instansinya.") % {"names": brands}
    tables = (DeadlinePolicy, Ladder, DayOff, OfficeWeek)
    rules = sum(table._default_manager.filter(agency=agency).count() for table in tables)
    if rules:
        yield ngettext(
            "%(n)s aturan sendiri (kalender, batas, tangga) tetap berlaku bagi laporan yang ada.",
            "%(n)s aturan sendiri (kalender, batas, tangga) tetap berlaku bagi laporan yang ada.",
            rules,
        ) % {"n": rules}

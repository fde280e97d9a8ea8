"""Every cookie the site sets, and why: what /privasi/ names. A test compares it with what the code sets."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.accounts.sign_in import kept
from tanggap.portal.access import DEVICE
from tanggap.portal.endorsing import VOTER
from tanggap.portal.views.surveys import BROWSER


class Cookie(NamedTuple):
    """One cookie: its name, what it is for, and how long a browser keeps it."""

    name: str
    purpose: Promise
    lasts: Promise


_CLOSED: Final = _("sampai peramban ditutup")
_YEAR: Final = _("satu tahun")
COOKIES: Final[tuple[Cookie, ...]] = (
    Cookie(
        settings.SESSION_COOKIE_NAME,
        _("Mengingat bahwa Anda masuk, laporan yang Anda buka dengan kode, dan isian yang belum selesai."),
        _("dua belas jam"),
    ),
    Cookie(settings.CSRF_COOKIE_NAME, _("Mencegah situs lain mengirim formulir atas nama Anda."), _YEAR),
    Cookie(settings.LANGUAGE_COOKIE_NAME, _("Mengingat bahasa yang Anda pilih."), _YEAR),
    Cookie(CookieStorage.cookie_name, _("Membawa satu pemberitahuan ke halaman berikutnya."), _CLOSED),
    Cookie(
        DEVICE,
        _("Angka acak, agar pembatasan kiriman tidak mengenai orang lain yang memakai jaringan yang sama."),
        _CLOSED,
    ),
    Cookie(VOTER, _("Angka acak, agar “Saya juga mengalami” dihitung sekali untuk setiap peramban."), _YEAR),
    Cookie(BROWSER, _("Angka acak, agar satu peramban menjawab satu survei sekali."), _("400 hari")),
    Cookie(
        kept.COOKIE,
        _("Mengembalikan tulisan petugas yang waktu masuknya habis, hanya kepada petugas itu."),
        _("tiga puluh hari"),
    ),
)

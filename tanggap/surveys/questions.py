"""The nine questions and their four answers each (PermenPANRB 14/2017, appendix), addressed to *Anda*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Question:
    """One element: its short name, what is asked, and the words for 1 to 4."""

    slug: str
    name: Promise
    text: Promise
    answers: tuple[Promise, Promise, Promise, Promise]

    @property
    def code(self) -> str:
        """As the regulation numbers it: U1."""
        return self.slug.upper()


_FITTING = (_("Tidak sesuai"), _("Kurang sesuai"), _("Sesuai"), _("Sangat sesuai"))

QUESTIONS: Final = (
    Question(
        "u1",
        _("Persyaratan"),
        _("Apakah persyaratan yang diminta sesuai dengan jenis pelayanannya?"),
        _FITTING,
    ),
    Question(
        "u2",
        _("Prosedur"),
        _("Seberapa mudah prosedur pelayanan ini?"),
        (_("Tidak mudah"), _("Kurang mudah"), _("Mudah"), _("Sangat mudah")),
    ),
    Question(
        "u3",
        _("Waktu pelayanan"),
        _("Seberapa cepat Anda dilayani?"),
        (_("Tidak cepat"), _("Kurang cepat"), _("Cepat"), _("Sangat cepat")),
    ),
    Question(
        "u4",
        _("Biaya"),
        _("Bagaimana biaya pelayanan ini?"),
        (_("Sangat mahal"), _("Cukup mahal"), _("Murah"), _("Gratis")),
    ),
    Question(
        "u5",
        _("Hasil pelayanan"),
        _("Apakah hasil yang Anda terima sesuai dengan yang dijanjikan dalam standar pelayanan?"),
        _FITTING,
    ),
    Question(
        "u6",
        _("Kemampuan petugas"),
        _("Seberapa mampu petugas melayani Anda?"),
        (_("Tidak mampu"), _("Kurang mampu"), _("Mampu"), _("Sangat mampu")),
    ),
    Question(
        "u7",
        _("Perilaku petugas"),
        _("Seberapa sopan dan ramah petugas?"),
        (
            _("Tidak sopan dan ramah"),
            _("Kurang sopan dan ramah"),
            _("Sopan dan ramah"),
            _("Sangat sopan dan ramah"),
        ),
    ),
    Question(
        "u8",
        _("Sarana dan prasarana"),
        _("Bagaimana tempat dan perlengkapan pelayanan ini?"),
        (_("Buruk"), _("Cukup memadai"), _("Baik"), _("Sangat baik")),
    ),
    Question(
        "u9",
        _("Penanganan pengaduan"),
        _("Bagaimana pengaduan tentang pelayanan ini ditangani?"),
        (
            _("Tidak ada tempat mengadu"),
            _("Ada, tetapi tidak berfungsi"),
            _("Berfungsi, belum maksimal"),
            _("Dikelola dengan baik"),
        ),
    ),
)
BY_SLUG: Final = {question.slug: question for question in QUESTIONS}

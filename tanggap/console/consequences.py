"""What a button will do, before it is pressed: who is told, which clock stops, what everybody will see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tanggap.cases.clocks import ClockView
from tanggap.cases.custody import level_above
from tanggap.cases.deadlines import limit_for
from tanggap.cases.models import Case, ClockName
from tanggap.cases.workflow import HOLDS_AT_MOST, RETURNS_BEFORE_NATIONAL
from tanggap.common.clockwords import due_words, headline, name_of
from tanggap.directory.selectors import root_agency


@dataclass(frozen=True)
class Facts:
    """What the sentences are made from. `reachable`: the reporter left a way to be told."""

    case: Case
    clocks: Sequence[ClockView]
    reachable: bool
    on: date

    def clock(self, name: str) -> ClockView | None:
        """A clock that has not stopped yet."""
        return next((view for view in self.clocks if view.name == name and view.stopped_at is None), None)


def consequences(slug: str, facts: Facts) -> list[str]:
    """Sentences for the notice above the button; none where the button's own words say it all."""
    say = _SAY.get(slug)
    return [line for line in say(facts) if line] if say else []


def _told(facts: Facts) -> str:
    """To whom the message goes, and how much stands in it."""
    case = facts.case
    if not facts.reachable:
        return _("Pelapor tidak dapat dikirimi kabar: ia membacanya bila membuka laporannya dengan kode rahasia.")
    if case.guarded or case.anonymous:
        return _("Pelapor diberi tahu. Pesannya hanya memuat nomor, jam, dan tautan; isinya dibaca di halaman laporan.")
    return _("Pelapor dikirimi kabar, dan membacanya di halaman laporannya.")


def _public(facts: Facts) -> str:
    if facts.case.published:
        return _("Tampil di halaman umum; data pribadi di dalamnya disamarkan.")
    return _("Tidak tampil untuk umum.")


def _stops(facts: Facts, name: str) -> str:
    view = facts.clock(name)
    return _("Jam berhenti: %(clock)s.") % {"clock": headline(view, to_reporter=False)} if view else ""


def _runs_on(facts: Facts, name: str) -> str:
    view = facts.clock(name)
    if view is None:
        return ""
    return _("%(clock)s tetap berjalan sampai %(due)s.") % {
        "clock": name_of(view, to_reporter=False),
        "due": due_words(view),
    }


def _two_people(facts: Facts) -> str:
    return _("Instansi ini meminta dua orang: teksnya menunggu persetujuan petugas kedua, jam belum berhenti.")


def _interim(facts: Facts) -> list[str]:
    if facts.case.agency.two_person_answers:
        return [_two_people(facts)]
    return [
        _told(facts),
        _public(facts),
        _stops(facts, "first_answer"),
        _runs_on(facts, "resolution"),
        _("Bila isinya hanya ucapan terima kasih, ia dicatat sebagai pemberitahuan dan jam tidak berhenti."),
    ]


def _days(facts: Facts, clock: str) -> int:
    """The limit of a clock as its dated row gives it today."""
    case = facts.case
    return limit_for(clock, classification=case.classification, agency=case.agency, on=facts.on).amount


def _final(facts: Facts) -> list[str]:
    if facts.case.agency.two_person_answers:
        return [_two_people(facts)]
    days = _days(facts, ClockName.WINDOW)
    window = ngettext(
        "Pelapor punya %(n)s hari kerja untuk setuju atau berkeberatan; bila diam, laporan ditutup.",
        "Pelapor punya %(n)s hari kerja untuk setuju atau berkeberatan; bila diam, laporan ditutup.",
        days,
    ) % {"n": days}
    return [_told(facts), _public(facts), _stops(facts, "first_answer"), _stops(facts, "resolution"), window]


def _ask(facts: Facts) -> list[str]:
    days = {"n": _days(facts, ClockName.COMPLETION)}
    if facts.case.verified_at is None:
        waiting = _(
            "Jam verifikasi berhenti. Tanpa jawaban dalam %(n)s hari kerja, laporan diarsipkan sebagai tidak lengkap."
        )
    else:
        waiting = _(
            "Jam instansi berhenti sampai pelapor menjawab; tanpa jawaban dalam %(n)s hari kerja, jam berjalan lagi."
        )
    last = facts.case.holds + 1 >= HOLDS_AT_MOST
    after = _("Ini pertanyaan yang terakhir.") if last else _("Pelapor dapat ditanya paling banyak dua kali.")
    return [_told(facts), waiting % days, after]


def _verify(facts: Facts) -> list[str]:
    case = facts.case
    public = (
        _("Isi laporan tetap rahasia.") if case.guarded else _("Laporan tampil untuk umum, data pribadi disamarkan.")
    )
    return [
        _("Unit yang Anda pilih menerima laporan ini; pelapor diberi tahu siapa yang memegangnya."),
        _stops(facts, "verification"),
        _("Jam tanggapan pertama dan jawaban akhir mulai."),
        public,
    ]


def _forward(facts: Facts) -> list[str]:
    return [
        _("Unit yang baru menerima laporan ini; pelapor melihat siapa memegangnya dan alasannya."),
        _("Jam tidak mulai dari nol."),
        _runs_on(facts, "first_answer") or _runs_on(facts, "resolution"),
    ]


def _return(facts: Facts) -> list[str]:
    case = facts.case
    last = case.returns + 1 >= RETURNS_BEFORE_NATIONAL
    above = root_agency() if last else level_above(case.agency)
    lines = [
        _("Laporan kembali ke %(agency)s. Pelapor tidak perlu mulai lagi.") % {"agency": above.name},
        _("Pelapor melihat alasan Anda; jam tidak mulai dari nol."),
    ]
    if last:
        lines.append(_("Sudah dua kali dikembalikan: admin nasional yang memutuskan."))
    return lines


def _accept(facts: Facts) -> list[str]:
    return [_("Pelapor melihat laporannya dalam proses. Tidak ada jam yang berhenti karena ini.")]


def _ends(facts: Facts) -> list[str]:
    return [
        _told(facts),
        _("Semua jam berhenti. Laporan tidak pernah dihitung sebagai selesai."),
        _("Pelapor dapat berkeberatan dalam %(n)s hari kerja; admin nasional dapat mengeluarkannya dari arsip.")
        % {"n": _days(facts, ClockName.OBJECTION)},
    ]


def _merge(facts: Facts) -> list[str]:
    return [
        _("Laporan ini diarsipkan sebagai sama; yang lain diteruskan penanganannya. Keduanya dihitung satu kali."),
        _("Kedua pelapor tetap diberi tahu. Penggabungan dapat dibatalkan."),
    ]


def _split(facts: Facts) -> list[str]:
    return [
        _("Setiap unit mendapat laporan bagian dengan nomornya sendiri; laporan ini tetap di tempatnya."),
        _("Bagi pelapor semuanya tampil sebagai satu laporan."),
    ]


def _reveal(facts: Facts) -> list[str]:
    if facts.case.anonymous:
        return [
            _("Laporan ini anonim: identitas baru terbuka bila orang kedua dari luar instansi menyetujui."),
            _("Pelapor diberi tahu, beserta alasannya."),
        ]
    return [_("Identitas terbuka bagi Anda saja, selama 24 jam. Pelapor diberi tahu, beserta alasannya.")]


def _subjects(facts: Facts) -> list[str]:
    return [
        _("Bila laporan ini rahasia, terlapor, unitnya, dan semua yang bertugas di sana tidak melihat jejaknya."),
        _("Laporan rahasia yang belum diverifikasi pindah ke meja inspektorat; mungkin Anda tidak melihatnya lagi."),
    ]


def _assign(facts: Facts) -> list[str]:
    return [
        _("Namanya tampil pada laporan ini bagi petugas; pelapor tidak diberi tahu."),
        _("Siapa pun di unit ini tetap dapat menjawab."),
    ]


def _kept(facts: Facts) -> list[str]:
    return [
        _told(facts),
        _public(facts),
        _("Dikerjakan sesudah tanggalnya, janji tetap dihitung tidak ditepati; keadaan laporan tidak berubah."),
    ]


def _reopen(facts: Facts) -> list[str]:
    return [_told(facts), _("Unit yang terakhir memegangnya mendapat batas jawaban akhir yang baru.")]


def _urgent(facts: Facts) -> list[str]:
    lines = [_("Batas verifikasi dan tanggapan pertama menjadi hitungan jam, siang dan malam, sejak jamnya mulai.")]
    if facts.case.verified_at is None:
        lines.append(_("Petugas jaga diberi tahu sekarang juga."))
    return [*lines, _("Pelapor tidak diberi tahu.")]


def _calm(facts: Facts) -> list[str]:
    return [_("Batas waktu yang biasa berlaku lagi, dihitung sejak jamnya mulai."), _("Pelapor tidak diberi tahu.")]


def _inquiry(facts: Facts) -> list[str]:
    return [
        _("Admin dan pejabat penghubung instansi diberi tahu; mereka punya %(n)s hari kerja.")
        % {"n": _days(facts, ClockName.INQUIRY)},
        _("Keadaan dan jam laporan tidak berubah; pelapor dan umum tidak membacanya."),
    ]


def _inquiry_answered(facts: Facts) -> list[str]:
    return [_("Ombudsman membacanya; pelapor dan umum tidak. Jawaban tidak dapat diubah lagi.")]


_SAY: dict[str, Callable[[Facts], list[str]]] = {
    "tanggapan": _interim,
    "jawaban": _final,
    "tanya": _ask,
    "verifikasi": _verify,
    "teruskan": _forward,
    "kembalikan": _return,
    "terima": _accept,
    "arsip": _ends,
    "rujuk": _ends,
    "gabung": _merge,
    "bagi": _split,
    "identitas": _reveal,
    "terlapor": _subjects,
    "tugaskan": _assign,
    "buka-lagi": _reopen,
    "mendesak": _urgent,
    "tidak-mendesak": _calm,
    "tanya-instansi": _inquiry,
    "jawab-ombudsman": _inquiry_answered,
    "janji": _kept,
}

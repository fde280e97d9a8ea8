"""The events of a case in words for somebody who has never seen the console. What has none keeps its identifier."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EVENTS = {
    "case.submitted": gettext_lazy("Laporan diterima"),
    "case.verified": gettext_lazy("Diverifikasi"),
    "case.forwarded": gettext_lazy("Diteruskan"),
    "case.returned": gettext_lazy("Dikembalikan: bukan wewenang"),
    "case.held": gettext_lazy("Pelapor ditanya, jam berhenti"),
    "case.completed": gettext_lazy("Dilengkapi pelapor"),
    "case.resumed": gettext_lazy("Jam berjalan lagi"),
    "case.replied": gettext_lazy("Balasan pelapor"),
    "case.accepted": gettext_lazy("Diterima untuk dikerjakan"),
    "case.assigned": gettext_lazy("Ditugaskan kepada petugas"),
    "case.unassigned": gettext_lazy("Tidak lagi ditugaskan"),
    "case.annotated": gettext_lazy("Catatan internal (tidak disertakan)"),
    "case.answer_drafted": gettext_lazy("Rancangan jawaban"),
    "case.answer_discarded": gettext_lazy("Rancangan jawaban dibuang"),
    "case.interim_answered": gettext_lazy("Tanggapan"),
    "case.answered": gettext_lazy("Jawaban akhir"),
    "case.rated": gettext_lazy("Dinilai pelapor"),
    "case.objected": gettext_lazy("Keberatan pertama"),
    "case.objection_escalated": gettext_lazy("Keberatan kedua, diteruskan ke Ombudsman"),
    "case.closed": gettext_lazy("Ditutup"),
    "case.archived": gettext_lazy("Diarsipkan"),
    "case.unarchived": gettext_lazy("Dikeluarkan dari arsip"),
    "case.referred": gettext_lazy("Dirujuk ke lembaga lain"),
    "case.reopened": gettext_lazy("Dibuka kembali"),
    "case.withdrawn": gettext_lazy("Ditarik pelapor"),
    "case.merged": gettext_lazy("Digabung ke laporan lain"),
    "case.merge_received": gettext_lazy("Laporan lain digabung ke sini"),
    "case.unmerged": gettext_lazy("Penggabungan dibatalkan"),
    "case.split": gettext_lazy("Dibagi untuk beberapa unit"),
    "case.corrected": gettext_lazy("Keterangan diperbaiki"),
    "case.transcribed": gettext_lazy("Rekaman suara dituliskan petugas"),
    "case.subjects_set": gettext_lazy("Terlapor dicatat"),
    "case.marked_urgent": gettext_lazy("Ditandai mendesak"),
    "case.urgency_lifted": gettext_lazy("Tanda mendesak dicabut"),
    "case.sender_confirmed": gettext_lazy("Dikonfirmasi penulisnya lewat pesan pribadi"),
    "case.words_hidden": gettext_lazy("Kata-kata disembunyikan dari umum"),
    "case.words_shown": gettext_lazy("Kata-kata ditampilkan lagi untuk umum"),
    "case.words_looked_at": gettext_lazy("Balasan dibaca dan tampil untuk umum"),
    "case.hiding_asked": gettext_lazy("Seseorang meminta datanya disembunyikan"),
    "case.hiding_accepted": gettext_lazy("Permintaan menyembunyikan data diterima"),
    "case.hiding_declined": gettext_lazy("Permintaan menyembunyikan data ditolak"),
    "case.confidentiality_raised": gettext_lazy("Kerahasiaan dinaikkan"),
    "case.confidentiality_lowered": gettext_lazy("Kerahasiaan diturunkan oleh pelapor"),
    "case.pressure_reported": gettext_lazy("Pelapor menyatakan ditekan"),
    "case.identity_asked": gettext_lazy("Petugas meminta identitas dibuka"),
    "case.identity_revealed": gettext_lazy("Identitas dibuka bagi petugas"),
    "case.identity_shared": gettext_lazy("Identitas dibagikan oleh pelapor"),
    "case.identity_share_withdrawn": gettext_lazy("Identitas tidak lagi dibagikan oleh pelapor"),
    "case.ombudsman_consent": gettext_lazy("Persetujuan pelapor bagi Ombudsman diubah"),
    "case.inquiry_asked": gettext_lazy("Ombudsman bertanya kepada instansi"),
    "case.inquiry_answered": gettext_lazy("Instansi menjawab Ombudsman"),
    "case.due_dates_moved": gettext_lazy("Batas waktu dihitung ulang"),
    "case.promise_kept": gettext_lazy("Janji ditepati"),
    "case.promise_broken": gettext_lazy("Janji tidak ditepati"),
    "case.bundle_exported": gettext_lazy("Paket diambil Ombudsman"),
    "case.contact_chosen": gettext_lazy("Cara mengabari diubah oleh pelapor"),
    "case.contact_corrected": gettext_lazy("Data diri diperbaiki oleh pelapor"),
    "case.erasure_asked": gettext_lazy("Pelapor meminta datanya dihapus"),
    "case.erasure_cancelled": gettext_lazy("Permintaan penghapusan dibatalkan"),
    "case.identity_erased": gettext_lazy("Data pelapor dihapus"),
    "personal.shredded": gettext_lazy("Data pribadi di samping kejadian dihapus"),
    "case.endorsed": gettext_lazy("Warga lain juga mengalami"),
    "ladder.step_taken": gettext_lazy("Langkah pengingat atau surat"),
}


def event_words(name: str) -> str:
    """The event in a line."""
    return str(EVENTS.get(name, name))


def actor_words(key: str) -> str:
    """What kind of actor it was; officers stay numbers, which the instance can look up."""
    kinds = {
        "reporter": _("pelapor"),
        "citizen": _("warga"),
        "public": _("pelapor atau warga, tanpa akun"),
        "timer": _("jadwal"),
        "operator": _("pengelola sistem"),
        "import": _("impor"),
    }
    if key.startswith("channel:"):
        return _("kanal %(name)s") % {"name": key.removeprefix("channel:")}
    if key.startswith("person:"):
        return _("petugas no. %(number)s") % {"number": key.removeprefix("person:")}
    return kinds.get(key, key)

"""What each message is called on the officers' pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TITLES = {
    "case_received": _("Laporan baru menunggu verifikasi"),
    "verification_reminder": _("Pengingat verifikasi"),
    "verification_letter": _("Surat: verifikasi terlambat"),
    "verification_late": _("Verifikasi terlambat"),
    "case_forwarded": _("Laporan diteruskan ke unit"),
    "answer_reminder": _("Pengingat jawaban pertama"),
    "letter_1": _("Surat teguran pertama"),
    "letter_2": _("Surat teguran kedua"),
    "escalation": _("Dinaikkan ke tingkat di atas"),
    "answer_late": _("Jawaban pertama terlambat"),
    "resolution_reminder": _("Pengingat penyelesaian"),
    "resolution_late": _("Penyelesaian terlambat"),
    "case_objected": _("Pelapor keberatan"),
    "objection_reminder": _("Pengingat jawaban keberatan"),
    "urgent_case": _("Laporan darurat"),
    "promise_due": _("Janji mendekati tanggalnya"),
    "promise_overdue": _("Janji lewat tanggalnya"),
    "inquiry_asked": _("Pertanyaan Ombudsman"),
    "inquiry_reminder": _("Pengingat pertanyaan Ombudsman"),
    "note_mention": _("Disebut dalam catatan"),
    "copy": _("Tembusan"),
    "instruction_given": _("Arahan Sekretaris Daerah"),
    "case_verified": _("Laporan diverifikasi"),
    "case_moved": _("Laporan pindah ke unit lain"),
    "case_returned": _("Laporan dikembalikan: bukan wewenang"),
    "case_reopened": _("Laporan dibuka lagi"),
    "question_asked": _("Pertanyaan kepada pelapor"),
    "question_reminder": _("Pengingat pertanyaan kepada pelapor"),
    "interim_answer": _("Jawaban sementara"),
    "final_answer": _("Jawaban akhir"),
    "closing_warning": _("Laporan segera ditutup"),
    "case_closed": _("Laporan ditutup"),
    "case_archived": _("Laporan diarsipkan"),
    "case_merged": _("Laporan digabung"),
    "case_referred": _("Laporan dirujuk ke lembaga lain"),
    "identity_revealed": _("Identitas dibuka"),
    "promise_reminder": _("Janji instansi mendekati tanggalnya"),
    "promise_kept": _("Janji instansi ditepati"),
    "receipt": _("Tanda terima"),
    "objection_received": _("Keberatan diterima"),
    "statutory_overdue": _("Batas menurut peraturan lewat"),
    "pressure_reported": _("Pelapor ditekan"),
    "objection_bundle": _("Berkas keberatan untuk Ombudsman"),
    "daily_list": _("Daftar harian Sekretaris Daerah"),
    "brief": _("Ringkasan untuk pimpinan"),
    "task_assigned": _("Tugas dari pimpinan"),
    "task_reminder": _("Tugas mendekati tenggat"),
    "task_answered": _("Tugas dijawab"),
    "task_returned": _("Tugas dikembalikan"),
    "inactivity": _("Petugas lama tidak masuk"),
    "survey_reminder": _("Survei kepuasan belum dijalankan"),
    "cap_warning": _("Batas biaya hampir habis"),
    "digest": _("Ringkasan beberapa pesan"),
    "chat_reply": _("Balasan percakapan"),
    "account_mail": _("Surat akun"),
}


def title_of(template: str) -> str:
    """The template in words; its identifier where it is new here."""
    return str(TITLES.get(template, template))

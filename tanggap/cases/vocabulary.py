"""The words of the screen for the identifiers of `workflow`, for model fields, forms and pages."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tanggap.cases import workflow as w


class StateWord(TextChoices):
    """As the published statistics call them (DOMAIN §2)."""

    UNVERIFIED = w.State.UNVERIFIED.value, _("Belum terverifikasi")
    ON_HOLD = w.State.ON_HOLD.value, _("Tertunda")
    FORWARDED = w.State.FORWARDED.value, _("Belum ditindaklanjuti")
    IN_PROGRESS = w.State.IN_PROGRESS.value, _("Dalam proses")
    ANSWERED = w.State.ANSWERED.value, _("Dalam proses: jawaban akhir sudah ada")
    CLOSED = w.State.CLOSED.value, _("Selesai")
    ARCHIVED = w.State.ARCHIVED.value, _("Diarsipkan")


class ClassificationWord(TextChoices):
    """DOMAIN §1."""

    INFORMATION_REQUEST = w.Classification.INFORMATION_REQUEST.value, _("Permintaan informasi")
    ASPIRATION = w.Classification.ASPIRATION.value, _("Aspirasi")
    COMPLAINT = w.Classification.COMPLAINT.value, _("Pengaduan")
    SUPERVISORY_COMPLAINT = w.Classification.SUPERVISORY_COMPLAINT.value, _("Pengaduan berkadar pengawasan")


class ChannelWord(TextChoices):
    """DOMAIN §5."""

    WEB = w.Channel.WEB.value, _("web")
    APP = w.Channel.APP.value, _("aplikasi")
    SMS = w.Channel.SMS.value, _("SMS")
    WHATSAPP = w.Channel.WHATSAPP.value, _("WhatsApp")
    TELEGRAM = w.Channel.TELEGRAM.value, _("Telegram")
    EMAIL = w.Channel.EMAIL.value, _("surel")
    X = w.Channel.X.value, _("X")
    FACEBOOK = w.Channel.FACEBOOK.value, _("Facebook")
    INSTAGRAM = w.Channel.INSTAGRAM.value, _("Instagram")
    COUNTER = w.Channel.COUNTER.value, _("loket")
    LETTER = w.Channel.LETTER.value, _("surat")
    PHONE = w.Channel.PHONE.value, _("telepon")
    VAN = w.Channel.VAN.value, _("mobil keliling")
    RADIO = w.Channel.RADIO.value, _("radio")
    API = w.Channel.API.value, _("aplikasi mitra")
    OPEN311 = w.Channel.OPEN311.value, _("Open311")


class OutcomeWord(TextChoices):
    """How a closed case ended."""

    CONFIRMED = w.Outcome.CONFIRMED.value, _("dinyatakan selesai oleh pelapor")
    SILENT = w.Outcome.SILENT.value, _("tanpa tanggapan pelapor")
    UNREACHED = w.Outcome.UNREACHED.value, _("pelapor tidak terhubung")
    REFUSED = w.Outcome.REFUSED.value, _("ditolak dengan alasan")
    UNRECORDED = w.Outcome.UNRECORDED.value, _("tidak tercatat")


class ArchiveReasonWord(TextChoices):
    """Each is shown to the public with an explanation."""

    UNCLEAR = w.ArchiveReason.UNCLEAR.value, _("isi tidak dapat dipahami")
    INCOMPLETE = w.ArchiveReason.INCOMPLETE.value, _("tidak dilengkapi dalam waktunya")
    SPAM = w.ArchiveReason.SPAM.value, _("bukan laporan")
    DUPLICATE = w.ArchiveReason.DUPLICATE.value, _("sama dengan laporan lain")
    WRONG_ADDRESSEE = w.ArchiveReason.WRONG_ADDRESSEE.value, _("tidak ada instansi yang berwenang")
    OUT_OF_SCOPE = w.ArchiveReason.OUT_OF_SCOPE.value, _("di luar pelayanan publik, dirujuk")
    BEFORE_COURT = w.ArchiveReason.BEFORE_COURT.value, _("sedang diperiksa pengadilan")
    WITHDRAWN = w.ArchiveReason.WITHDRAWN.value, _("dicabut pelapor")


class AnswerKindWord(TextChoices):
    """What a final answer says in substance."""

    DONE = w.AnswerKind.DONE.value, _("Sudah dikerjakan")
    INFORMATION = w.AnswerKind.INFORMATION.value, _("Informasi diberikan")
    PROMISED = w.AnswerKind.PROMISED.value, _("Dijanjikan pada tanggal tertentu")
    REFUSED = w.AnswerKind.REFUSED.value, _("Ditolak, dengan dasar hukum")
    NOT_POSSIBLE = w.AnswerKind.NOT_POSSIBLE.value, _("Tidak dapat dikerjakan, dengan alasan")

"""What the columns of reference data are called on the screen, in `/admin/` and in histories."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.console.ladder_words import role_name
from tanggap.console.rule_words import clock_name
from tanggap.console.template_titles import title_of

LABELS: Final[dict[str, Promise]] = {
    "id": _("Nomor baris"),
    "code": _("Kode"),
    "name": _("Nama"),
    "short_name": _("Nama singkat"),
    "kind": _("Jenis"),
    "parent": _("Induk"),
    "body": _("Pemerintah atau lembaganya"),
    "path": _("Letak dalam pohon"),
    "region": _("Wilayah"),
    "zone": _("Zona waktu"),
    "topics": _("Urusan"),
    "valid_from": _("Berlaku mulai"),
    "valid_until": _("Berlaku sampai"),
    "status": _("Keadaan"),
    "merged_into": _("Digabung ke"),
    "external": _("Di luar layanan ini"),
    "two_person_answers": _("Jawaban dua orang"),
    "search_text": _("Kata pencarian"),
    "agency": _("Instansi"),
    "agency_code": _("Kode instansi"),
    "alias": _("Sebutan"),
    "normalized": _("Bentuk untuk pencarian"),
    "source": _("Sumber"),
    "level": _("Tingkat"),
    "date": _("Tanggal"),
    "working": _("Tetap bekerja"),
    "estimated": _("Perkiraan"),
    "days": _("Hari kerja (0 = Senin)"),
    "opens": _("Buka"),
    "closes": _("Tutup"),
    "clock": _("Jam"),
    "classification": _("Klasifikasi"),
    "urgent": _("Mendesak"),
    "amount": _("Banyaknya"),
    "unit": _("Satuan"),
    "slug": _("Nama pendek"),
    "channel": _("Saluran"),
    "role": _("Kepada"),
    "template": _("Pesan"),
    "language": _("Bahasa"),
    "subject": _("Judul"),
    "updated_at": _("Terakhir diubah"),
    "updated_by_key": _("Diubah oleh"),
    "line": _("Kalimat di bawah nama"),
    "logo_svg": _("Logo (SVG)"),
    "colour": _("Warna"),
    "host": _("Alamat situs"),
    "channels": _("Saluran"),
    "languages": _("Bahasa"),
    "android_package": _("Nama aplikasi Android"),
    "android_fingerprints": _("Sidik jari sertifikat Android"),
    "is_default": _("Merek utama"),
    "label_id": _("Nama (Indonesia)"),
    "label_en": _("Nama (Inggris)"),
    "weight": _("Bobot"),
    "direction": _("Arah"),
    "basis": _("Dasar"),
    "minimum_n": _("Laporan paling sedikit"),
    "z": _("Lebar selang (z)"),
    "band_floors": _("Batas bawah kelompok"),
    "title": _("Nama contoh"),
    "text": _("Teks"),
    "answer_kind": _("Untuk jawaban"),
    "created_at": _("Dibuat"),
    "retired_at": _("Dihapus dari daftar"),
    "signing": _("Menunggu tanda tangan"),
    "signatory_role": _("Penanda tangan"),
    "number_format": _("Bentuk nomor"),
    "place": _("Tempat terbit"),
    "steps": _("Langkah"),
    "sha256": _("Sidik isi"),
}
# The same name for another thing.
OF_A_TABLE: Final[dict[tuple[str, str], Promise]] = {
    ("wording", "body"): _("Isi"),
    ("scorecardcomponent", "source"): _("Angka atau bukti"),
    ("deadlinepolicy", "source"): _("Dasar aturan"),
    ("ladder", "source"): _("Dasar aturan"),
    ("answertemplate", "agency"): _("Milik"),
}
_VALUES: Final[dict[str, Callable[[str], str]]] = {
    "clock": clock_name,
    "template": title_of,
    "role": role_name,
    "signatory_role": role_name,
}


def label_of(name: str, table: str = "") -> str:
    """The column in words; its identifier where it is new here."""
    return str(OF_A_TABLE.get((table, name)) or LABELS.get(name) or name)


def labels_of(model: type[Model]) -> dict[str, str]:
    """Every column of a table."""
    table = str(model._meta.model_name)
    return {field.name: label_of(field.name, table) for field in model._meta.fields}


def value_of(row: Model, field: Field[Any, Any]) -> Any:
    """What a cell says: the words of a choice, not its identifier."""
    value = getattr(row, field.name)
    if field.name in _VALUES and value:
        return _VALUES[field.name](value)
    shown = getattr(row, f"get_{field.name}_display", None)
    return shown() if shown else value

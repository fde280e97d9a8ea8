"""What masking finds and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KINDS: Final[dict[str, str]] = {
    "NIK": "nomor induk kependudukan",
    "KK": "nomor kartu keluarga",
    "NPWP": "nomor pokok wajib pajak",
    "TELEPON": "nomor telepon",
    "EMAIL": "alamat e-mail",
    "PLAT": "nomor kendaraan",
    "REKENING": "nomor rekening",
    "NIP": "nomor induk pegawai",
    "BPJS": "nomor BPJS",
    "NAMA": "nama orang",
    "AKUN": "nama akun media sosial",
}
"""Each kind and what to call it on screen, in Indonesian."""


@dataclass(frozen=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of the original text are personal data of `kind`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Masked:
    """The masked text, and the spans of the original that were replaced, in order and apart from each other."""

    text: str
    spans: tuple[Span, ...]

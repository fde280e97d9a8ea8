"""Words that say what the number after them is."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Final

WINDOW: Final = 48
"""Characters that may lie between a cue and its number."""
_NEAR: Final = 14
"""A word that says "not personal" counts only right before the number."""

_WORDS: Final = {
    "NIK": r"(?:no)?nik|n[. ]i[. ]k|nlk|e-?ktp|(?:no)?ktp|nomor induk kependudukan",
    "KK": r"(?:no)?kk(?: mandiri)?|k[. ]k|kartu (?:keluarga|klg|kel)",
    "NPWP": r"npwp|n[. ]p[. ]w[. ]p|nomor pokok wajib pajak",
    "NIP": r"nip|n[. ]i[. ]p|nomor induk pegawai|nrp|nuptk|nipppk",
    "BPJS": r"bpjs(?:tk|[ -]?kesehatan|[ -]?ketenagakerjaan)?(?: mandiri)?|jkn|kis|kpj|noka|jamsostek",
    "TELEPON": (
        r"hp|no\.? ?hp|hape|handphone|telp?|tlp|telepon|telpon|ponsel|"
        r"nel(?:pon|p)|t[ie]lpu?[on]n|wa|whats?app|wasap|sms|kontak|hubungi|call|phone"
    ),
    "REKENING": (
        r"rekening|rek|norek|no\.?rek|account|akun bank|virtual account|va|kartu (?:atm|debit|kredit)|atm|"
        r"bca|bri|bni|btn|bsi|cimb(?: niaga)?|danamon|permata|"
        r"jago|seabank|jenius|bjb|bukopin|muamalat|mandiri|bank [a-z]{2,12}|bpd|gopay|ovo|dana|shopeepay"
    ),
    "SAFE": (
        r"pln|listrik|air|koran|sambungan|"
        r"idpel|id ?pel|pelanggan|meter|meteran|kwh|pdam|token|stroom|nop|pbb|nib|siup|imb|pbg|resi|tiket|"
        r"laporan|aduan|pengaduan|perkara|surat|pasal|perda|perpres|permen\w{0,8}|uu|sk|pos|kodepos|invoice|faktur|"
        r"order|pesanan|transaksi|referensi|sertifikat|shm|npsn|antrean|antrian|registrasi|pendaftaran|tahun|tgl|tanggal"
    ),
}
_CUE: Final = re.compile(
    rf"(?<![a-z0-9])(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in _WORDS.items())})(?![a-z])", re.IGNORECASE
)
_AFTER: Final = re.compile(
    r"[ ,(-]{1,3}(?:bank |rek(?:ening)? )?(?:bca|bri|bni|btn|bsi|cimb|danamon|mandiri)(?![a-z])", re.IGNORECASE
)
_BREAK: Final = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029\]]|\d{4}")


class Cues:
    """The cues of a text, found once and asked for often."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _found(self) -> list[tuple[int, str | None]]:
        """Looked for when the first number asks: most texts have none."""
        return [(match.end(), match.lastgroup) for match in _CUE.finditer(self._text)]

    @cached_property
    def _ends(self) -> list[int]:
        return [end for end, _ in self._found]

    def before(self, start: int) -> str | None:
        """The kind that the last cue before position `start` announces, `SAFE`, or None.

        Another number, a placeholder or a new line in between ends its reach.
        """
        place = bisect_right(self._ends, start) - 1
        if place < 0:
            return None
        end, kind = self._found[place]
        reach = _NEAR if kind == "SAFE" else WINDOW
        if start - end > reach or _BREAK.search(self._text, end, start):
            return None
        return kind


def bank_after(text: str, end: int) -> bool:
    """Whether the name of a bank follows."""
    return _AFTER.match(text, end) is not None

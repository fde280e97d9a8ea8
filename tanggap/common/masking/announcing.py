"""What announces the name of a person, as patterns that end where the name begins."""

from __future__ import annotations

import re
from typing import Final

from tanggap.common.masking.words import AREAS, DOCUMENTS, FAMILY, HONORIFICS, KIN, OFFICES, PLACES, RANKS, RELATIONS

_CAPITAL: Final = r"(?=(?-i:[A-Z][a-z]))"
_WHOSE: Final = r"(?:saya|sy|kami|aku|ku|kandung|kulo|kula|abdi)"

STRONG: Final = re.compile(
    rf"(?<![a-z])(?:"
    rf"nama (?:{RELATIONS})(?:[ \t]{{0,8}}[:=][ \t]{{0,3}}| adalah | ialah | yaitu | )|"
    rf"(?:nama|nm)[ \t]{{0,8}}[:=][ \t]{{0,3}}|"
    rf"(?:nami|jeneng|asma) {_WHOSE} |(?:nama ?ku|jenengku) |"
    rf"(?:saya )?bernama |"
    rf"(?:atas nama[ ]?:?|a\.n\.?[ ]?|a/n\.?[ ]?|an\.|an[ ]?:)[ ]?"
    rf"(?:(?:{DOCUMENTS}|{FAMILY}|pemilik|pelapor|pemohon)(?: {_WHOSE})?[ ]?:?[ ](?=[a-z])|saya sendiri[ ,:]{{1,2}})?|"
    rf"an {_CAPITAL}|"
    rf"(?:pelapor|pengirim|terlapor|pemohon|ttd|hormat saya|hormat kami)[ ]{{0,3}}[:,.][ ]{{0,3}}(?=(?-i:[A-Z]))|"
    rf"bertanda ?tangan di ?bawah ini,?[ ]?:?[ ]?{_CAPITAL}|"
    rf"perkenalkan,? (?:nama )?saya )(?:(?:{HONORIFICS})\.? )?",
    re.IGNORECASE,
)
"""After these a name follows beyond doubt."""

LIKELY: Final = re.compile(
    rf"(?<![a-z])(?:nama(?:nya)? (?:(?:di|pada|dalam) (?:{DOCUMENTS}) )?|"
    rf"(?:pelapor|pengirim|pemohon|terlapor|(?:pelaku|korban|saksi)nya) {_CAPITAL}|"
    rf"(?:dari|from)[ ]?:[ ]?(?=(?-i:[A-Z][a-z]{{1,24}}(?: [A-Z][a-z]{{1,24}}){{0,3}})\r?\n"
    rf"(?:untuk|kepada|to|hal|perihal)[ :])|"
    rf"(?:petugas|pegawai|oknum|pelaku|korban|saksi|ketua|kades|lurah|camat|kadus|operator|sopir|guru|dokter|bidan|"
    rf"perawat)[ ]?:[ ]?{_CAPITAL}|"
    rf"(?:{FAMILY}) {_WHOSE},? {_CAPITAL})",
    re.IGNORECASE,
)
"""After these a name follows unless the next word is a common one."""

POLITE: Final = re.compile(
    rf"(?<![a-z/])(?:(?:{KIN}) ?{_CAPITAL}|"
    rf"(?:{HONORIFICS})(?:\.[ ]?|[ ])(?:(?:h|hj|drs|dra|ir|dr|drg)\.[ ]?|(?:{OFFICES}) {_CAPITAL})?)",
    re.IGNORECASE,
)
"""Titles before a name; of those in KIN only where a capital follows."""

OF_A_PLACE: Final = re.compile(rf"(?<![a-z])(?:{PLACES})\.?[ ]?(?:(?:{RANKS})\.?[ ]?){{0,2}}$", re.IGNORECASE)
"""Before a title: what follows is the name of a street or a building."""

_I: Final = r"(?<![a-z])(?:saya|sy|kulo|kula|abdi|aye|ane|aku|sengko[’']?)"
_FROM: Final = r"(?:warga|dari|dr|asal|ti|saking|alamat|umur|usia|ktp|nik|kk|hp|nip|no|pelanggan|peserta|bang|,)"
SELF: Final = re.compile(rf"{_I},? (?=(?-i:[A-Z][a-z]{{1,24}} [A-Z][a-z]))", re.IGNORECASE)
INTRODUCED: Final = re.compile(
    rf"{_I},? (?=(?-i:(?:[A-Z][a-z]{{1,8}}\. )?[A-Z][a-z]{{2,24}}(?: [A-Z][a-z]{{1,24}}){{0,2}})"
    rf"(?:,| {_FROM}(?![a-z])))|"
    rf"perkenalkan,? (?:saya|sy|aku|kulo|abdi) {_CAPITAL}",
    re.IGNORECASE,
)
"""*sy Suparno warga …*, *kulo Ngatimin, …*: one name is enough where the person goes on to say from where."""
INTRODUCED_PLAIN: Final = re.compile(rf"{_I} (?=[a-z]{{4,24}} warga(?![a-z]))", re.IGNORECASE)
NOT_SELF: Final = re.compile(rf"(?<![a-z])(?:{AREAS})[ ]$", re.IGNORECASE)
"""*desa saya Karang Anyar* names the village."""

_THANKS: Final = (
    r"(?:hormat (?:saya|kami)|salam(?: hormat)?|wassalam(?:u? ?[’']?alaikum)?(?: w[.a-z ]{0,20})?|tertanda|ttd|tt|"
    r"trims|tks|thanks|thx|terima ?kasih|makasih|matur ?nuwun|(?:hatur )?nuhun|sakalangkong|(?:best |kind )?regards)"
)
CLOSING: Final = re.compile(
    rf"(?<![a-z]){_THANKS}[ ]{{0,2}}[,.:]?[ ]{{0,2}}(?:\r?\n){{0,4}}\(?"
    r"(?=(?-i:[A-Z][A-Za-z'.]{1,24}(?: [A-Z][A-Za-z'.]{0,24}){0,3})\)?[ ]{0,3}(?:\r?\n|\Z))",
    re.IGNORECASE,
)
"""The end of a letter: a line of capitalised words after the greeting."""

CLOSING_PLAIN: Final = re.compile(
    rf"(?<![a-z]){_THANKS}[ ]{{0,2}}(?:,[ ]{{0,2}}|\r?\n)(?=[a-z]{{4,24}}[ ]{{0,2}}\Z)", re.IGNORECASE
)
"""The last word of a text, in lower case, after the thanks and a comma or a new line."""

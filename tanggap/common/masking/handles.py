"""Names of accounts: `@budi_s`, `ig budi.s`, `t.me/budi_s`; those of public bodies stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tanggap.common.masking.spans import Span

_NAME: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_]|\.(?=[A-Za-z0-9_])){2,29}(?![\w@])"
_AT: Final = re.compile(rf"(?<![\w.@+/-])@(?=[A-Za-z_])({_NAME})")
_CUED: Final = re.compile(
    rf"(?<![a-z])(?:ig|insta|instagram|tiktok|twitter|telegram|tele|facebook|fb|username|user ?id|user|id line|line id|"
    rf"akun)(?:nya|ku)?(?![a-z])(?:[ ](?:saya|sy|aku|dia|pribadi|nya))?[ ]?[:=]?[ ]?"
    rf"(?=[A-Za-z.]{{0,28}}[_0-9]|[A-Za-z]{{1,28}}\.[A-Za-z])({_NAME})",
    re.IGNORECASE | re.ASCII,
)
_ADDRESS: Final = re.compile(
    rf"(?:(?:instagram|facebook|fb|tiktok|twitter|youtube|x|threads)\.com|t\.me|telegram\.me|threads\.net)/@?({_NAME})",
    re.IGNORECASE,
)
_PUBLIC: Final = re.compile(
    r"lapor|sp4n|kem(?:en|kes|kom|dik|ham|hub|sos|tan|dag|ker|keu|pu|pora|desa)|kominfo|pemkot|pemkab|pemprov|pemda|polri|polda|polres|polsek|divisihumas|humas_?pol|dinas|dishub|dinkes|"
    r"disdik|dukcapil|dpupr|bpjs(?:kes|_?tk)|pln_?1|pdam_|ombudsman|kpk_?ri|kpu_|bawaslu|satpolpp|damkar|bnpb|bpbd|bmkg|"
    r"diskominfo|presiden|jokowi",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(r"[\d.,]+(?:rb|jt|k|kg|cm|m|gb|mb|x)?", re.IGNORECASE)
_PAGES: Final = frozenset("share watch groups events reel reels stories video photo login status".split())


def find_handles(text: str) -> Iterator[Span]:
    """Every account of a person; the sign before the name is hidden with it."""
    for pattern in (_AT, _ADDRESS, _CUED):
        for match in pattern.finditer(text):
            name = match[1]
            if not _PUBLIC.match(name) and not _NO_NAME.fullmatch(name) and name.lower() not in _PAGES:
                start = match.start(1)
                yield Span(start - (text[start - 1 : start] == "@"), match.end(1), "AKUN")

"""Whether an answer says anything: thanks and promises to pass it on stop no clock. Pure.

Users of the real system complained of cases closed with "terima kasih, akan kami tindak lanjuti" (DOMAIN §2).
"""

from __future__ import annotations

import re

FEWEST_WORDS = 4
_STOCK = re.compile(
    r"\b(?:terima kasih|terimakasih|matur nuwun|salam|yth|kepada|bapak|ibu|saudara|sdr|anda|pelapor|atas|untuk|dari|"
    r"laporan(?:nya)?|aduan(?:nya)?|pengaduan|masukan|informasi(?:nya)?|partisipasi|perhatian|kami|kita|akan|segera|"
    r"sudah|telah|sedang|dan|yang|ini|di|ke|kepada|dengan|mohon|harap|sabar|tunggu|ditunggu|menunggu|maaf|"
    r"diterima|terima|diteruskan|teruskan|ditindaklanjuti|tindaklanjuti|tindak|lanjuti?|diproses|proses|"
    r"koordinasi(?:kan)?|dikoordinasikan|terkait|instansi|dinas|pihak|unit|bidang|baik|siap|ok|oke|"
    r"secepatnya|lebih|hal|tersebut|selanjutnya|untuk|agar|bisa|dapat|menindaklanjuti|disampaikan|sampaikan|"
    r"thank|thanks|you|your|report|for|we|will|follow|up|it|the|on|soon|has|been|received)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,40}|\d{1,40}")
LONGEST_READ = 4000


def is_acknowledgement(text: str) -> bool:
    """True when nothing but thanks, greetings and announcements remains."""
    rest = _STOCK.sub(" ", text[:LONGEST_READ])
    return len(_WORD.findall(rest)) < FEWEST_WORDS

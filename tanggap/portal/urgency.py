"""Words of danger: for these a form of several days is the wrong door, and the page says which number to call."""

from __future__ import annotations

import re

# DOMAIN §2: danger to life, violence, a child, collapse, flood. Whole words; "banjir" alone would catch every clogged
# drain, so water counts only with something that makes it urgent.
URGENT = re.compile(
    r"\b(?:kebakaran|terbakar|kecelakaan|tabrakan|perampokan|dirampok|pembunuhan|dibunuh|bunuh diri|perkosaan|"
    r"diperkosa|pemerkosaan|pelecehan seksual|kekerasan (?:pada|terhadap)|dianiaya|penganiayaan|dipukuli?|disekap|"
    r"diculik|penculikan|anak (?:hilang|disiksa|dipukul)|kdrt|ambruk|longsor|gempa|tsunami|banjir bandang|tenggelam|"
    r"hanyut|sekarat|tidak sadar|pingsan|keracunan|tersengat|kabel putus|gas bocor|kebocoran gas|terjebak|darurat|"
    r"on fire|accident|robbery|rape|assault|drowning|collapsed|emergency)\b",
    re.IGNORECASE,
)
LONGEST_READ = 20_000


def sounds_urgent(text: str) -> bool:
    """Whether the words speak of danger happening now."""
    return URGENT.search(text[:LONGEST_READ]) is not None

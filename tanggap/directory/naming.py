"""How the names of regions and agencies are compared. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST_NAME = 250
LONGEST_SEARCH_TEXT = 600

WORDS = {
    "kab": "kabupaten",
    "kabupten": "kabupaten",
    "prov": "provinsi",
    "prop": "provinsi",
    "propinsi": "provinsi",
    "kec": "kecamatan",
    "distrik": "kecamatan",
    "kel": "kelurahan",
    "adm": "administrasi",
    "pemkab": "pemerintah kabupaten",
    "pemkot": "pemerintah kota",
    "pemprov": "pemerintah provinsi",
    "pemprop": "pemerintah provinsi",
    "pemda": "pemerintah daerah",
    "diy": "di yogyakarta",
    "jabar": "jawa barat",
    "jateng": "jawa tengah",
    "jatim": "jawa timur",
    "sumut": "sumatera utara",
    "sumbar": "sumatera barat",
    "sumsel": "sumatera selatan",
    "kalbar": "kalimantan barat",
    "kalteng": "kalimantan tengah",
    "kalsel": "kalimantan selatan",
    "kaltim": "kalimantan timur",
    "kaltara": "kalimantan utara",
    "sulut": "sulawesi utara",
    "sulteng": "sulawesi tengah",
    "sulsel": "sulawesi selatan",
    "sultra": "sulawesi tenggara",
    "sulbar": "sulawesi barat",
    "ntb": "nusa tenggara barat",
    "ntt": "nusa tenggara timur",
    "babel": "kepulauan bangka belitung",
    "kepri": "kepulauan riau",
    "kemen": "kementerian",
}
PHRASES = (
    ("daerah khusus ibukota", "dki"),
    ("daerah khusus jakarta", "dki jakarta"),
    ("d k i jakarta", "dki jakarta"),
    ("daerah istimewa yogyakarta", "di yogyakarta"),
    ("d i yogyakarta", "di yogyakarta"),
    ("pemerintah daerah kabupaten", "pemerintah kabupaten"),
    ("pemerintah daerah kota", "pemerintah kota"),
    ("pemerintah daerah provinsi", "pemerintah provinsi"),
    ("kota madya", "kota"),
)
NOT_A_WORD = re.compile(r"[^a-z0-9]+")
BRACKETS = re.compile(r"\s*\([^)]*\)")


def normalize(text: str) -> str:
    """Lower case, no accents, dots or extra spaces, abbreviations written out: "KAB. Nganjuk" → "kabupaten nganjuk"."""
    plain = unicodedata.normalize("NFKD", text[: LONGEST_NAME * 2]).encode("ascii", "ignore").decode().lower()
    plain = plain.replace("&", " dan ").replace("'", "")
    words: list[str] = []
    for word in NOT_A_WORD.sub(" ", plain).split():
        written_out = WORDS.get(word, word).split()
        if words[-1:] != written_out:  # "Kabupaten Kabupaten Kendal" is written by administrators
            words.extend(written_out)
    joined = f" {' '.join(words)} "
    for phrase, short in PHRASES:
        joined = joined.replace(f" {phrase} ", f" {short} ")
    return joined.strip()


def without_brackets(text: str) -> str:
    """The text less everything in brackets, as the unit template's names are used."""
    return " ".join(BRACKETS.sub("", text).split())


def slug_of(short_name: str) -> str:
    """The code's slug of one short name: lower case, letters and digits only, up to `/` or `(`."""
    return re.sub(r"[^a-z0-9]", "", re.split(r"[/(]", short_name)[0].lower())


def unit_slug(short_names: str, taken: Iterable[str]) -> str:
    """The slug of a unit: its first short name, if taken the second, then the first with `-2`, `-3` …"""
    used = set(taken)
    names = [slug_of(part) for part in short_names.split("/") if slug_of(part)]
    for slug in names[:2]:
        if slug not in used:
            return slug
    number = 2
    while f"{names[0]}-{number}" in used:
        number += 1
    return f"{names[0]}-{number}"


def government_aliases(kind: str, region_name: str) -> Iterator[str]:
    """The normalised names of one regional government; the bare place name may stand for two of them."""
    full = normalize(region_name)
    bare = full.removeprefix("kabupaten ").removeprefix("kota ").removeprefix("administrasi ")
    level = {"province": "provinsi", "regency": "kabupaten", "city": "kota"}[kind]
    for name in dict.fromkeys((full, f"{level} {bare}", bare)):
        yield name
    for name in dict.fromkeys((full if kind != "province" else f"{level} {bare}", f"{level} {bare}")):
        yield f"pemerintah {name}"
    if bare.startswith("dki "):
        yield from ("provinsi jakarta", "pemerintah provinsi jakarta", "jakarta")


def national_aliases(name: str, short_name: str) -> Iterator[str]:
    """The normalised names of one national body: whole, each side of a slash, and a company without its legal form."""
    whole = [name, short_name, *name.split("/"), *short_name.split("/")]
    company = re.sub(r"\(Persero\)|\bTbk\b", "", name)
    for text in (*whole, company, re.sub(r"^(PT|Perum)\b", "", company)):
        key = normalize(text)
        if len(key) > 1:
            yield key


def search_words(*names: str) -> str:
    """What a picker searches in: the normalised names, one after the other."""
    return " ".join(filter(None, map(normalize, names)))[:LONGEST_SEARCH_TEXT]

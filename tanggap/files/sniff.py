"""What a file is, judged by its first bytes alone: never by its name or by what the sender says. Pure."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.files.limits import Kind

HEAD = 4096
"""Bytes that are looked at."""


class Sniffed(NamedTuple):
    """An accepted kind with its media type, or `kind=None` and what to call the refused thing."""

    kind: Kind | None
    media_type: str
    label: str | Promise = ""


_STARTS: tuple[tuple[bytes, Sniffed], ...] = (
    (b"\xff\xd8\xff", Sniffed(Kind.PICTURE, "image/jpeg")),
    (b"\x89PNG\r\n\x1a\n", Sniffed(Kind.PICTURE, "image/png")),
    (b"GIF87a", Sniffed(Kind.PICTURE, "image/gif")),
    (b"GIF89a", Sniffed(Kind.PICTURE, "image/gif")),
    (b"%PDF-", Sniffed(Kind.DOCUMENT, "application/pdf")),
    (b"ID3", Sniffed(Kind.AUDIO, "audio/mpeg")),
    (b"\xff\xfb", Sniffed(Kind.AUDIO, "audio/mpeg")),
    (b"\xff\xf3", Sniffed(Kind.AUDIO, "audio/mpeg")),
    (b"\xff\xf2", Sniffed(Kind.AUDIO, "audio/mpeg")),
    (b"OggS", Sniffed(Kind.AUDIO, "audio/ogg")),
    (b"#!AMR", Sniffed(Kind.AUDIO, "audio/amr")),
    (b"PK\x03\x04", Sniffed(None, "", _("arsip ZIP atau dokumen Office (simpan sebagai PDF)"))),
    (b"PK\x05\x06", Sniffed(None, "", _("arsip ZIP"))),
    (b"Rar!", Sniffed(None, "", _("arsip RAR"))),
    (b"7z\xbc\xaf", Sniffed(None, "", _("arsip 7z"))),
    (b"\x1f\x8b", Sniffed(None, "", _("arsip terkompresi"))),
    (b"\xd0\xcf\x11\xe0", Sniffed(None, "", _("dokumen Office lama (simpan sebagai PDF)"))),
    (b"MZ", Sniffed(None, "", _("program"))),
    (b"\x7fELF", Sniffed(None, "", _("program"))),
    (b"\xca\xfe\xba\xbe", Sniffed(None, "", _("program"))),
    (b"\xcf\xfa\xed\xfe", Sniffed(None, "", _("program"))),
    (b"dex\n", Sniffed(None, "", _("program"))),
    (b"#!", Sniffed(None, "", _("program"))),
    (b"BM", Sniffed(None, "", _("gambar BMP (simpan sebagai JPEG atau PNG)"))),
    (b"II*\0", Sniffed(None, "", _("gambar TIFF (simpan sebagai JPEG atau PNG)"))),
    (b"MM\0*", Sniffed(None, "", _("gambar TIFF (simpan sebagai JPEG atau PNG)"))),
)
_VIDEO_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"MSNV", b"M4V ", b"qt  "}
_AUDIO_BRANDS = {b"M4A ", b"M4B "}
_STILL_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"}
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<iframe")

UNKNOWN = Sniffed(None, "", _("jenisnya tidak dikenal"))


def sniff(head: bytes) -> Sniffed:
    """What begins with `head`."""
    if head[:4] == b"RIFF":
        return Sniffed(Kind.PICTURE, "image/webp") if head[8:12] == b"WEBP" else UNKNOWN
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    for start, sniffed in _STARTS:
        if head.startswith(start):
            return sniffed
    return _text(head)


def _by_brand(brand: bytes) -> Sniffed:
    if brand in _VIDEO_BRANDS or brand.startswith((b"3gp", b"3g2")):
        return Sniffed(Kind.VIDEO, "video/mp4")
    if brand in _AUDIO_BRANDS:
        return Sniffed(Kind.AUDIO, "audio/mp4")
    if brand in _STILL_BRANDS:
        return Sniffed(None, "", _("gambar HEIC atau AVIF (simpan sebagai JPEG)"))
    return UNKNOWN


def _text(head: bytes) -> Sniffed:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    if b"<svg" in start:
        return Sniffed(None, "", _("gambar SVG (simpan sebagai PNG)"))
    if start.startswith(_MARKUP):
        return Sniffed(None, "", _("halaman web"))
    if start.startswith(b"<?xml"):
        return Sniffed(None, "", _("dokumen XML"))
    return UNKNOWN

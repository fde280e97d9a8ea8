"""Files as people and attackers send them, made on the spot."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

CANARY = b"CANARY-LAT-7.0512-BUDI"


def photo(size: tuple[int, int] = (800, 600), **options: object) -> bytes:
    """A JPEG, left half red and right half blue, with the canary in EXIF, comment and behind the end."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif[0x0112] = options.pop("orientation", 1)
    exif.get_ifd(0x8825)[1] = CANARY.decode()
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif, comment=CANARY, quality=90, **options)
    return buffer.getvalue() + CANARY


def png(size: tuple[int, int] = (50, 40), mode: str = "RGB", colour: object = "green") -> bytes:
    """A PNG with the canary in a text chunk."""
    info = PngInfo()
    info.add_text("Author", CANARY.decode())
    buffer = io.BytesIO()
    Image.new(mode, size, colour).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def gif(frames: int = 3) -> bytes:
    """An animation: red, green, blue."""
    images = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")[:frames]]
    buffer = io.BytesIO()
    images[0].save(buffer, "GIF", save_all=True, append_images=images[1:], comment=CANARY)
    return buffer.getvalue()


def script_gif() -> bytes:
    """A GIF that is also a script: `GIF89a=1/* … */;alert(1)`."""
    body = gif(1)[6:]
    return b"GIF89a" + body + b"*/=1;alert(document.cookie)//<script>alert(1)</script>"


def png_bomb(side: int) -> bytes:
    """A valid PNG of side × side black pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = bytes(side // 8 + 2)
    rows = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(extra: bytes = b"", trailer: bytes = b"") -> bytes:
    """A small PDF with `extra` objects."""
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" + extra + b"\nxref\n0 1\n"
        b"trailer\n<< /Root 1 0 R " + trailer + b" >>\nstartxref\n9\n%%EOF\n"
    )


def object_stream(content: bytes) -> bytes:
    """An object stream, in which names hide from a plain search."""
    packed = zlib.compress(content)
    head = b"7 0 obj\n<< /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    return head + packed + b"\nendstream\nendobj\n"


def box(kind: bytes, body: bytes = b"") -> bytes:
    """One box of an MP4."""
    return struct.pack(">I", 8 + len(body)) + kind + body


def track(handler: bytes, marker: bytes = b"") -> bytes:
    """A track with a handler and, as user data, a marker."""
    hdlr = box(b"hdlr", bytes(8) + handler + bytes(12))
    mdia = box(b"mdia", box(b"mdhd", bytes(24)) + hdlr + box(b"minf", b"SAMPLES" + handler))
    return box(b"trak", box(b"tkhd", bytes(84)) + mdia + box(b"udta", marker))


def mp4(brand: bytes = b"isom") -> bytes:
    """A recording whose place and maker stand in user data, a metadata track, an XMP box and the padding."""
    location = box(b"udta", box(b"\xa9xyz", CANARY))
    moov = box(
        b"moov",
        box(b"mvhd", bytes(100)) + track(b"vide", CANARY) + track(b"meta", CANARY) + location + box(b"meta", CANARY),
    )
    junk = box(b"uuid", CANARY) + box(b"free", CANARY)
    return box(b"ftyp", brand + bytes(4) + brand) + moov + junk + box(b"mdat", b"PICTURES")


def mp3() -> bytes:
    """Sound with the canary in the tags before and after it."""
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(CANARY)]) + CANARY
    return tag + b"\xff\xfb\x90\x00" + b"SOUND" * 40 + b"TAG" + CANARY.ljust(125, b"\0")

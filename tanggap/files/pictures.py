"""Pictures are decoded and written anew: what is not a pixel (EXIF, comments, a script behind the last byte) is gone.

Re-encoding is the control; sniffing only chooses the one decoder that may look at the file.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from tanggap.common.errors import Invalid, TooMany
from tanggap.files.limits import MAX_PIXELS, MAX_PIXELS_SCALED, MAX_SIDE

Image.MAX_IMAGE_PIXELS = MAX_PIXELS_SCALED
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

_FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}
_ORIENTATION_TAG: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ONE_AT_A_TIME = threading.BoundedSemaphore(1)
_PATIENCE: Final = 30  # seconds
_PREVIEW_SIDE: Final = 1000
_PREVIEW_LETTERS: Final = 22


Area = tuple[int, int, int, int]
"""Left, top, width and height in thousandths of the picture's sides."""


class Picture(NamedTuple):
    """What came out."""

    media_type: str
    width: int
    height: int


def rewrite_picture(source: Path, media_type: str, target: Path) -> Picture:
    """Decode `source`, apply its orientation, scale it to at most MAX_SIDE and write it to `target` without metadata.

    JPEG stays JPEG, everything else becomes WebP; of an animation the first frame is kept. One picture at a time
    in a process: four large ones at once would take more memory than the whole server may have.
    Raises Invalid for what cannot be decoded or is too large, TooMany when the wait takes longer than 30 s.
    """
    with _turn():
        return _checked(source, media_type, target)


def paint_over(source: Path, media_type: str, target: Path, areas: Sequence[Area]) -> None:
    """Write `source`, a picture as we stored it, to `target` with `areas` in black.

    Decoded and encoded anew, so that nothing of what was there remains in the file. An area reaches to the whole pixel
    outside. Raises TooMany like `rewrite_picture`.
    """
    with _turn(), Image.open(source, formats=[_FORMATS[media_type]]) as image:
        image.load()
        pixels = image.convert("RGB")
        draw = ImageDraw.Draw(pixels)
        wide, tall = pixels.size
        for x, y, w, h in areas:
            right, bottom = -(-(x + w) * wide // 1000), -(-(y + h) * tall // 1000)
            draw.rectangle((x * wide // 1000, y * tall // 1000, right - 1, bottom - 1), fill="black")
        _write(pixels, media_type, target)


def draw_grid(source: Path, media_type: str, out: BinaryIO, parts: Sequence[tuple[str, Area]]) -> None:
    """Write a small JPEG of `source`, a picture as we stored it, with a frame and its name around each part.

    Raises TooMany like `rewrite_picture`.
    """
    with _turn(), Image.open(source, formats=[_FORMATS[media_type]]) as image:
        image.draft("RGB", (_PREVIEW_SIDE, _PREVIEW_SIDE))
        pixels = image.convert("RGB")
        # Enlarged too: on a tiny picture the numbers would hide everything.
        scale = _PREVIEW_SIDE / max(pixels.size)
        pixels = pixels.resize((max(1, round(pixels.width * scale)), max(1, round(pixels.height * scale))))
        draw = ImageDraw.Draw(pixels)
        wide, tall = pixels.size
        font = ImageFont.load_default(_PREVIEW_LETTERS)
        for name, (x, y, w, h) in parts:
            corner = (x * wide // 1000, y * tall // 1000)
            draw.rectangle((*corner, (x + w) * wide // 1000, (y + h) * tall // 1000), outline="black", width=3)
            draw.rectangle((*corner, (x + w) * wide // 1000, (y + h) * tall // 1000), outline="white", width=1)
            at = (corner[0] + 5, corner[1] + 3)
            draw.text(at, name, fill="white", font=font, stroke_width=2, stroke_fill="black")
        pixels.save(out, "JPEG", quality=80)


@contextmanager
def _turn() -> Iterator[None]:
    if not _ONE_AT_A_TIME.acquire(timeout=_PATIENCE):
        raise TooMany(_("Terlalu banyak gambar sedang diolah. Coba lagi sebentar."), retry_after=_PATIENCE)
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()


def _checked(source: Path, media_type: str, target: Path) -> Picture:
    try:
        return _rewrite(source, media_type, target)
    except Invalid:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_large() from None
    except Exception:  # decoders raise whatever the broken file makes them stumble over
        raise Invalid(
            _("Gambar ini tidak dapat dibaca. Berkasnya mungkin rusak; coba kirim ulang atau ambil foto lain."),
            code="unreadable_picture",
        ) from None


def _rewrite(source: Path, media_type: str, target: Path) -> Picture:
    with Image.open(source, formats=[_FORMATS[media_type]]) as image:
        _check_size(image)
        turn = _TURNS.get(_orientation(image))
        if image.format == "JPEG":
            image.draft("RGB", (MAX_SIDE, MAX_SIDE))
        image.load()
        pixels = image.convert("RGBA" if image.has_transparency_data else "RGB")
    pixels.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if turn is not None:
        pixels = pixels.transpose(turn)
    clean = Image.new(pixels.mode, pixels.size)  # carries no `info`, from which Pillow would write comments again
    clean.paste(pixels)
    return _write(clean, media_type, target)


def _write(pixels: Image.Image, media_type: str, target: Path) -> Picture:
    if media_type == "image/jpeg":
        pixels.save(target, "JPEG", quality=84, optimize=True, progressive=True)
        return Picture("image/jpeg", *pixels.size)
    pixels.save(target, "WEBP", quality=86, method=4)
    return Picture("image/webp", *pixels.size)


def _check_size(image: Image.Image) -> None:
    """Refuse before a pixel is decoded. Progressive JPEG keeps all coefficients in memory, whatever the scale."""
    scaled = image.format == "JPEG" and not image.info.get("progressive")
    if image.width * image.height > (MAX_PIXELS_SCALED if scaled else MAX_PIXELS):
        raise _too_large()


def _too_large() -> Invalid:
    return Invalid(
        _("Ukuran gambar ini terlalu besar untuk diolah. Kirim foto dengan resolusi lebih kecil."),
        code="too_many_pixels",
    )


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # broken EXIF is no reason to refuse the photo it came with
        return 1

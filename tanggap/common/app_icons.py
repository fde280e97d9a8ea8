"""The app's icons, drawn from `icon.svg`: its squares as pixels, in the sizes that phones ask for.

`python -m tanggap.common.app_icons` writes them into the static folder; a test holds them to the drawing.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent / "static" / "tanggap"
PAPER = "#fcfaf5"
SIDE = 28
"""Of the drawing, in its own units."""
# Of a maskable icon the middle four fifths are certain to be seen, in a circle: the drawing's corners must lie inside.
SHARE = {"": 0.72, "-maskable": 0.5}
SIZES = (192, 512)
_SQUARE = re.compile(r"M(\d+) (\d+)h8v8h-8z|M(\d+) (\d+)h8v8H0z")


def drawn(size: int, share: float) -> bytes:
    """One icon as PNG: `share` of its side is the drawing, the rest is paper."""
    svg = (FOLDER / "icon.svg").read_text(encoding="utf-8")
    colour = re.search(r'fill="(#[0-9a-f]{6})"', svg)
    assert colour is not None
    image = Image.new("RGB", (size, size), PAPER)
    pen = ImageDraw.Draw(image)
    unit, edge = size * share / SIDE, size * (1 - share) / 2
    for found in _SQUARE.findall(svg):
        left, top = (int(value) for value in found if value)
        corner = (round(edge + left * unit), round(edge + top * unit))
        pen.rectangle((*corner, round(edge + (left + 8) * unit) - 1, round(edge + (top + 8) * unit) - 1), colour[1])
    out = io.BytesIO()
    image.quantize(2).save(out, "PNG", optimize=True)
    return out.getvalue()


def icons() -> dict[str, bytes]:
    """Every icon by its file's name."""
    return {f"icon-{size}{kind}.png": drawn(size, share) for size in SIZES for kind, share in SHARE.items()}


if __name__ == "__main__":
    for name, content in icons().items():
        (FOLDER / name).write_bytes(content)

"""An address as a QR code."""

from __future__ import annotations

import io

import segno


def qr_svg(address: str, *, scale: int = 1, border: int = 1) -> bytes:
    """The code as SVG, black on white, with the correction that survives a crease (level M)."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", scale=scale, border=border, dark="#000", light="#fff")
    return out.getvalue()

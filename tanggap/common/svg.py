"""Drawings that people hand in, such as a logo: only shapes remain, because they are printed into our own pages.

A script, a style, a link, an embedded picture or an entity in a drawing would run as ours or call home.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid

LONGEST: Final = 20_000
MOST_PARTS: Final = 400
_NAMESPACE: Final = "{http://www.w3.org/2000/svg}"
_SHAPES: Final = frozenset("svg g path rect circle ellipse line polyline polygon title".split())
_ATTRIBUTES: Final = frozenset(
    "viewBox width height d x y x1 y1 x2 y2 cx cy r rx ry points transform fill-rule clip-rule stroke-width "
    "stroke-linecap stroke-linejoin opacity".split()
)
_PAINT: Final = re.compile(r"none|currentColor", re.ASCII)
_VALUE: Final = re.compile(r"[\w\s.,()+-]{0,8000}", re.ASCII)


def clean_svg(text: str) -> str:
    """The drawing with nothing but shapes in one colour. Raises Invalid for what is no drawing or too large."""
    if len(text) > LONGEST:
        raise Invalid(_("Gambar logo terlalu besar: paling banyak 20.000 huruf."), field="logo_svg", code="too_long")
    if "<!" in text:  # comments and CDATA are harmless; a DOCTYPE can unfold to gigabytes before anybody looks
        raise _no_drawing()
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - no DOCTYPE, hence no entities, and bounded above
    except ElementTree.ParseError:
        raise _no_drawing() from None
    if _name(root) != "svg" or sum(1 for _part in root.iter()) > MOST_PARTS:
        raise _no_drawing()
    _clean(root)
    root.set("aria-hidden", "true")
    return ElementTree.tostring(root, encoding="unicode")


def _clean(part: ElementTree.Element) -> None:
    for name, value in list(part.attrib.items()):
        if not _may_stay(name, value):
            del part.attrib[name]
    for child in list(part):
        if _name(child) in _SHAPES:
            _clean(child)
        else:
            part.remove(child)
    part.tag = _name(part)
    part.tail = None
    if part.tag != "title":
        part.text = None


def _may_stay(name: str, value: str) -> bool:
    if name in ("fill", "stroke"):
        return bool(_PAINT.fullmatch(value))
    return name in _ATTRIBUTES and bool(_VALUE.fullmatch(value))


def _name(part: ElementTree.Element) -> str:
    return str(part.tag).removeprefix(_NAMESPACE)


def _no_drawing() -> Invalid:
    return Invalid(_("Ini bukan gambar SVG yang dapat dipakai."), field="logo_svg", code="no_drawing")

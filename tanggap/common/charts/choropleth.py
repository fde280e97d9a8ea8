"""A map whose regions are shaded by five classes; what is too little to be judged has a pattern of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

FEW: Final = "few"
NONE: Final = "q0"
STEPS: Final = 110
"""Lines of the hatching across a map."""


@dataclass(frozen=True)
class Shade:
    """A region's class (`q1`–`q5`, `few`, `q0`) and what is said of it where the pointer rests."""

    look: str
    says: str


def choropleth(
    size: tuple[int, int], shapes: Mapping[str, str], shades: Mapping[str, Shade], *, says: str, slug: str, lines: str
) -> SafeString:
    """The map. Nothing in it takes the keyboard: its table leads to every region. `lines` is drawn over the shapes."""
    drawn = format_html_join(
        "",
        '<path class="{}"{} d="{}"><title>{}</title></path>',
        (_shape(code, path, shades, slug) for code, path in shapes.items()),
    )
    over = format_html('<path class="edges" d="{}"/>', lines) if lines else ""
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        *(*size, says, pattern(slug, size[0] // STEPS), drawn, over),
    )


def pattern(slug: str, step: int) -> SafeString:
    """The hatching of what is too little, a line every `step` units; its id must stand once a page."""
    step = max(step, 4)
    return format_html(
        '<defs><pattern id="few-{}" width="{}" height="{}" patternUnits="userSpaceOnUse">'
        '<path class="hatch" d="M-1 1 1-1M0 {} {} 0M{} {} {} {}"/></pattern></defs>',
        *(slug, step, step, step, step, step - 1, step + 1, step + 1, step - 1),
    )


def _shape(code: str, path: str, shades: Mapping[str, Shade], slug: str) -> tuple[str, SafeString, str, str]:
    shade = shades.get(code, Shade(NONE, ""))
    fill = format_html(' fill="url(#few-{})"', slug) if shade.look == FEW else SafeString("")
    return shade.look, fill, path, shade.says

"""A share with its interval, drawn in the cell of a table: its numbers stand beside it."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString


def interval(share: float, low: float, high: float, context: float | None = None) -> SafeString:
    """From 0 to 1 across the cell; `context` is a thin upright line, such as the whole body's share."""
    upright = SafeString("")
    if context is not None:
        upright = format_html('<line class="b" x1="{0}%" x2="{0}%" y1="0" y2="20"/>', round(context * 100, 1))
    return format_html(
        '<svg class="ci" aria-hidden="true">{}<line class="a" x1="{}%" x2="{}%" y1="10" y2="10"/>'
        '<rect class="a" x="{}%" y="5" width="10" height="10" transform="translate(-5)"/></svg>',
        *(upright, round(low * 100, 1), round(high * 100, 1), round(share * 100, 1)),
    )

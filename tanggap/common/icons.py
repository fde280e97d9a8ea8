"""The icons, 16×16, stroked in the colour of the text. Trusted markup: constants only."""

from __future__ import annotations

ICONS: dict[str, str] = {
    # the eight states own a shape each
    "unverified": '<circle cx="8" cy="8" r="5.75" stroke-dasharray="2.6 2"/>',
    "on_hold": '<path d="M5.25 3v10M10.75 3v10" stroke-width="3"/>',
    "forwarded": '<path d="M2.5 2.5h11v11h-11z"/>',
    "in_progress": '<path d="M2.5 2.5h11v11h-11z"/><path d="M3 8h10v5H3z" fill="currentColor"/>',
    "answered": '<path d="M2 2.5h12v8.5H8.5L5 14v-3H2z"/>',
    "closed": '<path d="M2.5 2.5h11v11h-11z" fill="currentColor"/><path d="M5 8.2l2.2 2.2L11.2 6" class="cut"/>',
    "archived": '<path d="M2 3h12v3.5H2zM3.2 6.5V13h9.6V6.5M6.2 9.3h3.6"/>',
    "late": '<path d="M8 2l6.5 11.5h-13z"/><path d="M8 6v4M8 11v1.4"/>',
    "urgent": '<path d="M8 1.2L14.8 8 8 14.8 1.2 8z"/><path d="M8 4.8v4M8 10v1.2"/>',
    # the rest
    "arrow": '<path d="M2 8h11M8.5 3.5L13 8l-4.5 4.5"/>',
    "check": '<path d="M2.5 8.5l3.5 3.5L13.5 4"/>',
    "down": '<path d="M8 2v8M4.5 7L8 10.5 11.5 7M2.5 13.5h11"/>',
    "file": '<path d="M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3"/>',
    "hide": '<path d="M1.5 8S4 4 8 4s6.5 4 6.5 4-2.5 4-6.5 4-6.5-4-6.5-4zM3 13L13 3"/>',
    "info": '<path d="M2.5 2.5h11v11h-11z"/><path d="M8 7v4M8 4.5v1.2"/>',
    "lock": '<path d="M3 7h10v7H3zM5 7V5a3 3 0 016 0v2"/>',
    "pin": '<path d="M8 14.2S3 9.7 3 6.4a5 5 0 0110 0c0 3.3-5 7.8-5 7.8z"/><path d="M8 5v2.6"/>',
}

LOGO = (
    '<svg viewBox="0 0 28 28" aria-hidden="true">'
    '<path d="M0 0h8v8H0zM10 0h8v8h-8zM20 0h8v8h-8zM10 10h8v8h-8zM10 20h8v8h-8z"/></svg>'
)
"""The mark of the default brand: a T made of five boxes."""

"""The numbers to call while danger lasts, for every answer that is words alone."""

from __future__ import annotations

from django.utils.translation import gettext as _

NUMBERS = ("112", "110", "129")


def emergency_words() -> str:
    """One sentence, short enough for an SMS beside a tracking id."""
    return _("Bila masih ada bahaya, telepon 112 (darurat), 110 (polisi), atau 129 (perempuan dan anak) sekarang juga.")

"""Hiding personal data in what people write. Pure: no Django, no database, time linear in the length of the text.

Only spans are replaced, by `[NIK]`, `[TELEPON]` and so on; every other character and every line stays. It is a
help for the verifier, not a guarantee: a name without a cue that nobody gave elsewhere (`find_known`) is not found.
"""

from tanggap.common.masking.engine import mask
from tanggap.common.masking.repeated import find_known
from tanggap.common.masking.spans import KINDS, Masked, Span

__all__ = ["KINDS", "Masked", "Span", "find_known", "mask"]

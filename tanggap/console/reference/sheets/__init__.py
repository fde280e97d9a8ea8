"""Every table of reference data that can be exchanged, those of the directory first."""

from __future__ import annotations

from typing import Final

from tanggap.console.reference.sheets import answers, brands, ladders, letters, scorecard, wordings
from tanggap.console.reference.sheets.mark import OfficerMark
from tanggap.directory.exchange import TABLES as OF_THE_DIRECTORY
from tanggap.directory.exchange import Table

_OWN: Final[tuple[Table[OfficerMark], ...]] = (
    ladders.TABLE,
    wordings.TABLE,
    answers.TABLE,
    letters.TABLE,
    brands.TABLE,
    scorecard.TABLE,
)
# What takes any mark takes an officer's.
_ALL: Final[tuple[Table[OfficerMark], ...]] = OF_THE_DIRECTORY + _OWN
TABLES: Final[dict[str, Table[OfficerMark]]] = {table.slug: table for table in _ALL}

__all__ = ["TABLES", "OfficerMark"]

"""A card as JSON and CSV, as the command prints it too."""

from __future__ import annotations

import json

from tanggap.common.charts import as_csv
from tanggap.evaluation.report_card import ReportCard


def card_json(card: ReportCard) -> str:
    """ARCHITECTURE §5."""
    return json.dumps(card.as_json(), ensure_ascii=False, indent=2)


def card_csv(card: ReportCard) -> str:
    """A line a figure."""
    return as_csv(("figure", "key", "value"), card.as_rows())

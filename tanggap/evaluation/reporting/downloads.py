"""A card as JSON and CSV: as the command prints it, and with what it is compared with, as the pages give it away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from tanggap.common.charts import as_csv
from tanggap.evaluation.report_card import ReportCard, rows_in
from tanggap.evaluation.reporting.sheet import Sheet
from tanggap.evaluation.reporting.small import told

HEADS = ("figure", "key", "value")


def card_json(card: ReportCard) -> str:
    """ARCHITECTURE §5."""
    return _written(card.as_json())


def card_csv(card: ReportCard) -> str:
    """A line a figure."""
    return as_csv(HEADS, card.as_rows())


def sheet_json(sheet: Sheet) -> str:
    """The card, and under `compared` the previous period, the median of the peers and the national figure."""
    national = sheet.national
    compared = {
        "previous": told(sheet.before.as_json(), sheet.fewest),
        "peers": {"group": sheet.group, "median": sheet.peers} if sheet.group else None,
        "national": told(national.as_json(), sheet.fewest) if national else None,
    }
    return _written(
        {**told(sheet.card.as_json(), sheet.fewest), "guarded_counted": sheet.guarded, "compared": compared}
    )


def sheet_csv(sheet: Sheet) -> str:
    """A line a figure, with the same figure of each it is compared with."""
    card, before, national = (_places(one, sheet.fewest) for one in (sheet.card, sheet.before, sheet.national))
    rows = (
        (figure, key, value, before.get((figure, key)), sheet.peers.get(f"{figure}.{key}" if key else figure),
         national.get((figure, key)))
        for (figure, key), value in card.items()
    )  # fmt: skip
    return as_csv((*HEADS, "previous", "peers_median", "national"), rows)


def _places(card: ReportCard | None, fewest: int) -> Mapping[tuple[str, str], Any]:
    return {(figure, key): value for figure, key, value in rows_in(told(card.as_json(), fewest))} if card else {}


def _written(content: Mapping[str, Any]) -> str:
    return orjson.dumps(content, option=orjson.OPT_INDENT_2).decode()

"""Charts as inline SVG, drawn by the server: x in per cent, y and text in pixels, so that labels keep their size.

Colour comes from classes (`.a` the subject, `.b` the context, `.lim` a limit, `.q1`–`.q5` on maps). Every chart goes
with its table and its CSV, and says in a sentence what it shows (design/README, "Charts").
"""

from tanggap.common.charts.bars import bars
from tanggap.common.charts.chart import Cell, Chart, as_csv, counted
from tanggap.common.charts.choropleth import Shade, choropleth
from tanggap.common.charts.columns import columns
from tanggap.common.charts.interval import interval
from tanggap.common.charts.lines import Series, lines

__all__ = [
    "Cell",
    "Chart",
    "Series",
    "Shade",
    "as_csv",
    "bars",
    "choropleth",
    "columns",
    "counted",
    "interval",
    "lines",
]

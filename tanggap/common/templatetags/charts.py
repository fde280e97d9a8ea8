"""`{% load charts %}{% chart one csv=address %}`: a picture, its table and its CSV."""

from __future__ import annotations

from typing import Any

from django import template

from tanggap.common.charts import Chart

register = template.Library()


@register.inclusion_tag("components/chart.html")
def chart(chart: Chart, csv: str) -> dict[str, Any]:
    """A chart with everything that belongs to it; `csv` is where its lines are downloaded."""
    return {"chart": chart, "csv": csv}

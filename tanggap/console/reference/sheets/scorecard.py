"""The scorecard of rankings as a table: weights from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.common.errors import Invalid
from tanggap.console.reference.sheets.mark import OfficerMark
from tanggap.directory.exchange import Table
from tanggap.directory.exchange.shape import Line, date_of, each, number_of, told
from tanggap.evaluation.models import ScorecardComponent
from tanggap.evaluation.services.change_weight import change_weight

COLUMNS: Final = ("slug", "valid_from", "weight", "basis", "label_id", "source")
FIXED: Final = ("label_id", "source")


def _rows() -> Iterator[tuple[str, ...]]:
    for row in ScorecardComponent.objects.order_by("slug", "valid_from"):
        yield row.slug, row.valid_from.isoformat(), str(row.weight), row.basis, row.label_id, row.source


def _take(line: Line, mark: OfficerMark) -> str:
    first, weight = date_of(line, "valid_from"), number_of(line, "weight")
    rows = ScorecardComponent.objects.filter(slug=line["slug"], valid_from__lte=first)
    before = rows.order_by("-valid_from").first()
    if before is None:
        raise Invalid(_("Komponen “%(slug)s” belum ada pada hari itu.") % {"slug": line["slug"]}, field="slug")
    for name in FIXED:
        if line[name] and line[name] != " ".join(getattr(before, name).split()):
            raise Invalid(_("Dengan impor hanya bobot, hari, dan dasar yang dapat diubah."), field=name)
    same_day = before.valid_from == first
    basis = (line["basis"] or (before.basis if same_day else mark.reason))[:200]
    if same_day and (before.weight, " ".join(before.basis.split())) == (weight, basis):
        return ""
    change_weight(slug=line["slug"], weight=weight, valid_from=first, basis=basis, actor=mark.actor, now=mark.now)
    return told([("weight", before.weight, weight), ("basis", before.basis, basis)]) or _("versi baru, bobotnya sama")


TABLE: Final[Table[OfficerMark]] = Table(
    "kartu-nilai",
    gettext_lazy("Kartu nilai"),
    COLUMNS,
    ("slug", "valid_from", "weight"),
    _rows,
    each(_take),
)

"""What stands in an exported list, and how a part of it is read and written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Length
from django.http import QueryDict
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to
from tanggap.common.charts.chart import as_csv, csv_lines
from tanggap.common.spreadsheet import save_xlsx
from tanggap.console import queues
from tanggap.console.models import Export, ExportPart
from tanggap.directory.selectors import calendar_of

PART = 500
PIECE = 1_000_000
MOST_ROWS = 50_000
# Long enough for lunch, short enough that no list of cases lies about.
KEPT = timedelta(hours=24)
MOST_WAITING = 3


def heads() -> list[str]:
    """The first line, in the language of the one who asked."""
    return [
        _("Nomor pelacakan"), _("Judul"), _("Keadaan"), _("Klasifikasi"), _("Topik"), _("Wilayah"), _("Kode wilayah"),
        _("Dipegang"), _("Ditugaskan kepada"), _("Kanal"), _("Masuk"), _("Diverifikasi"), _("Diteruskan"),
        _("Tanggapan pertama"), _("Jawaban akhir"), _("Ditutup"), _("Batas berikutnya"), _("Penilaian"),
        _("Rahasia"), _("Anonim"), _("Mendesak"),
    ]  # fmt: skip


def row_of(case: Case) -> list[Any]:
    """One line. Of a guarded case number, state and dates only: a file leaves the house, and is passed on."""
    zone = calendar_of(case.agency_id).zone

    def at(moment: datetime | None) -> str:
        return moment.astimezone(zone).isoformat(timespec="minutes") if moment else ""

    assigned = getattr(case, "assignment", None)
    told = (
        ["", case.get_state_display(), "", "", "", ""]
        if case.guarded
        else [
            case.title,
            case.get_state_display(),
            case.get_classification_display() if case.classification else "",
            case.category.name if case.category else "",
            case.region.name if case.region else "",
            case.region_id or "",
        ]
    )
    moments = (
        case.received_at, case.verified_at, case.forwarded_at, case.first_answered_at, case.answered_at,
        case.closed_at, case.due_at,
    )  # fmt: skip
    flags = (case.secret, case.anonymous, case.urgent)
    return [
        case.tracking_id,
        *told,
        case.agency.full_name,
        assigned.person.name if assigned else "",
        case.get_channel_display(),
        *map(at, moments),
        "" if case.rating is None else case.rating,
        *(_("ya") if flag else "" for flag in flags),
    ]


def cases_of(export: Export, actor: Actor, now: datetime) -> QuerySet[Case]:
    """The list as asked for, as the actor sees it at this moment, in an order that nothing moves."""
    return queues.listed(QueryDict(export.query), actor, now=now).order_by("pk")


def still_seen(export: Export, actor: Actor) -> bool:
    """Whether the reader still sees every case in the file: one may have become guarded, and be about him."""
    ids = [number for some in export.parts.values_list("case_ids", flat=True) for number in some]
    return cases_visible_to(actor).filter(pk__in=ids).count() == len(ids)


def keep_part(export: Export, found: list[Case]) -> None:
    """A part of the list, as the format can use it: lines of a CSV, or rows for the workbook that is made at last."""
    rows, ids = [row_of(case) for case in found], [case.pk for case in found]
    if export.format == Export.Format.CSV:
        text = csv_lines(rows) if export.done else as_csv(heads(), rows)
        content = text.encode("utf-8" if export.done else "utf-8-sig")
        ExportPart.objects.create(export=export, content=content, case_ids=ids)
    else:
        ExportPart.objects.create(export=export, rows=rows, case_ids=ids)


def keep_rest(export: Export) -> None:
    """What is still missing of the file when the last row is there. Goes over the disk: it may be larger than memory
    is spare."""
    if export.format == Export.Format.CSV:
        if not export.done:
            keep_part(export, [])
        return
    rows = (row for part in export.parts.iterator(chunk_size=1) for row in part.rows or ())
    with TemporaryFile() as file:
        save_xlsx(file, heads(), rows)
        file.seek(0)
        while piece := file.read(PIECE):
            ExportPart.objects.create(export=export, content=piece, case_ids=[])


def pieces_of(export: Export) -> Iterator[bytes]:
    """The file, piece by piece."""
    if export.content is not None:
        yield bytes(export.content)
    filled = export.parts.filter(content__isnull=False).order_by("pk")
    for content in filled.values_list("content", flat=True).iterator(chunk_size=1):
        yield bytes(content or b"")


def size_of(export: Export) -> int:
    """The length of the file in bytes."""
    told = export.parts.aggregate(bytes=Sum(Length("content")))["bytes"] or 0
    return int(told) + len(export.content or b"")

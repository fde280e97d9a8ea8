"""`/kerja/ekspor/`: a list of cases as a file, made in the background, for the one who asked."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.common.clock import now
from tanggap.common.clockwords import language
from tanggap.common.errors import Invalid, Refused
from tanggap.console import filters as bar
from tanggap.console import queues
from tanggap.console.access import actor_of, officer, own_agency, own_calendar
from tanggap.console.exporting import KEPT, MOST_ROWS, pieces_of, size_of, still_seen
from tanggap.console.models import Export
from tanggap.console.pages import page
from tanggap.console.services.ask_export import ask_export

MOST_SHOWN = 20
TYPES = {
    Export.Format.CSV: "text/csv; charset=utf-8",
    Export.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@officer
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """The address carries the list; what was asked for stands below with how far it is."""
    actor = actor_of(request)
    if request.method == "POST":
        query, form = queues.kept_query(request.GET), request.POST.get("format", "")
        try:
            ask_export(query=query, form=form, language=language(), actor=actor, now=now())
        except (Invalid, Refused) as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Berkas sedang dibuat. Halaman ini menunjukkan sampai di mana."))
        return redirect(f"{request.path}?{query}")
    wanted = queues.filters_of(request.GET)
    rows = list(_own(actor.own_id).defer("content")[:MOST_SHOWN])
    values = {
        "words": bar.chosen_words(bar.selects_of(wanted, own_agency(actor)), wanted),
        "formats": Export.Format.choices,
        "kept_query": queues.kept_query(request.GET),
        "exports": rows,
        "busy": any(row.state in (Export.State.WAITING, Export.State.RUNNING) for row in rows),
        "most": MOST_ROWS,
        "hours": int(KEPT.total_seconds() // 3600),
        "zone": own_calendar(actor).zone,
    }
    return page(request, "ekspor.html", values, here="console:inbox")


def _own(person_id: int) -> QuerySet[Export]:
    return Export.objects.filter(person_id=person_id, expires_at__gt=now())


@officer
@require_safe
def download(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """The file, to whoever asked for it, while it is kept and every case in it is still theirs to see."""
    actor = actor_of(request)
    export = _own(actor.own_id).filter(pk=export_id, state=Export.State.READY).first()
    if export is None:
        raise Http404
    if not still_seen(export, actor):
        messages.warning(request, _("Isi berkas ini tidak lagi sesuai dengan yang boleh Anda lihat. Buat yang baru."))
        return redirect("console:exports")
    response = StreamingHttpResponse(pieces_of(export), content_type=TYPES[Export.Format(export.format)])
    response["Content-Length"] = str(size_of(export))
    response["Content-Disposition"] = f'attachment; filename="laporan-{export.pk}.{export.format}"'
    response["Cache-Control"] = "private, no-store"
    return response

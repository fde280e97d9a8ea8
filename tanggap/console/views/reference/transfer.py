"""Reference data out as CSV or XLSX, and in again: tried first, then done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.accounts.roles import Role
from tanggap.common.charts.chart import as_csv
from tanggap.common.clock import now
from tanggap.common.errors import Invalid
from tanggap.common.refusals import show_refusal
from tanggap.common.spreadsheet import MEDIA_TYPE, write_xlsx
from tanggap.console.access import actor_of, with_role
from tanggap.console.reference.forms import ReasonForm
from tanggap.console.reference.sheets import TABLES, OfficerMark
from tanggap.console.views.reference.frame import reference_page
from tanggap.directory.exchange import Report, import_reference
from tanggap.directory.exchange.importing import MOST_BYTES, as_text

TAB = "reference-import"
MOST_SHOWN = 200


class BoundedSheet(FileUploadHandler):
    """Tables are no attachments, so the judge of those is not asked; only the size counts, and what is in it later."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > MOST_BYTES:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class ImportForm(ReasonForm):
    """A file, or its text from the try before."""

    table = forms.ChoiceField(label=gettext_lazy("Tabel"), choices=[(t.slug, t.title) for t in TABLES.values()])
    file = forms.FileField(
        label=gettext_lazy("Berkas CSV atau XLSX"),
        required=False,
        help_text=gettext_lazy("Paling besar 300 kB dan 1.000 baris, dengan baris judul."),
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput, max_length=MOST_BYTES)

    def content(self) -> str:
        """The text of the file. Raises Invalid."""
        file = self.cleaned_data["file"]
        found = as_text(file.read()) if file is not None else str(self.cleaned_data["text"])
        if not found.strip():
            raise Invalid(_("Pilih berkas, paling besar 300 kB."), field="file")
        return found


def with_tables(view: Any) -> Any:
    """Before anything reads the form: files of this page go to a handler of their own."""

    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST":
            request.upload_handlers = [BoundedSheet(request), TemporaryFileUploadHandler(request)]
        return csrf_protect(view)(request, *args, **kwargs)

    return csrf_exempt(entered)


@with_tables
@with_role(Role.NATIONAL_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest) -> HttpResponse:
    """`/kerja/acuan/impor/`."""
    if request.method != "POST":
        return _show(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form)
    try:
        text = form.content()
        report = _run(request, form, text, dry_run="simpan" not in request.POST)
    except Invalid as error:
        show_refusal(form, error)
        return _show(request, form)
    if "simpan" in request.POST and not report.wrong:
        messages.success(request, _("%(n)s baris tersimpan.") % {"n": len(report.done)})
        return redirect("console:reference-import")
    return _show(request, form, report, text)


def _run(request: HttpRequest, form: ImportForm, text: str, *, dry_run: bool) -> Report:
    said, actor = form.cleaned_data, actor_of(request)
    mark = OfficerMark(actor_key=actor.key, reason=said["reason"], now=now(), actor=actor)
    return import_reference(table=TABLES[said["table"]], text=text, mark=mark, dry_run=dry_run)


def _show(request: HttpRequest, form: ImportForm, report: Report | None = None, text: str = "") -> HttpResponse:
    values = {
        "form": form,
        "fields": [form[name] for name in ("table", "file", "reason")],
        "tables": TABLES.values(),
        "report": report,
        "done": report.done[:MOST_SHOWN] if report else [],
        "wrong": report.wrong[:MOST_SHOWN] if report else [],
        "kept": [("table", form.data["table"]), ("reason", form.data["reason"]), ("text", text)] if report else [],
    }
    status = 422 if form.errors or (report and report.wrong and "simpan" in request.POST) else 200
    return reference_page(request, "impor.html", values, tab=TAB, status=status)


@with_role(Role.NATIONAL_ADMIN)
@require_safe
def export(request: HttpRequest, table: str, kind: str) -> HttpResponse:
    """One table as it is now, in the columns that the import takes."""
    found = TABLES.get(table)
    if found is None or kind not in ("csv", "xlsx"):
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{table}.{kind}"'}
    if kind == "xlsx":
        return HttpResponse(write_xlsx(found.columns, found.rows()), content_type=MEDIA_TYPE, headers=headers)
    text = as_csv(found.columns, found.rows())
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)

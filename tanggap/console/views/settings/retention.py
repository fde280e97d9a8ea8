"""`/kerja/aturan/masa-simpan/`: how long what is kept about people, since when and by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tanggap.accounts.days import local_day
from tanggap.accounts.roles import Role
from tanggap.cases.models import RetentionKind, RetentionRule
from tanggap.cases.retention import PERIODS, bounds_of, rule_on
from tanggap.cases.services.set_retention import LONGEST_DAYS, LONGEST_SOURCE, set_retention
from tanggap.common.clock import now
from tanggap.common.errors import Invalid
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import page
from tanggap.console.views.settings.calendar_forms import date_input

WORDS: Final[dict[str, tuple[Promise, Promise]]] = {
    RetentionKind.ERASURE_WAIT: (
        gettext_lazy("Masa tunggu penghapusan"),
        gettext_lazy("Dari permintaan pelapor untuk dilupakan sampai dilaksanakan."),
    ),
    RetentionKind.IDENTITY: (
        gettext_lazy("Identitas pelapor"),
        gettext_lazy("Dari berakhirnya laporan sampai identitas pelapornya dihapus."),
    ),
    RetentionKind.PAYLOAD: (
        gettext_lazy("Pesan mentah dari kanal"),
        gettext_lazy("Dari selesainya pesan diolah sampai isinya dikosongkan."),
    ),
}


class RetentionForm(forms.Form):
    """Another period, from a later day on."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Masa simpan yang diubah"), choices=[(kind.value, WORDS[kind][0]) for kind in PERIODS]
    )
    days = forms.IntegerField(label=gettext_lazy("Lamanya dalam hari"), min_value=1, max_value=LONGEST_DAYS)
    valid_from = forms.DateField(
        label=gettext_lazy("Berlaku mulai"),
        widget=date_input(),
        help_text=gettext_lazy("Paling cepat besok, dan sesudah baris terakhir."),
    )
    source = forms.CharField(
        label=gettext_lazy("Dasar dan alasan"),
        max_length=LONGEST_SOURCE,
        help_text=gettext_lazy("Misalnya Keputusan Menteri Nomor 5 Tahun 2027. Jangan menulis nama warga."),
    )


@dataclass(frozen=True)
class Period:
    """One period: what it is about, its rows from the newest, which of them holds today, and what binds it."""

    name: Promise
    about: Promise
    rows: list[RetentionRule]
    present: RetentionRule | None
    least: RetentionRule | None
    most: RetentionRule | None


@with_role(Role.NATIONAL_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """The rows and one form; what was is never changed."""
    form = RetentionForm(request.POST if request.method == "POST" else None, auto_id="%s")
    if form.is_valid() and _saved(request, form):
        return redirect("console:rule-retention")
    today = local_day(now())
    values: dict[str, Any] = {"form": form, "periods": [_period(kind, today) for kind in PERIODS], "today": today}
    return page(request, "aturan/masa_simpan.html", values, here="console:rules", status=422 if form.errors else 200)


def _saved(request: HttpRequest, form: RetentionForm) -> bool:
    """Whether the row was added; otherwise the reason stands in the form."""
    try:
        set_retention(**form.cleaned_data, actor=actor_of(request), now=now())
    except Invalid as error:
        show_refusal(form, error)
        return False
    messages.success(request, _("Tersimpan. Baris sebelumnya tetap tercatat."))
    return True


def _period(kind: RetentionKind, today: date) -> Period:
    name, about = WORDS[kind]
    rows = list(RetentionRule.objects.filter(kind=kind).order_by("-valid_from"))
    return Period(name, about, rows, rule_on(kind, today), *bounds_of(kind, today))

"""Whom a public case tells about asks that it does so no more."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tanggap.accounts.actor import PUBLIC
from tanggap.cases.hiding import Wish
from tanggap.cases.selectors import open_case
from tanggap.cases.services.ask_hiding import LONGEST, ask_hiding
from tanggap.cases.services.count_intake import count_intake
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, NotFound, TooMany
from tanggap.common.refusals import show_refusal
from tanggap.directory.selectors import brand_of_host
from tanggap.portal import access


class HidingForm(forms.Form):
    """Whose data, which words, why, and where the answer goes."""

    about = forms.ChoiceField(
        label=gettext_lazy("Data siapa yang dimuat laporan ini?"),
        choices=[("self", gettext_lazy("Data saya")), ("family", gettext_lazy("Data keluarga saya"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih salah satu.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Kata-kata atau gambar mana?"),
        help_text=gettext_lazy("Salin kalimatnya, atau sebutkan di bagian mana."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Tulis kata-kata atau gambar yang Anda maksud.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Mengapa perlu disembunyikan?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Tulis alasannya dengan singkat.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Alamat surel untuk jawabannya"),
        help_text=gettext_lazy("Boleh kosong. Hanya untuk satu jawaban, lalu dihapus."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@never_cache
@sensitive_post_parameters("words", "reason", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """`/l/<tracking id>/data-saya`: a form for everybody, whoever is signed in; 404 for what is not public."""
    case = open_case(PUBLIC, number).case
    if not case.published:
        raise NotFound(_("Tidak ada laporan dengan nomor itu. Periksa lagi nomor pelacakan Anda."), code="no_case")
    form = HidingForm(request.POST if request.method == "POST" else None, auto_id="%s")
    status = 200
    if form.is_bound:
        try:
            if form.is_valid():
                _take(request, case.tracking_id, form)
                messages.success(request, _("Permintaan Anda kami terima. Petugas memeriksanya dan memutuskan."))
                return redirect("portal:case", number=case.tracking_id)
            status = 422
        except (Invalid, TooMany) as error:
            show_refusal(form, error)
            status = error.status
    values = {"section": "laporan", "case": case, "form": form}
    return render(request, "portal/data_saya.html", values, status=status)


def _take(request: HttpRequest, number: str, form: HidingForm) -> None:
    moment, said = now(), form.cleaned_data
    count_intake(channel="hiding", address=access.address_of(request), device=access.device_of(request), now=moment)
    brand = brand_of_host(request.get_host().partition(":")[0])
    ask_hiding(
        tracking_id=number,
        wish=Wish(said["about"], said["words"], said["reason"], said["email"]),
        language=(get_language() or "id")[:2],
        brand=brand.slug if brand else "",
        now=moment,
    )

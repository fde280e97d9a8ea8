"""Brands: the names and looks under which people know one and the same door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.accounts.policies import governs_everything
from tanggap.accounts.roles import Role
from tanggap.channels.models import Keyword
from tanggap.channels.policies import ANSWERS_CHATS, brands_of
from tanggap.channels.services.set_keywords import set_keywords
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, TanggapError
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, with_role
from tanggap.console.doors import HERE, MOST_BRANDS, tabs_of
from tanggap.console.pages import page
from tanggap.directory.models import Agency, Brand, Locale
from tanggap.directory.selectors import find_agency
from tanggap.directory.services.save_brand import BrandWish, save_brand

LONGEST_KEYWORDS = 2000


class BrandForm(forms.Form):
    """How a brand looks and what it is called. Whose door it is, and where it stands, is for the nation to say."""

    slug = forms.SlugField(
        label=gettext_lazy("Nama pendek"),
        max_length=40,
        help_text=gettext_lazy("Untuk alamat teknis, tidak dapat diubah lagi. Misalnya: halo-kota."),
    )
    name = forms.CharField(label=gettext_lazy("Nama"), max_length=80)
    line = forms.CharField(label=gettext_lazy("Kalimat di bawah nama"), max_length=160, required=False)
    colour = forms.CharField(
        label=gettext_lazy("Warna"), max_length=7, required=False, help_text=gettext_lazy("Misalnya #2d3a8c.")
    )
    logo_svg = forms.CharField(
        label=gettext_lazy("Logo (SVG satu warna)"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"spellcheck": "false"}),
        help_text=gettext_lazy("Hanya bentuk yang disimpan; tulisan, tautan, dan warna dibuang."),
    )
    keywords = forms.CharField(
        label=gettext_lazy("Kata kunci SMS"),
        max_length=LONGEST_KEYWORDS,
        required=False,
        help_text=gettext_lazy("Dipisah koma. SMS yang diawali kata ini langsung menuju instansi merek."),
    )
    host = forms.CharField(
        label=gettext_lazy("Tuan rumah"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Pengelola server mendaftarkan nama ini juga (TANGGAP_HOSTS)."),
    )
    agency = forms.CharField(
        label=gettext_lazy("Instansi"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Nama atau kode. Kosong: seluruh Indonesia."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Bahasa percakapan"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, brand: Brand | None, everything: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand
        spoken = Locale.objects.filter(enabled=True).order_by("name").values_list("code", "name")
        languages = self.fields["languages"]
        assert isinstance(languages, forms.MultipleChoiceField)
        languages.choices = [("id", "Indonesia"), ("en", "English"), *spoken]
        if brand is not None:
            del self.fields["slug"]
        if not everything:
            del self.fields["host"], self.fields["agency"]

    def clean_agency(self) -> Agency | None:
        """By name or code."""
        typed = self.cleaned_data["agency"].strip()
        if not typed:
            return None
        try:
            return find_agency(typed)
        except TanggapError as error:
            raise forms.ValidationError(error.message) from error

    def wish(self) -> BrandWish:
        """What the brand shall be; what this person may not change stays."""
        given = self.cleaned_data
        before = self.brand or Brand()
        return BrandWish(
            name=given["name"],
            line=given["line"],
            colour=given["colour"],
            logo_svg=given["logo_svg"],
            host=given.get("host", before.host or ""),
            agency=given.get("agency", before.agency),
            languages=given["languages"],
        )


@with_role(*ANSWERS_CHATS)
@require_safe
def brands(request: HttpRequest) -> HttpResponse:
    """`/kerja/saluran/merek/`."""
    actor = actor_of(request)
    rows = brands_of(actor.through(*ANSWERS_CHATS)).select_related("agency__body").order_by("-is_default", "name")
    values = {
        "tabs": tabs_of(actor, "brands"),
        "rows": list(rows[:MOST_BRANDS]),
        "may_make": actor.has_role(Role.NATIONAL_ADMIN),
    }
    return page(request, "saluran/merek.html", values, here=HERE)


@with_role(Role.NATIONAL_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`/kerja/saluran/merek/baru/`."""
    return _edit(request, None)


@with_role(*ANSWERS_CHATS)
@require_http_methods(["GET", "HEAD", "POST"])
def brand(request: HttpRequest, slug: str) -> HttpResponse:
    """`/kerja/saluran/merek/<slug>/`."""
    rows = brands_of(actor_of(request).through(*ANSWERS_CHATS)).select_related("agency__body")
    row = rows.filter(slug=slug).first()
    if row is None:
        raise Http404
    return _edit(request, row)


def _edit(request: HttpRequest, row: Brand | None) -> HttpResponse:
    everything = governs_everything(actor_of(request))
    form = BrandForm(row, everything, request.POST if request.method == "POST" else None, initial=_present(row))
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, row, form)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Merek %(name)s tersimpan.") % {"name": saved.name})
            return redirect("console:brands")
    values = {"row": row, "form": form}
    return page(request, "saluran/merek_satu.html", values, here=HERE, status=422 if request.method == "POST" else 200)


def _save(request: HttpRequest, row: Brand | None, form: BrandForm) -> Brand:
    slug = row.slug if row is not None else form.cleaned_data["slug"]
    if row is None and Brand.objects.filter(slug=slug).exists():
        raise Invalid(_("Nama pendek ini sudah dipakai."), field="slug", code="taken")
    key, moment = actor_of(request).key, now()
    with transaction.atomic():
        saved = save_brand(slug=slug, wish=form.wish(), actor_key=key, now=moment)
        words = form.cleaned_data["keywords"].split(",")
        set_keywords(brand=saved, words=words, actor_key=key, now=moment)
    return saved


def _present(row: Brand | None) -> dict[str, Any]:
    if row is None:
        return {"languages": ["id", "en"]}
    return {
        "name": row.name,
        "line": row.line,
        "colour": row.colour,
        "logo_svg": row.logo_svg,
        "host": row.host or "",
        "agency": row.agency.code if row.agency else "",
        "languages": row.languages or ["id", "en"],
        "keywords": ", ".join(Keyword.objects.filter(brand=row).order_by("word").values_list("word", flat=True)),
    }

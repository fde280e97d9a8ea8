"""Topics: the tree, and changes to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.accounts.roles import Role
from tanggap.console.access import with_role
from tanggap.console.reference.deeds import CATEGORY, NEW_CATEGORY
from tanggap.console.reference.history import history_of
from tanggap.console.views.reference.frame import change_named, make_change, reference_page
from tanggap.directory.models import Category

TAB = "reference-categories"


@with_role(Role.NATIONAL_ADMIN)
@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """The whole tree, ended ones marked."""
    rows = Category.objects.select_related("merged_into").order_by("code")
    return reference_page(request, "kategori.html", {"rows": rows}, tab=TAB)


@with_role(Role.NATIONAL_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One more topic."""
    return make_change(request, NEW_CATEGORY, None, back=reverse("console:reference-categories"), tab=TAB)


@with_role(Role.NATIONAL_ADMIN)
@require_safe
def category(request: HttpRequest, code: str) -> HttpResponse:
    """One topic."""
    row = get_object_or_404(Category.objects.select_related("parent", "merged_into"), pk=code)
    offered = row.merged_into is None and row.valid_until is None
    changes = [one for one in CATEGORY if offered or one.slug == "ganti-nama"]
    values = {"row": row, "changes": changes, "lines": history_of(row)}
    return reference_page(request, "kategori_satu.html", values, tab=TAB)


@with_role(Role.NATIONAL_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """One change: its form, what it would do, saved."""
    row = get_object_or_404(Category, pk=code)
    back = reverse("console:reference-category", args=[row.pk])
    return make_change(request, change_named(CATEGORY, deed), row, back=back, tab=TAB)

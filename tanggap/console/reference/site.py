"""`/admin/`: reference data to look things up in, for the national admin alone. It writes nothing.

A row saved here would pass by the services: no reason, no event, no recomputation of limits, no cache emptied. So
every row is read-only and leads to the room of ours in which it is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import BooleanField, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.accounts.roles import Role
from tanggap.console.access import actor_of
from tanggap.console.reference.history import history_of
from tanggap.console.reference.labels import label_of, labels_of, value_of

# The stubs know what a table's page is about; Django's own classes cannot be asked.
if TYPE_CHECKING:
    ModelPages = admin.ModelAdmin[Model]
else:
    ModelPages = admin.ModelAdmin

# Signing in, passwords and the log of Django's own writes: ours stand elsewhere, in one place.
LEFT_OUT = {"login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n", "view_on_site"}
KEPT_OF_A_MODEL = ("changelist", "history", "change")


class ReferenceSite(admin.AdminSite):
    """Django's admin without its own door: `ConsoleDoorMiddleware` asks for sign-in, post and second factor."""

    site_header = _("Data acuan")
    site_title = _("Data acuan")
    index_title = _("Cari dan lihat")
    site_url = "/kerja/"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        return actor_of(request).has_role(Role.NATIONAL_ADMIN)

    def get_urls(self) -> list[Any]:
        return [entry for entry in super().get_urls() if getattr(entry, "name", "") not in LEFT_OUT]

    def index(self, request: HttpRequest, extra_context: Mapping[str, Any] | None = None) -> TemplateResponse:
        tables = [entry for entry in self._registry.values() if isinstance(entry, ReferenceAdmin)]
        lines = [(entry.words, entry.list_address(), entry.model._default_manager.count()) for entry in tables]
        values = {**self.each_context(request), "title": self.index_title, "lines": lines}
        return TemplateResponse(request, "admin/acuan.html", {**values, **(extra_context or {})})


def column(model: type[Model], name: str) -> Any:
    """A column of a list: its label, sorted by the field. An identifier tells nobody anything."""
    field = model._meta.get_field(name)
    flag = isinstance(field, BooleanField)

    @admin.display(description=label_of(name, str(model._meta.model_name)), ordering=name, boolean=flag)
    def shown(row: Any) -> Any:
        return value_of(row, field)  # type: ignore[arg-type]

    shown.__name__ = name
    return shown


def titled(model: type[Model], name: str) -> Any:
    """Django's filter of a column under the column's label."""

    def made(*args: Any, **kwargs: Any) -> Any:
        found = admin.FieldListFilter.create(*args, **kwargs)
        found.title = label_of(name, str(model._meta.model_name))
        return found

    return made


class ReferenceAdmin(ModelPages):
    """A list with search, a page for each row, and its history; `room` is where the row is changed."""

    words: ClassVar[Promise | str] = ""
    room: ClassVar[str] = ""
    list_per_page = 50
    show_full_result_count = False
    actions = None
    view_on_site = False
    object_history_template = "admin/riwayat.html"
    change_form_template = "admin/baris.html"
    change_list_template = "admin/daftar.html"

    def get_urls(self) -> list[URLPattern]:
        names = {f"{self.opts.app_label}_{self.opts.model_name}_{kind}" for kind in KEPT_OF_A_MODEL}
        return [entry for entry in super().get_urls() if isinstance(entry, URLPattern) and entry.name in names]

    def room_address(self, row: Any = None) -> str:
        """Where this row, or one like it, is changed; empty where nobody changes it."""
        return reverse(f"console:{self.room}") if self.room else ""

    def list_address(self) -> str:
        """Where the table stands."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _frame(self, given: Mapping[str, Any] | None, **own: Any) -> dict[str, Any]:
        return {**(given or {}), "words": self.words, "list_address": self.list_address(), **own}

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, self._frame(extra_context, title=self.words, room=self.room_address()))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        room = self.room_address(row) if row is not None else ""
        return super().change_view(request, object_id, form_url, self._frame(extra_context, title=row, room=room))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """From the ledger: what the services wrote down."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        frame = {**self.admin_site.each_context(request), "title": row, "object": row, "opts": self.opts}
        values = self._frame(frame, lines=history_of(row))
        return TemplateResponse(request, self.object_history_template, values)

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """The columns under their names, choices in words."""
        return [column(self.model, name) for name in self.list_display]  # type: ignore[arg-type]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """The filters under the names of their columns."""
        return [(name, titled(self.model, str(name))) for name in self.list_filter]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{"labels": labels_of(self.model), **kwargs})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        """With what the list shows of other tables, in one statement."""
        return super().get_queryset(request).select_related(*(self.list_select_related or ()))  # type: ignore[misc]

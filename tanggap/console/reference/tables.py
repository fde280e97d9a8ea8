"""Which tables `/admin/` shows, in which columns, and in which room each is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tanggap.cases.models import DeadlinePolicy
from tanggap.console.ladder_words import step_words
from tanggap.console.models import AnswerTemplate
from tanggap.console.reference.site import ReferenceAdmin, ReferenceSite
from tanggap.directory.models import Agency, AgencyAlias, Brand, Category, DayOff, OfficeWeek
from tanggap.escalation.models import Ladder, LadderStep, LetterPolicy
from tanggap.escalation.selectors.ladders import wish_of
from tanggap.evaluation.models import RankingPolicy, ScorecardComponent
from tanggap.notify.models import Wording

if TYPE_CHECKING:
    Lines = admin.TabularInline[Model, Model]
else:
    Lines = admin.TabularInline

site = ReferenceSite(name="admin")


class RuleAdmin(ReferenceAdmin):
    """Rows of a level: the room is asked for the agency whose rows they are."""

    def room_address(self, row: Any = None) -> str:
        agency = getattr(row, "agency", None)
        return super().room_address() + (f"?{urlencode({'instansi': agency.code})}" if agency else "")


@admin.register(Agency, site=site)
class AgencyAdmin(ReferenceAdmin):
    """Every body and unit."""

    words = _("Instansi dan unit")
    room = "reference"
    list_display = ("code", "name", "short_name", "kind", "status", "body")
    list_filter = ("kind", "status", "external")
    search_fields = ("code__istartswith", "search_text")
    list_select_related = ("body",)
    ordering = ("code",)
    exclude = ("path", "search_text")

    def room_address(self, row: Any = None) -> str:
        return super().room_address() if row is None else reverse("console:reference-agency", args=[row.pk])


@admin.register(AgencyAlias, site=site)
class AgencyAliasAdmin(ReferenceAdmin):
    """The names people call them by."""

    words = _("Sebutan instansi")
    room = "reference"
    list_display = ("alias", "agency", "source")
    list_filter = ("source",)
    search_fields = ("normalized", "agency__code__istartswith")
    list_select_related = ("agency",)
    ordering = ("normalized", "pk")

    def room_address(self, row: Any = None) -> str:
        return super().room_address() if row is None else reverse("console:reference-agency", args=[row.agency_id])


@admin.register(Category, site=site)
class CategoryAdmin(ReferenceAdmin):
    """The tree of topics."""

    words = _("Kategori")
    room = "reference-categories"
    list_display = ("code", "name", "parent", "valid_from", "valid_until", "merged_into")
    list_filter = ("level",)
    search_fields = ("code", "name")
    list_select_related = ("parent", "merged_into")

    def room_address(self, row: Any = None) -> str:
        return super().room_address() if row is None else reverse("console:reference-category", args=[row.pk])


@admin.register(DayOff, site=site)
class DayOffAdmin(RuleAdmin):
    """Holidays and joint leave."""

    words = _("Hari libur")
    room = "rule-calendar"
    list_display = ("date", "name", "kind", "agency", "working", "estimated")
    list_filter = ("kind", "estimated")
    search_fields = ("name", "agency__code")
    list_select_related = ("agency",)
    date_hierarchy = "date"
    ordering = ("-date",)


@admin.register(OfficeWeek, site=site)
class OfficeWeekAdmin(RuleAdmin):
    """Weekdays and hours of offices."""

    words = _("Pekan kerja")
    room = "rule-calendar"
    list_display = ("agency", "days", "opens", "closes", "valid_from")
    search_fields = ("agency__code", "agency__name")
    list_select_related = ("agency",)


@admin.register(DeadlinePolicy, site=site)
class DeadlinePolicyAdmin(RuleAdmin):
    """How long each clock runs."""

    words = _("Batas waktu")
    room = "rule-limits"
    list_display = ("clock", "classification", "agency", "urgent", "amount", "unit", "valid_from", "source")
    list_filter = ("clock", "unit", "urgent")
    search_fields = ("agency__code", "source")
    list_select_related = ("agency",)


class StepLines(Lines):
    """The rungs of a ladder, below it."""

    model = LadderStep
    verbose_name_plural = _("Langkah")
    template = "admin/langkah.html"
    fields = readonly_fields = ("words",)
    extra = 0
    can_delete = False

    @admin.display(description=_("Langkah"))
    def words(self, step: LadderStep) -> str:
        """When, what, to whom."""
        return step_words(wish_of(step))

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(Ladder, site=site)
class LadderAdmin(RuleAdmin):
    """Reminders and escalation."""

    words = _("Tangga pengingat")
    room = "rule-ladders"
    list_display = ("clock", "slug", "agency", "valid_from", "valid_until", "source")
    list_filter = ("clock",)
    search_fields = ("slug", "agency__code")
    list_select_related = ("agency",)
    inlines = (StepLines,)


@admin.register(Wording, site=site)
class WordingAdmin(ReferenceAdmin):
    """Messages that this instance says in words of its own."""

    words = _("Kata pesan sendiri")
    room = "wordings"
    list_display = ("template", "channel", "language", "updated_at")
    list_filter = ("channel", "language")
    search_fields = ("template", "channel", "subject", "body")

    def room_address(self, row: Any = None) -> str:
        if row is None:
            return super().room_address()
        return reverse("console:wording", args=[row.template, row.channel, row.language])


@admin.register(AnswerTemplate, site=site)
class AnswerTemplateAdmin(ReferenceAdmin):
    """The libraries of answers, retired texts too."""

    words = _("Contoh jawaban")
    room = "library"
    list_display = ("title", "agency", "answer_kind", "updated_at", "retired_at")
    list_filter = ("answer_kind",)
    search_fields = ("title", "text", "agency__code")
    list_select_related = ("agency",)


@admin.register(LetterPolicy, site=site)
class LetterPolicyAdmin(ReferenceAdmin):
    """How letters leave."""

    words = _("Aturan surat")
    list_display = ("agency", "signing", "signatory_role", "number_format", "place")
    search_fields = ("agency__code", "agency__name", "place")
    list_select_related = ("agency",)


@admin.register(Brand, site=site)
class BrandAdmin(ReferenceAdmin):
    """Local doors."""

    words = _("Merek")
    room = "brands"
    list_display = ("slug", "name", "host", "agency", "is_default")
    search_fields = ("slug", "name", "host")
    list_select_related = ("agency",)

    def room_address(self, row: Any = None) -> str:
        return super().room_address() if row is None else reverse("console:brand-edit", args=[row.slug])


@admin.register(ScorecardComponent, site=site)
class ScorecardComponentAdmin(ReferenceAdmin):
    """What rankings weigh."""

    words = _("Kartu nilai")
    room = "ranking-weights"
    list_display = ("slug", "label_id", "weight", "kind", "direction", "valid_from", "basis")
    search_fields = ("slug", "label_id")


@admin.register(RankingPolicy, site=site)
class RankingPolicyAdmin(ReferenceAdmin):
    """Whom rankings compare."""

    words = _("Aturan peringkat")
    list_display = ("valid_from", "minimum_n", "z", "basis")

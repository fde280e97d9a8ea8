"""`/kerja/peringkat/`: periods that are computed, reviewed, published and frozen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.common.clock import now
from tanggap.common.errors import Forbidden, TanggapError
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import JUDGES, page
from tanggap.evaluation.freezing import part_of
from tanggap.evaluation.models import PeriodContent, RankedPeriod
from tanggap.evaluation.periods import period_named
from tanggap.evaluation.policies import may_publish_rankings
from tanggap.evaluation.ranking.manifest import read_json
from tanggap.evaluation.ranking.steps import Step, next_state
from tanggap.evaluation.ranking_pages import ranking_page, simulator_page
from tanggap.evaluation.services.freeze_period import freeze_period
from tanggap.evaluation.services.publish_period import publish_period
from tanggap.evaluation.services.request_period import request_period
from tanggap.evaluation.services.review_period import review_period

HERE = "console:rankings"
MOST_SHOWN = 60


class PeriodForm(forms.Form):
    """A period by its name."""

    name = forms.CharField(
        label=gettext_lazy("Masa"),
        max_length=8,
        help_text=gettext_lazy("Tahun, semester, triwulan, atau bulan: 2026, 2026-S1, 2026-Q3, 2026-07."),
    )

    def clean_name(self) -> str:
        """A name that `period_named` understands."""
        name: str = self.cleaned_data["name"].strip()
        if period_named(name) is None:
            raise forms.ValidationError(_("Tulis seperti 2026, 2026-S1, 2026-Q3, atau 2026-07."))
        return name


@with_role(*JUDGES)
@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: HttpRequest) -> HttpResponse:
    """Every period with its state, and a new one."""
    actor = actor_of(request)
    form = PeriodForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        period = period_named(form.cleaned_data["name"])
        assert period is not None
        try:
            row = request_period(name=period.name, first=period.first, last=period.last, actor=actor, now=now())
        except Forbidden:
            raise
        except TanggapError as error:
            form.add_error("name", error.message)
        else:
            messages.success(request, _("Masa ini sedang dihitung. Muat ulang halaman sebentar lagi."))
            return redirect("console:ranking-period", period=row.name)
    values = {
        "form": form,
        "periods": RankedPeriod.objects.all()[:MOST_SHOWN],
        "may_act": may_publish_rankings(actor),
    }
    return page(request, "peringkat/masa.html", values, here=HERE, status=422 if request.method == "POST" else 200)


def computed() -> QuerySet[RankedPeriod]:
    """Periods that have something to show."""
    return RankedPeriod.objects.exclude(state=RankedPeriod.State.REQUESTED)


@with_role(*JUDGES)
@require_http_methods(["GET", "HEAD", "POST"])
def period(request: HttpRequest, period: str) -> HttpResponse:
    """One period: its ranking, its manifest, and the step that comes next."""
    actor = actor_of(request)
    row = get_object_or_404(RankedPeriod, name=period)
    if request.method == "POST":
        _take(request, row, actor)
        return redirect("console:ranking-period", period=row.name)
    asked = {**request.GET.dict(), "masa": row.name}
    ready = row.state != RankedPeriod.State.REQUESTED
    values: dict[str, Any] = {
        "period": row,
        "steps": _steps(row) if may_publish_rankings(actor) else [],
        "own": actor.key == row.requested_by_key,
        "manifest": read_json(row.manifest.encode()) if row.manifest else None,
        "ready": ready,
        "action": reverse("console:ranking-period", args=[row.name]),
    }
    if ready:
        values |= ranking_page(asked, computed(), local_day(now()))
    return page(request, "peringkat/masa_satu.html", values, here=HERE)


@with_role(*JUDGES)
@require_safe
def figures(request: HttpRequest, period: str) -> HttpResponse:
    """The figures of every body exactly as they were hashed; small cells among them, so not for everybody."""
    row = get_object_or_404(computed(), name=period)
    if not may_publish_rankings(actor_of(request)):
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="angka-{row.name}.json"'}
    return HttpResponse(part_of(row, PeriodContent.Part.FIGURES), content_type="application/json", headers=headers)


def _steps(row: RankedPeriod) -> list[tuple[str, str, str]]:
    """What may be done next: the step, its words, what it brings about."""
    known = {
        Step.REVIEW: (_("Sudah saya periksa"), _("Orang lain daripada yang meminta hitungan ini.")),
        Step.PUBLISH: (_("Terbitkan"), _("Semua orang melihatnya di halaman peringkat.")),
        Step.FREEZE: (_("Bekukan"), _("Tidak ada yang berubah lagi, dan tidak dapat dihitung ulang.")),
        Step.REQUEST: (
            _("Hitung ulang"),
            _("Angka dan peringkat dihitung dari keadaan sekarang, lalu diperiksa lagi."),
        ),
    }
    return [(step.value, *words) for step, words in known.items() if next_state(row.state, step)]


def _take(request: HttpRequest, row: RankedPeriod, actor: Actor) -> None:
    step, moment = request.POST.get("langkah", ""), now()
    try:
        if step == Step.REQUEST:
            request_period(name=row.name, first=row.first, last=row.last, actor=actor, now=moment)
        elif step == Step.REVIEW:
            review_period(name=row.name, actor=actor, now=moment)
        elif step == Step.PUBLISH:
            publish_period(name=row.name, actor=actor, now=moment)
        elif step == Step.FREEZE:
            freeze_period(name=row.name, actor=actor, now=moment)
        else:
            return
    except Forbidden:
        raise
    except TanggapError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Tersimpan."))


@with_role(*JUDGES)
@require_safe
def simulate(request: HttpRequest) -> HttpResponse:
    """What other weights would change, of unpublished periods too."""
    values = simulator_page(request.GET.dict(), computed(), local_day(now()))
    action = reverse("console:ranking-simulator")
    return page(request, "peringkat/simulasi.html", {**values, "action": action}, here=HERE)

"""`/kerja/peringkat/bobot/`: the scorecard in force, what is planned, and another weight from a day on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tanggap.accounts.days import local_day
from tanggap.common.clock import now
from tanggap.common.errors import Forbidden, TanggapError
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import JUDGES, page
from tanggap.console.views.ranking.periods import HERE
from tanggap.console.views.settings.calendar_forms import date_input
from tanggap.evaluation.comparing import scorecard_on
from tanggap.evaluation.models import RankingPolicy, ScorecardComponent
from tanggap.evaluation.policies import may_publish_rankings
from tanggap.evaluation.ranking_pages import label_of
from tanggap.evaluation.services.change_weight import MOST, change_weight


class WeightForm(forms.Form):
    """One component's weight from a day on."""

    slug = forms.ChoiceField(label=gettext_lazy("Komponen"))
    weight = forms.IntegerField(
        label=gettext_lazy("Bobot"), min_value=0, max_value=MOST, help_text=gettext_lazy("0 mengeluarkan komponen itu.")
    )
    valid_from = forms.DateField(
        label=gettext_lazy("Berlaku mulai"),
        widget=date_input(),
        help_text=gettext_lazy("Dipakai untuk masa yang berakhir pada hari itu atau sesudahnya."),
    )
    basis = forms.CharField(label=gettext_lazy("Dasar"), max_length=200)

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["slug"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


@with_role(*JUDGES)
@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: HttpRequest) -> HttpResponse:
    """The weights of today and those to come."""
    actor, today = actor_of(request), local_day(now())
    scorecard = scorecard_on(today)
    choices = [(one.slug, label_of(one)) for one in scorecard.components]
    posted = request.method == "POST"
    form = WeightForm(choices, request.POST if posted else None, initial={"valid_from": today + timedelta(days=1)})
    if posted and form.is_valid():
        try:
            change_weight(**form.cleaned_data, actor=actor, now=now())
        except Forbidden:
            raise
        except TanggapError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Bobot tersimpan."))
            return redirect("console:ranking-weights")
    coming = ScorecardComponent.objects.filter(valid_from__gt=today).order_by("valid_from", "slug")
    values = {
        "form": form,
        "components": [(label_of(one), one) for one in scorecard.components],
        "coming": [(dict(choices).get(row.slug, row.label_id), row) for row in coming],
        "policy": RankingPolicy.objects.filter(valid_from__lte=today).order_by("-valid_from").first(),
        "may_act": may_publish_rankings(actor),
    }
    return page(request, "peringkat/bobot.html", values, here=HERE, status=422 if posted else 200)

"""`/kerja/serah-terima/`: all cases that were given to one officer, to another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Person
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors.posts import active_posts
from tanggap.cases.services.hand_over_cases import hand_over_cases
from tanggap.common.clock import now
from tanggap.common.errors import Invalid
from tanggap.console.access import actor_of, with_role
from tanggap.console.figures import assigned_to
from tanggap.console.pages import page

HANDS_OVER = (Role.LIAISON_OFFICER, Role.COORDINATOR)
MOST = 400


class HandOverForm(forms.Form):
    """From whom, to whom; only colleagues of the reader's own units."""

    leaving = forms.ChoiceField(label=gettext_lazy("Laporan milik"))
    successor = forms.ChoiceField(label=gettext_lazy("Diserahkan kepada"))

    def __init__(self, *args: Any, people: dict[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("leaving", "successor"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(key, person.name) for key, person in people.items()]

    def clean(self) -> dict[str, Any]:
        """Two people."""
        values = super().clean() or self.cleaned_data
        if values.get("leaving") and values.get("leaving") == values.get("successor"):
            self.add_error("successor", _("Pilih orang lain."))
        return values


@with_role(*HANDS_OVER)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """How many each has, and the form."""
    actor = actor_of(request)
    people = _colleagues(actor)
    form = HandOverForm(
        request.POST if request.method == "POST" else None, people=people, initial={"leaving": str(actor.person_id)}
    )
    if request.method == "POST" and form.is_valid() and _handed(request, form, people, actor):
        return redirect("console:hand-over")
    given = assigned_to(people.values(), actor)
    counts = [(person, given[person.pk]) for person in people.values() if person.pk in given]
    values = {"form": form, "counts": counts, "alone": len(people) < 2}
    return page(request, "serah_terima.html", values, here="console:inbox", status=422 if form.errors else 200)


def _colleagues(actor: Actor) -> dict[str, Person]:
    """Active liaison officers at or below the agencies of the reader's posts."""
    found: dict[str, Person] = {}
    for grant in actor.grants_of(*HANDS_OVER):
        rows = active_posts(local_day(now())).filter(role=Role.LIAISON_OFFICER, agency__path__startswith=grant.path)
        found |= {str(row.person_id): row.person for row in rows.order_by("person__name", "pk")[:MOST]}
    return dict(sorted(found.items(), key=lambda item: item[1].name))


def _handed(request: HttpRequest, form: HandOverForm, people: dict[str, Person], actor: Actor) -> bool:
    said = form.cleaned_data
    try:
        given, back = hand_over_cases(
            leaving=people[said["leaving"]], successor=people[said["successor"]], actor=actor, now=now()
        )
    except Invalid as error:
        form.add_error(None, error.message)
        return False
    messages.success(
        request,
        _("%(given)s laporan diserahkan, %(back)s kembali ke unitnya.") % {"given": given, "back": back},
    )
    return True

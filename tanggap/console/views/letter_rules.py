"""How an agency's letters leave: at once in the name of the post, or after a signature."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanggap.accounts.roles import Role
from tanggap.common.clock import now
from tanggap.console.access import actor_of, own_agency, with_role
from tanggap.console.letter_forms import LetterRulesForm
from tanggap.console.pages import page
from tanggap.escalation.letters.policy import policy_of
from tanggap.escalation.services.set_letter_rules import set_letter_rules


@with_role(Role.COORDINATOR, Role.NATIONAL_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """`/kerja/surat/aturan/`: of the agency of one's foremost post."""
    actor = actor_of(request)
    agency = own_agency(actor)
    rule = policy_of(agency.pk)
    start = {
        "signing": "yes" if rule.signing else "no",
        "signatory_role": rule.signatory_role,
        "number_format": rule.number_format,
        "place": rule.place,
    }
    form = LetterRulesForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        set_letter_rules(agency=agency, **form.cleaned_data, actor=actor, now=now())
        messages.success(request, _("Tersimpan: surat berikutnya mengikuti aturan ini."))
        return redirect("console:letters")
    values = {"form": form, "agency": agency, "own": rule.agency_id == agency.pk}
    return page(request, "surat_aturan.html", values, here="console:letters", status=422 if form.errors else 200)

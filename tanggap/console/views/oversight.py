"""The ombudsman takes a case away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from tanggap.accounts.roles import Role
from tanggap.cases.selectors import get_case_for
from tanggap.cases.services.export_bundle import export_bundle
from tanggap.common.clock import now
from tanggap.console.access import actor_of, with_role
from tanggap.console.oversight import letters_of


@with_role(Role.OMBUDSMAN)
@require_POST
def bundle(request: HttpRequest, number: str) -> HttpResponse:
    """`/kerja/paket/<tracking id>/`: by a button, because taking it is recorded."""
    actor = actor_of(request)
    case = get_case_for(actor, number)
    made = export_bundle(tracking_id=case.tracking_id, actor=actor, now=now(), letters=letters_of(case))
    headers = {
        "Content-Disposition": f'attachment; filename="{made.name}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(made.content, content_type="application/zip", headers=headers)

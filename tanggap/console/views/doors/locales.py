"""Languages of the conversations: drafts wait until somebody who speaks them has read every sentence."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanggap.accounts.roles import Role
from tanggap.common.clock import now
from tanggap.common.errors import Invalid
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.doors import HERE, tabs_of
from tanggap.console.pages import page
from tanggap.directory.models import Locale
from tanggap.directory.services.review_locale import review_locale

MOST = 100


@with_role(Role.NATIONAL_ADMIN)
@require_safe
def locales(request: HttpRequest) -> HttpResponse:
    """`/kerja/saluran/bahasa/`."""
    actor = actor_of(request)
    rows = list(Locale.objects.order_by("name")[:MOST])
    values = {"tabs": tabs_of(actor, "locales"), "rows": rows, "zone": own_calendar(actor).zone}
    return page(request, "saluran/bahasa.html", values, here=HERE)


@with_role(Role.NATIONAL_ADMIN)
@require_POST
def review(request: HttpRequest, code: str) -> HttpResponse:
    """On, with the name of who read it; or off."""
    enabled = "nyalakan" in request.POST
    reader = request.POST.get("pemeriksa", "").replace("\0", "")[:120]
    try:
        row = review_locale(code=code, enabled=enabled, reviewed_by=reader, actor_key=actor_of(request).key, now=now())
    except Invalid as error:
        messages.error(request, error.message)
    else:
        words = _("Bahasa %(name)s menyala.") if row.enabled else _("Bahasa %(name)s mati.")
        messages.success(request, words % {"name": row.name})
    return redirect("console:locales")

"""From a number to its case, and the way out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tanggap.cases.recording import find_case
from tanggap.cases.selectors import my_cases
from tanggap.common.errors import NotFound
from tanggap.common.ids import normalize_tracking_id
from tanggap.portal import access
from tanggap.portal.rows import Row, rows_of

ELSEWHERE = "https://www.bmkg.go.id/"
LONGEST_NUMBER = 64
OWN_SHOWN = 20


@require_safe
@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """`/lacak/?nomor=…`: straight to the case, or a sentence why not."""
    number = request.GET.get("nomor", "").strip()[:LONGEST_NUMBER]
    if not number:
        return render(request, "portal/lacak.html", {"section": "lacak", "number": "", "rows": _own(request)})
    for spelling in dict.fromkeys((number, number.lstrip("#"), f"#{number}")):
        try:
            return redirect("portal:case", number=find_case(spelling).tracking_id)
        except NotFound as error:
            trouble = error.message if normalize_tracking_id(number) else _misspelt()
    return render(request, "portal/lacak.html", {"section": "lacak", "number": number, "trouble": trouble}, status=404)


def _own(request: HttpRequest) -> list[Row]:
    """The newest cases that this browser proved to be the reader's."""
    cases = my_cases(access.actor_of(request)).order_by("-received_at", "-id")
    return rows_of(cases[:OWN_SHOWN])


def _misspelt() -> str:
    return _("Nomor ini tidak lengkap atau ada huruf yang salah ketik. Contoh nomor: 7KQ4-M2XD-T.")


@never_cache
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Forget what this browser proved, and be somewhere harmless: the weather."""
    access.forget_proofs(request)
    return HttpResponseRedirect(ELSEWHERE)

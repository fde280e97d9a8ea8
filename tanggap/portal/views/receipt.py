"""The receipt on paper, for whoever holds the secret code."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tanggap.cases.receipt.drawing import PAPERS, SHEET, receipt_pdf
from tanggap.cases.recording import find_case
from tanggap.cases.secret_codes import code_is_right
from tanggap.common.clock import now
from tanggap.common.ids import normalize_secret_code
from tanggap.portal import access


# The code is kept nowhere in clear, so the page that shows it once sends it back to be printed: in the body of a POST,
# which no log, history or cache remembers, and checked against its digest like any other attempt to prove oneself.
# Nothing is changed by it, so no CSRF token is asked for: a receipt must print from a page that stayed open for long.
@csrf_exempt
@require_POST
@never_cache
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """`/l/<number>/tanda-terima.pdf`: the code itself, and `kertas` (80mm or a4)."""
    case = find_case(number)
    access.count_try(request, case)
    code = normalize_secret_code(request.POST.get("kode", ""))
    if code is None or not code_is_right(case, code):
        raise Http404
    paper = request.POST.get("kertas", SHEET)
    made = receipt_pdf(case, code=code, paper=paper if paper in PAPERS else SHEET, now=now())
    name = f"tanda-terima-{case.tracking_id}.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )

"""The report form: one question a page, everything typed carried in the form, sent once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tanggap.cases.guarding import work_for
from tanggap.cases.promises import promise
from tanggap.cases.selectors import present_clock
from tanggap.cases.services.submit_case import Receipt
from tanggap.cases.urgency import sounds_urgent
from tanggap.channels.selectors.source_tags import open_tag
from tanggap.common.clock import now
from tanggap.common.errors import Forbidden, Refused, TanggapError
from tanggap.common.masking import mask
from tanggap.directory.selectors import calendar_of
from tanggap.portal import access, picking, previewing, suggesting, uploads
from tanggap.portal.endorsing import endorse, remember_voter
from tanggap.portal.handing_in import check_flood, hand_in
from tanggap.portal.naming import agency_name
from tanggap.portal.wizard import NAMES, SEARCHES, STEPS, Draft, find, neighbour, step_of_error


# No CSRF token: anybody may hand in a report without cookies, account or an open page, so there is nothing a foreign
# page could steal here, and a token would cost people their text whenever a page stayed open too long. What a
# foreign page could do (set our session in the visitor's browser) is refused by `from_elsewhere`.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """`/lapor/`: GET begins, POST goes on, back, searches or sends."""
    response = _walk(request)
    access.mark_device(request, response)
    return response


def _walk(request: HttpRequest) -> HttpResponse:
    today = now().astimezone(calendar_of(None).zone).date()
    if request.method != "POST":
        return show_step(request, Draft(today, _by_poster(request), key=uuid4().hex), "cerita")
    if from_elsewhere(request):
        raise Forbidden(_("Buka formulir laporan dari situs ini."))
    draft = Draft.from_post(request.POST, today)
    step = request.POST.get("step", "")
    step = step if step in NAMES else "cerita"
    trouble = [*uploads.receive(request, draft.key), *uploads.repaint(request.POST, draft.key)]
    return _go(request, draft, step, request.POST.get("go", "next"), trouble)


def _by_poster(request: HttpRequest) -> dict[str, str]:
    """What the code of a poster says already: where it hangs and whose it is. Both can be changed."""
    tag = open_tag(request.GET.get("asal", ""), now=now())
    if tag is None:
        return {}
    said = {"asal": tag.slug, "region": tag.region_id or "", "agency": tag.agency.code}
    return {name: value for name, value in said.items() if value and (name != "agency" or find(value))}


def from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site's page sent this."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "cross-site"


def _go(request: HttpRequest, draft: Draft, step: str, go: str, trouble: list[str]) -> HttpResponse:
    """Where a press of a button leads."""
    if trouble or go in {"stay", "search", "upload"} or go.startswith("drop:"):
        uploads.drop(draft.key, go.removeprefix("drop:"))
        return show_step(request, draft, step, trouble=trouble, searched=go == "search")
    if go == "send" and step == "periksa":
        return _send(request, draft)
    if go.startswith("ikut:"):
        return _endorse(request, draft, step, go.removeprefix("ikut:"))
    if go in {"locate", "forget"} or go.startswith("region:"):
        return _locate(request, draft, go)
    if go == "back":
        return show_step(request, draft, neighbour(step, -1))
    if go.startswith("to:") and go[3:] in NAMES:
        return show_step(request, draft, go[3:])
    return _next(request, draft, step, "periksa" if go == "review" else neighbour(step, 1))


def _locate(request: HttpRequest, draft: Draft, go: str) -> HttpResponse:
    """The regency of a point or of a touch on the map, with its districts to choose from; or the point is forgotten."""
    if go == "forget":
        draft.values.pop("latitude", None)
        draft.values.pop("longitude", None)
        return show_step(request, draft, "tempat")
    code = go.removeprefix("region:") if go != "locate" else picking.regency_of(draft.point)
    if not code or not picking.is_regency(code):
        sea = _("Titik itu tidak kami kenali. Ketik nama tempatnya saja.")
        return show_step(request, draft, "tempat", trouble=[sea])
    draft.values["region"] = code
    draft.values.pop("region_q", None)
    return show_step(request, draft, "tempat", narrow=True)


def _endorse(request: HttpRequest, draft: Draft, step: str, number: str) -> HttpResponse:
    """Me too, at a report like the one being written; everything typed stays."""
    try:
        _counted, voter = endorse(request, number)
    except TanggapError:
        # Closed, hidden or never there: nothing else happens than that the page is drawn anew.
        return show_step(request, draft, step)
    response = show_step(request, draft, step, joined=number)
    remember_voter(request, response, voter)
    return response


def _next(request: HttpRequest, draft: Draft, step: str, target: str) -> HttpResponse:
    """On to `target`, if this page's answers can stay; a name typed but not chosen is looked up first."""
    if draft.must_search(step):
        return show_step(request, draft, step, searched=True)
    form = draft.checked(step)
    if not form.is_valid():
        return show_step(request, draft, step, form=form, searched=step in SEARCHES)
    return show_step(request, draft, target)


def show_step(
    request: HttpRequest,
    draft: Draft,
    step: str,
    *,
    form: Any = None,
    trouble: list[str] | None = None,
    searched: bool = False,
    joined: str = "",
    narrow: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page of a step; faults of earlier pages are asked first when the preview is wanted."""
    if step == "periksa" and (fault := draft.first_fault()) is not None:
        step, form = fault
    draft.reviewed = draft.reviewed or step == "periksa"
    place = STEPS[NAMES.index(step)]
    values: dict[str, Any] = {
        "section": "lapor",
        "draft": draft,
        "step": place,
        "number": NAMES.index(step) + 1,
        "titles": [one.title for one in STEPS],
        "form": form or draft.form(step, bound=False),
        "carried": draft.carried(step).items(),
        "trouble": trouble or [],
        "searched": searched,
        "joined": joined,
        "urgent": sounds_urgent(draft.values.get("text", "")),
        "hints": sorted({span.kind for span in mask(draft.values.get("text", "")).spans}) if step == "cerita" else [],
        "files": uploads.waiting(draft.key) if step in {"cerita", "periksa"} else [],
        **_more(draft, step, narrow=narrow),
    }
    return render(request, f"portal/lapor/{step}.html", values, status=status)


def _more(draft: Draft, step: str, *, narrow: bool = False) -> dict[str, Any]:
    """What a step shows besides its form."""
    said = draft.values
    if step == "tempat":
        return {"options": picking.region_options(said.get("region_q", ""), said.get("region", ""), narrow=narrow)}
    if step == "instansi":
        suggested, unknown = suggesting.suggested_agencies(draft), _("Saya tidak tahu, tolong carikan")
        options = picking.agency_options(
            said.get("agency_q", ""), said.get("agency", ""), suggested=suggested, unknown=unknown
        )
        return {"options": options, "alike": suggesting.alike(draft)}
    if step == "siapa":
        return {"options": picking.agency_options(said.get("about_q", ""), said.get("about_agency", ""))}
    if step == "anda":
        return {"identifying": previewing.identifying(draft)}
    return {**previewing.preview(draft, now=now()), "work": work_for(draft.key, now())} if step == "periksa" else {}


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Hand it in. A second press of the button finds the first one's receipt under the form's key."""
    if (fault := draft.first_fault()) is not None:
        return show_step(request, draft, fault[0], form=fault[1])
    try:
        check_flood(request, draft)
        receipt = hand_in(request, draft)
    except Refused as refusal:
        if refusal.code != "idempotency_conflict":
            raise
        draft.key = uuid4().hex
        return show_step(request, draft, "periksa", trouble=[_already()], status=409)
    except TanggapError as error:
        if error.status not in {409, 422, 429}:
            raise
        return _complain(request, draft, error)
    return _receipt(request, draft, receipt)


def _already() -> str:
    return _(
        "Dari halaman ini sudah terkirim satu laporan dengan isi lain; laporan itu tetap tersimpan. "
        "Tekan Kirim sekali lagi bila yang ini memang laporan baru."
    )


def _complain(request: HttpRequest, draft: Draft, error: TanggapError) -> HttpResponse:
    """Back to the page where it can be mended, with everything typed."""
    step = step_of_error(error.field)
    form = draft.checked(step)
    if error.field not in form.fields:
        return show_step(request, draft, step, form=form, trouble=[error.message], status=error.status)
    form.add_error(error.field, error.message)
    return show_step(request, draft, step, form=form, status=error.status)


def _receipt(request: HttpRequest, draft: Draft, receipt: Receipt) -> HttpResponse:
    said = draft.values
    shared = bool(said.get("shared"))
    if not shared:
        access.remember_proof(request, receipt.case)
    return show_receipt(
        request, receipt, key=draft.key, shared=shared, wanted=bool(said.get("phone") or said.get("email"))
    )


def show_receipt(request: HttpRequest, receipt: Receipt, *, key: str, shared: bool, wanted: bool) -> HttpResponse:
    """The receipt is the answer itself, not a page with an address: the code in it is shown once.

    `key` is the draft's, which the device may forget now; `wanted` says that there is a way to send news.
    """
    case = receipt.case
    return render(
        request,
        "portal/tanda_terima.html",
        {
            "section": "lapor",
            "key": key,
            "case": case,
            "receiver": agency_name(case.agency),
            "code": receipt.secret_code,
            "zone": calendar_of(case.agency_id).zone,
            "clock": present_clock(case, now=case.received_at),
            "promise": promise(case.agency, case.classification, case.received_at, urgent=case.urgent),
            "shared": shared,
            "wanted": wanted,
        },
    )

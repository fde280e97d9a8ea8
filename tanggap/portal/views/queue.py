"""Reports that a device kept while there was no network, and their receipts."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tanggap.cases.once import Receipt
from tanggap.cases.selectors.receipts import receipt_of_key
from tanggap.cases.telling.ways import is_reachable
from tanggap.cases.workflow import Channel
from tanggap.common.clock import now
from tanggap.common.errors import Forbidden, Invalid, NotFound, TanggapError, TooMany
from tanggap.common.turns import one_at_a_time
from tanggap.directory.selectors import calendar_of
from tanggap.portal import access, uploads
from tanggap.portal.handing_in import KEY_LIVES_ON_DEVICES, check_flood, hand_in
from tanggap.portal.uploads import is_key
from tanggap.portal.views.submit import from_elsewhere, show_receipt
from tanggap.portal.wizard import Draft


# Without a token, as the form itself (`submit.report`): a worker that wakes at night has no page to take one from.
@csrf_exempt
@never_cache
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """`/lapor/antrean/`: one kept report, under its `Idempotency-Key`; sent again it is the same case.

    The answer names the case and nothing more: the code is shown on the receipt, to whoever holds the device's key.
    """
    if from_elsewhere(request):
        raise Forbidden(_("Buka formulir laporan dari situs ini."))
    key = request.headers.get("Idempotency-Key", "")
    try:
        if not is_key(key):
            raise Invalid(_("Laporan ini tidak dapat dibaca. Tulislah lagi di formulir."), code="no_key")
        draft = Draft.from_post(request.POST, _written_on(request))
        draft.key = key
        with one_at_a_time(f"report:{key}"):
            receipt = _take(request, draft)
    except TanggapError as error:
        if error.status not in {409, 422, 429}:
            raise
        return problem(error)
    status = 200 if receipt.repeated else 201
    return JsonResponse({"tracking_id": receipt.case.tracking_id, "status": receipt.case.state}, status=status)


# A receipt is read on the way out of the queue, by the device that holds the key: as good as the form itself.
@csrf_exempt
@never_cache
@require_POST
def receipt(request: HttpRequest) -> HttpResponse:
    """`/lapor/tanda-terima/`: the receipt of a report that was sent from the queue."""
    if from_elsewhere(request):
        raise Forbidden(_("Buka formulir laporan dari situs ini."))
    key = request.POST.get("kunci", "")
    found = receipt_of_key(key, now=now()) if is_key(key) else None
    if found is None or found.case.channel != Channel.WEB or found.case.entered_by_key:
        raise NotFound(_("Tanda terima ini tidak ada lagi."))
    shared = bool(request.POST.get("shared"))
    if not shared:
        access.remember_proof(request, found.case)
    return show_receipt(request, found, key=key, shared=shared, wanted=is_reachable(found.case))


def _written_on(request: HttpRequest) -> date:
    """The day the device says it was written: "today" in it means that day. Never tomorrow, never long ago."""
    today = now().astimezone(calendar_of(None).zone).date()
    try:
        day = date.fromisoformat(request.POST.get("written_on", ""))
    except ValueError:
        return today
    return day if today - KEY_LIVES_ON_DEVICES - timedelta(days=1) <= day <= today else today


def _take(request: HttpRequest, draft: Draft) -> Receipt:
    """Files and words together or not at all: an attempt that breaks off leaves no photo to be taken in twice."""
    check_flood(request, draft)
    earlier = receipt_of_key(draft.key, now=now())
    with transaction.atomic():
        if earlier is None:
            _take_files(request, draft)
        if (fault := draft.first_fault()) is not None:
            words = [str(text) for texts in fault[1].errors.values() for text in texts]
            raise Invalid(" ".join(words), code="incomplete")
        return hand_in(request, draft, hide_files=earlier is None and _marks_are_lost(request, draft))


def _take_files(request: HttpRequest, draft: Draft) -> None:
    trouble = uploads.receive(request, draft.key) + uploads.repaint(request.POST, draft.key)
    if trouble:
        raise Invalid(" ".join(trouble), field="files", code="files_refused")


def _marks_are_lost(request: HttpRequest, draft: Draft) -> bool:
    """Whether the reporter covered or held back a photo whose copy here has expired meanwhile.

    The device sends the photo again, but under another name: nobody knows any more which one the mark was for.
    """
    covered = {
        name.split("-")[1] for name, marks in request.POST.items() if name.startswith(("areas-", "cell-")) and marks
    }
    return not {*covered, *draft.private_files} <= {one.token for one in uploads.waiting(draft.key)}


def problem(error: TanggapError) -> HttpResponse:
    """A refusal for our own scripts: what happened, and when to try again."""
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) and error.retry_after else None
    return JsonResponse({"detail": error.message, "code": error.code}, status=error.status, headers=headers)

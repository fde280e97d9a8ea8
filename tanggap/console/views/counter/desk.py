"""`/kerja/loket/`: one citizen after the other."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.sign_in.kept import owner_digest
from tanggap.cases.once import Receipt
from tanggap.cases.policies import can_see
from tanggap.cases.promises import promise
from tanggap.cases.selectors.receipts import receipt_of_key
from tanggap.cases.telling.values import is_discreet, office_name
from tanggap.cases.telling.ways import is_reachable
from tanggap.channels.policies import ENTERS_CASES
from tanggap.channels.services.enter_case import enter_case
from tanggap.common.clock import now
from tanggap.common.errors import NotFound, Refused, TanggapError
from tanggap.common.turns import one_at_a_time
from tanggap.console.access import actor_of, own_agency, own_calendar, with_role
from tanggap.console.counter.entry_form import EntryForm
from tanggap.console.counter.rooms import HERE, tabs_of
from tanggap.console.deeds.uploads import KEY
from tanggap.console.pages import page
from tanggap.console.suggestions import unit_names
from tanggap.directory.selectors import brand_of_host, calendar_of, region_label, search_regions
from tanggap.files.limits import MAX_REQUEST_BYTES
from tanggap.files.uploads import refused_uploads

SESSION = "loket"
QUEUED = "X-Antrean"
MOST_REGIONS = 8


@with_role(*ENTERS_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """The form; after an entry its receipt, and the form for the next citizen."""
    actor = actor_of(request)
    if request.method != "POST":
        return show(request, _empty(request, actor))
    data = request.POST.copy()
    if KEY.fullmatch(key := request.headers.get("Idempotency-Key", "")):
        data["draft_key"] = key
    form = EntryForm(data, request.FILES, actor=actor, queued=QUEUED in request.headers)
    # Two presses of one button, or a photo could be handed in twice.
    with one_at_a_time(f"counter:{form.key}"):
        receipt = _enter(request, form, actor)
    if receipt is None:
        return show(request, form, status=422 if form.key == data.get("draft_key") else 409)
    request.session[SESSION] = form.remembered()
    return show(request, _empty(request, actor), receipt, status=200 if receipt.repeated else 201)


def _enter(request: HttpRequest, form: EntryForm, actor: Actor) -> Receipt | None:
    """Hand it in; None where something must be mended, and the form says what."""
    moment = now()
    earlier = receipt_of_key(form.key, now=moment)
    if earlier is not None and earlier.case.entered_by_key != actor.key:
        _already(request, form)
        return None
    if earlier is None:
        form.take_files(list(refused_uploads(request)))
    if not form.is_valid():
        return None
    try:
        return enter_case(
            submission=form.submission(brand_of_host(request.get_host().partition(":")[0])),
            key=form.key,
            body_digest=form.digest(),
            actor=actor,
            now=moment,
            repeating=earlier is not None,
        )
    except Refused as refusal:
        if refusal.code != "idempotency_conflict":
            raise
        _already(request, form)
    except TanggapError as error:
        if error.status not in {409, 422, 429}:
            raise
        form.blame(error)
    return None


def _already(request: HttpRequest, form: EntryForm) -> None:
    """The key was used for other words: those stay, and these get a key of their own for another press."""
    form.key = secrets.token_hex(16)
    form.take_files(list(refused_uploads(request)))
    form.add_error(
        None,
        _(
            "Dari formulir ini sudah terkirim satu laporan dengan isi lain; laporan itu tetap tersimpan. "
            "Kirim sekali lagi bila yang ini memang laporan baru."
        ),
    )


def _empty(request: HttpRequest, actor: Actor) -> EntryForm:
    return EntryForm(actor=actor, initial=request.session.get(SESSION, {}))


def show(request: HttpRequest, form: EntryForm, receipt: Receipt | None = None, *, status: int = 200) -> HttpResponse:
    """The page: a receipt if there is one, then the form."""
    actor, person = actor_of(request), request.user
    assert isinstance(person, Person)
    values: dict[str, Any] = {
        **form_values(form, actor),
        "tabs": tabs_of(actor, "counter"),
        "officer": owner_digest(person),
        **(receipt_values(receipt, actor) if receipt else {}),
    }
    return page(request, "loket/meja.html", values, here=HERE, status=status)


def form_values(form: EntryForm, actor: Actor) -> dict[str, Any]:
    """What the form's template needs."""
    body = own_agency(actor).body_id
    return {
        "form": form,
        "unit_names": unit_names(body),
        "today": now().astimezone(own_calendar(actor).zone).date(),
        "most_bytes": MAX_REQUEST_BYTES,
    }


def receipt_values(receipt: Receipt, actor: Actor) -> dict[str, Any]:
    """What the officer sees of the case just entered: its receipt; the case itself only where it is theirs to see."""
    case = receipt.case
    return {
        "case": case,
        "code": receipt.secret_code,
        "bare": is_discreet(case),
        "receiver": office_name(case.agency),
        "zone": calendar_of(case.agency_id).zone,
        "road": promise(case.agency, case.classification, case.received_at, urgent=case.urgent),
        "told": is_reachable(case),
        "visible": can_see(actor, case),
    }


@with_role(*ENTERS_CASES)
@require_POST
def receipt_again(request: HttpRequest) -> HttpResponse:
    """The receipt of an entry that this officer sent from the queue, asked for by the key of the entry."""
    actor, key = actor_of(request), request.POST.get("kunci", "")
    found = receipt_of_key(key, now=now()) if KEY.fullmatch(key) else None
    if found is None or found.case.entered_by_key != actor.key:
        raise NotFound(_("Tanda terima ini tidak ada lagi."))
    return show(request, _empty(request, actor), found)


@with_role(*ENTERS_CASES)
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """Suggestions while a place is typed: names with their code, which the form understands."""
    query = request.GET.get("q", "").replace("\x00", "")[:100]
    return JsonResponse({"names": [f"{region_label(row)} ({row.pk})" for row in search_regions(query, MOST_REGIONS)]})

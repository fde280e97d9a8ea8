"""/api/v1/cases: hand a case in, list public ones, look at one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, Header, Path, Query, Router
from pydantic import BaseModel, Field

from tanggap.accounts.actor import PUBLIC
from tanggap.api import fields, intake, lookups, schemas, showing
from tanggap.cases.emergency import emergency_words
from tanggap.cases.selectors import Filters, open_case, public_list
from tanggap.cases.services.note_seen import note_seen
from tanggap.cases.services.submit_case import Receipt
from tanggap.cases.telling.values import link_to
from tanggap.cases.urgency import sounds_urgent
from tanggap.cases.workflow import SUBMITTED, Channel, Classification, State
from tanggap.common.clock import now
from tanggap.common.errors import TanggapError
from tanggap.common.pagination import keyset_page
from tanggap.directory.selectors import calendar_of

router = Router(tags=["cases"])

ORDER = ("-received_at", "-id")
Known = schemas.Problem


class WrongCode(TanggapError):
    """A secret code was shown and is not that of the case."""

    status = 403
    default_code = "wrong_code"


@router.post(
    "/cases",
    response={201: schemas.Receipt, 400: Known, 409: Known, 413: Known, 422: Known, 429: Known, 503: Known},
    operation_id="submit_case",
    summary="Hand a case in",
)
def submit(
    request: HttpRequest,
    body: Annotated[schemas.NewCase, Body()],
    idempotency_key: Annotated[
        str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200, pattern=r"^[\x20-\x7e]+$")
    ] = None,
) -> HttpResponse:
    """Open without a key. The same `Idempotency-Key` with the same body within 24 hours gives the same answer again;
    with another body it is refused (409)."""
    address, host = request.META.get("REMOTE_ADDR", ""), request.get_host().partition(":")[0]
    receipt = intake.take_in(body, key=idempotency_key, address=address, host=host)
    answer = schemas.Receipt(
        tracking_id=receipt.case.tracking_id,
        secret_code=receipt.secret_code,
        # As it was when it was handed in: a repeated request gets the answer that was lost, not news.
        status=SUBMITTED,
        url=link_to(receipt.case),
        emergency=emergency_words() if _told_of_danger(receipt, body) else None,
    )
    headers = {"Location": answer.url, "Cache-Control": "no-store"}
    return HttpResponse(
        answer.model_dump_json(exclude_none=True), status=201, content_type="application/json", headers=headers
    )


def _told_of_danger(receipt: Receipt, body: schemas.NewCase) -> bool:
    """As intake read the words; a repeated request reads them again, since a verifier may have lifted the mark."""
    return sounds_urgent(body.text, body.title) if receipt.repeated else receipt.case.urgent


def _literal(kinds: Any) -> Any:
    return Literal[tuple(kind.value for kind in kinds)]


class Wanted(BaseModel):
    """Filters of the public list."""

    state: _literal(State) | None = None  # type: ignore[valid-type]
    classification: _literal(Classification) | None = None  # type: ignore[valid-type]
    channel: _literal(Channel) | None = None  # type: ignore[valid-type]
    category: fields.Code | None = None
    region: Annotated[fields.Code | None, Field(description="the region and everything below it")] = None
    agency: Annotated[fields.Code | None, Field(description="the body or unit that holds the case")] = None
    since: fields.Day | None = None
    until: fields.Day | None = None


@router.get(
    "/cases",
    response={200: schemas.CaseLines, 422: Known, 503: Known},
    operation_id="list_cases",
    summary="Public cases, newest first",
)
def listed(
    request: HttpRequest,
    response: HttpResponse,
    wanted: Annotated[Wanted, Query()],
    cursor: Annotated[str, Query(max_length=1000)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> schemas.CaseLines:
    """Pages by cursor: `next_cursor` of one answer is `cursor` of the next request. An unreadable cursor is the first
    page."""
    filters = Filters(
        state=wanted.state or "",
        classification=wanted.classification or "",
        channel=wanted.channel or "",
        category=lookups.category_of(wanted.category).code if wanted.category else "",
        region=lookups.region_of(wanted.region, field="region").code if wanted.region else "",
        agency_id=lookups.agency_of(wanted.agency, field="agency").pk if wanted.agency else None,
        since=wanted.since,
        until=wanted.until,
    )
    cases = public_list(filters, now=now(), calendar=calendar_of(None))
    page = keyset_page(cases, order=ORDER, cursor=cursor, size=limit)
    response["Cache-Control"] = "no-cache"
    return schemas.CaseLines(
        items=[showing.line_of(case) for case in page.items],
        next_cursor=page.next_cursor,
        previous_cursor=page.previous_cursor,
    )


@router.get(
    "/cases/{path:number}",
    response={200: schemas.CaseView, 403: Known, 404: Known, 422: Known, 503: Known},
    operation_id="read_case",
    summary="One case by its tracking id or an older number",
)
def shown(
    request: HttpRequest,
    response: HttpResponse,
    number: Annotated[str, Path(max_length=200)],
    secret_code: Annotated[str, Header(alias="X-Secret-Code", max_length=64)] = "",
) -> schemas.CaseView:
    """State, clocks and holder always; title, text, thread and files once verified and not secret. With the secret
    code of the receipt: everything its reporter may see."""
    view = open_case(PUBLIC, number, code=secret_code)
    if secret_code and not view.is_reporter:
        raise WrongCode(_("Kode rahasia ini bukan milik laporan itu. Periksa lagi tanda terima Anda."))
    response["Cache-Control"] = "no-store" if view.is_reporter else "no-cache"
    if view.is_reporter:
        note_seen(case=view.case, now=now())
    return showing.view_of(view, now=now())

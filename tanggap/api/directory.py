"""/api/v1/agencies, regions and categories: the codes a submission may name."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tanggap.api import fields, lookups, schemas, showing
from tanggap.common.pagination import keyset_page
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import children_of, search_agencies, search_regions

router = Router(tags=["directory"])
CACHED = "public, max-age=300"
MOST_CHILDREN = 1000


def _agency(agency: Agency) -> schemas.AgencyLine:
    body = agency.body
    return schemas.AgencyLine(
        code=agency.code,
        name=agency.name,
        full_name=agency.full_name,
        kind=agency.kind,
        body=showing.agency_name(body) if body is not None and body.pk != agency.pk else None,
    )


@router.get(
    "/agencies",
    response={200: schemas.AgencyLines, 422: schemas.Problem, 503: schemas.Problem},
    operation_id="list_agencies",
    summary="Public bodies and their units",
)
def agencies(
    request: HttpRequest,
    response: HttpResponse,
    q: Annotated[fields.Name, Query()] = "",
    cursor: Annotated[str, Query(max_length=1000)] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> schemas.AgencyLines:
    """With `q` those whose names hold every word, the nearest first; without it all active ones by code, in pages."""
    response["Cache-Control"] = CACHED
    if q.strip():
        found = search_agencies(q, limit=limit)
        return schemas.AgencyLines(items=[_agency(row) for row in found], next_cursor=None, previous_cursor=None)
    active = Agency.objects.filter(status=Agency.Status.ACTIVE).exclude(kind=Agency.Kind.NATION).select_related("body")
    page = keyset_page(active, order=("code",), cursor=cursor, size=limit)
    return schemas.AgencyLines(
        items=[_agency(row) for row in page.items], next_cursor=page.next_cursor, previous_cursor=page.previous_cursor
    )


def _region(region: Region) -> schemas.RegionLine:
    return schemas.RegionLine(
        code=region.code,
        name=region.name,
        kind=region.kind,
        parent=region.parent_id,
        latitude=region.lat,
        longitude=region.lng,
    )


@router.get(
    "/regions",
    response={200: schemas.RegionLines, 422: schemas.Problem, 503: schemas.Problem},
    operation_id="list_regions",
    summary="Provinces, regencies and cities, districts, villages",
)
def regions(
    request: HttpRequest,
    response: HttpResponse,
    q: Annotated[fields.Name, Query()] = "",
    parent: Annotated[fields.Code | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> schemas.RegionLines:
    """With `q` the nearest names; with `parent` everything directly below it; otherwise the provinces."""
    response["Cache-Control"] = CACHED
    if q.strip():
        found = search_regions(q, limit)
    else:
        above = lookups.region_of(parent, field="parent").code if parent else None
        found = list(children_of(above)[:MOST_CHILDREN])
    return schemas.RegionLines(items=[_region(row) for row in found])


@router.get(
    "/categories",
    response={200: schemas.CategoryLines, 503: schemas.Problem},
    operation_id="list_categories",
    summary="The tree of topics",
)
def categories(request: HttpRequest, response: HttpResponse) -> schemas.CategoryLines:
    """All of them; `parent` gives the tree."""
    response["Cache-Control"] = CACHED
    return schemas.CategoryLines(
        items=[schemas.CategoryLine(code=row.code, name=row.name, parent=row.parent_id) for row in lookups.categories()]
    )

"""Our own boundaries for the map of the report form; it asks for them when somebody wants a map."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tanggap.directory.boundaries import province_map, provinces_map
from tanggap.directory.models import Region

LONGEST_CODE = 2


@require_safe
@cache_control(public=True, max_age=86400)
def borders(request: HttpRequest) -> JsonResponse:
    """`/lapor/batas.json`: the provinces, or with `?provinsi=35` its regencies and cities, as SVG paths with names."""
    province = request.GET.get("provinsi", "")
    drawing = province_map(province) if province and len(province) <= LONGEST_CODE else None
    if province and drawing is None:
        raise Http404
    drawing = drawing or provinces_map()
    names = dict(Region.objects.filter(pk__in=drawing.shapes).values_list("pk", "name"))
    shapes = [[code, names[code], path] for code, path in drawing.shapes.items() if code in names]
    return JsonResponse({"width": drawing.width, "height": drawing.height, "shapes": shapes})

"""What every page needs to know: whether this is the example, and where the other language is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def page(request: HttpRequest) -> dict[str, Any]:
    """`demo`, `training`, `lang`, and `other_language_url`: this very page in the other language, its filters kept."""
    lang = get_language() or settings.LANGUAGE_CODE
    query = request.GET.copy()
    query["lang"] = "id" if lang == "en" else "en"
    training = getattr(request, "training", False)
    return {
        "demo": settings.DEMO,
        "lang": lang,
        "other_language_url": f"?{query.urlencode()}",
        "training": training,
    }

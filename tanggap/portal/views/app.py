"""What makes the site an app: its manifest, its worker, the page without network, what other apps share into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from tanggap.common import app_icons
from tanggap.common.clock import now
from tanggap.common.errors import Forbidden
from tanggap.common.workers import worker_script
from tanggap.directory.selectors import brand_of_host, calendar_of
from tanggap.files.limits import MAX_REQUEST_BYTES
from tanggap.portal import uploads
from tanggap.portal.forms.report import AboutForm, PlaceForm, StoryForm, YouForm
from tanggap.portal.views.submit import from_elsewhere, show_step
from tanggap.portal.wizard import Draft

SHELL = "portal/lapor/luring.html"
SCRIPT = Path(__file__).parents[1] / "static" / "portal" / "worker.js"
CLOSED = ("/kerja/", "/akun/", "/admin/", "/api/", "/hooks/", "/metrics")
"""Where the worker stays out: nothing of an officer's or an account's is answered from a device."""
PAPER = "#fcfaf5"
INDIGO = "#2d3a8c"
SHAREABLE = ["image/*", "video/mp4", "application/pdf", "audio/*"]
HOUR = 3600


@require_safe
@cache_control(public=True, max_age=HOUR)
def manifest(request: HttpRequest) -> HttpResponse:
    """`/manifest.webmanifest`: name and colour of the brand under whose address it is installed."""
    brand = brand_of_host(request.get_host().partition(":")[0])
    name = brand.name if brand else "Tanggap"
    values = {
        "id": "/",
        "name": f"{name}: {_('lapor layanan publik')}",
        "short_name": name,
        "description": _("Sampaikan keluhan layanan publik ke instansi yang berwenang, juga tanpa jaringan."),
        "lang": get_language() or "id",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": (brand.colour if brand else "") or INDIGO,
        "categories": ["government", "utilities"],
        "icons": _icons(),
        "shortcuts": [
            {"name": _("Sampaikan laporan"), "url": reverse("portal:report")},
            {"name": _("Lacak laporan"), "url": reverse("portal:track")},
        ],
        "share_target": _share_target(),
    }
    return JsonResponse(values, content_type="application/manifest+json")


def _icons() -> list[dict[str, str]]:
    return [
        {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
        for size in app_icons.SIZES
        for name, use in ((f"tanggap/icon-{size}.png", "any"), (f"tanggap/icon-{size}-maskable.png", "maskable"))
    ]


def _share_target() -> dict[str, Any]:
    """How other apps hand over photos and words."""
    files = [{"name": uploads.FIELD, "accept": SHAREABLE}]
    return {
        "action": reverse("portal:share"),
        "method": "POST",
        "enctype": "multipart/form-data",
        "params": {"title": "title", "text": "text", "url": "url", "files": files},
    }


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """`/luring/`: the report form on one page, as it opens without network. The same for all, about nobody."""
    return render(request, SHELL, _shell_values())


def _shell_values() -> dict[str, Any]:
    today = now().astimezone(calendar_of(None).zone).date()
    where = PlaceForm(auto_id="%s")
    where.fields["place"].label = _("Di mana? Desa atau kelurahan, kecamatan, kota, dan patokannya")
    return {
        "section": "lapor",
        "story": StoryForm(auto_id="%s", today=today),
        "where": where,
        "about": AboutForm(auto_id="%s"),
        "you": YouForm(auto_id="%s"),
        "most_bytes": MAX_REQUEST_BYTES,
        # Somebody's own messages must not be kept with the page.
        "messages": (),
    }


@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """`/pekerja.js`: at the root, because a worker reaches no further up than it stands."""
    shell = f"{reverse('portal:offline')}?lang={get_language() or 'id'}"
    more = {
        "closed": CLOSED,
        "home": reverse("portal:offline"),
        "form": reverse("portal:report"),
        "share": reverse("portal:share"),
        "queue": reverse("portal:report-queue"),
        "exit": reverse("portal:quick-exit"),
        "store": static("portal/store.js"),
        "icon": static("tanggap/icon-192.png"),
    }
    return worker_script(SCRIPT, shell=shell, html=render_to_string(SHELL, _shell_values(), request), more=more)


# Another app sends this without any page of ours open; it leads to a form that is not sent yet.
@csrf_exempt
@never_cache
@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """`/lapor/bagikan/`: photos and words from another app begin a report. The worker does it where there is one."""
    if from_elsewhere(request):
        raise Forbidden(_("Buka formulir laporan dari situs ini."))
    words = [request.POST.get(name, "").replace("\x00", "").strip() for name in ("title", "text", "url")]
    text = "\n".join(word for word in words if word)
    today = now().astimezone(calendar_of(None).zone).date()
    draft = Draft(today, {"text": text} if text else {}, key=uuid4().hex)
    return show_step(request, draft, "cerita", trouble=uploads.receive(request, draft.key))


@require_safe
@cache_control(public=True, max_age=HOUR)
def asset_links(request: HttpRequest) -> HttpResponse:
    """`/.well-known/assetlinks.json`: which Android app may open this address without a browser's bar."""
    brand = brand_of_host(request.get_host().partition(":")[0])
    if brand is None or not (brand.android_package and brand.android_fingerprints):
        raise Http404
    target = {
        "namespace": "android_app",
        "package_name": brand.android_package,
        "sha256_cert_fingerprints": brand.android_fingerprints,
    }
    statement = {"relation": ["delegate_permission/common.handle_all_urls"], "target": target}
    return JsonResponse([statement], safe=False)

"""A page of the console in training mode: the same view over the tables of the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from tanggap.accounts.models import Person
from tanggap.accounts.services.note_practised import note_practised
from tanggap.common import errorpages
from tanggap.common.clock import frozen, now
from tanggap.common.errors import NotFound
from tanggap.console.training.days import time_passed
from tanggap.console.training.exercises import BY_SLUG
from tanggap.console.training.schema import lay_tables, sandbox
from tanggap.console.training.stage import build_stage, done_by, seat
from tanggap.directory.selectors import root_agency

SESSION_KEY: Final = "latihan"
# What is practised. Every other room has effects (accounts, channels, letters) that an exercise does not need.
ROOMS: Final = frozenset(
    {
        "inbox",
        "bulk",
        "batch",
        "case",
        "deed",
        "compare",
        "names",
        "trail",
        "file",
        "review",
        "units",
        "guides",
        "guide",
        "training",
        "training-day",
        "training-fresh",
    }
)
# Pages that stand between the worlds: they begin and end training, and speak of both.
BETWEEN: Final = frozenset({"training-begin", "training-end", "handbook"})

View = Callable[..., HttpResponseBase]


def is_training(request: HttpRequest) -> bool:
    """Whether this session is in training mode."""
    return bool(request.session.get(SESSION_KEY))


def serve(request: HttpRequest, view: View, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The page out of the sandbox, its person in the posts of the sandbox. Nothing of it reaches a real table but the
    exercises that were done."""
    request.training = True  # type: ignore[attr-defined]
    route = request.resolver_match.url_name if request.resolver_match else ""
    if route in BETWEEN:
        return view(request, *args, **kwargs)
    if route not in ROOMS:
        return errorpages.error_page(
            request, 404, _("Halaman ini tidak dipakai dalam latihan. Selesai berlatih dulu untuk membukanya.")
        )
    person = request.user
    assert isinstance(person, Person)
    real = request.actor  # type: ignore[attr-defined]
    lay_tables(root_path=root_agency().path)
    try:
        with sandbox():
            build_stage(now=now())
            with frozen(now() + time_passed(person.pk)):
                request.actor = seat(person_id=person.pk, now=now())  # type: ignore[attr-defined]
                response = _whole(view(request, *args, **kwargs))
            done = done_by(person.pk) if request.method == "POST" else set()
    except (Http404, NotFound):
        if request.method != "POST":
            raise
        message = _("Anda sedang berlatih, dan laporan ini tidak ada dalam latihan. Tidak ada yang terkirim.")
        return errorpages.error_page(request, 404, message, typed=errorpages.typed(request))
    finally:
        request.actor = real  # type: ignore[attr-defined]
    for slug in note_practised(person_id=person.pk, exercises=sorted(done), now=now()):
        messages.success(request, _("Tugas latihan selesai: %(title)s.") % {"title": BY_SLUG[slug].title})
    return response


def _whole(response: HttpResponseBase) -> HttpResponseBase:
    """Read to its end in here: what is read later would come out of the real tables."""
    if not isinstance(response, StreamingHttpResponse):
        return response
    content = b"".join(response.streaming_content)  # type: ignore[arg-type]
    return HttpResponse(content, status=response.status_code, headers=dict(response.headers))

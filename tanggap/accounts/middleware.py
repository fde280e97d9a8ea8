"""Who is acting, and the door of the console."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tanggap.accounts.actor import PUBLIC, Actor, actor_for
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Person
from tanggap.accounts.roles import Role
from tanggap.accounts.sign_in import kept, second_factor
from tanggap.common import clock, errorpages

GetResponse = Callable[[HttpRequest], HttpResponse]

CONSOLE, ADMIN = "/kerja/", "/admin/"
RESUME = "/akun/lanjutkan/"
SET_UP = "/akun/dua-langkah/aplikasi/pasang/"
SIGN_OUT = "/akun/keluar/"


class ActorMiddleware:
    """`request.actor`: resolved on first use by two statements, then only read; nobody in particular otherwise."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    person = request.user
    if not isinstance(person, Person) or not person.is_authenticated:
        return PUBLIC
    today = local_day(clock.now())
    if person.last_seen_on != today:
        # Once a day: "officers active in the last month" needs no more.
        Person.objects.filter(pk=person.pk).update(last_seen_on=today)
    return actor_for(person, on=today)


class ConsoleDoorMiddleware:
    """Before every page of officers: sign in, hold a post, have the second factor the post requires."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info == SIGN_OUT and request.method == "POST":
            response.delete_cookie(kept.COOKIE, samesite="Lax")
        elif request.path_info.startswith(CONSOLE) and isinstance(request.user, Person):
            kept.mark_owner(request, response, request.user)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """After the CSRF check, so that nothing is kept that a stranger's page sent."""
        if not request.path_info.startswith((CONSOLE, ADMIN)):
            return None
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if not actor.is_staff or (request.path_info.startswith(ADMIN) and not actor.has_role(Role.NATIONAL_ADMIN)):
            raise Http404
        if second_factor.is_missing(request, actor):
            messages.info(request, _("Peran Anda memerlukan masuk dua langkah. Pasang sekarang; sekali saja."))
            return _see(SET_UP)
        return None


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.method in {"GET", "HEAD"}:
        return _see(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
    if kept.keep(request):
        return _see(f"{settings.LOGIN_URL}?{urlencode({'next': RESUME})}")
    # Too long to keep, or a browser in which nobody had signed in: shown to be copied.
    message = _("Sesi Anda sudah berakhir dan ini tidak terkirim. Salin tulisan Anda, masuk lagi, lalu kirim ulang.")
    return errorpages.error_page(request, 403, message, typed=errorpages.typed(request), stale_form=True)


def _see(address: str) -> HttpResponse:
    """303: whatever the method was, the next request is a GET."""
    return HttpResponse(status=303, headers={"Location": address, "Cache-Control": "no-store"})

"""Locking a name after wrong passwords, without keeping who tried: no address of a machine, no browser, no form."""

from __future__ import annotations

import copy
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from tanggap.accounts.models import Person
from tanggap.common import errorpages
from tanggap.common.contacts import normalize_email, normalize_phone
from tanggap.common.crypto import keyed_digest

Credentials = dict[str, Any] | None


def login_digest(typed: str) -> str:
    """What stands in the table of attempts instead of the e-mail address or phone number."""
    return keyed_digest("sign-in:" + (normalize_email(typed) or normalize_phone(typed) or typed.strip().lower()))


def client_name(request: HttpRequest, credentials: Credentials) -> str | None:
    """The name that was tried, as a digest. For AXES_USERNAME_CALLABLE."""
    given = credentials or {}
    typed = given.get("email") or given.get("phone") or given.get("username")
    return login_digest(typed) if typed else None


def no_address(request: HttpRequest) -> None:
    """For AXES_CLIENT_IP_CALLABLE: citizens' IP addresses are not kept."""


def nobody(*_args: Any) -> str:
    """How a client is called in logs. For AXES_CLIENT_STR_CALLABLE."""
    return "somebody"


def locked_response(request: HttpRequest, *_args: Any) -> HttpResponse:
    """The same page for a name that exists and one that does not. For AXES_LOCKOUT_CALLABLE."""
    message = _("Terlalu banyak percobaan masuk. Tunggu 15 menit, lalu coba lagi; atau buat kata sandi baru.")
    page = errorpages.error_page(request, 429, message)
    page.headers["Retry-After"] = "900"
    return page


def code_is_locked(request: HttpRequest, person: Person) -> bool:
    """Whether this person's second factor was guessed at too often: whoever tries has the password already."""
    locked = not AxesProxyHandler.is_allowed(request, {"username": _code_name(person)})
    if locked:
        request.axes_locked_out = True  # type: ignore[attr-defined]
    return locked


def count_wrong_code(request: HttpRequest, person: Person) -> None:
    """One wrong code; in the database, so that every process counts the same."""
    AxesProxyHandler.user_login_failed(None, {"username": _code_name(person)}, request)


def forgive(person: Person) -> None:
    """Drop what was counted under either name of the person: signed in, or the password set by way of the mailbox."""
    names = [login_digest(name) for name in (person.email, person.phone, _code_name(person)) if name]
    AccessAttempt.objects.filter(username__in=names).delete()


def _code_name(person: Person) -> str:
    return f"second-factor:{person.pk}"


class LockoutHandler(AxesDatabaseHandler):
    """Counts failures by digest alone.

    The library would write the posted form beside the attempt; after an expired session that form can hold what an
    officer wrote about a citizen.
    """

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        if request is None:
            return
        bare: Any = copy.copy(request)
        bare.GET, bare.POST = QueryDict(), QueryDict()
        bare.axes_user_agent = bare.axes_http_accept = bare.axes_path_info = ""
        super().user_login_failed(sender, credentials, bare, **kwargs)
        original: Any = request
        original.axes_locked_out = bare.axes_locked_out
        original.axes_credentials = None

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Person, **kwargs: Any) -> None:
        """What was mistyped before no longer counts."""
        forgive(user)

    def user_logged_out(self, sender: Any, request: HttpRequest, user: Person | None, **kwargs: Any) -> None:
        """Nothing was logged at sign-in."""

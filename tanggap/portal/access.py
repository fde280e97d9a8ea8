"""Who the reader is to a case: proofs by secret code are kept in the session, for those cases alone."""

from __future__ import annotations

import secrets

from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from tanggap.accounts.actor import PUBLIC, Actor
from tanggap.cases.models import Case
from tanggap.common.crypto import blind_index
from tanggap.common.errors import TooMany
from tanggap.portal import contacts

PROVED = "laporan_saya"
DEVICE = "perangkat"
MOST_PROVED = 20
TRIES, ASKED, WITHIN = 10, 40, 600


def actor_of(request: HttpRequest) -> Actor:
    """The acting person as the sign-in middleware found them, with the cases and addresses this browser proved."""
    actor: Actor = getattr(request, "actor", PUBLIC)
    proved, known = request.session.get(PROVED, []), contacts.proved(request)
    if known:
        actor = actor.known_by((address.kind, address.index) for address in known)
    return actor.proving(*proved) if proved else actor


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: to be counted as a digest, never to be kept."""
    return str(request.META.get("REMOTE_ADDR", ""))


def device_of(request: HttpRequest) -> str:
    """This browser's mark, empty for one that has none yet: counted as a digest of the day, never kept."""
    return request.COOKIES.get(DEVICE, "")[:64]


def mark_device(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give the browser a mark of its own until it is closed: who shares an address is counted apart."""
    if not device_of(request):
        mark = secrets.token_hex(16)
        response.set_cookie(DEVICE, mark, httponly=True, samesite="Lax", secure=request.is_secure())


def remember_proof(request: HttpRequest, case: Case) -> None:
    """Keep a proof until the session ends; the oldest are forgotten."""
    proved = [pk for pk in request.session.get(PROVED, []) if pk != case.pk]
    request.session[PROVED] = [*proved, case.pk][-MOST_PROVED:]


def forget_proof(request: HttpRequest, case: Case) -> None:
    """Shut one case again in this browser."""
    request.session[PROVED] = [pk for pk in request.session.get(PROVED, []) if pk != case.pk]


def forget_proofs(request: HttpRequest) -> None:
    """On a quick exit: nothing of this person's cases stays in the session."""
    request.session.pop(PROVED, None)
    contacts.forget(request)


def count_try(request: HttpRequest, case: Case) -> None:
    """One more attempt to open a case with a code. Raises TooMany.

    The address is never kept: its keyed digest lives in this process's memory for ten minutes.
    """
    if _count(request, "code-try", str(case.pk)) > TRIES:
        raise TooMany(
            _("Terlalu banyak percobaan kode. Coba lagi sepuluh menit lagi; laporan Anda tetap aman."),
            code="too_many_codes",
            retry_after=WITHIN,
        )


def count_asking(request: HttpRequest) -> None:
    """One more link or code asked for by this machine. Raises TooMany.

    Far above what one person needs, since villages share an address; what is asked for one address of a person is
    counted in the database.
    """
    if _count(request, "proof-asked") > ASKED:
        raise TooMany(
            _("Terlalu banyak permintaan dari jaringan ini. Coba lagi sepuluh menit lagi."),
            code="too_many_proofs",
            retry_after=WITHIN,
        )


def _count(request: HttpRequest, kind: str, about: str = "") -> int:
    source = blind_index(kind, f"{request.META.get('REMOTE_ADDR', '')}:{about}").hex()
    key = f"{kind}:{source}"
    cache.add(key, 0, timeout=WITHIN)
    return int(cache.incr(key))

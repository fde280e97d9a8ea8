"""Who the reader is to a case: proofs by secret code are kept in the session, for those cases alone."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tanggap.accounts.actor import PUBLIC, Actor
from tanggap.cases.models import Case
from tanggap.common.crypto import blind_index
from tanggap.common.errors import TooMany

PROVED = "laporan_saya"
MOST_PROVED = 20
TRIES, WITHIN = 10, 600


def actor_of(request: HttpRequest) -> Actor:
    """The acting person as the sign-in middleware found them, with the cases this browser proved to be theirs."""
    actor: Actor = getattr(request, "actor", PUBLIC)
    proved = request.session.get(PROVED, [])
    return actor.proving(*proved) if proved else actor


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


def count_try(request: HttpRequest, case: Case) -> None:
    """One more attempt to open a case with a code. Raises TooMany.

    The address is never kept: its keyed digest lives in this process's memory for ten minutes.
    """
    source = blind_index("code-try", f"{request.META.get('REMOTE_ADDR', '')}:{case.pk}").hex()
    key = f"code-try:{source}"
    cache.add(key, 0, timeout=WITHIN)
    if cache.incr(key) > TRIES:
        raise TooMany(
            _("Terlalu banyak percobaan kode. Coba lagi sepuluh menit lagi; laporan Anda tetap aman."),
            code="too_many_codes",
            retry_after=WITHIN,
        )

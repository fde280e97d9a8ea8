"""Me too: once for each account, or each browser."""

from __future__ import annotations

import secrets
from typing import Final

from django.http import HttpRequest, HttpResponse

from tanggap.cases.services.count_intake import count_intake
from tanggap.cases.services.endorse_case import endorse_case
from tanggap.common.clock import now
from tanggap.portal import access

VOTER: Final = "suara"
_YEAR: Final = 365 * 24 * 3600


def endorse(request: HttpRequest, number: str) -> tuple[bool, str]:
    """Count this reader; whether it was new, and the name under which the browser is to be known.

    Raises NotFound for a case that is not public, Refused for one that ended, TooMany.
    """
    actor = access.actor_of(request)
    voter = request.COOKIES.get(VOTER, "")[:64] or secrets.token_hex(16)
    name = f"person:{actor.person_id}" if actor.person_id is not None else f"browser:{voter}"
    count_intake(channel="endorse", address=access.address_of(request), now=now())
    counted = endorse_case(tracking_id=number, voter=name, actor=actor, now=now())
    return counted, "" if actor.person_id is not None else voter


def remember_voter(request: HttpRequest, response: HttpResponse, voter: str) -> None:
    """Give the browser its random name, so that it counts once; nothing for an account."""
    if voter:
        response.set_cookie(VOTER, voter, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())

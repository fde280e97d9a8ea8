"""Meta's webhook for a page and its Instagram account: comments, posts, messages, and what became of ours.

One address serves both. The signature is over the raw body, so it is checked before anything is parsed; 200 is said
only when everything people said is committed. What belongs to another page than the brand's own is left alone.
"""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tanggap.channels.hooks.door import Door
from tanggap.channels.hooks.meta_app import app_hook
from tanggap.channels.payloads import parsed
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.channels.services.note_reports import note_reports
from tanggap.channels.social.meta_pieces import Piece, pieces, reports
from tanggap.channels.social.posts import name_of
from tanggap.common.clock import now

# The page and its Instagram account share settings and hook; they are kept in the page's row.
CHANNEL = "facebook"


@csrf_exempt
@require_http_methods(["GET", "POST"])
def meta_hook(request: HttpRequest, brand: str) -> HttpResponse:
    """GET: Meta asks whether we know the word agreed on. POST: what people said, and delivery states."""
    return app_hook(request, channel=CHANNEL, brand=brand, take=_take)


@transaction.atomic
def _take(door: Door, body: bytes) -> bool:
    """Keep all of it, or nothing where the settings have changed (False). Raises ValueError for what is no JSON."""
    told = parsed(body)
    own = {name: door.settings.get(key, "") for name, key in (("facebook", "page_id"), ("instagram", "instagram_id"))}
    found: dict[str, list[Parcel]] = {"facebook": [], "instagram": []}
    for piece in pieces(told, own):
        found[piece.channel].append(_parcel(piece))
    moment = now()
    if not keep_inbound(channel=CHANNEL, brand=door.brand, parcels=found[CHANNEL], now=moment, under=door.sealed):
        return False
    keep_inbound(channel="instagram", brand=door.brand, parcels=found["instagram"], now=moment)
    note_reports(brand=door.brand, reports=list(reports(told, own)), now=moment)
    return True


def _parcel(piece: Piece) -> Parcel:
    number = name_of(piece.channel, piece.post) + piece.number if piece.post else piece.number
    return Parcel(number, piece.payload, piece.sender)

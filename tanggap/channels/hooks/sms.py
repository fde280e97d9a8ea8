"""Delivery reports of an SMS gateway with Kannel's form: the address we gave along, with the state filled in."""

from __future__ import annotations

import hmac
import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tanggap.channels.hooks.door import answer, settings_for
from tanggap.common.clock import now
from tanggap.notify.services.record_report import record_report
from tanggap.notify.transports.sms import report_proof

# Kannel's numbers: delivered; not delivered, refused by the centre, expired. The others can still change.
_STATES = {"1": "delivered", "2": "failed", "16": "failed", "34": "failed"}
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def sms_hook(request: HttpRequest, brand: str) -> HttpResponse:
    """Take one report. Its proof was made for this message with the channel's secret."""
    settings = settings_for("sms", brand)
    secret = settings.get("secret", "") if settings else ""
    if not secret:
        return answer(404)
    provider_id = request.GET.get("id", "")
    proof = request.GET.get("proof", "").encode("utf-8", "replace")
    if not _ID.fullmatch(provider_id) or not hmac.compare_digest(proof, report_proof(secret, provider_id).encode()):
        return answer(403)
    number = request.GET.get("state", "")
    state = _STATES.get(number)
    if state:
        error = f"{number}: operator tidak dapat menyampaikan SMS" if state == "failed" else ""
        record_report(channel="sms", provider_id=provider_id, state=state, at=now(), error=error)
    return answer(200, "OK")

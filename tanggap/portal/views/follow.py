"""Following a public case, or new ones by place, topic and body."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.accounts.actor import PUBLIC
from tanggap.cases.following import Target, follow_of, follows_of_browser, target_of, token_of, words_of
from tanggap.cases.models import Follow
from tanggap.cases.selectors import Filters, open_case
from tanggap.cases.services.confirm_follow import confirm_follow
from tanggap.cases.services.count_intake import count_intake
from tanggap.cases.services.follow import follow
from tanggap.cases.services.stop_following import stop_following
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, NotFound, TooMany
from tanggap.common.refusals import show_refusal
from tanggap.directory.selectors import brand_of_host
from tanggap.notify.transports.browsers import public_push_key
from tanggap.portal import access
from tanggap.portal.listing import Asked, asked_of

PAGE = "portal/ikuti.html"


class FollowForm(forms.Form):
    """Where to send it."""

    email = forms.EmailField(
        label=_("Alamat surel Anda"),
        max_length=254,
        help_text=_("Hanya untuk kabar ini. Tidak ditampilkan kepada siapa pun, dan dihapus bila Anda berhenti."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@never_cache
@sensitive_post_parameters("email", "subscription")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """`/ikuti/?nomor=…` or `?wilayah=…&topik=…&instansi=…`: the same answer for every address."""
    given = request.POST if request.method == "POST" else request.GET
    target = _target(given)
    form = FollowForm(request.POST if request.method == "POST" and "email" in given else None, auto_id="%s")
    values: dict[str, Any] = {
        "form": form,
        "step": "ask" if target.given else "nothing",
        "what": words_of(target) if target.given else "",
        "carried": {name: given[name] for name in ("nomor", "wilayah", "topik", "instansi") if given.get(name)},
        "push_key": public_push_key(),
    }
    if request.method != "POST" or not target.given:
        return _page(request, values)
    pushed = given.get("subscription", "")
    if not pushed and not form.is_valid():
        return _page(request, values, status=422)
    try:
        row = _take(request, target, form, pushed)
    except (Invalid, TooMany) as error:
        show_refusal(form, error)
        return _page(request, values, status=error.status)
    more = {"step": "followed", "token": token_of(row)} if row is not None else {"step": "asked"}
    return _page(request, {**values, **more})


def _take(request: HttpRequest, target: Target, form: FollowForm, pushed: str) -> Follow | None:
    moment = now()
    count_intake(channel="follow", address=access.address_of(request), now=moment)
    brand = brand_of_host(request.get_host().partition(":")[0])
    return follow(
        target=target,
        email="" if pushed else form.cleaned_data["email"],
        subscription=_subscription(pushed) if pushed else None,
        language=(get_language() or "id")[:2],
        brand=brand.slug if brand else "",
        now=moment,
    )


def _subscription(text: str) -> dict[str, Any]:
    """What the browser gave; anything else is refused by whoever reads it."""
    try:
        found = json.loads(text[:4000])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _target(given: QueryDict) -> Target:
    number = given.get("nomor", "").replace("\x00", "")[:64]
    if number:
        case = open_case(PUBLIC, number).case
        if not case.published:
            raise NotFound(_("Tidak ada laporan dengan nomor itu. Periksa lagi nomor pelacakan Anda."), code="no_case")
        return Target(case=case)
    asked = asked_of(given)
    return Target(region=asked.region, category=asked.category, agency=asked.agency)


@never_cache
@sensitive_post_parameters("subscription")
@require_POST
def mine(request: HttpRequest) -> HttpResponse:
    """`/ikuti/peramban/`: what this browser follows. What it was given to be reached by proves which one it is, and
    comes in the body: no address and no log holds it."""
    found = follows_of_browser(_subscription(request.POST.get("subscription", "")))
    lines = [(words_of(target_of(one)), token_of(one)) for one in found]
    return _page(request, {"step": "mine", "lines": lines})


@never_cache
@require_safe
def news(request: HttpRequest, token: str) -> HttpResponse:
    """`/ikuti/<token>/kabar/`: what a pushed message opens: the way to the news, and to no more of them."""
    found = follow_of(token)
    if found is None:
        return _page(request, {"step": "gone"}, status=404)
    target = target_of(found)
    return _page(request, {"step": "news", "what": words_of(target), "token": token, "url": _url_of(target)})


def _url_of(target: Target) -> str:
    if target.case is not None:
        return reverse("portal:case", args=[target.case.tracking_id])
    asked = Asked(Filters(), target.region, target.agency, target.category)
    return f"{reverse('portal:browse')}?{asked.query}"


# Pressing a button, not opening the link, confirms: mail programs open links to look at them.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """`/ikuti/<token>/`: the link of the mail, and its button."""
    found = confirm_follow(token=token, now=now()) if request.method == "POST" else follow_of(token)
    if found is None:
        return _page(request, {"step": "gone"}, status=404)
    step = "confirmed" if found.confirmed_at else "confirm"
    return _page(request, {"step": step, "what": words_of(target_of(found)), "token": token})


# No CSRF token: mail programs press it for the reader (RFC 8058). The link is the secret, and ends one wish only.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """`/ikuti/<token>/berhenti/`: one press ends it. What was ended already says so as well."""
    if request.method == "POST":
        stop_following(token=token, now=now())
        return _page(request, {"step": "stopped"})
    found = follow_of(token)
    values = {"step": "stop", "what": words_of(target_of(found)), "token": token} if found else {"step": "stopped"}
    return _page(request, values)


def _page(request: HttpRequest, values: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, PAGE, {"section": "laporan", **values}, status=status)

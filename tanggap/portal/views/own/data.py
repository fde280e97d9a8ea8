"""`/akun/data/`: what is kept about oneself, to take away, to correct, to erase (UU PDP 27/2022)."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.selectors import can_be_erased, proved_emails
from tanggap.cases.contact_proofs import EMAIL
from tanggap.cases.models import Case, Erasure, RetentionKind
from tanggap.cases.owndata import parts_of, person_data, person_pdf, trace_facts, trace_lines
from tanggap.cases.retention import kept_for
from tanggap.cases.selectors import my_cases
from tanggap.common.clock import now
from tanggap.directory.selectors import calendar_of
from tanggap.portal import access, contacts
from tanggap.portal.forms.case import ContactForm as NewsForm
from tanggap.portal.forms.own import EraseForm, NameForm, NewContactForm
from tanggap.portal.views.own.home import is_open

SHOWN = 100
"""Cases one form names, the newest."""


@never_cache
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The page; who proved nothing is led to the door."""
    if not is_open(access.actor_of(request)):
        return redirect("own:home")
    return page(request)


def page(request: HttpRequest, *, status: int = 200, **values: Any) -> HttpResponse:
    """The page with empty forms, unless `values` brings others."""
    actor = access.actor_of(request)
    moment = now()
    waiting = waiting_erasures(actor)
    context = {
        "parts": range(1, parts_of(actor) + 1),
        "name_form": NameForm(auto_id="n-%s"),
        "contact_form": NewContactForm(auto_id="k-%s"),
        "news_form": NewsForm(auto_id="b-%s"),
        "erase_form": erase_form(request, actor),
        "waiting": waiting,
        "due_at": min((wish.due_at for wish in waiting), default=None),
        "wait_days": kept_for(RetentionKind.ERASURE_WAIT, now=moment).days,
        "kept_years": round(kept_for(RetentionKind.IDENTITY, now=moment).days / 365.25),
        "zone": calendar_of(None).zone,
        "traces": list(trace_lines(_traces(request, actor))),
        **values,
    }
    return render(request, "portal/saya/data.html", context, status=status)


def erase_form(request: HttpRequest, actor: Actor, **given: Any) -> EraseForm:
    """All cases chosen that are not erased or about to be."""
    cases = erasable_cases(actor)
    choices = [(case.tracking_id, f"{case.tracking_id}|{case.title.replace('|', '/')}") for case in cases]
    person = request.user if isinstance(request.user, Person) else None
    initial = {"cases": [number for number, _title in choices]}
    traces = any(_traces(request, actor).values())
    has = {"account": person is not None and can_be_erased(person), "traces": traces}
    return EraseForm(choices=choices, has=has, initial=initial, auto_id="h-%s", **given)


def emails_of(request: HttpRequest, actor: Actor) -> list[str]:
    """The mail addresses this reader proved, by a code within the hour or by the account."""
    by_code = {one.value for one in contacts.proved(request) if one.kind == EMAIL}
    return sorted(by_code.union(proved_emails(actor.person_id)))


def _traces(request: HttpRequest, actor: Actor) -> dict[str, list[dict[str, str | None]]]:
    return trace_facts(person_id=actor.person_id, emails=emails_of(request, actor))


def erasable_cases(actor: Actor) -> list[Case]:
    """The newest of the person's cases in which anything of theirs is left and nothing was asked yet."""
    asked = Erasure.objects.filter(case__isnull=False, cancelled_at__isnull=True, done_at__isnull=True)
    cases = my_cases(actor).exclude(reporter__erased_at__isnull=False).exclude(pk__in=asked.values("case_id"))
    return list(cases.order_by("-received_at", "-id")[:SHOWN])


def waiting_erasures(actor: Actor) -> list[Erasure]:
    """What this person asked for and could still call back."""
    wishes = Erasure.objects.filter(cancelled_at__isnull=True, done_at__isnull=True).select_related("case")
    mine = list(wishes.filter(case__in=my_cases(actor).values("pk")).order_by("due_at", "id"))
    return mine + (list(wishes.filter(person_id=actor.person_id)) if actor.person_id is not None else [])


@never_cache
@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """`/akun/data/unduh.json` or `.pdf`, with `?bagian=2` where there are more cases than fit one file."""
    actor = access.actor_of(request)
    if not is_open(actor) or kind not in ("json", "pdf"):
        raise Http404
    asked = request.GET.get("bagian", "1")
    part = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    moment = now()
    part, emails = min(max(part, 1), parts_of(actor)), emails_of(request, actor)
    contents = person_data(actor=actor, now=moment, part=part, emails=emails)
    if kind == "pdf":
        return _file(person_pdf(contents, at=moment), "application/pdf", "data-saya.pdf")
    words = json.dumps(contents, ensure_ascii=False, indent=1)
    return _file(words, "application/json", "data-saya.json")


def _file(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=media_type, headers=headers)

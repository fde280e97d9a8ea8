"""Letters: the register by day, what waits for a signature, one letter with its paper."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, Refused
from tanggap.common.pagination import keyset_page
from tanggap.console.access import actor_of, officer, own_calendar
from tanggap.console.letter_forms import NumberForm, OrderForm
from tanggap.console.letter_rows import addressee, case_lines, days_of, row_of
from tanggap.console.pages import page
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.letters.access import (
    cases_in,
    letter_for,
    letters_visible_to,
    may_enter_number,
    may_read_paper,
    may_sign,
)
from tanggap.escalation.letters.content import subject_of, verification_url
from tanggap.escalation.letters.instructions import giving_grant, instructions_visible_to
from tanggap.escalation.letters.posts import post_name
from tanggap.escalation.letters.telling import source_of
from tanggap.escalation.models import Letter
from tanggap.escalation.services.enter_letter_number import enter_letter_number
from tanggap.escalation.services.sign_letter import sign_letter
from tanggap.files.models import StoredFile
from tanggap.files.serve import serve
from tanggap.files.uploads import refused_uploads
from tanggap.notify.selectors import messages_of_sources

HERE = "console:letters"
SIZE = 50
GOVERNS_RULES = (Role.COORDINATOR, Role.NATIONAL_ADMIN)


@officer
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """`/kerja/surat/`: what waits for a signature, then the letters by day."""
    actor = actor_of(request)
    since, until = days_wanted(request.GET)
    waiting = letters_visible_to(actor).filter(state=Letter.State.WAITING).order_by("on", "pk")
    issued = between(actor, since, until)
    shown = keyset_page(issued, order=("-issued_at", "-id"), cursor=request.GET.get("cursor"), size=SIZE)
    values = {
        "waiting": [(row_of(one), may_sign(actor, one)) for one in waiting[:SIZE]],
        "days": days_of(shown.items),
        "page": shown,
        "since": since,
        "until": until,
        "narrowed": bool(since or until),
        "query": request.GET.urlencode(),
        "has_rules": actor.has_role(*GOVERNS_RULES),
        "gets_daily": actor.has_role(Role.SEKDA, Role.REGIONAL_HEAD),
        "orders": instructions_visible_to(actor).filter(done_at__isnull=True).count(),
    }
    return page(request, "surat.html", values, here=HERE)


def days_wanted(query: QueryDict) -> tuple[date | None, date | None]:
    """The days the address names; what is no day is dropped."""
    return _day(query.get("since", "")), _day(query.get("until", ""))


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return found if 1945 <= found.year <= 9000 else None


def between(actor: Actor, since: date | None, until: date | None) -> QuerySet[Letter]:
    """The issued letters of some days that the actor may see, days counted where the actor sits."""
    zone = own_calendar(actor).zone
    found = letters_visible_to(actor).filter(state=Letter.State.ISSUED, issued_at__isnull=False)
    if since is not None:
        found = found.filter(issued_at__gte=datetime.combine(since, time.min, zone))
    if until is not None:
        found = found.filter(issued_at__lt=datetime.combine(until + timedelta(days=1), time.min, zone))
    return found


@officer
@require_safe
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """`/kerja/surat/<id>/`."""
    return letter_page(request, letter_for(actor_of(request), letter_id))


def letter_page(request: HttpRequest, found: Letter, *, wrong: forms.Form | None = None) -> HttpResponse:
    actor, moment = actor_of(request), now()
    readable = may_read_paper(actor, found)
    today = calendar_of(found.recipient_agency_id).local_date(moment)
    values: dict[str, Any] = {
        "letter": found,
        "row": row_of(found),
        "subject": subject_of(found),
        "to": addressee(found.recipient_role, found.recipient_agency),
        "copies": [post_name(role, found.recipient_agency) for role in found.copies],
        "lines": case_lines(cases_in(found, actor), now=moment),
        "readable": readable and found.state == Letter.State.ISSUED,
        "verify": verification_url(found),
        "signs": found.state == Letter.State.WAITING and may_sign(actor, found),
        "sent": messages_of_sources([source_of(found)]) if readable else [],
        "orders": instructions_visible_to(actor).filter(letter=found).order_by("due_on", "pk"),
        "number_form": wrong if isinstance(wrong, NumberForm) else None,
        "order_form": wrong if isinstance(wrong, OrderForm) else None,
    }
    if values["number_form"] is None and may_enter_number(actor, found):
        values["number_form"] = NumberForm(initial={"number": found.external_number})
    if values["order_form"] is None and giving_grant(actor, found.recipient_agency) is not None:
        values["order_form"] = OrderForm(today=today)
    return page(request, "surat_satu.html", values, here=HERE, status=422 if wrong else 200)


@officer
@require_safe
def paper(request: HttpRequest, letter_id: int) -> HttpResponseBase:
    """The PDF itself, byte for byte as it was issued."""
    actor = actor_of(request)
    found = letter_for(actor, letter_id)
    stored = StoredFile.objects.filter(owner=source_of(found), sha256=found.sha256, deleted_at__isnull=True).first()
    if stored is None or not may_read_paper(actor, found):
        raise Http404
    response = serve(stored, range_header=request.headers.get("Range", ""))
    response["Content-Disposition"] = f'attachment; filename="surat-{found.serial:03d}-{found.year}.pdf"'
    return response


@officer
@require_POST
def sign(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Sign one letter; what was answered meanwhile is left out."""
    try:
        signed = sign_letter(letter_id=letter_id, actor=actor_of(request), now=now())
    except Refused as error:
        messages.error(request, error.message)
        return redirect("console:letters")
    if signed.state == Letter.State.CANCELLED:
        messages.success(request, _("Semua laporan dalam surat itu sudah dijawab. Surat dibatalkan, tidak bernomor."))
        return redirect("console:letters")
    messages.success(request, _("Surat %(number)s ditandatangani dan dikirim.") % {"number": signed.number})
    return redirect("console:letter", letter_id=letter_id)


@officer
@require_POST
def number(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Write down the official number, with the signed PDF where there is one."""
    actor = actor_of(request)
    found = letter_for(actor, letter_id)
    form = NumberForm(request.POST, request.FILES)
    refused = refused_uploads(request)
    if form.is_valid() and not refused:
        upload = form.cleaned_data["paper"]
        try:
            entered = enter_letter_number(
                letter_id=letter_id,
                number=form.cleaned_data["number"],
                actor=actor,
                now=now(),
                paper=upload,
                name=upload.name if upload else "",
            )
        except Refused as error:
            messages.error(request, error.message)
            return redirect("console:letters")
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else "paper", error.message)
        else:
            told = _("Nomor %(number)s tercatat.") % {"number": entered.external_number}
            messages.success(request, told)
            return redirect("console:letter", letter_id=letter_id)
    for one in refused:
        form.add_error("paper", one.message)
    return letter_page(request, found, wrong=form)

"""Our own account pages; signing in, passwords and the second factor are django-allauth's views with our templates."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.forms import AcceptForm, NewPasswordForm, PhoneForm
from tanggap.accounts.models import Invitation, Person
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors import open_invitation, posts_of
from tanggap.accounts.services.accept_invitation import accept_invitation
from tanggap.accounts.services.change_phone import change_phone
from tanggap.accounts.sign_in import kept, second_factor
from tanggap.common import clock
from tanggap.common.errors import Invalid, Refused
from tanggap.common.refusals import show_refusal


def _signed_in(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) and request.user.is_authenticated else None


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One's own account: posts, password, second factor."""
    person = request.user
    assert isinstance(person, Person)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        "person": person,
        "posts": posts_of(person, on=local_day(clock.now())),
        "is_staff": actor.is_staff,
        "second_factor": Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists(),
        "second_factor_required": second_factor.is_required_of(actor),
    }
    return render(request, "accounts/home.html", context)


@never_cache
@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """The number one signs in with; officers only."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    person = request.user
    assert isinstance(person, Person)
    if not actor.is_staff:
        raise Http404
    form = PhoneForm(request.POST if request.method == "POST" else None, initial={"phone": person.phone or ""})
    if form.is_valid():
        try:
            if not get_adapter(request).reauthenticate(person, form.cleaned_data["password"]):
                raise Invalid(_("Kata sandi tidak cocok."), field="password")
            change_phone(phone=form.cleaned_data["phone"], actor=actor, now=clock.now())
        except (Invalid, Refused) as error:
            form.add_error(error.field, error.message)
        else:
            messages.success(request, _("Nomor telepon tersimpan."))
            return redirect("account_home")
    return render(request, "accounts/phone.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an invitation's link; opening it changes nothing, because mail scanners open links too."""
    try:
        found = open_invitation(token, now=clock.now())
    except Refused as error:
        return render(request, "accounts/invitation_closed.html", {"message": error.message}, status=410)
    person = _signed_in(request)
    owner = Person.objects.filter(email=found.email).first()
    form = None if person else _accept_form(request, found, owner)
    context = {
        "invitation": found,
        "role": Role(found.role).label,
        "form": form,
        "person": person,
        "other_person": person is not None and person.email != found.email,
        "must_sign_in": person is None and owner is not None and found.invited_by_id is not None,
    }
    if request.method == "POST" and (form is None or form.is_valid()):
        return _accept(request, token, person, form, context)
    return render(request, "accounts/invitation.html", context)


def _accept_form(request: HttpRequest, found: Invitation, owner: Person | None) -> AcceptForm:
    data = request.POST if request.method == "POST" else None
    return NewPasswordForm(data) if owner else AcceptForm(data, initial={"name": found.name})


def _accept(
    request: HttpRequest, token: str, person: Person | None, form: AcceptForm | None, context: dict[str, object]
) -> HttpResponse:
    given = form.cleaned_data if form is not None else {}
    try:
        accept_invitation(token=token, person=person, now=clock.now(), **given)
    except Invalid as error:
        if form is None:
            raise
        show_refusal(form, error)
        return render(request, "accounts/invitation.html", context, status=422)
    if person is not None:
        messages.success(request, _("Pos itu sekarang Anda pegang."))
        return redirect("/kerja/")
    messages.success(request, _("Akun Anda siap. Masuklah dengan alamat e-mail dan kata sandi itu."))
    return redirect("account_login")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """What was being sent when the session ended: shown again, sent on by one button, or dropped.

    The button posts here and is passed on with 307, so that the form is gone from the session before it arrives.
    """
    person = request.user
    assert isinstance(person, Person)
    found = kept.kept_for(request, person)
    if found is None:
        messages.info(request, _("Tidak ada tulisan yang menunggu dikirim."))
        return redirect("/kerja/")
    if request.method != "POST":
        return render(request, "accounts/resume.html", {"kept": found})
    kept.forget(request)
    if "buang" in request.POST:
        return redirect(found.back)
    return HttpResponse(status=307, headers={"Location": found.path})

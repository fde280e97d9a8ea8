"""Passkeys: the phone or computer itself opens the account, by finger, face or PIN, instead of a password.

django-allauth does the ceremony. A passkey is a way in and never a second step that a password would have to wait for:
who loses the device still has the password.
"""

from __future__ import annotations

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth, flows
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.recording import record_about
from tanggap.common import clock

MOST_KEYS = 10
NOT_OURS = gettext_lazy("Perangkat ini tidak dikenali. Coba lagi, atau masuk dengan kata sandi.")


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A name for the device; what the device made comes by the page's script."""

    passwordless = None
    name = forms.CharField(
        label=gettext_lazy("Nama perangkat"),
        help_text=gettext_lazy("Supaya Anda mengenalinya nanti, misalnya “ponsel saya”."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_credential(self) -> dict[str, Any]:
        return _made_by_a_device(self.cleaned_data["credential"])


class PasskeySignIn(LoginWebAuthnForm):  # type: ignore[misc]
    """What the device signed. Anything a script could send instead is one sentence."""

    def clean_credential(self) -> Authenticator:
        credential = _made_by_a_device(self.cleaned_data["credential"])
        if not credential["response"].get("userHandle"):
            raise forms.ValidationError(NOT_OURS)
        found: Authenticator = super().clean_credential()
        return found


def _made_by_a_device(credential: Any) -> dict[str, Any]:
    if not isinstance(credential, dict) or not isinstance(credential.get("response"), dict):
        raise forms.ValidationError(NOT_OURS)
    return credential


def _keys_of(person: Person) -> QuerySet[Authenticator]:
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    return found.order_by("pk")


@never_cache
@login_required
@sensitive_post_parameters("credential")
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def passkeys(request: HttpRequest) -> HttpResponse:
    """The devices that open one's account; one more is added by the page's script."""
    person = request.user
    assert isinstance(person, Person)
    keys = list(_keys_of(person))
    form = PasskeyForm(request.POST if request.method == "POST" else None, user=person, initial={"name": ""})
    if form.is_valid() and len(keys) < MOST_KEYS:
        auth.WebAuthn.add(person, form.cleaned_data["name"], form.cleaned_data["credential"])
        record_about(person, "person.passkey_added", actor=Actor(key=person.key), at=clock.now())
        messages.success(request, _("Tersimpan. Lain kali Anda dapat masuk dengan perangkat ini."))
        return redirect("account_passkeys")
    if request.method == "POST":
        messages.error(request, str(NOT_OURS))
    options = json.dumps(auth.begin_registration(person, True), default=dict)
    context = {"keys": [(key.pk, key.wrap().name, key.created_at) for key in keys], "form": form, "options": options}
    context["room"] = len(keys) < MOST_KEYS
    return render(request, "accounts/passkeys.html", context, status=422 if request.method == "POST" else 200)


@never_cache
@login_required
@require_POST
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def remove(request: HttpRequest, key_id: int) -> HttpResponse:
    """The device opens the account no more."""
    person = request.user
    assert isinstance(person, Person)
    deleted, _rows = _keys_of(person).filter(pk=key_id).delete()
    if not deleted:
        raise Http404
    record_about(person, "person.passkey_removed", actor=Actor(key=person.key), at=clock.now())
    messages.success(request, _("Perangkat itu tidak lagi membuka akun Anda."))
    return redirect("account_passkeys")


@never_cache
@sensitive_post_parameters("credential")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET: what the device has to sign, the same for everybody. POST: what it signed."""
    if request.method != "POST":
        return JsonResponse({"request_options": json.loads(json.dumps(auth.begin_authentication(), default=dict))})
    form = PasskeySignIn(request.POST)
    if not form.is_valid():
        messages.error(request, str(NOT_OURS))
        return redirect("account_login")
    authenticator = form.cleaned_data["credential"]
    login = Login(user=authenticator.user, redirect_url=None)
    answer: HttpResponse = flows.perform_passwordless_login(request, authenticator, login)
    return answer

"""What django-allauth asks us: people by phone, our words, where to go after signing in."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.recording import record_about
from tanggap.accounts.sign_in.lockout import forgive
from tanggap.common import clock
from tanggap.common.contacts import normalize_email, normalize_phone
from tanggap.common.crypto import keyed_digest

MISMATCH = _("Alamat e-mail atau nomor telepon dan kata sandi itu tidak cocok. Periksa ejaan dan huruf besar-kecilnya.")


class PhoneField(forms.CharField):
    """Any common spelling of a phone number; E.164 afterwards."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return typed
        number = normalize_phone(typed)
        if number is None:
            raise forms.ValidationError(_("Tulis nomor telepon lengkap, misalnya 0812 3456 7890."), code="phone")
        return number


class AccountAdapter(DefaultAccountAdapter):
    """One sentence for every wrong sign-in: which of address, number and password was wrong stays unsaid."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": MISMATCH,
        "phone_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "invalid_login": MISMATCH,
        "too_many_login_attempts": _("Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi."),
        "rate_limited": _("Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi."),
        "enter_current_password": _("Kata sandi yang sekarang tidak cocok."),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "incorrect_code": _("Kode itu tidak cocok atau sudah lewat. Tunggu kode berikutnya di aplikasi Anda."),
        "invalid_password_reset": _("Tautan ini sudah dipakai atau sudah lewat waktunya. Mintalah tautan baru."),
        "invalid_or_expired_key": _("Tautan ini sudah dipakai atau sudah lewat waktunya. Mintalah tautan baru."),
    }

    def get_phone(self, user: Person) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: Person, phone: str, verified: bool) -> None:
        user.phone, user.phone_verified = normalize_phone(phone), verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user: Person, phone: str) -> None:
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> Person | None:
        number = normalize_phone(phone)
        return Person.objects.filter(phone=number).first() if number else None

    def send_verification_code_sms(self, user: Person, phone: str, code: str, **kwargs: Any) -> None:
        """Nothing asks for a code by SMS until there is a gateway; a silent failure would lock people out."""
        raise NotImplementedError("codes by SMS need a gateway")

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def clean_email(self, email: str) -> str:
        return normalize_email(email) or email

    def get_client_ip(self, request: HttpRequest) -> str:
        """What counts attempts in memory for some minutes: a keyed digest, since citizens' addresses are not kept."""
        return keyed_digest(request.META.get("REMOTE_ADDR") or "none")[:32]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return "/kerja/" if actor.is_staff else "/akun/"

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return "/akun/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/akun/"

    def get_login_stages(self) -> list[str]:
        return ["tanggap.accounts.sign_in.stages.AddressStage", "allauth.mfa.stages.AuthenticateStage"]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in: whoever is led to set up a second factor has just typed it all."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] > app_settings.REAUTHENTICATION_TIMEOUT

    def set_password(self, user: Person, password: str) -> None:
        """A password set by way of the mailbox also opens a name that others locked by guessing."""
        super().set_password(user, password)
        forgive(user)

    def reauthenticate(self, user: Person, password: str) -> bool:
        """By the person's own address or number; officers have no row in allauth's table of addresses."""
        name = {"email": user.email} if user.email else {"phone": user.phone}
        found = self.authenticate(self.request, password=password, **name)
        return found is not None and found.pk == user.pk

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        """A citizen who signs up: the name too, and an event without any of it."""
        user.name = form.cleaned_data.get("name", "")
        saved: Person = super().save_user(request, user, form, commit=commit)
        if commit:
            record_about(saved, "person.joined", actor=Actor(key=saved.key), at=clock.now())
        return saved

"""django-allauth's forms in our words; what they check stays theirs."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tanggap.accounts.models import Person
from tanggap.accounts.sign_in import lockout
from tanggap.common.contacts import normalize_email, normalize_phone

Words = dict[str, tuple[Any, Any]]
NEW_PASSWORD = (
    _("Kata sandi baru"),
    _("Paling sedikit 10 huruf. Kalimat pendek yang mudah Anda ingat lebih kuat daripada satu kata."),
)
AGAIN = (_("Kata sandi baru, sekali lagi"), "")
CODE = (_("Kode dari aplikasi"), _("Enam angka di aplikasi autentikator, atau satu kode cadangan."))


class OurWords:
    """Labels and hints by field; placeholders go, because they vanish as soon as one types."""

    words: ClassVar[Words] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = self.words.get(name, (field.label, ""))
            if name == "code":
                field.widget.attrs["inputmode"] = "numeric"
                field.widget.attrs["maxlength"] = "16"
        # Two fields that must agree: the message is allauth's only English one.
        self._differ = _("Kedua kata sandi itu tidak sama.")

    def add_error(self, field: str | None, error: Any) -> None:
        differ = field == "password2" and not isinstance(error, forms.ValidationError)
        super().add_error(field, self._differ if differ else error)  # type: ignore[misc]


class SignInForm(OurWords, account.LoginForm):
    """E-mail address or phone number, in any spelling, and password."""

    words: ClassVar[Words] = {
        "login": (_("Alamat e-mail atau nomor telepon"), ""),
        "password": (_("Kata sandi"), ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attributes = {"autocomplete": "username", "autocapitalize": "none", "maxlength": "254"}
        self.fields["login"].widget.attrs.update(attributes)

    def clean_login(self) -> str:
        typed: str = self.cleaned_data["login"].strip()
        return normalize_email(typed) or normalize_phone(typed) or typed


class SignUpForm(OurWords, account.SignupForm):
    """A citizen's own account: a name to be called by, an address, a password."""

    name = forms.CharField(max_length=120)
    words: ClassVar[Words] = {
        "name": (_("Nama"), _("Tidak ditampilkan kepada instansi, kecuali Anda mengizinkannya.")),
        "email": (_("Alamat e-mail"), _("Kami kirimkan satu tautan untuk memastikan alamat ini milik Anda.")),
        "password1": NEW_PASSWORD,
    }
    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class AskResetForm(OurWords, account.ResetPasswordForm):
    words: ClassVar[Words] = {"email": (_("Alamat e-mail"), "")}


class ResetForm(OurWords, account.ResetPasswordKeyForm):
    words: ClassVar[Words] = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ChangeForm(OurWords, account.ChangePasswordForm):
    words: ClassVar[Words] = {
        "oldpassword": (_("Kata sandi sekarang"), ""),
        "password1": NEW_PASSWORD,
        "password2": AGAIN,
    }


class SetForm(OurWords, account.SetPasswordForm):
    words: ClassVar[Words] = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ConfirmForm(OurWords, account.ReauthenticateForm):
    words: ClassVar[Words] = {"password": (_("Kata sandi"), "")}


class CountedCode:
    """Five wrong codes lock the second factor for as long as five wrong passwords lock the name."""

    user: Person

    def clean_code(self) -> str:
        request: HttpRequest = context.request
        if lockout.code_is_locked(request, self.user):
            raise forms.ValidationError(_("Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi."))
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except forms.ValidationError:
            lockout.count_wrong_code(request, self.user)
            raise
        return code


class CodeForm(CountedCode, OurWords, mfa.AuthenticateForm):
    words: ClassVar[Words] = {"code": CODE}


class ConfirmCodeForm(CountedCode, OurWords, mfa.ReauthenticateForm):
    words: ClassVar[Words] = {"code": CODE}


class ActivateForm(OurWords, totp.ActivateTOTPForm):
    words: ClassVar[Words] = {"code": (_("Kode dari aplikasi"), _("Enam angka yang sekarang tampil di aplikasi."))}

"""Forms of our own account pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AcceptForm(forms.Form):
    """What a new person tells when taking a post."""

    name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Kata sandi baru"),
        max_length=200,
        strip=False,
        help_text=_("Paling sedikit 10 huruf. Kalimat pendek yang mudah Anda ingat lebih kuat daripada satu kata."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewPasswordForm(AcceptForm):
    """The operator's link on an account that exists: the name stays."""

    name = None  # type: ignore[assignment]


class PhoneForm(forms.Form):
    """One's own number, confirmed by the password: it opens the account from then on."""

    phone = forms.CharField(
        label=_("Nomor telepon"),
        max_length=40,
        required=False,
        help_text=_("Dengan nomor ini Anda juga dapat masuk. Kosongkan untuk menghapusnya."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    password = forms.CharField(
        label=_("Kata sandi sekarang"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

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

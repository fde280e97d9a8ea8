"""Settings of signing in: django-allauth with e-mail or phone, second factor, lock-out by name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

_FORMS = "tanggap.accounts.sign_in.forms."

_ALLAUTH: dict[str, Any] = {
    "ACCOUNT_ADAPTER": "tanggap.accounts.sign_in.adapter.AccountAdapter",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"email", "phone"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
    # A stranger learns from no page whether an address has an account, and an unknown one gets no mail.
    "ACCOUNT_PREVENT_ENUMERATION": True,
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "[Tanggap] ",
    "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
    "ACCOUNT_LOGOUT_REDIRECT_URL": "/",
    # The session cookie ends with the browser: office computers are shared.
    "ACCOUNT_SESSION_REMEMBER": False,
    # Wrong passwords are counted by axes, in the database and so for every process; these run in memory.
    "ACCOUNT_RATE_LIMITS": {
        "login": "300/m/ip",
        "login_failed": None,
        "signup": "60/m/ip",
        "reset_password": "60/m/ip,5/m/key",
        "reset_password_from_key": "60/m/ip",
        "reauthenticate": "10/m/user",
    },
    "ACCOUNT_FORMS": {
        "login": _FORMS + "SignInForm",
        "signup": _FORMS + "SignUpForm",
        "reset_password": _FORMS + "AskResetForm",
        "reset_password_from_key": _FORMS + "ResetForm",
        "change_password": _FORMS + "ChangeForm",
        "set_password": _FORMS + "SetForm",
        "reauthenticate": _FORMS + "ConfirmForm",
    },
    "MFA_ADAPTER": "tanggap.accounts.sign_in.second_factor.SecondFactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
    "MFA_TOTP_ISSUER": "Tanggap",
    # Cheap phones run up to half a minute off.
    "MFA_TOTP_TOLERANCE": 1,
    "MFA_RECOVERY_CODES_SHOW_ONCE": True,
    # Officers' addresses are vouched for by their invitation.
    "MFA_ALLOW_UNVERIFIED_EMAIL": True,
    "MFA_FORMS": {
        "authenticate": _FORMS + "CodeForm",
        "reauthenticate": _FORMS + "ConfirmCodeForm",
        "activate_totp": _FORMS + "ActivateForm",
    },
}

_LOCKOUT: dict[str, Any] = {
    "AXES_HANDLER": "tanggap.accounts.sign_in.lockout.LockoutHandler",
    "AXES_USERNAME_CALLABLE": "tanggap.accounts.sign_in.lockout.client_name",
    "AXES_CLIENT_IP_CALLABLE": "tanggap.accounts.sign_in.lockout.no_address",
    "AXES_CLIENT_STR_CALLABLE": "tanggap.accounts.sign_in.lockout.nobody",
    "AXES_LOCKOUT_CALLABLE": "tanggap.accounts.sign_in.lockout.locked_response",
    "AXES_LOCKOUT_PARAMETERS": ["username"],
    "AXES_FAILURE_LIMIT": 5,
    "AXES_COOLOFF_TIME": timedelta(minutes=15),
    # Trying on while locked must not keep the owner out for ever.
    "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
    "AXES_DISABLE_ACCESS_LOG": True,
    "AXES_ENABLE_ADMIN": False,
    "AXES_VERBOSE": False,
    # It asks for locking by IP address; those are not kept.
    "SILENCED_SYSTEM_CHECKS": ["axes.W006"],
}


def settings_for(*, demo: bool) -> dict[str, Any]:
    """Everything above by its setting's name, and where mail goes: into the outbox, or nowhere in the demo."""
    outbox = "tanggap.notify.mail.OutboxBackend"
    return {
        "AUTHENTICATION_BACKENDS": AUTHENTICATION_BACKENDS,
        "PASSWORD_HASHERS": PASSWORD_HASHERS,
        "AUTH_PASSWORD_VALIDATORS": AUTH_PASSWORD_VALIDATORS,
        **_ALLAUTH,
        **_LOCKOUT,
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend" if demo else outbox,
        "DEFAULT_FROM_EMAIL": "Tanggap <tanggap@localhost>",
    }

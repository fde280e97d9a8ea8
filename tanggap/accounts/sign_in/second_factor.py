"""The second factor: who needs one, and how its secrets are kept."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

import segno
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tanggap.accounts.actor import Actor, actor_for
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Person
from tanggap.accounts.roles import SECOND_FACTOR_ROLES
from tanggap.common import clock
from tanggap.common.crypto import seal, unseal

CONTEXT = "second-factor"


def is_required_of(actor: Actor) -> bool:
    """Coordinators and above, also while standing in for one; nobody in the demo, whose passwords are printed."""
    return not settings.DEMO and actor.has_role(*SECOND_FACTOR_ROLES)


def is_missing(request: HttpRequest, actor: Actor) -> bool:
    """Whether the signed-in person must set one up before going on.

    A session that showed its second factor at sign-in is believed without a query; it ends with the password.
    """
    if not is_required_of(actor):
        return False
    records = get_authentication_records(request, request.user)
    if any(record["method"] == "mfa" for record in records):
        return False
    return not Authenticator.objects.filter(user_id=actor.person_id, type=Authenticator.Type.TOTP).exists()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets sealed with the key ring; our words; no giving up a factor that the post requires."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Peran Anda mewajibkan masuk dua langkah; ia tidak dapat dimatikan."),
        "cannot_generate_recovery_codes": _("Pasang dahulu aplikasi autentikator."),
        "incorrect_code": _("Kode itu tidak cocok atau sudah lewat. Tunggu kode berikutnya di aplikasi Anda."),
    }

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """A passkey is another way in, no second step after the password: whoever loses the device is not shut out."""
        asked = set(Authenticator.Type) if types is None else set(types)
        enabled: bool = super().is_mfa_enabled(user, types=asked - {Authenticator.Type.WEBAUTHN})
        return enabled

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text.encode(), context=CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text), context=CONTEXT).decode()

    def build_totp_svg(self, url: str) -> str:
        """Drawn into the page itself: the content policy allows neither data: pictures nor inline styles."""
        drawn: str = segno.make(url, error="m").svg_inline(scale=4, border=2, dark="#000", light="#fff")
        return drawn

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        person: Person = authenticator.user
        return not is_required_of(actor_for(person, on=local_day(clock.now())))

"""Signing in through the pages, as a browser does it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

PASSWORD = "kata-sandi-uji-17081945"
PERIOD = 30


def code_of(secret: str, steps: int = 0) -> str:
    """What the authenticator shows now, or some steps of 30 seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + steps))


@dataclass
class Door:
    """One browser."""

    client: Client

    def get(self, path: str, **given: Any) -> Any:
        return self.client.get(path, **given)

    def post(self, path: str, data: Any = None, **given: Any) -> Any:
        return self.client.post(path, data or {}, **given)

    def sign_in(self, login: str, password: str = PASSWORD, **given: Any) -> Any:
        return self.post("/akun/masuk/", {"login": login, "password": password, **given})

    @property
    def is_signed_in(self) -> bool:
        return "_auth_user_id" in self.client.session

    def set_up_second_factor(self) -> str:
        """Follow the page; the secret that the authenticator now holds."""
        page = self.get("/akun/dua-langkah/aplikasi/pasang/").content.decode()
        found = re.search(r'<span class="code">([A-Z2-7=]+)</span>', page)
        assert found is not None, page
        secret = found[1]
        answer = self.post("/akun/dua-langkah/aplikasi/pasang/", {"code": code_of(secret)})
        assert answer.status_code == 302, answer.content.decode()
        return secret

"""The steps between a right password and a session."""

from __future__ import annotations

from typing import Any

from allauth.account.stages import EmailVerificationStage

from tanggap.accounts.models import Person


class AddressStage(EmailVerificationStage):
    """Whoever signed up by themselves proves their e-mail address first; for officers the invitation vouches.

    Without it, signing up with a stranger's address would tell whether that stranger has an account.
    """

    def handle(self) -> Any:
        person: Person | None = self.login.user
        if person is not None and (person.is_demo or person.memberships.exists()):
            return None, True
        return super().handle()

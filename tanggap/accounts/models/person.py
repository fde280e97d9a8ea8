"""A person who signs in: citizen or officer, known by e-mail, phone or both."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tanggap.accounts.roles import Role


class PersonManager(BaseUserManager["Person"]):
    """Django asks for a manager that can find a person by what was typed at sign-in."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an account. What a person may do follows from memberships alone, never from a flag here.

    People are deactivated, not deleted: events name them by key for ever. Of one who asked to be forgotten the row
    stays with nothing in it (`erased_at`).
    """

    email = models.EmailField(_("alamat e-mail"), unique=True, null=True, blank=True)
    phone = models.CharField(_("nomor telepon"), max_length=16, unique=True, null=True, blank=True)
    phone_verified = models.BooleanField(default=False)
    name = models.CharField(_("nama"), max_length=120)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    last_seen_on = models.DateField(null=True, blank=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("orang")
        verbose_name_plural = _("orang")
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False) | Q(erased_at__isnull=False),
                name="person_can_be_reached",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """How events and actors name this person."""
        return f"person:{self.pk}"

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this; only a national admin enters it."""
        return self.is_active and self.memberships.filter(role=Role.NATIONAL_ADMIN, ends_on__isnull=True).exists()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's admin site asks this; our own pages ask policies."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        """As `has_perm`."""
        return self.is_staff

    def get_short_name(self) -> str:
        """The first word of the name."""
        return self.name.split(" ", 1)[0]

"""What people said. Nothing here tells who said it, and nothing links an answer with the link or device it came by."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tanggap.surveys.ikm import ELEMENTS, HIGHEST, LOWEST
from tanggap.surveys.models.survey import Survey


class Channel(models.TextChoices):
    """How an answer came."""

    PAGE = "page", _("tautan pribadi")
    WHATSAPP = "whatsapp", _("tautan WhatsApp")
    QR = "qr", _("kode QR terbuka")
    PAPER = "paper", _("kertas")


class Age(models.TextChoices):
    """Coarse on purpose: finer bands would name people in a small office."""

    YOUNG = "to_24", _("24 tahun atau kurang")
    MIDDLE = "25_to_44", _("25–44 tahun")
    OLDER = "from_45", _("45 tahun atau lebih")


class Sex(models.TextChoices):
    """As PermenPANRB 14/2017 asks."""

    FEMALE = "female", _("Perempuan")
    MALE = "male", _("Laki-laki")


class Schooling(models.TextChoices):
    """The highest school finished."""

    BASIC = "basic", _("SD atau SMP")
    SECONDARY = "secondary", _("SMA atau sederajat")
    HIGHER = "higher", _("Diploma atau sarjana")


TRAITS: dict[str, type[models.TextChoices]] = {"age": Age, "sex": Sex, "schooling": Schooling}
"""What people may tell about themselves, each in a few coarse bands."""


def _rated(name: str) -> Q:
    return Q(**{f"{name}__gte": LOWEST, f"{name}__lte": HIGHEST})


class Answer(models.Model):
    """Nine ratings of somebody unknown. Random ids and no time: their order tells nothing about who came when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    u1 = models.PositiveSmallIntegerField()
    u2 = models.PositiveSmallIntegerField()
    u3 = models.PositiveSmallIntegerField()
    u4 = models.PositiveSmallIntegerField()
    u5 = models.PositiveSmallIntegerField()
    u6 = models.PositiveSmallIntegerField()
    u7 = models.PositiveSmallIntegerField()
    u8 = models.PositiveSmallIntegerField()
    u9 = models.PositiveSmallIntegerField()
    age = models.CharField(max_length=8, choices=Age.choices, blank=True, default="")
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True, default="")
    schooling = models.CharField(max_length=9, choices=Schooling.choices, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_rated(name), name=f"answer_{name}_is_1_to_4") for name in ELEMENTS
        ]

    def __str__(self) -> str:
        return f"answer to #{self.survey_id}"

    @property
    def ratings(self) -> tuple[int, ...]:
        """The nine ratings in their order."""
        return tuple(getattr(self, name) for name in ELEMENTS)


class PersonalLink(models.Model):
    """A link for one person and one answer. Only a digest of its secret is kept, and not when it was used."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="links")
    token_digest = models.BinaryField(max_length=16, unique=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"link to #{self.survey_id}"


class Mark(models.Model):
    """A browser, or a numbered sheet of paper, that has answered: a keyed digest, removed at the close."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="marks")
    digest = models.BinaryField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "digest"], name="survey_mark_once")]

    def __str__(self) -> str:
        return f"mark in #{self.survey_id}"

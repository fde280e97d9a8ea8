"""Letters: numbered without gaps per agency and year, one for each recipient, step and day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LetterPolicy(models.Model):
    """How an agency's letters leave: at once in the name of the post, or after somebody signed. Inherited downwards."""

    agency = models.OneToOneField("directory.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    signing = models.BooleanField(default=False)
    signatory_role = models.CharField(max_length=20, default="sekda")
    number_format = models.CharField(max_length=80, default="{serial:03d}/SP4N/{agency}/{month}/{year}")
    place = models.CharField(max_length=80, blank=True, default="")

    def __str__(self) -> str:
        return f"letters of {self.agency_id or 'everybody'}"


class LetterCounter(models.Model):
    """The last serial number given; its row is locked while a number is taken, so that there is never a gap."""

    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="letter_counter_once")]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}: {self.last}"


class Letter(models.Model):
    """One letter of the ladder. Its cases are the taken steps that point here.

    `agency` issues and numbers it; `recipient_agency` and `recipient_role` name the post it goes to. A later
    addition for the same recipient, step and day gets the next `part`: what was issued is never changed.
    """

    class State(models.TextChoices):
        OPEN = "open", _("disusun")
        WAITING = "waiting", _("menunggu tanda tangan")
        ISSUED = "issued", _("terbit")
        CANCELLED = "cancelled", _("dibatalkan")

    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=12)
    clock = models.CharField(max_length=12)
    on = models.DateField()
    part = models.PositiveSmallIntegerField(default=1)
    recipient_agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    recipient_role = models.CharField(max_length=20)
    copies = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(max_length=120, blank=True, default="")
    external_number = models.CharField(max_length=120, blank=True, default="")
    verification_code = models.CharField(max_length=32, unique=True)
    signatory_role = models.CharField(max_length=20, blank=True, default="")
    signed_by_key = models.CharField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "recipient_agency", "recipient_role", "clock", "kind", "on", "part"],
                name="letter_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["agency", "year", "serial"], condition=Q(serial__isnull=False), name="letter_number_once"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "issued_at", "id"], name="letter_register"),
            models.Index(fields=["state", "id"], name="letter_unissued", condition=Q(state__in=["open", "waiting"])),
        ]

    def __str__(self) -> str:
        return self.number or f"letter #{self.pk}"


class Instruction(models.Model):
    """What a regional secretary ordered on a letter or a case, and by when."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, null=True, related_name="instructions")
    letter = models.ForeignKey("escalation.Letter", on_delete=models.PROTECT, null=True, related_name="instructions")
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    text = models.TextField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_key = models.CharField(max_length=40, blank=True, default="")
    outcome = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["agency", "due_on"], name="instruction_open", condition=Q(done_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"instruction #{self.pk}"

"""People around a case: who wrote it, whom it is about, who joined it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Reporter(models.Model):
    """Who wrote the case, apart from it and encrypted (DOMAIN §6).

    `sealed` holds name, phone, e-mail and address under the case's own context, so that a blob copied to another
    row cannot be opened. The indexes are keyed digests: they find a person's own cases at sign-in, and no staff
    page searches by them.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="reporter")
    sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(max_length=16, null=True)
    email_index = models.BinaryField(max_length=16, null=True)
    account_index = models.BinaryField(max_length=16, null=True)
    sender_index = models.BinaryField(max_length=16, null=True)
    contact_wanted = models.BooleanField(default=True)
    discreet = models.BooleanField(
        default=False, db_default=False, help_text="messages carry only number, clock and link: a shared phone"
    )
    seen_at = models.DateTimeField(null=True, blank=True, help_text="when the reporter last read the case")
    erased_at = models.DateTimeField(null=True, blank=True, help_text="the row is a tombstone since")

    class Meta:
        indexes = [
            models.Index(fields=["phone_index"], name="reporter_phone"),
            models.Index(fields=["email_index"], name="reporter_email"),
            models.Index(fields=["account_index"], name="reporter_account"),
            models.Index(fields=["erased_at"], name="reporter_erased", condition=models.Q(erased_at__isnull=False)),
            models.Index(
                fields=["sender_index"], name="reporter_sender", condition=models.Q(sender_index__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"reporter of #{self.pk}"


class Subject(models.Model):
    """Whom a case is about: an agency, a person posted there, or a village. Never shown to them."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="subjects")
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey("directory.Region", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    name_sealed = models.BinaryField(null=True)
    is_head = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"subject #{self.pk}"


class Endorsement(models.Model):
    """Me too. One a device or account, known by a keyed digest only, which differs from case to case.

    `account_index` finds the marks of an account, by another index than its cases have; a browser's have none.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="endorsement_rows")
    voter_digest = models.BinaryField(max_length=16)
    account_index = models.BinaryField(max_length=16, null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "voter_digest"], name="endorse_once")]
        indexes = [
            models.Index(
                fields=["account_index"],
                name="endorsement_account",
                condition=models.Q(account_index__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"endorsement #{self.pk}"


class IdentityShare(models.Model):
    """The reporter lets one unit see chosen fields of the identity."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="identity_shares")
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"share #{self.pk}"


class Reveal(models.Model):
    """An officer asked to see the identity: with a reason, recorded, told to the reporter.

    For anonymous cases a second person from outside the reported agency's subtree must agree before it opens.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="reveals")
    asked_by_key = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    approved_by_key = models.CharField(max_length=40, blank=True, default="")
    approved_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"reveal #{self.pk}"

"""The case: one submission by a citizen, from intake to closing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from tanggap.cases.vocabulary import ArchiveReasonWord, ChannelWord, ClassificationWord, OutcomeWord, StateWord
from tanggap.cases.workflow import State

# What the events must be able to prove: every change of these columns stands in an event, and `tanggap audit`
# replays the events and compares. Times are kept as ISO text, links as their number.
AUDITED = (
    "tracking_id",
    "state",
    "state_before",
    "classification",
    "channel",
    "title",
    "category_id",
    "region_id",
    "agency_id",
    "body_id",
    "received_at",
    "verified_at",
    "completed_at",
    "forwarded_at",
    "first_answered_at",
    "answered_at",
    "closed_at",
    "verification_due_at",
    "answer_due_at",
    "resolution_due_at",
    "window_ends_at",
    "hold_due_at",
    "objection_due_at",
    "anonymous",
    "secret",
    "oversight",
    "pressed",
    "urgent",
    "unconfirmed",
    "withheld",
    "outcome",
    "archive_reason",
    "holds",
    "returns",
    "objections",
    "reopens",
    "rating",
    "answer_kind",
    "parent_id",
    "merged_into_id",
)


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it; times in UTC, as the database gives them back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


class Case(models.Model):
    """One submission. Everything about the person who wrote it stands elsewhere (`Reporter`).

    `agency` is the present holder; before forwarding the one addressed, or the root's queue. `body` repeats the
    agency's government or national body so that a coordinator's list is one index. `due_at` is what is due next.
    `dormant` marks an imported case that no timer touches until somebody acts on it. `unconfirmed` one that was read
    under a post and whose author has not said in private that it is meant so.
    """

    id = models.BigAutoField(primary_key=True)
    tracking_id = models.CharField(_("nomor pelacakan"), max_length=11, unique=True)
    state = models.CharField(max_length=12, choices=StateWord.choices, default=State.UNVERIFIED.value)
    state_before = models.CharField(max_length=12, choices=StateWord.choices, blank=True, default="")
    classification = models.CharField(max_length=24, choices=ClassificationWord.choices, null=True, blank=True)
    channel = models.CharField(max_length=10, choices=ChannelWord.choices)
    source_tag = models.CharField(max_length=40, blank=True, default="")
    brand = models.ForeignKey("directory.Brand", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    language = models.CharField(max_length=5, default="id")

    title = models.CharField(_("judul"), max_length=160, blank=True, default="")
    title_given = models.BooleanField(default=False)
    category = models.ForeignKey(
        "directory.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey("directory.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("tempat"), max_length=200, blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    occurred_on = models.DateField(null=True, blank=True)

    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="cases", db_index=False)
    body = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, related_name="body_cases", null=True, db_index=False
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    entered_by_key = models.CharField(max_length=40, blank=True, default="")

    received_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    forwarded_at = models.DateTimeField(null=True, blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    verification_due_at = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    resolution_due_at = models.DateTimeField(null=True, blank=True)
    window_ends_at = models.DateTimeField(null=True, blank=True)
    hold_due_at = models.DateTimeField(null=True, blank=True)
    objection_due_at = models.DateTimeField(null=True, blank=True)
    statutory_due_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)

    anonymous = models.BooleanField(default=False)
    secret = models.BooleanField(default=False)
    guarded = models.BooleanField(default=False)
    oversight = models.BooleanField(default=False)
    pressed = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False, db_default=False)
    unconfirmed = models.BooleanField(default=False, db_default=False)
    withheld = models.BooleanField(default=False, db_default=False, help_text="hidden by a moderator")
    published = models.BooleanField(default=False)

    outcome = models.CharField(max_length=12, choices=OutcomeWord.choices, blank=True, default="")
    archive_reason = models.CharField(max_length=16, choices=ArchiveReasonWord.choices, blank=True, default="")
    holds = models.PositiveSmallIntegerField(default=0)
    returns = models.PositiveSmallIntegerField(default=0)
    objections = models.PositiveSmallIntegerField(default=0)
    reopens = models.PositiveSmallIntegerField(default=0)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    answer_kind = models.CharField(max_length=12, blank=True, default="")
    endorsements = models.PositiveIntegerField(default=0)
    imported = models.BooleanField(default=False)
    dormant = models.BooleanField(default=False)
    secret_code_digest = models.BinaryField(max_length=32, null=True)

    class Meta:
        verbose_name = _("laporan")
        verbose_name_plural = _("laporan")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="case_state_known"),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(answered_at__isnull=False) | Q(imported=True),
                name="case_never_closed_unanswered",
            ),
            models.CheckConstraint(
                condition=~Q(state="archived") | ~Q(archive_reason=""), name="case_archived_with_reason"
            ),
            models.CheckConstraint(condition=Q(holds__lte=2), name="case_held_at_most_twice"),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="case_rating_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "archived"]) | Q(due_at__isnull=False) | Q(imported=True),
                name="case_open_is_due_some_day",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="case_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["body", "due_at", "id"], name="case_body_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["agency", "due_at", "id"], name="case_agency_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["body", "received_at", "id"], name="case_body_received"),
            models.Index(fields=["agency", "received_at", "id"], name="case_agency_received"),
            models.Index(fields=["received_at", "id"], name="case_public_received", condition=Q(published=True)),
            models.Index(fields=["received_at", "id"], name="case_ended", condition=Q(due_at__isnull=True)),
            models.Index(fields=["due_at", "id"], name="case_objection", condition=Q(objection_due_at__isnull=False)),
            # Officers look for a word of a title in every case of the country.
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="case_title_trigrams"),
            models.Index(fields=["source_tag", "received_at"], name="case_source_tag", condition=~Q(source_tag="")),
        ]

    def __str__(self) -> str:
        return self.tracking_id

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any) -> Self:
        """Remember the audited columns as loaded, so that `changes` can name what a service altered."""
        instance = super().from_db(db, field_names, values, **kwargs)
        instance._loaded = instance._audited_values()
        return instance

    _loaded: dict[str, Any]

    def _audited_values(self) -> dict[str, Any]:
        return {name: plain(self.__dict__[name]) for name in AUDITED if name in self.__dict__}

    def changes(self) -> dict[str, Any]:
        """The audited columns that differ from what was loaded; for a new case all that are set."""
        before = getattr(self, "_loaded", None)
        now = self._audited_values()
        if before is None:
            return {name: value for name, value in now.items() if value not in (None, "", False, 0)}
        return {name: value for name, value in now.items() if value != before.get(name)}

    @property
    def stream(self) -> str:
        """The name of this case in the ledger."""
        return f"case:{self.pk}"


class CaseAlias(models.Model):
    """An older number of the case, such as #2007157 of the system before: works wherever the id does."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="aliases")
    value = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.value


class SubmissionKey(models.Model):
    """A submission already taken in: the same key and body within a day (or until `kept_until`) give the same answer.

    The secret code inside is sealed with a key made from the submitter's own idempotency key, of which only a
    digest is kept: who reads the table cannot ask for it.
    """

    key_digest = models.BinaryField(max_length=32, unique=True)
    body_digest = models.BinaryField(max_length=32)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    sealed_code = models.BinaryField(max_length=120)
    created_at = models.DateTimeField(db_index=True)
    kept_until = models.DateTimeField(null=True, help_text="for whoever may be without network longer than a day")

    def __str__(self) -> str:
        return f"submission #{self.pk}"

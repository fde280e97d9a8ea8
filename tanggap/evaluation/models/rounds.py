"""Rounds of evaluation: what is asked of bodies, what they brought, and what was read and found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundRule(models.Model):
    """One item of the check list or one criterion of the rubric, from a day on; of each slug the latest begun holds."""

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", _("Bukti")
        CRITERION = "criterion", _("Ukuran bacaan")

    kind = models.CharField(max_length=9, choices=Kind.choices)
    slug = models.SlugField(max_length=40)
    label_id = models.CharField(max_length=160)
    label_en = models.CharField(max_length=160)
    obligatory = models.BooleanField(default=True)
    valid_from = models.DateField()
    basis = models.CharField(max_length=200)

    class Meta:
        ordering = ["kind", "slug", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["kind", "slug", "valid_from"], name="round_rule_once")]

    def __str__(self) -> str:
        return self.slug


class Round(models.Model):
    """One evaluation of a group by the evaluators of one agency: the nation's, a province's, a regency's of its units.

    The seed is fixed when the round is opened, when only its digest stands in the ledger, and shown once the sample is
    drawn: known before, it would tell a body which cases to polish.
    """

    class State(models.TextChoices):
        COLLECTING = "collecting", _("mengumpulkan bukti")
        READING = "reading", _("membaca dan menilai")
        OBJECTION = "objection", _("masa sanggah")
        FINAL = "final", _("selesai")

    name = models.CharField(max_length=120)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=20, help_text="a peer group, or `unit`")
    within = models.CharField(max_length=2, blank=True, default="")
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.COLLECTING)
    seed = models.CharField(max_length=32)
    sample_size = models.PositiveSmallIntegerField()
    objection_days = models.PositiveSmallIntegerField(help_text="working days")
    opened_by_key = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)
    objections_until = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="", help_text="SHA-256 of the results")
    results = models.JSONField(null=True)

    class Meta:
        ordering = ["-opened_at", "-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"round:{self.pk}"


class RoundBody(models.Model):
    """One evaluated body with the population its sample was drawn from."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="bodies")
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    strata = models.JSONField(default=dict)
    population_digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering = ["agency__code"]
        constraints = [models.UniqueConstraint(fields=["round", "agency"], name="round_body_once")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.agency_id}"


class Evidence(models.Model):
    """What a body brought for one item; its file belongs to `evidence:<number>`. The latest one counts."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("menunggu diperiksa")
        ACCEPTED = "accepted", _("diterima")
        REFUSED = "refused", _("ditolak")

    body = models.ForeignKey(RoundBody, on_delete=models.CASCADE, related_name="evidence")
    item = models.SlugField(max_length=40)
    note = models.CharField(max_length=1000, blank=True, default="")
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUBMITTED)
    comment = models.CharField(max_length=1000, blank=True, default="")
    submitted_by_key = models.CharField(max_length=80)
    submitted_at = models.DateTimeField()
    judged_by_key = models.CharField(max_length=80, blank=True, default="")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["item", "-submitted_at", "-id"]

    def __str__(self) -> str:
        return f"evidence #{self.pk}"

    @property
    def owner(self) -> str:
        """The owner key of its file."""
        return f"evidence:{self.pk}"


class SampledCase(models.Model):
    """One case of a sample. `corrected` is the share an objection led to, beside what the readers found."""

    body = models.ForeignKey(RoundBody, on_delete=models.CASCADE, related_name="sample")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    stratum = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    corrected = models.DecimalField(max_digits=5, decimal_places=4, null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["body", "case"], name="sampled_case_once")]

    def __str__(self) -> str:
        return f"sample #{self.pk}"


class Reading(models.Model):
    """What one evaluator found in one sampled case. Nobody sees another's before the own is in."""

    sampled = models.ForeignKey(SampledCase, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scores = models.JSONField()
    comment = models.CharField(max_length=2000, blank=True, default="")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["read_at", "id"]
        constraints = [models.UniqueConstraint(fields=["sampled", "reader"], name="reading_once")]

    def __str__(self) -> str:
        return f"reading #{self.pk}"


class RoundObjection(models.Model):
    """A body's objection against one item or one sampled case, and what became of it; what stood before is kept."""

    class State(models.TextChoices):
        OPEN = "open", _("belum diputus")
        UPHELD = "upheld", _("diterima")
        REJECTED = "rejected", _("ditolak")

    body = models.ForeignKey(RoundBody, on_delete=models.CASCADE, related_name="objections")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="objections")
    sampled = models.ForeignKey(SampledCase, on_delete=models.PROTECT, null=True, related_name="objections")
    text = models.CharField(max_length=2000)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20, blank=True, default="")
    answer = models.CharField(max_length=2000, blank=True, default="")
    made_by_key = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    decided_by_key = models.CharField(max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="round_objection_about_one",
                condition=models.Q(evidence__isnull=True) ^ models.Q(sampled__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"objection #{self.pk}"

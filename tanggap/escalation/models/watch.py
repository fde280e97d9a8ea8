"""When a case must be looked at again, and every step of a ladder that was taken for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Watch(models.Model):
    """The next moment at which a case has a step due. The sweep reads its index and nothing else.

    `asleep` marks an imported case nobody has acted on: the worker's sweep passes it by. `event_id` is the last
    event of the case that was considered, so that a watch which fell behind can be found.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="watch")
    next_check_at = models.DateTimeField(null=True, blank=True)
    asleep = models.BooleanField(default=False)
    event_id = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_check_at"],
                name="watch_due",
                condition=Q(next_check_at__isnull=False, asleep=False),
            )
        ]

    def __str__(self) -> str:
        return f"watch of #{self.pk}"


class TakenStep(models.Model):
    """A step that was decided for a case, once for each run of a clock.

    `run` names the run: a leg (`leg:5`) where the ladder counts from the holder's start, else what began it
    (`received`, `limit:1`, `hold:3`, `promise:4`). The words that were true then (role, template, copies) are kept,
    so that an edited ladder changes no history. `asked_role` is whom the step addresses, `role` who got it.
    """

    class State(models.TextChoices):
        TAKEN = "taken", _("dijalankan")
        SKIPPED = "skipped", _("dilewati")
        CANCELLED = "cancelled", _("dibatalkan")

    class Replaced(models.TextChoices):
        SUBJECT = "subject", _("penerima semula adalah terlapor")
        VACANT = "vacant", _("jabatan semula kosong")
        UNDELIVERABLE = "undeliverable", _("penerima semula tidak terhubung")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="taken_steps", db_index=False)
    clock = models.CharField(max_length=12)
    run = models.CharField(max_length=40)
    step = models.ForeignKey("escalation.LadderStep", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=9, choices=State.choices)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    template = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, blank=True, default="")
    asked_role = models.CharField(max_length=20)
    role = models.CharField(max_length=20, blank=True, default="")
    agency = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    copies = models.JSONField(default=list)
    replaced = models.CharField(max_length=13, choices=Replaced.choices, blank=True, default="")
    letter = models.ForeignKey("escalation.Letter", on_delete=models.PROTECT, null=True, related_name="steps")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "clock", "run", "step"], name="step_taken_once")]
        indexes = [models.Index(fields=["decided_at", "id"], name="taken_step_decided")]

    def __str__(self) -> str:
        return f"{self.clock} {self.number} of #{self.case_id}"

"""What a leader asks of a unit or officer because of a line in a brief."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tanggap.accounts.roles import Role
from tanggap.evaluation.briefs.task_steps import State


class TaskState(models.TextChoices):
    """Where a task stands (`briefs.task_steps`)."""

    OPEN = State.OPEN.value, _("Menunggu jawaban")
    ANSWERED = State.ANSWERED.value, _("Dijawab, menunggu penilaian")
    RETURNED = State.RETURNED.value, _("Dikembalikan untuk dilengkapi")
    ACCEPTED = State.ACCEPTED.value, _("Diterima")


class Task(models.Model):
    """One task. Its giver is a post (role at an agency), whoever fills it: a successor goes on with it.

    `line`, `length` and `first` name the line of the brief it comes from; its cases are looked up afresh for each
    reader and never kept here.
    """

    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    given_role = models.CharField(max_length=20, choices=Role.choices)
    given_at_agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    due_on = models.DateField()
    line = models.CharField(max_length=60, blank=True, default="")
    length = models.CharField(max_length=6, blank=True, default="")
    first = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="task_state_known")
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="task_due", condition=Q(state__in=["open", "returned"])),
        ]

    def __str__(self) -> str:
        return f"task #{self.pk}"

    @property
    def stream(self) -> str:
        """The name of this task in the ledger."""
        return f"task:{self.pk}"


class TaskEntry(models.Model):
    """One step of a task with its words. `case_ids` are cases an answer points to, shown only to who sees them."""

    class Kind(models.TextChoices):
        ASSIGN = "assign", _("Permintaan")
        ANSWER = "answer", _("Dijawab")
        RETURN = "return", _("Dikembalikan")
        ACCEPT = "accept", _("Diterima")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    at = models.DateTimeField()
    author_key = models.CharField(max_length=40)
    office = models.CharField(max_length=300)
    text = models.TextField(blank=True, default="")
    case_ids = models.JSONField(default=list)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

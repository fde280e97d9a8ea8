"""Words: the three texts of a case, and its thread."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tanggap.cases.vocabulary import AnswerKindWord, ChannelWord


class Narrative(models.Model):
    """The three texts (DOMAIN §6): original, agency's, public.

    For anonymous and supervisory cases the original is sealed and the agency's text masked; otherwise the
    agency's text is the original and `original_sealed` is empty. `public_place` is the landmark without what the
    reporter took out of it; empty where nothing was, then the place is masked as it stands.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="narrative")
    public_text = models.TextField()
    agency_text = models.TextField()
    original_sealed = models.BinaryField(null=True)
    public_place = models.TextField(blank=True, default="", db_default="")

    def __str__(self) -> str:
        return f"narrative of #{self.pk}"


class MessageKind(models.TextChoices):
    """What an entry of the thread is. Only notes are internal."""

    REPLY = "reply", _("Balasan pelapor")
    OBJECTION = "objection", _("Keberatan")
    QUESTION = "question", _("Pertanyaan kepada pelapor")
    ACKNOWLEDGEMENT = "acknowledgement", _("Pemberitahuan")
    INTERIM = "interim", _("Tanggapan")
    FINAL = "final", _("Jawaban akhir")
    EXPLANATION = "explanation", _("Penjelasan")
    FULFILMENT = "fulfilment", _("Janji dikerjakan")
    NOTE = "note", _("Catatan internal")


class Message(models.Model):
    """One entry of the thread. A draft waits for a second officer (`approved_at` empty, `draft` true).

    `text` is what the reporter or officer wrote; `public_text` the masked version for everybody.
    `office` is the post that speaks, never an officer's name (DESIGN: the public reads offices).
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="messages", db_index=False)
    kind = models.CharField(max_length=16, choices=MessageKind.choices)
    at = models.DateTimeField()
    author_key = models.CharField(max_length=40)
    agency = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=10, choices=ChannelWord.choices, blank=True, default="")
    text = models.TextField()
    public_text = models.TextField(blank=True, default="")
    original_sealed = models.BinaryField(null=True)
    office = models.CharField(max_length=120, blank=True, default="")
    answer_kind = models.CharField(max_length=12, choices=AnswerKindWord.choices, blank=True, default="")
    done_on = models.DateField(null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True, default="")
    draft = models.BooleanField(default=False)
    discarded_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="since when the public does not read it")
    hidden_by_key = models.CharField(max_length=40, blank=True, default="", db_default="")
    unseen = models.BooleanField(default=False, db_default=False, help_text="waits to be read before it is public")
    approved_by_key = models.CharField(max_length=40, blank=True, default="")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["case", "at"], name="message_case_at"),
            models.Index(fields=["at", "id"], name="message_unseen", condition=Q(unseen=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

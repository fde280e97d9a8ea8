"""The inbox: one row for every message a provider brought, kept before the provider is told so."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InboundState(models.TextChoices):
    """What became of a message."""

    NEW = "new", _("menunggu")
    DONE = "done", _("diolah")
    IGNORED = "ignored", _("bukan pesan orang")
    STUCK = "stuck", _("perlu ditangani")
    HANDLED = "handled", _("ditangani petugas")


class Inbound(models.Model):
    """One message as it came.

    `external_id` is the provider's own name for it, so that a redelivery is recognised for ever, by any process.
    `sealed` is the raw payload under `context`; it is emptied when its retention has passed. `stream` names what the
    message became part of (`case:12`). `reason` says why it waits for a person, in words without personal data.
    """

    channel = models.CharField(max_length=10)
    external_id = models.CharField(max_length=200)
    brand = models.SlugField(max_length=40)
    sealed = models.BinaryField(null=True)
    sender_index = models.BinaryField(max_length=16, null=True)
    chat = models.ForeignKey("channels.Chat", on_delete=models.PROTECT, null=True, related_name="inbound")
    state = models.CharField(max_length=8, choices=InboundState.choices, default=InboundState.NEW.value)
    reason = models.CharField(max_length=200, blank=True, default="")
    stream = models.CharField(max_length=80, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    retry_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    handled_by_key = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "external_id"], name="inbound_once")]
        indexes = [
            models.Index(fields=["channel", "id"], name="inbound_new", condition=Q(state="new")),
            models.Index(fields=["brand", "-id"], name="inbound_stuck", condition=Q(state="stuck")),
            models.Index(fields=["chat", "id"], name="inbound_chat", condition=Q(chat__isnull=False)),
            models.Index(fields=["done_at"], name="inbound_to_empty", condition=Q(sealed__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.channel} #{self.pk}"

    @property
    def context(self) -> str:
        """Ties the payload to its row."""
        return f"inbound:{self.channel}:{self.external_id}"

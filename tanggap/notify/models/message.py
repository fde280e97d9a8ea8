"""The outbox: one row for every message to one recipient, from the decision to send it to what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    """What became of a message; the identifiers `tanggap outbox` prints."""

    PENDING = "pending", _("menunggu")
    SENT = "sent", _("terkirim")
    DELIVERED = "delivered", _("sampai")
    READ = "read", _("dibaca")
    FAILED = "failed", _("gagal")
    CANCELLED = "cancelled", _("dibatalkan")
    SKIPPED = "skipped", _("dilewati")
    UNDELIVERABLE = "undeliverable", _("tidak ada penerima")


class Message(models.Model):
    """One message to one recipient by one channel.

    `key` makes the decision to send happen once, and is what the transport hands the provider so that a repeated
    attempt is recognised. `stream` and `source` are keys (`case:12`; `step:5`, `event:7`, `letter:3`), never foreign
    keys: this app knows no case. Addresses are sealed under `message:<key>`; `values` fill the template and hold
    nothing that may not be read in the console by whoever sees the message. Where a recipient has several ways,
    `ways_sealed` keeps the others in order.
    """

    key = models.CharField(max_length=120, unique=True)
    stream = models.CharField(max_length=80, blank=True, default="")
    source = models.CharField(max_length=80, blank=True, default="")
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=5, default="id")
    values = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    brand = models.SlugField(max_length=40, blank=True, default="")
    payer = models.CharField(max_length=40, blank=True, default="")
    channel = models.CharField(max_length=10)
    recipient_role = models.CharField(max_length=20, blank=True, default="")
    recipient_key = models.CharField(max_length=80, blank=True, default="")
    recipient_name = models.CharField(max_length=200, blank=True, default="")
    address_sealed = models.BinaryField(null=True)
    ways_sealed = models.BinaryField(null=True)
    is_copy = models.BooleanField(default=False)
    bundled = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    essential = models.BooleanField(default=False)

    state = models.CharField(max_length=13, choices=MessageState.choices, default=MessageState.PENDING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    not_before = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    inside = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="contents")
    provider_id = models.CharField(max_length=200, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True, default="")
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["channel", "not_before", "id"], name="message_due", condition=Q(state="pending")),
            models.Index(
                fields=["channel", "not_before", "id"],
                name="message_urgent",
                condition=Q(state="pending", urgent=True),
            ),
            models.Index(
                fields=["recipient_key", "stream", "id"], name="message_in_line", condition=Q(state="pending")
            ),
            models.Index(fields=["stream", "id"], name="message_stream", condition=~Q(stream="")),
            models.Index(fields=["source"], name="message_source", condition=~Q(source="")),
            models.Index(fields=["channel", "provider_id"], name="message_provider", condition=~Q(provider_id="")),
            models.Index(fields=["id"], name="message_failed", condition=Q(state__in=["failed", "undeliverable"])),
            models.Index(fields=["id"], name="message_restored", condition=Q(state="cancelled", error="restored")),
            models.Index(fields=["payer", "sent_at"], name="message_cost", condition=Q(cost__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.template} #{self.pk}"


class DeliveryReport(models.Model):
    """What a provider told about a message, kept until the message it names is known: reports come early and twice."""

    channel = models.CharField(max_length=10)
    provider_id = models.CharField(max_length=200)
    state = models.CharField(max_length=13)
    at = models.DateTimeField()
    error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "provider_id", "state"], name="delivery_report_once")]

    def __str__(self) -> str:
        return f"{self.channel} report #{self.pk}"

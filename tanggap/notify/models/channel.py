"""The ways out, how each brand uses them, and how well they do."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """A way out. Ways in have their own list (`cases.workflow.Channel`)."""

    EMAIL = "email", _("surel")
    SMS = "sms", _("SMS")
    WHATSAPP = "whatsapp", _("WhatsApp")
    TELEGRAM = "telegram", _("Telegram")
    WEBPUSH = "webpush", _("pemberitahuan peramban")
    WEBHOOK = "webhook", _("webhook")
    FACEBOOK = "facebook", _("Facebook")
    INSTAGRAM = "instagram", _("Instagram")
    X = "x", _("X")


class ChannelConfig(models.Model):
    """How one brand reaches one channel: addresses and secrets, sealed under `channel:<brand>:<channel>`."""

    brand = models.SlugField(max_length=40)
    channel = models.CharField(max_length=10)
    sealed = models.BinaryField()
    enabled = models.BooleanField(default=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "channel"], name="channel_config_once")]

    def __str__(self) -> str:
        return f"{self.brand}/{self.channel}"


class ChannelHealth(models.Model):
    """What a provider did last. While `retry_at` lies ahead nothing is tried: one broken provider delays no other.

    Reading fails apart from sending: a mailbox that cannot be opened (`deaf_since`, `in_error`) holds no mail back.
    """

    brand = models.SlugField(max_length=40)
    channel = models.CharField(max_length=10)
    last_in_at = models.DateTimeField(null=True, blank=True)
    last_out_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True, default="")
    last_error_at = models.DateTimeField(null=True, blank=True)
    deaf_since = models.DateTimeField(null=True, blank=True)
    in_error = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "channel"], name="channel_health_once")]

    def __str__(self) -> str:
        return f"{self.brand}/{self.channel}"


class PushSubscription(models.Model):
    """A browser that asked to be told. The address names the browser, so it is sealed; a 410 deletes the row.

    A browser has one address for all it asked to be told of: a row for each of its recipients.
    """

    recipient_key = models.CharField(max_length=80)
    endpoint_index = models.BinaryField(max_length=16)
    sealed = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient_key", "endpoint_index"], name="push_subscription_once")
        ]

    def __str__(self) -> str:
        return f"push #{self.pk}"

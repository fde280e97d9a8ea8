"""A conversation with one person on one channel of one brand."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Chat(models.Model):
    """Who talks to us where, and how far the talk has got.

    The person is known by a keyed digest; address and memory are sealed under `context`. `hint` is all that officers
    see of the sender ("…0001"). `held_by_key` is set while a person in the console answers instead of the machine.
    """

    channel = models.CharField(max_length=10)
    brand = models.SlugField(max_length=40)
    sender_index = models.BinaryField(max_length=16)
    hint = models.CharField(max_length=8, blank=True, default="")
    sealed_sender = models.BinaryField(null=True)
    sealed_memory = models.BinaryField(null=True)
    language = models.CharField(max_length=5, default="id")
    case = models.ForeignKey("cases.Case", on_delete=models.SET_NULL, null=True, related_name="+")
    heard_at = models.DateTimeField(null=True)
    guarded = models.BooleanField(
        default=False, db_default=False, help_text="about conduct, secret or anonymous: not for the local desk"
    )
    wants_person_since = models.DateTimeField(null=True)
    held_by_key = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "brand", "sender_index"], name="chat_once")]
        indexes = [
            models.Index(
                fields=["wants_person_since"], name="chat_for_person", condition=Q(wants_person_since__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} chat #{self.pk}"

    @property
    def context(self) -> str:
        """Ties what is sealed to its row."""
        return f"chat:{self.channel}:{self.brand}:{bytes(self.sender_index).hex()}"

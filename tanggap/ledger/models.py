"""The ledger: one append-only row for everything that happened. It keeps keys (`case:12`), never foreign keys."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now


class Event(models.Model):
    """One thing that happened in one stream. A trigger refuses every change except blanking `personal`."""

    stream = models.CharField(max_length=80, db_collation="C")
    seq = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    at = models.DateTimeField(help_text="when it happened; for imported events in the past")
    recorded_at = models.DateTimeField(db_default=Now(), help_text="when it was written down")
    actor = models.CharField(max_length=80)
    data = models.JSONField(default=dict, help_text="hashed; nothing personal")
    personal = models.JSONField(null=True, help_text="outside the hash; the shredder blanks it")
    imported = models.BooleanField(default=False)
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["stream", "seq"], name="ledger_event_stream_seq")]
        indexes: ClassVar = [BrinIndex(fields=["recorded_at"], name="ledger_event_recorded_at")]

    def __str__(self) -> str:
        return f"{self.stream} #{self.seq} {self.name}"


class Movement(models.Model):
    """A stream that moved since its readers last looked: appended with the event, taken away by who counts from it."""

    stream = models.CharField(max_length=80, db_collation="C")

    def __str__(self) -> str:
        return self.stream


class Checkpoint(models.Model):
    """A signed Merkle root over the heads of all streams that moved on one day (UTC, by `recorded_at`).

    `heads` repeats the leaves, compressed, so that the audit can name the stream that differs; the signature
    covers day, root, number of streams and the root before, so that no checkpoint can be taken out unseen.
    """

    day = models.DateField(unique=True)
    root = models.BinaryField(max_length=32)
    previous_root = models.BinaryField(max_length=32)
    streams = models.PositiveIntegerField()
    heads = models.BinaryField()
    signature = models.BinaryField(max_length=64)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"checkpoint {self.day}"

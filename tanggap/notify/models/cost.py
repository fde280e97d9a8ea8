"""What messages cost, and how much may be spent: dated rows."""

from __future__ import annotations

from django.db import models


class Price(models.Model):
    """What one message of a channel costs from a day on, in rupiah; an SMS of several parts costs it for each."""

    channel = models.CharField(max_length=10)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    valid_from = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "valid_from"], name="price_once")]

    def __str__(self) -> str:
        return f"{self.channel} {self.amount}"


class Cap(models.Model):
    """How much a brand, or one paying agency (`agency:12`) in it, may spend in a calendar month from a day on."""

    brand = models.SlugField(max_length=40, blank=True, default="")
    payer = models.CharField(max_length=40, blank=True, default="")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    valid_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "payer", "valid_from"], name="cap_once")]

    def __str__(self) -> str:
        return f"{self.brand or '-'}/{self.payer or '-'} {self.amount}"

"""The tree of public bodies, the names people call them by, and the history of changes to it."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tanggap.directory.models.regions import Region, Zone


class Agency(models.Model):
    """Any node of the tree: the nation, a ministry, a government, a unit, a sub-unit.

    Rows are never deleted: a closed or merged agency keeps its code, so that old cases keep resolving.
    """

    class Kind(models.TextChoices):
        NATION = "nation", _("Nasional")
        COORDINATING_MINISTRY = "coordinating_ministry", _("Kementerian koordinator")
        MINISTRY = "ministry", _("Kementerian")
        INSTITUTION = "institution", _("Lembaga")
        PROVINCE = "province", _("Pemerintah provinsi")
        REGENCY = "regency", _("Pemerintah kabupaten")
        CITY = "city", _("Pemerintah kota")
        SOE = "soe", _("BUMN")
        UNIVERSITY = "university", _("Perguruan tinggi")
        UNIT = "unit", _("Unit kerja")
        OTHER = "other", _("Lainnya")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Aktif")
        CLOSED = "closed", _("Ditutup")
        MERGED = "merged", _("Digabung")

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    body = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    """The government or national body this belongs to; itself for such a body; null for the nation."""
    path = models.CharField(max_length=250)
    """Ids from the root down, `/1/57/903/`: a subtree is a prefix."""
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="agencies")
    zone = models.CharField(max_length=20, choices=Zone.choices, default=Zone.WIB)
    topics = models.CharField(max_length=400, blank=True)
    """What the agency deals with, separated by `;`."""
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    """The last day on which it existed, included."""
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ACTIVE)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed")
    external = models.BooleanField(default=False)
    """Outside this instance's root: reached by letter and referral only."""
    two_person_answers = models.BooleanField(default=False)
    search_text = models.CharField(max_length=600, blank=True)
    """Own names and its body's, normalised: what the picker searches in."""

    class Meta:
        indexes = [
            models.Index(name="directory_agency_path", fields=["path"], opclasses=["varchar_pattern_ops"]),
            GinIndex(name="directory_agency_search", fields=["search_text"], opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="directory_agency_merged_has_target",
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(name="directory_agency_path_set", condition=Q(path__startswith="/")),
            models.CheckConstraint(
                name="directory_agency_root_is_nation", condition=Q(parent__isnull=False) | Q(kind="nation")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_body(self) -> bool:
        """A government or national body, as opposed to one of its units."""
        return self.body_id == self.pk

    @property
    def full_name(self) -> str:
        """The name that is clear outside its body: "Dinas Kesehatan Kabupaten Anu"."""
        if self.body is None or self.kind != self.Kind.UNIT:
            return self.name
        return f"{self.name} {self.body.short_name or self.body.name}"


class AgencyAlias(models.Model):
    """A name under which people and administrators know an agency."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="aliases")
    alias = models.CharField(max_length=250)
    normalized = models.CharField(max_length=250)
    """As `naming.normalize` writes it; one alias may stand for several agencies and is then ambiguous."""
    source = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(name="directory_alias_normalized", fields=["normalized"])]
        constraints = [models.UniqueConstraint(name="directory_alias_once", fields=["agency", "normalized"])]

    def __str__(self) -> str:
        return self.alias


class AgencyChange(models.Model):
    """One operation on the tree, with what was before and after: the history of an agency."""

    class Action(models.TextChoices):
        CREATE = "create", _("Dibuat")
        RENAME = "rename", _("Ganti nama")
        MERGE = "merge", _("Digabung")
        CLOSE = "close", _("Ditutup")
        REPARENT = "reparent", _("Pindah induk")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="changes")
    action = models.CharField(max_length=10, choices=Action.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    actor_key = models.CharField(max_length=40)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    reason = models.CharField(max_length=500)

    class Meta:
        indexes = [models.Index(name="directory_change_agency_at", fields=["agency", "at"])]

    def __str__(self) -> str:
        return f"{self.action} {self.agency_id}"

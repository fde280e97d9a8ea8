"""Peer groups: who is compared with whom (DOMAIN §7)."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import QuerySet

from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import root_agency

_KINDS = Agency.Kind


class Group(StrEnum):
    """A group in which agencies are ranked."""

    NATIONAL = "national"
    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"
    REGENCY_AND_CITY = "regency_and_city"


SEPARATE = (Group.NATIONAL, Group.PROVINCE, Group.REGENCY, Group.CITY)
"""The groups that share no body; regencies and cities together are made of two of them."""
KINDS_OF = {
    Group.NATIONAL: (
        _KINDS.COORDINATING_MINISTRY, _KINDS.MINISTRY, _KINDS.INSTITUTION, _KINDS.SOE, _KINDS.UNIVERSITY, _KINDS.OTHER,
    ),
    Group.PROVINCE: (_KINDS.PROVINCE,),
    Group.REGENCY: (_KINDS.REGENCY,),
    Group.CITY: (_KINDS.CITY,),
    Group.REGENCY_AND_CITY: (_KINDS.REGENCY, _KINDS.CITY),
}  # fmt: skip


def members(group: Group, within: Region | None = None) -> QuerySet[Agency]:
    """The bodies of a group, by code; with `within` (a province) only those of that province. Merged ones are not."""
    bodies = Agency.objects.filter(
        kind__in=KINDS_OF[group], status__in=[Agency.Status.ACTIVE, Agency.Status.CLOSED], external=False
    )
    if within is not None:
        bodies = bodies.filter(region__code__startswith=within.code[:2])
    return bodies.filter(path__startswith=root_agency().path).order_by("code")


def group_of(agency: Agency) -> Group | None:
    """The narrowest group of a body; None for the nation and for units."""
    narrow = (Group.PROVINCE, Group.REGENCY, Group.CITY, Group.NATIONAL)
    return next((group for group in narrow if agency.kind in KINDS_OF[group]), None)

"""Rounds as rows: which rules hold, whom they judge, and the lock that all writes take first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, NotFound, Refused
from tanggap.directory.models import Agency, Region
from tanggap.evaluation.groups import Group, members
from tanggap.evaluation.models import Round, RoundBody, RoundRule

UNITS = "unit"
"""The group of a regency's or a ministry's own units."""


def rules_on(kind: str, day: date) -> list[RoundRule]:
    """The items or criteria in force on a day: of each the latest row that has begun, obligatory ones first."""
    rows = RoundRule.objects.filter(kind=kind, valid_from__lte=day).order_by("slug", "-valid_from").distinct("slug")
    return sorted(rows, key=lambda row: (not row.obligatory, row.slug))


def judged_by(agency: Agency, group: str, within: str) -> QuerySet[Agency]:
    """Whom a round of this agency's evaluators is about.

    Raises Refused for a group that is not theirs: a province judges governments inside it, a regency its units;
    Invalid for a province that does not exist, lest the whole nation be asked.
    """
    if group == UNITS:
        return Agency.objects.filter(body=agency, status=Agency.Status.ACTIVE).exclude(pk=agency.pk).order_by("code")
    wanted = Group(group)
    if agency.kind == Agency.Kind.PROVINCE and agency.body_id == agency.pk:
        if wanted not in (Group.REGENCY, Group.CITY, Group.REGENCY_AND_CITY) or agency.region is None:
            raise Refused(_("Provinsi mengevaluasi kabupaten dan kota di wilayahnya."), code="not_theirs")
        return members(wanted, agency.region)
    if agency.body_id == agency.pk:
        raise Refused(_("Pemerintah ini mengevaluasi unit kerjanya sendiri."), code="not_theirs")
    region = Region.objects.filter(pk=within, parent=None).first() if within else None
    if within and region is None:
        raise Invalid(_("Tidak ada provinsi dengan kode itu."), field="within")
    return members(wanted, region)


def locked_round(round_id: int, *states: str) -> Round:
    """The round, locked until commit. Raises NotFound, and Refused in any other state than these."""
    row = Round.objects.select_for_update().select_related("agency").filter(pk=round_id).first()
    if row is None:
        raise NotFound(_("Tidak ada putaran evaluasi seperti itu."))
    check_state(row, states)
    return row


def check_state(row: Round, states: Collection[str]) -> None:
    """Raises Refused where the round is not in one of these states."""
    if row.state not in states:
        words = {"state": row.get_state_display()}
        raise Refused(_("Putaran ini sedang %(state)s. Tidak ada yang diubah.") % words, code="wrong_state")


def locked_body(body_id: int, *states: str) -> RoundBody:
    """A body with its round locked. Raises NotFound and Refused as `locked_round`."""
    body = RoundBody.objects.select_related("agency").filter(pk=body_id).first()
    if body is None:
        raise NotFound(_("Tidak ada putaran evaluasi seperti itu."))
    body.round = locked_round(body.round_id, *states)
    return body

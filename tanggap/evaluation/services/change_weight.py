"""Another weight for a component of the scorecard, from a coming day on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.common.errors import Invalid
from tanggap.evaluation.comparing import scorecard_on
from tanggap.evaluation.models import ScorecardComponent
from tanggap.evaluation.policies import check_may_publish_rankings
from tanggap.ledger.services.record import record

MOST = 1000


@transaction.atomic
def change_weight(
    *, slug: str, weight: int, valid_from: date, basis: str, actor: Actor, now: datetime
) -> ScorecardComponent:
    """Weigh a component otherwise in all periods that end on or after a day; 0 takes it out.

    Raises Forbidden, and Invalid for a day that is not to come: who is compared must be able to know beforehand.
    """
    check_may_publish_rankings(actor)
    # Locked, so that two changes come one after the other and cannot take out the last component together.
    rows = list(ScorecardComponent.objects.select_for_update().order_by("slug", "-valid_from"))
    before = next((row for row in rows if row.slug == slug and row.valid_from <= valid_from), None)
    if before is None:
        raise Invalid(_("Pilih komponen dari daftar."), field="slug", code="unknown_component")
    if not 0 <= weight <= MOST:
        raise Invalid(_("Bobot antara 0 dan 1000."), field="weight", code="bad_weight")
    if valid_from <= local_day(now):
        raise Invalid(
            _("Pilih hari yang akan datang: yang dinilai perlu tahu lebih dahulu."),
            field="valid_from",
            code="not_to_come",
        )
    if not basis.strip():
        raise Invalid(_("Sebutkan dasarnya."), field="basis", code="no_basis")
    row, _made = ScorecardComponent.objects.update_or_create(
        slug=slug,
        valid_from=valid_from,
        defaults={
            "label_id": before.label_id,
            "label_en": before.label_en,
            "kind": before.kind,
            "source": before.source,
            "direction": before.direction,
            "weight": weight,
            "basis": basis.strip()[:200],
        },
    )
    if not scorecard_on(valid_from).weighed:
        raise Invalid(_("Paling sedikit satu komponen berbobot di atas 0."), field="weight", code="no_weight_left")
    data = {"slug": slug, "before": before.weight, "weight": weight, "valid_from": valid_from, "basis": row.basis}
    record("scorecard.changed", stream="scorecard:national", actor=actor.key, at=now, data=data, react=False)
    return row

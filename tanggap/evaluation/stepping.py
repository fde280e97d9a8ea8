"""One step of a period: locked, allowed, possible."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import NotFound, Refused
from tanggap.evaluation.models import RankedPeriod
from tanggap.evaluation.policies import check_may_publish_rankings
from tanggap.evaluation.ranking.steps import Step, next_state


def stepped(name: str, step: Step, actor: Actor) -> RankedPeriod:
    """The locked period in the state the step leads to, not saved. Raises Forbidden, NotFound or Refused."""
    check_may_publish_rankings(actor)
    period = RankedPeriod.objects.select_for_update().filter(name=name).first()
    if period is None:
        raise NotFound(_("Masa penilaian “%(name)s” tidak ada.") % {"name": name[:40]})
    after = next_state(period.state, step)
    if after is None:
        raise Refused(
            _("Masa penilaian ini sekarang “%(state)s”, jadi langkah itu tidak dapat dilakukan. Tidak ada yang diubah.")
            % {"state": period.get_state_display()},
            code="illegal_step",
        )
    period.state = after
    return period

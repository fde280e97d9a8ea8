"""One report for several agencies: each gets a child of its own, the citizen keeps one face."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.custody import check_destination, hand_over
from tanggap.cases.models import Case, Narrative, Subject
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.proofs import note_narrative
from tanggap.cases.reach import check_reach
from tanggap.cases.recording import lock_case, record_only, save_case
from tanggap.cases.workflow import Action, State
from tanggap.common.errors import Invalid, Refused
from tanggap.common.ids import new_tracking_id
from tanggap.directory.models import Agency

MOST_CHILDREN = 8
COPIED = (
    "classification channel source_tag brand_id language title title_given category_id region_id place latitude "
    "longitude occurred_on anonymous secret guarded oversight received_at verification_due_at verified_at"
).split()


@transaction.atomic
def split_case(*, tracking_id: str, agencies: Sequence[Agency], actor: Actor, now: datetime) -> list[Case]:
    """Make a forwarded child for each agency; the case itself stays where it is. Depth is one.

    Raises Forbidden, Refused (a child itself, not verified yet), Invalid (too many, closed, outside the reach).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.SPLIT, case)
    advanced(case, Action.SPLIT)
    if case.parent_id is not None or case.verified_at is None:
        raise Refused(_("Hanya laporan yang sudah diverifikasi, dan bukan bagiannya, yang dapat dibagi."), code="depth")
    if not agencies or case.children.count() + len(agencies) > MOST_CHILDREN:
        raise Invalid(
            _("Pilih satu sampai %(most)d instansi.") % {"most": MOST_CHILDREN}, field="agencies", code="count"
        )
    children = []
    for agency in agencies:
        check_destination(case, agency)
        check_reach(actor, agency, case)
        children.append(_child(case, agency, actor=actor, now=now))
    ids = [child.tracking_id for child in children]
    record_only(case, "case.split", actor=actor, at=now, data={"children": ids})
    return children


def _child(parent: Case, agency: Agency, *, actor: Actor, now: datetime) -> Case:
    child = Case(tracking_id=new_tracking_id(), state=State.FORWARDED.value, parent=parent, agency=agency)
    for name in COPIED:
        setattr(child, name, getattr(parent, name))
    child.body_id = agency.body_id
    child.forwarded_at = None
    # The number must exist before a leg can point to it; the dates follow in the same transaction.
    child.answer_due_at = now
    save_case(child, "case.submitted", actor=actor, at=now, data={"split_from": parent.tracking_id})
    narrative = parent.narrative
    texts = Narrative(case=child, public_text=narrative.public_text, agency_text=narrative.agency_text)
    texts.save(force_insert=True)
    note_narrative(child, texts)
    Subject.objects.bulk_create(
        Subject(case=child, agency_id=s.agency_id, region_id=s.region_id, person_id=s.person_id, is_head=s.is_head)
        for s in parent.subjects.all()
    )
    hand_over(child, agency, now=now, moved_by=Action.SPLIT)
    save_case(child, "case.forwarded", actor=actor, at=now, data={"agency": agency.code})
    return child

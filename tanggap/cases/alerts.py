"""What officers are told the moment it happens, whatever the hour. Reactions: each may run twice."""

from __future__ import annotations

from django.db import transaction

from tanggap.accounts.roles import Role
from tanggap.cases.informing import holders_to_tell, inform, on_call_to_tell
from tanggap.cases.models import Case, Inquiry
from tanggap.cases.workflow import State
from tanggap.common.clock import now
from tanggap.ledger.models import Event
from tanggap.notify.services.cancel_messages import cancel_messages

ON_CALL = "on_call"
# What ends the danger of nobody having looked: from here on the ladders of the agency's clocks take over.
CALMED = ("case.verified", "case.archived", "case.referred", "case.withdrawn", "case.merged", "case.urgency_lifted")


def _case_of(event: Event) -> Case | None:
    if event.imported:
        return None
    number = int(event.stream.removeprefix("case:"))
    return Case.objects.select_related("agency__body", "agency__parent", "body").filter(pk=number).first()


def _source(event: Event) -> str:
    return f"urgent:{event.stream.removeprefix('case:')}"


@transaction.atomic
def alert_on_call(event: Event) -> None:
    """Whoever is on call is woken for an urgent case that nobody has verified; it waits for no sweep."""
    case = _case_of(event)
    if case is None or not case.urgent or case.state != State.UNVERIFIED or case.parent_id is not None:
        return
    moment = now()
    people = on_call_to_tell(case, at=moment)
    inform(case, people, template="urgent_case", role=ON_CALL, source=_source(event), now=moment, urgent=True)


def calm_on_call(event: Event) -> None:
    """Somebody has looked: what has not left yet is called back."""
    cancel_messages(sources=[_source(event)], reason=event.name, now=now())


@transaction.atomic
def tell_of_pressure(event: Event) -> None:
    """An inspector who is no subject, and the ombudsman; nobody else of the agency, nobody else at all.

    The rows carry no stream: what stands beside a case is read by the agency that must not learn of it.
    """
    case = _case_of(event)
    if case is None:
        return
    moment = now()
    for role in (Role.INSPECTOR, Role.OMBUDSMAN):
        people = holders_to_tell(case, role, at=moment)
        if people or role == Role.OMBUDSMAN:
            inform(
                case,
                people,
                template="pressure_reported",
                role=role.value,
                source=f"pressure:{event.pk}",
                now=moment,
                urgent=True,
                beside_case=False,
            )


@transaction.atomic
def tell_ombudsman_of_objection(event: Event) -> None:
    """A second objection: the bundle waits behind the link."""
    case = _case_of(event)
    if case is None:
        return
    moment = now()
    people = holders_to_tell(case, Role.OMBUDSMAN, at=moment)
    source = f"objection:{event.pk}"
    inform(case, people, template="objection_bundle", role=Role.OMBUDSMAN.value, source=source, now=moment)


@transaction.atomic
def tell_of_inquiry(event: Event) -> None:
    """The agency asked: its coordinator and its liaison officers; where it has neither, the nation."""
    case = _case_of(event)
    inquiry = Inquiry.objects.select_related("agency__parent").filter(pk=event.data.get("inquiry")).first()
    if case is None or inquiry is None or inquiry.answered_at is not None:
        return
    moment, told = now(), False
    for role in (Role.COORDINATOR, Role.LIAISON_OFFICER, Role.NATIONAL_ADMIN):
        if role == Role.NATIONAL_ADMIN and told:
            return
        people = holders_to_tell(case, role, at=moment, agency=inquiry.agency)
        if people or role == Role.NATIONAL_ADMIN:
            source = f"inquiry:{inquiry.pk}"
            inform(case, people, template="inquiry_asked", role=role.value, source=source, now=moment)
            told = True


ALERTS = {
    "case.submitted": (alert_on_call,),
    "case.marked_urgent": (alert_on_call,),
    **dict.fromkeys(CALMED, (calm_on_call,)),
    "case.pressure_reported": (tell_of_pressure,),
    "case.objection_escalated": (tell_ombudsman_of_objection,),
    "case.inquiry_asked": (tell_of_inquiry,),
}

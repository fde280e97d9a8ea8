"""Who may do what in a round of evaluation."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs_everything
from tanggap.accounts.roles import Role
from tanggap.common.errors import NotFound
from tanggap.directory.models import Agency
from tanggap.directory.selectors import root_agency
from tanggap.evaluation.models import Round, RoundBody

BRINGS_EVIDENCE = (Role.COORDINATOR, Role.UNIT_HEAD)


def evaluates(actor: Actor, agency_id: int) -> bool:
    """Whether the actor is an evaluator of this very agency: the nation's do not judge in a province's name."""
    return any(grant.agency_id == agency_id for grant in actor.grants_of(Role.EVALUATOR))


def agencies_evaluating(actor: Actor) -> list[Agency]:
    """In whose name the actor may open rounds: the root, a province or a regency."""
    ids = {grant.agency_id for grant in actor.grants_of(Role.EVALUATOR)}
    return list(Agency.objects.filter(pk__in=ids).order_by("code"))


def rounds_visible_to(actor: Actor) -> QuerySet[Round]:
    """All for evaluators and admins of the whole instance; else those of the own agency, and those one is judged in."""
    root = root_agency().pk
    if governs_everything(actor) or evaluates(actor, root):
        return Round.objects.all()
    judging = {grant.agency_id for grant in actor.grants_of(Role.EVALUATOR)}
    judged = RoundBody.objects.filter(agency_id__in=_own(actor)).values("round_id")
    return Round.objects.filter(Q(agency_id__in=judging) | Q(pk__in=judged))


def bodies_visible_to(actor: Actor, round_: Round) -> QuerySet[RoundBody]:
    """All bodies of a round for whoever evaluates in it or oversees everything; else the own alone."""
    if sees_all(actor, round_):
        return round_.bodies.all()
    return round_.bodies.filter(agency_id__in=_own(actor))


def sees_all(actor: Actor, round_: Round) -> bool:
    """Whether the actor sees what was found in every body of the round."""
    return governs_everything(actor) or evaluates(actor, root_agency().pk) or evaluates(actor, round_.agency_id)


def may_answer_for(actor: Actor, body: RoundBody) -> bool:
    """Whether the actor brings evidence and objects in this body's name."""
    return body.agency_id in _own(actor)


def judges(actor: Actor, body: RoundBody) -> bool:
    """Whether the actor evaluates in the body's round; nobody judges an office where the own post is."""
    own = body.agency_id != body.round.agency_id and any(post.startswith(body.agency.path) for post in actor.posts)
    return evaluates(actor, body.round.agency_id) and not own


def check_evaluates(actor: Actor, round_: Round) -> None:
    """Raises NotFound for whoever does not evaluate in this round."""
    if not evaluates(actor, round_.agency_id):
        raise NotFound(_("Tidak ada putaran evaluasi seperti itu."))


def check_judges(actor: Actor, body: RoundBody) -> None:
    """Raises NotFound for whoever does not judge this body."""
    if not judges(actor, body):
        raise NotFound(_("Tidak ada putaran evaluasi seperti itu."))


def check_answers_for(actor: Actor, body: RoundBody) -> None:
    """Raises NotFound for whoever does not speak for this body."""
    if not may_answer_for(actor, body):
        raise NotFound(_("Tidak ada putaran evaluasi seperti itu."))


def _own(actor: Actor) -> set[int]:
    return {grant.agency_id for grant in actor.grants_of(*BRINGS_EVIDENCE)}

"""Who may see, sign and enter letters. Whom a guarded case is about finds no trace of it in a letter either."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor, Grant
from tanggap.accounts.roles import Role
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to, guarded_cases_about
from tanggap.common.errors import NotFound
from tanggap.directory.models import Agency
from tanggap.directory.selectors import root_agency
from tanggap.escalation.letters.posts import is_government
from tanggap.escalation.models import Letter, TakenStep

OF_THE_ISSUER = (Role.COORDINATOR, Role.SEKDA, Role.REGIONAL_HEAD, Role.INSPECTOR)
EVERYWHERE = (Role.NATIONAL_ADMIN, Role.OMBUDSMAN)
ENTERS_NUMBERS = (Role.COORDINATOR, Role.SEKDA)
_HIDDEN = (Letter.State.OPEN, Letter.State.CANCELLED)


def _seen_through(grant: Grant) -> Q | None:
    """The letters of one post; None for all of them."""
    if grant.role in EVERYWHERE and grant.agency_id == root_agency().pk:
        return None
    addressed = Q(recipient_agency_id=grant.agency_id, recipient_role=grant.role, state=Letter.State.ISSUED)
    return addressed | Q(agency_id=grant.agency_id) if grant.role in OF_THE_ISSUER else addressed


def letters_visible_to(actor: Actor) -> QuerySet[Letter]:
    """Every letter a person may see by post; `cases` counts the ones in it that are no secret to this person."""
    if not actor.grants:
        return Letter.objects.none()
    scopes = [_seen_through(grant) for grant in actor.grants]
    scope = Q()
    for one in scopes:
        scope |= one if one is not None else Q()
    if None in scopes:
        scope = Q()
    rows = TakenStep.objects.filter(letter=OuterRef("pk")).exclude(case__in=guarded_cases_about(actor))
    innocent = Q(steps__isnull=False) & ~Q(steps__case__in=guarded_cases_about(actor))
    letters = Letter.objects.filter(scope, Exists(rows)).exclude(state__in=_HIDDEN)
    counted = letters.annotate(cases=Count("steps__case", filter=innocent, distinct=True))
    return counted.select_related("agency", "recipient_agency__body")


def letter_for(actor: Actor, letter_id: int) -> Letter:
    """One letter. Raises NotFound for one that does not exist for this person."""
    letter = letters_visible_to(actor).filter(pk=letter_id).first()
    if letter is None:
        raise NotFound(_("Surat ini tidak ada."), code="no_letter")
    return letter


def cases_in(letter: Letter, actor: Actor) -> QuerySet[Case]:
    """The cases of a letter that this person may see."""
    return cases_visible_to(actor).filter(taken_steps__letter=letter).distinct().order_by("received_at", "id")


def may_read_paper(actor: Actor, letter: Letter) -> bool:
    """Whether the paper names no guarded case that is none of this person's business.

    The post a letter is addressed to has the paper anyway, unless a case in it is about whoever holds that post.
    """
    inside = Case.objects.filter(taken_steps__letter=letter, guarded=True)
    if inside.filter(pk__in=guarded_cases_about(actor)).exists():
        return False
    if any(_is_addressee(grant, letter) for grant in actor.grants):
        return True
    return not inside.exclude(pk__in=cases_visible_to(actor)).exists()


def _is_addressee(grant: Grant, letter: Letter) -> bool:
    return (grant.agency_id, grant.role) == (letter.recipient_agency_id, letter.recipient_role)


def signs_for(grant: Grant, agency: Agency, signatory_role: str) -> bool:
    """Whether a post signs the letters of an agency: the one its rule names, its head, or who leads the desk."""
    if grant.agency_id != agency.pk:
        return False
    roles = {signatory_role, Role.REGIONAL_HEAD.value}
    if agency.pk == root_agency().pk:
        roles.add(Role.NATIONAL_ADMIN.value)
    if not is_government(agency):
        # National bodies have no regional secretary in this system.
        roles.add(Role.COORDINATOR.value)
    return grant.role in roles


def may_sign(actor: Actor, letter: Letter) -> bool:
    """Whether the actor signs this letter; never one with a case about the actor."""
    if not any(signs_for(grant, letter.agency, letter.signatory_role) for grant in actor.grants):
        return False
    return not guarded_cases_about(actor).filter(taken_steps__letter=letter).exists()


def may_enter_number(actor: Actor, letter: Letter) -> bool:
    """Whether the actor may write down what the official correspondence system gave."""
    at_home = any(grant.agency_id == letter.agency_id and grant.role in ENTERS_NUMBERS for grant in actor.grants)
    return may_sign(actor, letter) or (at_home and may_read_paper(actor, letter))

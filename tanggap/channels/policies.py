"""Who works in the inbox of a brand: whoever looks after the people of its agency (DOMAIN §5, our decision).

What stands there was checked by nobody yet. What is known to be guarded goes past the local desk, as a case would.
"""

from __future__ import annotations

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, When
from django.db.models import Case as DbCase
from django.db.models.functions import Cast as DbCast
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs_everything
from tanggap.accounts.roles import Role
from tanggap.cases.policies import cases_visible_to
from tanggap.channels.models import Chat, Inbound, SourceTag
from tanggap.common.errors import Forbidden
from tanggap.directory.models import Brand

_CASE = "case:"
ANSWERS_CHATS = (Role.COORDINATOR, Role.NATIONAL_ADMIN)
# Who sits at a desk and writes down what a citizen says (our decision: whoever works on cases, nobody who only reads).
ENTERS_CASES = (Role.LIAISON_OFFICER, Role.COORDINATOR, Role.NATIONAL_ADMIN)


def brands_of(actor: Actor) -> QuerySet[Brand]:
    """The brands whose doors the actor looks after: those of the own subtree, all for the nation."""
    if governs_everything(actor):
        return Brand.objects.all()
    below = Q(pk__in=[])
    for grant in actor.grants_of(Role.COORDINATOR):
        below |= Q(agency__path__startswith=grant.path)
    return Brand.objects.filter(below)


def chats_visible_to(actor: Actor) -> QuerySet[Chat]:
    """Conversations of the own brands, without those about a case the actor may not see.

    A talk that is about somebody's conduct, or to stay secret, is the nation's until it is a case with a holder.
    """
    mine = brands_of(actor).values("slug")
    seen = Q(case__isnull=True) | Exists(cases_visible_to(actor).filter(pk=OuterRef("case_id")))
    rows = Chat.objects.filter(seen, brand__in=mine)
    return rows if governs_everything(actor) else rows.filter(guarded=False)


def inbound_visible_to(actor: Actor) -> QuerySet[Inbound]:
    """Messages of the own brands; those of a talk, or of a case, only where that is visible.

    Both are asked: one person's talk goes on from case to case, and only the last one stands in it.
    """
    mine = brands_of(actor).values("slug")
    of_a_chat = Q(chat__isnull=True) | Exists(chats_visible_to(actor).filter(pk=OuterRef("chat_id")))
    number = When(stream__startswith=_CASE, then=DbCast(Substr("stream", len(_CASE) + 1), BigIntegerField()))
    rows = Inbound.objects.annotate(case_number=DbCase(number, default=None))
    of_a_case = Q(case_number__isnull=True) | Exists(cases_visible_to(actor).filter(pk=OuterRef("case_number")))
    return rows.filter(of_a_chat, of_a_case, brand__in=mine)


def check_answers(actor: Actor) -> None:
    """Raises Forbidden for whoever answers no citizens."""
    if actor.kind != "operator" and not actor.has_role(*ANSWERS_CHATS):
        raise Forbidden(_("Percakapan atau pesan ini tidak ada."))


def tags_of(actor: Actor) -> QuerySet[SourceTag]:
    """The tags of the agencies whose people the actor looks after."""
    if governs_everything(actor):
        return SourceTag.objects.all()
    below = Q(pk__in=[])
    for grant in actor.grants_of(Role.COORDINATOR):
        below |= Q(agency__path__startswith=grant.path)
    return SourceTag.objects.filter(below)


def check_enters(actor: Actor) -> None:
    """Raises Forbidden for whoever enters no cases for citizens."""
    if not actor.has_role(*ENTERS_CASES):
        raise Forbidden(_("Halaman ini tidak ada."))

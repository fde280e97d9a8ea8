"""Officers of one's own subtree: who holds which post, inviting, standing in, leaving."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Delegation, Membership, Person
from tanggap.accounts.policies import governs_everything, may_appoint, may_deactivate, may_lend
from tanggap.accounts.selectors import (
    alarmed_units,
    colleagues_of,
    lent_posts,
    pending_invitations,
    posts_governed_by,
    posts_of,
    units_without_liaison,
)
from tanggap.accounts.selectors.practice import practised_by
from tanggap.accounts.services.delegate_post import delegate_post
from tanggap.accounts.services.end_delegation import end_delegation
from tanggap.accounts.services.invite_person import invite_person
from tanggap.accounts.services.reactivate_person import reactivate_person
from tanggap.cases.handover import open_assignments
from tanggap.cases.services.deactivate_officer import deactivate_officer
from tanggap.cases.services.end_post import end_post
from tanggap.common.clock import now
from tanggap.common.errors import Forbidden, NotFound, TanggapError
from tanggap.common.links import absolute
from tanggap.common.pagination import keyset_page
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, officer, with_role
from tanggap.console.pages import INVITES, page
from tanggap.console.people_forms import InviteForm, LendForm, SuccessorForm
from tanggap.console.training.exercises import EXERCISES
from tanggap.directory.selectors import agency_by_code

HERE = "console:people"
SIZE = 50


@dataclass(frozen=True)
class PostLine:
    """One post on a person's page, with what may be done with it."""

    post: Membership
    lent: list[Delegation]
    ends: SuccessorForm | None
    lends: LendForm | None


@with_role(*INVITES)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """`/kerja/orang/`: every post of one's own subtrees, by agency; `q` narrows by name."""
    actor, today = actor_of(request), local_day(now())
    wanted = request.GET.get("q", "").strip()[:80]
    posts = posts_governed_by(actor, on=today)
    if wanted:
        posts = posts.filter(person__name__icontains=wanted)
    shown = keyset_page(posts, order=("agency__code", "id"), cursor=request.GET.get("cursor"), size=SIZE)
    lent = {row.membership_id: row for row in lent_posts((post.pk for post in shown.items), on=today)}
    values = {
        "rows": [(post, lent.get(post.pk)) for post in shown.items],
        "page": shown,
        "wanted": wanted,
        "pending": pending_invitations(actor, now=now())[:SIZE],
        "vacant": alarmed_units(actor, on=today).count(),
    }
    return page(request, "people.html", values, here=HERE)


@with_role(*INVITES)
@require_safe
def vacant(request: HttpRequest) -> HttpResponse:
    """Units nobody answers for: of one's own subtrees, or with `instansi` of one body (national admins)."""
    actor, today = actor_of(request), local_day(now())
    units = alarmed_units(actor, on=today)
    code = request.GET.get("instansi", "").strip()
    if code and governs_everything(actor):
        try:
            units = units_without_liaison(agency_by_code(code), on=today)
        except NotFound as error:
            raise Http404 from error
    shown = keyset_page(units.order_by(), order=("code",), cursor=request.GET.get("cursor"), size=SIZE * 2)
    return page(request, "people_vacant.html", {"page": shown, "count": units.count()}, here=HERE)


@with_role(*INVITES)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link is shown once, here, because nothing but its digest is kept."""
    actor = actor_of(request)
    if request.method != "POST":
        start = {"agency": request.GET.get("instansi", ""), "role": request.GET.get("peran", "liaison_officer")}
        return page(request, "people_invite.html", {"form": InviteForm(actor, initial=start)}, here=HERE)
    form = InviteForm(actor, request.POST)
    if form.is_valid():
        try:
            invited = invite_person(**form.cleaned_data, actor=actor, now=now())
        except TanggapError as error:
            _show(form, error)
        else:
            link = absolute(invited.path)
            values = {"link": link, "invitation": invited.invitation}
            return page(request, "people_invited.html", values, here=HERE)
    return page(request, "people_invite.html", {"form": form}, here=HERE, status=422)


def _show(form: forms.Form, error: TanggapError) -> None:
    show_refusal(form, error)


@officer
@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One officer: posts, who stands in, what can be done."""
    return _person_page(request, _visible_person(request, person_id))


def _visible_person(request: HttpRequest, person_id: int) -> Person:
    """Oneself, people of one's own subtrees, anybody for national admins; nobody else exists."""
    actor = actor_of(request)
    found = get_object_or_404(Person, pk=person_id)
    if found.pk == actor.person_id or governs_everything(actor):
        return found
    if not posts_governed_by(actor, on=local_day(now())).filter(person=found).exists():
        raise Http404
    return found


def _person_page(request: HttpRequest, found: Person, *, wrong: forms.Form | None = None) -> HttpResponse:
    """`wrong` is the one form that was refused; the others are fresh."""
    actor, today = actor_of(request), local_day(now())
    posts = list(posts_of(found, on=today))
    visible = [post for post in posts if _may_see(actor, found, post)]
    lent = list(lent_posts((post.pk for post in visible), on=today))
    deactivates = found.pk != actor.person_id and found.is_active and may_deactivate(actor, posts)
    values = {
        "person": found,
        "oneself": found.pk == actor.person_id,
        "lines": [_line(actor, post, [row for row in lent if row.membership_id == post.pk], wrong) for post in visible],
        "open_cases": open_assignments(found.pk).count() if deactivates else 0,
        "closes": _closing_form(found, posts, wrong) if deactivates else None,
        "reopens": not found.is_active and governs_everything(actor),
        "practised": len(practised_by(found.pk)),
        "exercises": len(EXERCISES),
        "wrong": wrong,
    }
    return page(request, "people_person.html", values, here=HERE, status=422 if wrong else 200)


def _may_see(actor: Actor, found: Person, post: Membership) -> bool:
    return found.pk == actor.person_id or may_appoint(actor, role=post.role, agency=post.agency)


def _line(actor: Actor, post: Membership, lent: list[Delegation], wrong: forms.Form | None) -> PostLine:
    colleagues = list(colleagues_of(post, on=local_day(now())).values_list("pk", flat=True))
    prefix = f"p{post.pk}"
    ends: SuccessorForm | None = None
    lends: LendForm | None = None
    if may_appoint(actor, role=post.role, agency=post.agency):
        ends = SuccessorForm(colleagues, prefix=f"{prefix}e")
    if may_lend(actor, post):
        lends = LendForm(colleagues, prefix=f"{prefix}l", initial={"starts_on": local_day(now())})
    if isinstance(wrong, LendForm) and lends is not None and wrong.prefix == lends.prefix:
        lends = wrong
    if isinstance(wrong, SuccessorForm) and ends is not None and wrong.prefix == ends.prefix:
        ends = wrong
    return PostLine(post, lent, ends, lends)


def _closing_form(found: Person, posts: list[Membership], wrong: forms.Form | None) -> SuccessorForm:
    if isinstance(wrong, SuccessorForm) and wrong.prefix == "tutup":
        return wrong
    return SuccessorForm(_colleagues(posts), prefix="tutup")


def _colleagues(posts: list[Membership]) -> list[int]:
    today = local_day(now())
    return sorted({pk for post in posts for pk in colleagues_of(post, on=today).values_list("pk", flat=True)})


@officer
@require_POST
def end(request: HttpRequest, membership_id: int) -> HttpResponse:
    """End one post; its open cases go to the successor."""
    post = _post(membership_id)
    found = _visible_person(request, post.person_id)
    form = SuccessorForm(_colleagues([post]), request.POST, prefix=f"p{post.pk}e")
    if form.is_valid():
        try:
            given, back = end_post(
                membership_id=post.pk, successor=form.cleaned_data["successor"], actor=actor_of(request), now=now()
            )
        except Forbidden:
            raise
        except TanggapError as error:
            _show(form, error)
        else:
            messages.success(request, _done(_("Pos berakhir."), given, back))
            return redirect("console:people")
    return _person_page(request, found, wrong=form)


@officer
@require_POST
def deactivate(request: HttpRequest, person_id: int) -> HttpResponse:
    """Close an account; every open case goes to the successor."""
    found = _visible_person(request, person_id)
    posts = list(posts_of(found, on=local_day(now())))
    form = SuccessorForm(_colleagues(posts), request.POST, prefix="tutup")
    if form.is_valid():
        try:
            given, back = deactivate_officer(
                person_id=found.pk, successor=form.cleaned_data["successor"], actor=actor_of(request), now=now()
            )
        except Forbidden:
            raise
        except TanggapError as error:
            _show(form, error)
        else:
            messages.success(request, _done(_("Akun dinonaktifkan dan semua sesinya berakhir."), given, back))
            return redirect("console:people")
    return _person_page(request, found, wrong=form)


def _done(first: str, given: int, back: int) -> str:
    words = [first]
    if given:
        words.append(_("%(n)s laporan diserahkan kepada penggantinya.") % {"n": given})
    if back:
        words.append(_("%(n)s laporan kembali ke unit tanpa petugas.") % {"n": back})
    return " ".join(words)


@officer
@require_POST
def reactivate(request: HttpRequest, person_id: int) -> HttpResponse:
    """Open a closed account again (national admins)."""
    reactivate_person(person_id=person_id, actor=actor_of(request), now=now())
    messages.success(request, _("Akun aktif lagi, tanpa pos. Pemiliknya membuat kata sandi lewat “Lupa kata sandi”."))
    return redirect("console:person", person_id=person_id)


@officer
@require_POST
def lend(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Let a colleague stand in."""
    post = _post(membership_id)
    found = _visible_person(request, post.person_id)
    form = LendForm(_colleagues([post]), request.POST, prefix=f"p{post.pk}l")
    if form.is_valid():
        try:
            delegate_post(membership_id=post.pk, **form.cleaned_data, actor=actor_of(request), now=now())
        except Forbidden:
            raise
        except TanggapError as error:
            _show(form, error)
        else:
            messages.success(request, _("Pos dititipkan. Titipan berakhir sendiri pada harinya."))
            return redirect("console:person", person_id=found.pk)
    return _person_page(request, found, wrong=form)


@officer
@require_POST
def take_back(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """End a delegation before its day."""
    ended = end_delegation(delegation_id=delegation_id, actor=actor_of(request), now=now())
    messages.success(request, _("Titipan berakhir."))
    holder = ended.membership.person_id
    return redirect("console:person", person_id=holder if actor_of(request).person_id == holder else ended.to_person_id)


@officer
@require_safe
def oneself(request: HttpRequest) -> HttpResponse:
    """One's own posts: where leave is announced."""
    return _person_page(request, get_object_or_404(Person, pk=actor_of(request).person_id))


def _post(membership_id: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("agency", "person"), pk=membership_id)

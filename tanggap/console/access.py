"""Who may enter the officers' rooms. Signed out: sign in first. Without any post: as if there were no such room."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from tanggap.accounts.actor import Actor, Grant
from tanggap.accounts.roles import Role
from tanggap.console.training.serving import is_training, serve
from tanggap.directory.cache import revision_cached
from tanggap.directory.calendar import WorkingCalendar
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_id, calendar_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

# Who sees figures of whole units, and who gets the brief. Both read only what `cases_visible_to` gives them.
OVERSEES_UNITS = (Role.COORDINATOR, Role.NATIONAL_ADMIN, Role.INSPECTOR, Role.LEADER, Role.SEKDA, Role.REGIONAL_HEAD)
READS_BRIEFS = (*OVERSEES_UNITS, Role.UNIT_HEAD, Role.OMBUDSMAN, Role.EVALUATOR)
# The post a person is shown as, when there are several: the one with most to decide.
FOREMOST = (
    Role.NATIONAL_ADMIN,
    Role.COORDINATOR,
    Role.INSPECTOR,
    Role.LIAISON_OFFICER,
    Role.UNIT_HEAD,
    Role.REGIONAL_HEAD,
    Role.SEKDA,
    Role.LEADER,
    Role.OMBUDSMAN,
    Role.EVALUATOR,
)


def actor_of(request: HttpRequest) -> Actor:
    """The acting person with the posts of today, as the sign-in middleware found them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    # A plain value instead of the lazy shell around it, which dataclasses do not take for one of theirs.
    return actor.proving()


def officer(view: View[P]) -> View[P]:
    """A page for people with a post. Never cached: the next person at this desk may be somebody else."""

    @wraps(view)
    def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            wanted = request.get_full_path() if request.method in ("GET", "HEAD") else "/kerja/"
            return redirect_to_login(wanted)
        if not actor_of(request).is_staff:
            raise Http404
        if is_training(request):
            return serve(request, view, *args, **kwargs)
        return view(request, *args, **kwargs)

    return never_cache(entered)


def with_role(*roles: str) -> Callable[[View[P]], View[P]]:
    """As `officer`, for some roles only; for all others there is no such room."""

    def chosen(view: View[P]) -> View[P]:
        @wraps(view)
        def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not actor_of(request).has_role(*roles):
                raise Http404
            return view(request, *args, **kwargs)

        return officer(entered)

    return chosen


def foremost(actor: Actor) -> Grant:
    """The post a person is shown as. Only for an actor with posts."""
    return min(actor.grants, key=lambda grant: FOREMOST.index(Role(grant.role)))


@revision_cached
def _own_agency(agency_id: int) -> Agency:
    return agency_by_id(agency_id)


def post_words(actor: Actor) -> str:
    """ "Admin instansi, Pemerintah Kabupaten Demak": what the header says."""
    grant = foremost(actor)
    return f"{Role(grant.role).label}, {_own_agency(grant.agency_id).full_name}"


def own_agency(actor: Actor) -> Agency:
    """The agency of the foremost post."""
    return copy(_own_agency(foremost(actor).agency_id))


def own_calendar(actor: Actor) -> WorkingCalendar:
    """The working calendar of the foremost post."""
    return calendar_of(foremost(actor).agency_id)

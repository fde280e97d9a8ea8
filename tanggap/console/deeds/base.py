"""The shape of a deed, and whether it is offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.workflow import Action, Refusal, Standing, advance, may
from tanggap.common.errors import TanggapError

Words = str | Promise
Standings = frozenset[Standing]


class DeedForm(forms.Form):
    """A form that knows its case and who fills it in, so that it can offer what fits.

    `named` translates the fields a service blames into those of the page.
    """

    named: ClassVar[Mapping[str, str]] = {}
    template: ClassVar[str] = ""

    def __init__(self, *args: Any, case: Case, actor: Actor, standings: Standings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.actor, self.standings = case, actor, standings
        for field in self.fields.values():
            # The summary on top repeats the sentence far from its field: it must say which one.
            field.error_messages["required"] = _("“%(label)s” belum diisi.") % {"label": field.label}

    def unjudged(self) -> None:
        """Shown as typed and without complaints: it has not been sent yet."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def blame(self, error: TanggapError) -> None:
        """Show what a service refused beside its field, or on top when no field of this page is to blame."""
        name = self.named.get(error.field or "", error.field or "")
        self.add_error(name if name in self.fields else None, error.message)


@dataclass(frozen=True)
class Call:
    """One press of a button: what the services need."""

    number: str
    actor: Actor
    now: datetime


Do = Callable[[Any, Call], str]


@dataclass(frozen=True)
class Deed:
    """One thing to do. `do` calls the service and returns what to say afterwards.

    `fits` narrows further than the workflow does (a merge is undone only where there was one). `tab` puts it among
    the tabs of the answer box. `waits_for_thread` refuses when somebody wrote since the page was opened.
    `moves_on`: done, the case is off the desk, and who works through a list gets the next one,
    of those that `still_waits` for it.
    """

    slug: str
    actions: tuple[Action, ...]
    form: type[DeedForm]
    do: Do
    title: Words
    button: Words
    link: Words = ""
    tab: Words = ""
    look: str = "quiet"
    fits: Callable[[Case], bool] = lambda case: True
    waits_for_thread: bool = True
    moves_on: bool = False
    still_waits: Callable[[Case], bool] = lambda case: True
    boxed: bool = True


def possible(case: Case, standings: Standings, action: Action) -> bool:
    """As `actor_may`, with the standings worked out once for a page that asks thirty times."""
    try:
        advance(case.state, action, before=case.state_before or None)
    except Refusal:
        return False
    return may(action, standings)


def offered(deed: Deed, case: Case, standings: Standings) -> bool:
    """Whether the page shows it."""
    return deed.fits(case) and any(possible(case, standings, action) for action in deed.actions)


def known_to(deed: Deed, standings: Standings) -> bool:
    """Whether it is anything for this person at all, in whatever state; otherwise its address does not exist."""
    return any(may(action, standings) for action in deed.actions)

"""The report form as a walk of one question a page. Everything typed travels in the form itself: nothing is kept on
the server before it is sent, except uploaded files, which wait under a random token and vanish unclaimed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.common.crypto import blind_index
from tanggap.common.errors import NotFound
from tanggap.common.redacting import phrases_of
from tanggap.directory.boundaries import regency_at
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import agency_by_code
from tanggap.portal.forms.report import UNKNOWN, AboutForm, AgencyForm, PlaceForm, ReviewForm, StoryForm, YouForm
from tanggap.portal.uploads import is_key


@dataclass(frozen=True)
class Step:
    """One page of the walk."""

    name: str
    title: str | Promise
    form: type[forms.Form]
    next_words: str | Promise


STEPS = (
    Step("cerita", gettext_lazy("Cerita"), StoryForm, gettext_lazy("Lanjut: di mana?")),
    Step("tempat", gettext_lazy("Tempat"), PlaceForm, gettext_lazy("Lanjut: instansi")),
    Step("instansi", gettext_lazy("Instansi"), AgencyForm, gettext_lazy("Lanjut: siapa yang dilaporkan?")),
    Step("siapa", gettext_lazy("Terlapor"), AboutForm, gettext_lazy("Lanjut: tentang Anda")),
    Step("anda", gettext_lazy("Tentang Anda"), YouForm, gettext_lazy("Lanjut: periksa")),
    Step("periksa", gettext_lazy("Periksa"), ReviewForm, ""),
)
NAMES = [step.name for step in STEPS]
STEP_OF_FIELD = {name: step.name for step in STEPS for name in step.form.base_fields}
LISTS = ("hide", "private_files")
"""Fields that a page asks in several controls; carried as lines."""
SEARCHES = {"tempat": ("region_q", "region"), "instansi": ("agency_q", "agency"), "siapa": ("about_q", "about_agency")}
FIELD_ALIASES = {"region_code": "region", "agency_code": "agency", "about": "about_person"}


@dataclass
class Draft:
    """Everything said so far, as it was typed."""

    today: date
    values: dict[str, str] = field(default_factory=dict)
    key: str = ""
    reviewed: bool = False

    @classmethod
    def from_post(cls, post: QueryDict, today: date) -> Draft:
        """What the form carried; unknown names are left aside, a missing key is made."""
        said = {name: post.get(name, "").replace("\x00", "") for name in STEP_OF_FIELD}
        said |= {name: "\n".join(phrases_of(post.getlist(name))).replace("\x00", "") for name in LISTS}
        values = {name: value for name, value in said.items() if value}
        key = post.get("key", "")
        return cls(today, values, key if is_key(key) else uuid4().hex, bool(post.get("reviewed")))

    def form(self, name: str, *, bound: bool) -> forms.Form:
        """The form of a step, checked (`bound`) or only filled."""
        step = STEPS[NAMES.index(name)]
        more: dict[str, Any] = {"today": self.today} if step.form is StoryForm else {}
        if bound:
            return step.form(self.values, auto_id="%s", **more)
        return step.form(initial=self.values, auto_id="%s", **more)

    def carried(self, name: str) -> Mapping[str, str]:
        """What the page of a step must carry in hidden fields: everything that is not asked on it."""
        return {key: value for key, value in self.values.items() if STEP_OF_FIELD[key] != name}

    def first_fault(self, until: str = "periksa") -> tuple[str, forms.Form] | None:
        """The first step before `until` whose answers cannot stay as they are."""
        for name in NAMES[: NAMES.index(until)]:
            form = self.checked(name)
            if not form.is_valid():
                return name, form
        return None

    def checked(self, name: str) -> forms.Form:
        """The bound form of a step, with what only the directory knows (does this region exist?) checked too."""
        form = self.form(name, bound=True)
        if form.is_valid():
            if name == "tempat" and self.values.get("region", UNKNOWN) != UNKNOWN and self.region is None:
                form.add_error("region_q", _("Pilih salah satu tempat di daftar, atau “Saya tidak tahu tempatnya”."))
            for step, chosen, query in (("instansi", "agency", "agency_q"), ("siapa", "about_agency", "about_q")):
                code = self.values.get(chosen, UNKNOWN)
                if name == step and code != UNKNOWN and find(code) is None:
                    form.add_error(query, _("Pilih salah satu instansi di daftar, atau biarkan kosong."))
        return form

    def must_search(self, name: str) -> bool:
        """Whether a name was typed but nothing chosen: the page then shows what was found instead of going on."""
        if name not in SEARCHES:
            return False
        query, chosen = SEARCHES[name]
        return bool(self.values.get(query, "").strip()) and not self.values.get(chosen)

    @cached_property
    def region(self) -> Region | None:
        """The chosen place; None when unknown."""
        code = self.values.get("region", "")
        return Region.objects.filter(pk=code).first() if code not in {"", UNKNOWN} else None

    @cached_property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude as the device gave them; None for none, for nonsense and for abroad."""
        try:
            found = float(self.values.get("latitude", "")), float(self.values.get("longitude", ""))
        except ValueError:
            return None
        return found if regency_at(*found) else None

    @cached_property
    def agency(self) -> Agency | None:
        """The agency the reporter addressed; None when unknown."""
        return find(self.values.get("agency", ""))

    @cached_property
    def about_agency(self) -> Agency | None:
        """The office the report is about."""
        return find(self.values.get("about_agency", ""))

    @property
    def classification(self) -> str | None:
        """What kind of matter the reporter takes it for; None when left open."""
        said = self.values.get("classification", "")
        return None if said in {"", UNKNOWN} else said

    @property
    def about_given(self) -> bool:
        """Whether somebody's conduct is meant. A name left behind after changing to no is none."""
        named = self.values.get("about_person", "").strip() or self.about_agency
        return bool(named) and self.values.get("about") != "no"

    @property
    def hidden(self) -> bool:
        """Whether the public will not see the text: asked for, or about somebody's conduct."""
        return bool(self.values.get("secret")) or self.about_given

    @property
    def day(self) -> date | None:
        """The day it happened, as far as it was said."""
        story = self.checked("cerita")
        return story.day() if isinstance(story, StoryForm) and story.is_valid() else None

    @property
    def hide(self) -> tuple[str, ...]:
        """Words to be taken out of the public text."""
        return phrases_of([self.values.get("hide", "")])

    @property
    def private_files(self) -> tuple[str, ...]:
        """Tokens of files that the public shall not see."""
        return phrases_of([self.values.get("private_files", "")])

    def digest(self) -> bytes:
        """What the idempotency key stands for: the same key with other words is another report.

        Keyed, because a plain digest would let whoever reads the table try out phone numbers. Files are left out:
        they wait under the form's key and have moved to the case when a second press arrives.
        """
        return blind_index("submission-body", json.dumps(self.values, sort_keys=True))


def find(code: str) -> Agency | None:
    """The agency of a code, its successor after a merger; None for nothing, unknown or not active."""
    if code in {"", UNKNOWN}:
        return None
    try:
        agency = agency_by_code(code)
    except NotFound:
        return None
    return agency if agency.status == Agency.Status.ACTIVE and agency.parent_id else None


def step_of_error(field_name: str | None) -> str:
    """The page on which a service's complaint about a field can be mended."""
    name = FIELD_ALIASES.get(field_name or "", field_name or "")
    return STEP_OF_FIELD.get(name, "cerita" if name == "files" else "periksa")


def neighbour(name: str, by: int) -> str:
    """The step after (1) or before (-1), never past the ends."""
    return NAMES[min(max(NAMES.index(name) + by, 0), len(NAMES) - 1)]

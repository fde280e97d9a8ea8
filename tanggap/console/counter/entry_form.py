"""From what an officer typed to a submission: names become regions and agencies, or things to tick."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.addressing import LONGEST_NAME, About
from tanggap.cases.identity import Contact
from tanggap.cases.services.submit_case import Submission
from tanggap.common.crypto import blind_index
from tanggap.common.errors import TanggapError
from tanggap.console.access import own_agency
from tanggap.console.counter.fields import EntryFields
from tanggap.console.counter.tags import tag_choices
from tanggap.console.deeds.places import resolve_agency, resolve_region
from tanggap.console.suggestions import topics
from tanggap.directory.models import Agency, Brand, Category, Region
from tanggap.directory.selectors import region_label

LONGEST_PLACE = 200
LookUp = Callable[[str, str], tuple[Any, list[tuple[str, str]]]]
"""Text and ticked choice → what was found, or the choices."""
REMEMBERED = ("channel", "source_tag", "region_text", "place")
"""What stays for the next citizen of the same sitting."""


class EntryForm(EntryFields):
    """One entry. `queued` marks one that was kept without network: the citizen has gone, so nothing is asked back
    that can be left to the verifier; what could not be found stands in words beside the case."""

    named: ClassVar[Mapping[str, str]] = {"files": "attachments", "about": "about_text", "region_code": "region_text"}

    def __init__(self, *args: Any, actor: Actor, queued: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        self.actor, self.queued = actor, queued
        self.own_body = own_agency(actor).body
        self.found: dict[str, Any] = {}
        self.asked: list[str] = []
        self.unfound: dict[str, str] = {}
        self._choices("source_tag", [("", _("Tanpa tanda")), *tag_choices(actor)])
        self._choices("category", [("", _("Belum ada yang cocok")), *topics()])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Look up what was named; several of one name come back as things to tick."""
        values = super().clean() or self.cleaned_data
        self._find("region", self._region)
        self._find("agency", self._agency)
        self._find("about", self._agency)
        if values.get("about_head") and not (values.get("about_text") or values.get("about_person")):
            self.add_error("about_person", _("Sebutkan kantornya atau orangnya."))
        if values.get("pickup") and (values.get("phone") or values.get("email")):
            self.add_error("pickup", _("Kosongkan telepon dan surel, atau hapus centang ini."))
        return values

    def _find(self, name: str, look_up: LookUp) -> None:
        text = " ".join(self.cleaned_data.get(f"{name}_text", "").split())
        if not text:
            return
        found, candidates = look_up(text, self.cleaned_data.get(name, ""))
        if found is not None:
            self.found[name] = found
        elif self.queued:
            self.unfound[name] = text
        elif candidates:
            self._ask_which(name, text, candidates)
        else:
            self.add_error(f"{name}_text", _("Tidak ada yang bernama “%(text)s”.") % {"text": text})

    def _region(self, text: str, ticked: str) -> tuple[Region | None, list[tuple[str, str]]]:
        found, rows = resolve_region(_code_behind(text), ticked)
        return found, [(row.pk, region_label(row)) for row in rows]

    def _agency(self, text: str, ticked: str) -> tuple[Agency | None, list[tuple[str, str]]]:
        """The own government's unit of that name first: at a desk "Dinas Kesehatan" means the one next door."""
        text = _code_behind(text)
        for within in dict.fromkeys((self.own_body, None)):
            found, rows = resolve_agency(text, within)
            chosen = [row for row in rows if row.code == ticked]
            if found or chosen:
                return found or chosen[0], []
            if rows:
                return None, [(row.code, row.full_name) for row in rows]
        return None, []

    def _ask_which(self, name: str, text: str, candidates: Iterable[tuple[str, str]]) -> None:
        widget = self.fields[name].widget
        assert isinstance(widget, forms.RadioSelect)
        widget.choices = list(candidates)
        self.asked.append(name)
        self.add_error(name, _("“%(text)s” ada beberapa. Pilih salah satu.") % {"text": text})

    def blame(self, error: TanggapError) -> None:
        """Show what a service refused beside its field, or on top when no field of this page is to blame."""
        name = self.named.get(error.field or "", error.field or "")
        self.add_error(name if name in self.fields else None, error.message)

    def submission(self, brand: Brand | None) -> Submission:
        """What is handed in. Without an agency the case starts with the government in whose name the officer sits."""
        said, about = self.cleaned_data, self._about()
        agency = self.found.get("agency") or (None if about.agencies else self.own_body)
        return Submission(
            text=said["text"],
            channel=said["channel"],
            title=said["title"],
            category=Category.objects.filter(pk=said["category"]).first() if said["category"] else None,
            region=self.found.get("region"),
            agency=agency,
            about=about,
            place=self._place(),
            occurred_on=said["occurred_on"],
            anonymous=said["anonymous"],
            secret=said["secret"],
            contact=Contact(said["name"], said["phone"], said["email"], discreet=said["shared"]),
            brand=brand,
            source_tag=said["source_tag"],
            draft_token=self.key,
            note=self._note(),
        )

    def _about(self) -> About:
        """Whom it is about. An office that could not be found is kept among the names: it must never get lost."""
        said = self.cleaned_data
        names = [said["about_person"], self.unfound.get("about", "")]
        return About(
            agencies=[self.found["about"]] if "about" in self.found else (),
            person_name=", ".join(name for name in names if name)[:LONGEST_NAME],
            is_head=said["about_head"],
        )

    def _place(self) -> str:
        parts = [self.cleaned_data["place"], self.unfound.get("region", "")]
        return ", ".join(part for part in parts if part)[:LONGEST_PLACE]

    def _note(self) -> str:
        """What the verifier must know. Whom a case is about stands among its subjects, never in a note."""
        lines = []
        if "agency" in self.unfound:
            lines.append(_("Instansi yang dituju menurut warga: %(name)s") % {"name": self.unfound["agency"]})
        if self.cleaned_data["pickup"]:
            lines.append(_("Kabar diambil sendiri di kecamatan, dengan tanda terima."))
        return "\n".join(lines)

    def digest(self) -> bytes:
        """What the key stands for. Keyed, because a plain digest would let a reader of the table try phone numbers."""
        said = {name: self.data[name] for name in sorted(self.fields) if name in self.data}
        return blind_index("submission-body", json.dumps(said, sort_keys=True))

    def remembered(self) -> dict[str, str]:
        """What the next form begins with; a place with its code, so that nobody is asked twice which one is meant."""
        kept = {name: str(self.cleaned_data.get(name, "")) for name in REMEMBERED}
        region = self.found.get("region")
        return {**kept, "region_text": f"{region_label(region)} ({region.pk})"} if region else kept


def _code_behind(text: str) -> str:
    """ "Karanglo, Kabupaten Demak (33.21.05)" as a suggestion writes it: what stands in brackets is meant."""
    before, bracket, code = text.rstrip(") ").rpartition(" (")
    return code if bracket and before and code[:1].isalnum() and " " not in code else text

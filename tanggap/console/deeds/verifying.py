"""Making a new case ready: what it is, whom it is about, how confidential, and who must answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.cases.addressing import LONGEST_NAME, About
from tanggap.cases.correction import Correction
from tanggap.cases.models import Case
from tanggap.cases.selectors.subjects import subjects_of
from tanggap.cases.services.correct_case import correct_case
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.cases.services.set_subjects import set_subjects
from tanggap.cases.services.verify_case import Verification, verify_case
from tanggap.cases.texts import LONGEST_TITLE
from tanggap.cases.vocabulary import ClassificationWord
from tanggap.cases.workflow import Action
from tanggap.console.deeds.base import Call, Deed, DeedForm
from tanggap.console.deeds.places import DestinationForm, RegionForm, resolve_agency
from tanggap.console.suggestions import topics
from tanggap.directory.models import Agency, Category
from tanggap.directory.selectors import region_label, search_regions

OFFICE_FIELDS = ("office_1", "office_2", "office_3")


class FactsForm(RegionForm):
    """What a case is called and counted as."""

    title = forms.CharField(
        label=gettext_lazy("Judul"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("Umum membacanya. Jangan menulis nama orang."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    classification = forms.ChoiceField(
        label=gettext_lazy("Klasifikasi"), choices=ClassificationWord.choices, widget=forms.RadioSelect
    )
    category = forms.ChoiceField(label=gettext_lazy("Topik"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Belum ada yang cocok")), *topics()]
        self.initial.setdefault("title", self.case.title)
        self.initial.setdefault("classification", self.case.classification)
        self.initial.setdefault("category", self.case.category_id)

    @property
    def correction(self) -> Correction:
        """What differs from what the case says."""
        said = self.cleaned_data
        code = said["category"]
        changed = code and code != self.case.category_id
        return Correction(
            title=said["title"] if said["title"] != self.case.title or not self.case.title_given else "",
            classification=said["classification"],
            category=Category.objects.filter(pk=code).first() if changed else None,
            region=self.found_region,
        )


class VerifyForm(DestinationForm, FactsForm):
    """Everything a verifier decides, the destination always."""

    template = "console/parts/verifikasi.html"
    named = {**DestinationForm.named, **RegionForm.named}
    secret = forms.BooleanField(
        label=gettext_lazy("Rahasia"), required=False, help_text=gettext_lazy("Isinya tidak tampil untuk umum.")
    )
    anonymous = forms.BooleanField(
        label=gettext_lazy("Anonim"),
        required=False,
        help_text=gettext_lazy("Unit yang menjawab membaca teks yang disamarkan."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("secret", "anonymous"):
            if getattr(self.case, name):
                # Staff may raise it, never lower it (DOMAIN §6).
                self.fields[name].disabled = True
                self.initial[name] = True


class SubjectsForm(DeedForm):
    """Whom the case is about. What stood there is replaced by what is sent."""

    template = "console/parts/terlapor.html"
    named = {"about": "office_1", "about_person": "person_name"}
    office_1 = forms.CharField(label=gettext_lazy("Kantor atau unit terlapor"), required=False, max_length=250)
    office_2 = forms.CharField(label=gettext_lazy("Kantor kedua"), required=False, max_length=250)
    office_3 = forms.CharField(label=gettext_lazy("Kantor ketiga"), required=False, max_length=250)
    village = forms.CharField(label=gettext_lazy("Desa atau kelurahan terlapor"), required=False, max_length=200)
    person_name = forms.CharField(
        label=gettext_lazy("Nama atau jabatan orangnya"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("Disimpan tersegel; hanya verifikator dan inspektorat yang membacanya."),
    )
    is_head = forms.BooleanField(
        label=gettext_lazy("Ini kepala daerahnya"),
        required=False,
        help_text=gettext_lazy("Laporan yang belum diverifikasi naik satu tingkat di atas inspektorat daerah."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = subjects_of(self.case)
        for name, agency in zip(OFFICE_FIELDS, present.agencies, strict=False):
            self.initial.setdefault(name, agency.full_name)
        self.initial.setdefault("village", region_label(present.region) if present.region else "")
        self.initial.setdefault("person_name", present.person_name)
        self.initial.setdefault("is_head", present.is_head)
        self.present = present

    def clean(self) -> dict[str, Any]:
        """Resolve the names."""
        values = super().clean() or self.cleaned_data
        self.offices = [one for name in OFFICE_FIELDS if (one := self._office(name, values)) is not None]
        self.region = self.present.region
        text = values.get("village", "").strip()
        if text != self.initial["village"]:
            rows = search_regions(text, limit=2) if text else []
            self.region = rows[0] if len(rows) == 1 else None
            if text and self.region is None:
                self.add_error("village", _("Tulis lebih lengkap: nama desa, kecamatan, dan kabupatennya."))
        if not self.present.given and not (self.offices or self.region or values.get("person_name")):
            self.add_error(None, _("Isi sedikitnya satu: kantor, desa, atau orangnya."))
        return values

    def _office(self, name: str, values: dict[str, Any]) -> Agency | None:
        text = values.get(name, "").strip()
        kept = {agency.full_name: agency for agency in self.present.agencies}
        if not text or text in kept:
            return kept.get(text)
        found, candidates = resolve_agency(text, self.case.body)
        if found is None:
            names = "; ".join(agency.full_name for agency in candidates[:5])
            self.add_error(
                name,
                _("Yang mana? %(names)s. Tulis nama lengkapnya.") % {"names": names}
                if names
                else _("Tidak ada kantor bernama “%(text)s”.") % {"text": text},
            )
        return found


class ConfidentialForm(DeedForm):
    """Only upwards."""

    secret = forms.BooleanField(
        label=gettext_lazy("Rahasiakan isi laporan"),
        required=False,
        help_text=gettext_lazy("Isi, percakapan, dan berkas tidak lagi tampil untuk umum."),
    )
    anonymous = forms.BooleanField(
        label=gettext_lazy("Sembunyikan identitas dari instansi"),
        required=False,
        help_text=gettext_lazy("Instansi membaca teks yang disamarkan, tempatnya hanya sampai desa."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("secret", "anonymous"):
            if getattr(self.case, name):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Nothing ticked changes nothing."""
        values = super().clean() or self.cleaned_data
        if not values.get("secret") and not values.get("anonymous"):
            self.add_error(None, _("Centang yang ingin dinaikkan."))
        return values


def _verify(form: Any, call: Call) -> str:
    said = form.cleaned_data
    decided = Verification(
        agency=form.agency,
        correction=form.correction,
        secret=bool(said.get("secret")),
        anonymous=bool(said.get("anonymous")),
    )
    verify_case(tracking_id=call.number, verification=decided, actor=call.actor, now=call.now)
    return _("Diverifikasi dan diteruskan ke %(agency)s.") % {"agency": form.agency.full_name}


def _correct(form: Any, call: Call) -> str:
    correct_case(tracking_id=call.number, correction=form.correction, actor=call.actor, now=call.now)
    return _("Keterangan laporan diperbaiki.")


def _subjects(form: Any, call: Call) -> str:
    said = form.cleaned_data
    about = About(form.offices, form.region, said["person_name"], form.present.person_id, bool(said["is_head"]))
    set_subjects(tracking_id=call.number, about=about, actor=call.actor, now=call.now)
    return _("Terlapor dicatat. Bila laporan ini rahasia, mereka tidak melihat jejaknya.")


def _raise(form: Any, call: Call) -> str:
    said = form.cleaned_data
    raise_confidentiality(
        tracking_id=call.number,
        actor=call.actor,
        now=call.now,
        secret=bool(said.get("secret")),
        anonymous=bool(said.get("anonymous")),
    )
    return _("Kerahasiaan dinaikkan. Hanya pelapor yang dapat menurunkannya.")


def _can_rise(case: Case) -> bool:
    return not (case.secret and case.anonymous)


DEEDS = (
    Deed(
        slug="verifikasi",
        actions=(Action.VERIFY,),
        form=VerifyForm,
        do=_verify,
        title=gettext_lazy("Verifikasi dan teruskan"),
        button=gettext_lazy("Verifikasi dan teruskan"),
        tab=gettext_lazy("Verifikasi"),
        moves_on=True,
    ),
    Deed(
        slug="koreksi",
        actions=(Action.CORRECT,),
        form=FactsForm,
        do=_correct,
        title=gettext_lazy("Perbaiki keterangan laporan"),
        button=gettext_lazy("Simpan perbaikan"),
        link=gettext_lazy("Perbaiki keterangan …"),
        fits=lambda case: case.verified_at is not None,
        waits_for_thread=False,
    ),
    Deed(
        slug="terlapor",
        actions=(Action.SET_SUBJECTS,),
        form=SubjectsForm,
        do=_subjects,
        title=gettext_lazy("Tentang siapa laporan ini"),
        button=gettext_lazy("Simpan terlapor"),
        link=gettext_lazy("Tetapkan terlapor …"),
        waits_for_thread=False,
    ),
    Deed(
        slug="rahasiakan",
        actions=(Action.RAISE_CONFIDENTIALITY,),
        form=ConfidentialForm,
        do=_raise,
        title=gettext_lazy("Naikkan kerahasiaan"),
        button=gettext_lazy("Naikkan kerahasiaan"),
        link=gettext_lazy("Naikkan kerahasiaan …"),
        fits=_can_rise,
        waits_for_thread=False,
    ),
)

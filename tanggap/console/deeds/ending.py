"""Ending a case without an answer, always with public words, and taking that back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.cases.models import Case
from tanggap.cases.selectors import get_case_for
from tanggap.cases.services.archive_case import BY_HAND, archive_case
from tanggap.cases.services.merge_cases import merge_cases
from tanggap.cases.services.refer_case import refer_case
from tanggap.cases.services.reopen_case import reopen_case
from tanggap.cases.services.unarchive_case import unarchive_case
from tanggap.cases.services.unmerge_case import unmerge_case
from tanggap.cases.texts import LONGEST_TEXT
from tanggap.cases.vocabulary import ArchiveReasonWord
from tanggap.cases.workflow import Action
from tanggap.common.errors import NotFound
from tanggap.console.deeds.base import Call, Deed, DeedForm
from tanggap.console.deeds.moving import NothingForm


def _explanation(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "class": "short"}),
    )


class ArchiveForm(DeedForm):
    """A reason code and public words."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Alasan"),
        widget=forms.RadioSelect,
        choices=[(value, label) for value, label in ArchiveReasonWord.choices if value in BY_HAND],
    )
    explanation = _explanation(
        gettext_lazy("Penjelasan, dibaca pelapor dan umum"),
        gettext_lazy("Sebut sebabnya, dan apa yang dapat dilakukan pelapor."),
    )


class ReferForm(DeedForm):
    """The right body and its address."""

    body = forms.CharField(
        label=gettext_lazy("Lembaga yang berwenang, dengan alamatnya"),
        max_length=300,
        help_text=gettext_lazy("Misalnya pengadilan, kepolisian, KPK, atau DPRD, dengan alamat atau nomor teleponnya."),
    )
    explanation = _explanation(
        gettext_lazy("Penjelasan, dibaca pelapor dan umum"), gettext_lazy("Mengapa di luar pelayanan publik.")
    )


class MergeForm(DeedForm):
    """Into which other case; the page shows it before anything happens."""

    template = "console/parts/gabung.html"
    into = forms.CharField(
        label=gettext_lazy("Nomor laporan yang diteruskan penanganannya"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def other(self) -> Case | None:
        """The case to compare with, if this officer may see it."""
        number = str(self.data.get("into", "") if self.is_bound else self.initial.get("into", ""))
        try:
            return get_case_for(self.actor, number) if number else None
        except NotFound:
            return None

    def clean_into(self) -> str:
        """A number this officer may know of."""
        number: str = self.cleaned_data["into"]
        try:
            return get_case_for(self.actor, number).tracking_id
        except NotFound as error:
            raise forms.ValidationError(error.message) from error


class ReopenForm(DeedForm):
    """Why, for everybody to read."""

    reason = _explanation(gettext_lazy("Alasan, dibaca pelapor dan umum"), gettext_lazy("Apa yang belum selesai."))


def _archive(form: Any, call: Call) -> str:
    said = form.cleaned_data
    archive_case(
        tracking_id=call.number,
        reason=said["reason"],
        explanation=said["explanation"],
        actor=call.actor,
        now=call.now,
    )
    return _("Laporan diarsipkan. Pelapor dapat berkeberatan.")


def _refer(form: Any, call: Call) -> str:
    said = form.cleaned_data
    refer_case(
        tracking_id=call.number,
        body=said["body"],
        explanation=said["explanation"],
        actor=call.actor,
        now=call.now,
    )
    return _("Dirujuk ke %(body)s.") % {"body": said["body"]}


def _merge(form: Any, call: Call) -> str:
    into = form.cleaned_data["into"]
    merge_cases(tracking_id=call.number, into=into, actor=call.actor, now=call.now)
    return _("Digabung ke %(into)s. Dapat dibatalkan.") % {"into": into}


def _unmerge(form: Any, call: Call) -> str:
    unmerge_case(tracking_id=call.number, actor=call.actor, now=call.now)
    return _("Penggabungan dibatalkan: laporan ini berdiri sendiri lagi.")


def _reopen(form: Any, call: Call) -> str:
    reopen_case(tracking_id=call.number, reason=form.cleaned_data["reason"], actor=call.actor, now=call.now)
    return _("Laporan dibuka kembali, dengan batas jawaban akhir yang baru.")


def _unarchive(form: Any, call: Call) -> str:
    unarchive_case(tracking_id=call.number, actor=call.actor, now=call.now)
    return _("Laporan keluar dari arsip.")


DEEDS = (
    Deed(
        slug="gabung",
        actions=(Action.MERGE,),
        form=MergeForm,
        do=_merge,
        title=gettext_lazy("Gabungkan dengan laporan yang sama"),
        button=gettext_lazy("Gabungkan"),
        link=gettext_lazy("Gabungkan …"),
    ),
    Deed(
        slug="rujuk",
        actions=(Action.REFER,),
        form=ReferForm,
        do=_refer,
        title=gettext_lazy("Rujuk: di luar pelayanan publik"),
        button=gettext_lazy("Rujuk dan arsipkan"),
        link=gettext_lazy("Rujuk ke lembaga lain …"),
        look="warn",
        moves_on=True,
    ),
    Deed(
        slug="arsip",
        actions=(Action.ARCHIVE,),
        form=ArchiveForm,
        do=_archive,
        title=gettext_lazy("Arsipkan tanpa tindak lanjut"),
        button=gettext_lazy("Arsipkan laporan"),
        link=gettext_lazy("Arsipkan …"),
        look="warn",
        moves_on=True,
    ),
    Deed(
        slug="batal-gabung",
        actions=(Action.UNMERGE,),
        form=NothingForm,
        do=_unmerge,
        title=gettext_lazy("Batalkan penggabungan"),
        button=gettext_lazy("Batalkan penggabungan"),
        link=gettext_lazy("Batalkan penggabungan …"),
        fits=lambda case: case.merged_into_id is not None,
    ),
    Deed(
        slug="keluarkan",
        actions=(Action.UNARCHIVE,),
        form=NothingForm,
        do=_unarchive,
        title=gettext_lazy("Keluarkan dari arsip"),
        button=gettext_lazy("Keluarkan dari arsip"),
        link=gettext_lazy("Keluarkan dari arsip …"),
        fits=lambda case: case.merged_into_id is None,
    ),
    Deed(
        slug="buka-lagi",
        actions=(Action.REOPEN,),
        form=ReopenForm,
        do=_reopen,
        title=gettext_lazy("Buka kembali"),
        button=gettext_lazy("Buka kembali laporan"),
        link=gettext_lazy("Buka kembali …"),
    ),
)

"""Speaking with the reporter, and about the case among officers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.cases.answering import LONGEST_BASIS, LONGEST_OFFICE
from tanggap.cases.models import Case
from tanggap.cases.services.answer_case import Draft, answer_case
from tanggap.cases.services.approve_answer import approve_answer
from tanggap.cases.services.hold_case import hold_case
from tanggap.cases.texts import LONGEST_TEXT, Answer
from tanggap.cases.vocabulary import AnswerKindWord
from tanggap.cases.workflow import HOLDS_AT_MOST, Action, AnswerKind, State
from tanggap.console.deeds.base import Call, Deed, DeedForm
from tanggap.console.deeds.uploads import FilesForm
from tanggap.console.services.note_case import note_case


def _text(label: Any, help_text: Any = "", rows: int = 9, look: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, **({"class": look} if look else {})})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST_TEXT, widget=widget)


class InterimForm(FilesForm):
    """What is being done."""

    field_order = ["text", "attachments"]
    text = _text(
        gettext_lazy("Tanggapan"),
        gettext_lazy("Sebut apa yang dilakukan, oleh siapa, kapan. Pelapor membacanya persis seperti ini."),
    )


class FinalForm(FilesForm):
    """The result, with what its kind must name."""

    template = "console/parts/jawaban.html"
    field_order = ["answer_kind", "done_on", "office", "promised_on", "legal_basis", "text", "attachments"]
    answer_kind = forms.ChoiceField(
        label=gettext_lazy("Apa hasilnya?"), choices=AnswerKindWord.choices, widget=forms.RadioSelect
    )
    text = _text(
        gettext_lazy("Jawaban akhir"),
        gettext_lazy("Sebut hasilnya. Ucapan terima kasih atau “akan ditindaklanjuti” belum menjawab."),
    )
    done_on = forms.DateField(
        label=gettext_lazy("Tanggal dikerjakan"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    office = forms.CharField(label=gettext_lazy("Kantor yang mengerjakan"), required=False, max_length=LONGEST_OFFICE)
    promised_on = forms.DateField(
        label=gettext_lazy("Tanggal yang dijanjikan"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    legal_basis = forms.CharField(
        label=gettext_lazy("Dasar hukum penolakan"),
        required=False,
        max_length=LONGEST_BASIS,
        help_text=gettext_lazy("Nama peraturan dan pasalnya."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("office", self.case.agency.name[:LONGEST_OFFICE])


class QuestionForm(DeedForm):
    """What the reporter is asked."""

    question = _text(
        gettext_lazy("Pertanyaan kepada pelapor"),
        gettext_lazy("Tanyakan hanya yang perlu untuk menangani laporan ini."),
        rows=5,
        look="short",
    )


class NoteForm(DeedForm):
    """For colleagues."""

    note = _text(
        gettext_lazy("Catatan internal"),
        gettext_lazy(
            "Hanya petugas yang membaca; pelapor dan umum tidak. "
            "Tulis @nama untuk memberi tahu rekan yang boleh membukanya."
        ),
        rows=5,
        look="short",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs |= {
            "data-names": reverse("console:names", args=[self.case.tracking_id]),
            "data-found": _("0 rekan cocok. Panah bawah untuk memilih."),
            "data-label": _("Rekan yang dapat disebut"),
        }


class DraftForm(DeedForm):
    """Which draft is decided on."""

    message_id = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)


def _answer(form: Any, call: Call, *, final: bool) -> str:
    said = form.cleaned_data
    kind = said.get("answer_kind", "")
    # Only what the kind carries: the office is filled in beforehand, and a date left from another choice says nothing.
    answer = Answer(
        kind=kind,
        done_on=said.get("done_on") if kind == AnswerKind.DONE else None,
        promised_on=said.get("promised_on") if kind == AnswerKind.PROMISED else None,
        legal_basis=said.get("legal_basis", "") if kind == AnswerKind.REFUSED else "",
        office=said.get("office", "") if kind == AnswerKind.DONE else "",
    )
    draft = Draft(text=said["text"], final=final, answer=answer, draft_token=form.key)
    case = answer_case(tracking_id=call.number, draft=draft, actor=call.actor, now=call.now)
    if case.messages.filter(draft=True, discarded_at__isnull=True, at=call.now, author_key=call.actor.key).exists():
        return _("Rancangan tersimpan. Belum ada yang terkirim: petugas kedua harus menyetujuinya.")
    return _("Jawaban akhir terkirim.") if final else _("Tanggapan terkirim.")


def _interim(form: Any, call: Call) -> str:
    return _answer(form, call, final=False)


def _final(form: Any, call: Call) -> str:
    return _answer(form, call, final=True)


def _ask(form: Any, call: Call) -> str:
    hold_case(tracking_id=call.number, question=form.cleaned_data["question"], actor=call.actor, now=call.now)
    return _("Pertanyaan terkirim. Laporan ini menunggu pelapor.")


def _note(form: Any, call: Call) -> str:
    note_case(tracking_id=call.number, text=form.cleaned_data["note"], actor=call.actor, now=call.now)
    return _("Catatan disimpan.")


def _approve(form: Any, call: Call) -> str:
    approve_answer(tracking_id=call.number, message_id=form.cleaned_data["message_id"], actor=call.actor, now=call.now)
    return _("Jawaban disetujui dan terkirim.")


def _discard(form: Any, call: Call) -> str:
    approve_answer(
        tracking_id=call.number,
        message_id=form.cleaned_data["message_id"],
        actor=call.actor,
        now=call.now,
        agreed=False,
    )
    return _("Rancangan dibuang. Tidak ada yang terkirim.")


def _drafted(case: Case) -> bool:
    return case.messages.filter(draft=True, discarded_at__isnull=True).exists()


def _may_ask(case: Case) -> bool:
    return case.holds < HOLDS_AT_MOST and case.state != State.ON_HOLD


DEEDS = (
    Deed(
        slug="tanggapan",
        actions=(Action.ANSWER_INTERIM,),
        form=InterimForm,
        do=_interim,
        title=gettext_lazy("Tanggapi pelapor"),
        button=gettext_lazy("Kirim tanggapan"),
        tab=gettext_lazy("Tanggapan"),
        # A first answer moves the case to its next limit, further down the list: it would come by again.
        still_waits=lambda case: case.first_answered_at is None,
        moves_on=True,
    ),
    Deed(
        slug="jawaban",
        actions=(Action.ANSWER_FINAL,),
        form=FinalForm,
        do=_final,
        title=gettext_lazy("Beri jawaban akhir"),
        button=gettext_lazy("Kirim jawaban akhir"),
        tab=gettext_lazy("Jawaban akhir"),
        moves_on=True,
    ),
    Deed(
        slug="tanya",
        actions=(Action.HOLD, Action.ASK_REPORTER),
        form=QuestionForm,
        do=_ask,
        title=gettext_lazy("Tanya pelapor"),
        button=gettext_lazy("Kirim pertanyaan"),
        tab=gettext_lazy("Tanya pelapor"),
        fits=_may_ask,
        moves_on=True,
    ),
    Deed(
        slug="catatan",
        actions=(Action.ANNOTATE,),
        form=NoteForm,
        do=_note,
        title=gettext_lazy("Catatan untuk rekan"),
        button=gettext_lazy("Simpan catatan"),
        tab=gettext_lazy("Catatan"),
        waits_for_thread=False,
    ),
    Deed(
        slug="setujui",
        actions=(Action.APPROVE_ANSWER,),
        form=DraftForm,
        do=_approve,
        title=gettext_lazy("Setujui rancangan"),
        button=gettext_lazy("Setujui dan kirim"),
        fits=_drafted,
        boxed=False,
    ),
    Deed(
        slug="buang-rancangan",
        actions=(Action.APPROVE_ANSWER,),
        form=DraftForm,
        do=_discard,
        title=gettext_lazy("Buang rancangan"),
        button=gettext_lazy("Buang rancangan"),
        look="warn",
        fits=_drafted,
        boxed=False,
    ),
)

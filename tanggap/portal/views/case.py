"""The page of one case, and what its reporter does there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tanggap.cases.models import Case
from tanggap.cases.recording import find_case
from tanggap.cases.secret_codes import code_is_right
from tanggap.cases.selectors import CaseView, open_case
from tanggap.cases.services.choose_contact import choose_contact
from tanggap.cases.services.choose_push import choose_push
from tanggap.cases.services.confirm_case import confirm_case
from tanggap.cases.services.moderate_words import moderate_words
from tanggap.cases.services.note_seen import note_seen
from tanggap.cases.services.object_to_case import object_to_case
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.cases.services.rate_case import OBJECTS_AT_MOST, rate_case
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.report_pressure import report_pressure
from tanggap.cases.services.withdraw_case import withdraw_case
from tanggap.cases.workflow import Channel
from tanggap.common.clock import now
from tanggap.common.errors import NotFound, TanggapError
from tanggap.portal import access, uploads
from tanggap.portal.case_page import case_page
from tanggap.portal.consent import ConsentForm, consent
from tanggap.portal.endorsing import endorse, remember_voter
from tanggap.portal.forms.case import (
    CodeForm,
    ContactForm,
    EntryForm,
    ObjectionForm,
    PushForm,
    RatingForm,
    ReplyForm,
    VerdictForm,
)
from tanggap.portal.sharing import ShareForm, share, stop_sharing
from tanggap.portal.uploads import is_key

SHOWN_AGAIN = 20_000


@require_safe
@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """`/l/<tracking id>`: always state, clock and holder; the rest when public, or for its reporter."""
    view = open_case(access.actor_of(request), number)
    if view.case.tracking_id != number:
        return redirect("portal:case", number=view.case.tracking_id)
    if view.is_reporter and request.method == "GET":
        note_seen(case=view.case, now=now())
    return _page(request, view)


def slashed(request: HttpRequest, number: str) -> HttpResponse:
    """The same address typed with a slash at its end."""
    return redirect("portal:case", number=number)


def _page(request: HttpRequest, view: CaseView, status: int = 200, **values: object) -> HttpResponse:
    return render(request, "portal/laporan.html", case_page(request, view, now(), **values), status=status)


@require_POST
@never_cache
def unlock(request: HttpRequest, number: str) -> HttpResponse:
    """The secret code opens the case in this browser until the session ends."""
    case = find_case(number)
    form = CodeForm(request.POST, auto_id="%s")
    if form.is_valid():
        access.count_try(request, case)
        if code_is_right(case, form.cleaned_data["code"]):
            access.remember_proof(request, case)
            return redirect("portal:case", number=case.tracking_id)
        form.add_error("code", _("Kode ini tidak cocok dengan laporan ini. Periksa tanda terima Anda."))
    return _page(request, open_case(access.actor_of(request), number), status=422, code_form=form)


@require_POST
def lock(request: HttpRequest, number: str) -> HttpResponse:
    """Shut the case again in this browser."""
    case = find_case(number)
    access.forget_proof(request, case)
    messages.success(request, _("Laporan ini ditutup di peramban ini. Untuk membukanya lagi, masukkan kodenya."))
    return redirect("portal:case", number=case.tracking_id)


Do = Callable[[HttpRequest, CaseView, forms.Form], str]


@dataclass(frozen=True)
class Deed:
    """One thing a reader does: its form, the name of that form on the page, and the doing (returns what to say)."""

    form: type[forms.Form]
    slot: str
    do: Do


def _reply(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    reply_to_case(
        tracking_id=view.case.tracking_id,
        text=form.cleaned_data["reply"],
        actor=view.actor,
        now=now(),
        channel=Channel.WEB.value,
        draft_token=_key(request),
    )
    return _("Balasan Anda terkirim.")


def _verdict(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    """Solved: rated and closed. Not solved: an objection, which a low mark makes by itself."""
    said, number, moment = form.cleaned_data, view.case.tracking_id, now()
    rating = int(said["rating"]) if said["rating"] else 0
    objected = False
    if rating:
        rate_case(tracking_id=number, rating=rating, comment=said["words"], actor=view.actor, now=moment)
        objected = rating <= OBJECTS_AT_MOST
    if said["result"] == "yes":
        if said["words"].strip():
            reply_to_case(tracking_id=number, text=said["words"], actor=view.actor, now=moment)
        confirm_case(tracking_id=number, actor=view.actor, now=moment)
        return _("Terima kasih. Laporan ditutup sebagai selesai.")
    if not objected:
        object_to_case(tracking_id=number, text=said["words"], actor=view.actor, now=moment)
    return _("Keberatan Anda diterima. Laporan dibuka lagi dan ditangani petugas lain.")


def _object(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    object_to_case(tracking_id=view.case.tracking_id, text=form.cleaned_data["objection"], actor=view.actor, now=now())
    return _("Keberatan Anda diterima.")


def _rate(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    rate_case(tracking_id=view.case.tracking_id, rating=int(form.cleaned_data["rating"]), actor=view.actor, now=now())
    return _("Terima kasih atas penilaian Anda.")


def _withdraw(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    withdraw_case(tracking_id=view.case.tracking_id, actor=view.actor, now=now())
    return _("Laporan Anda ditarik. Instansi berhenti mengerjakannya.")


def _press(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    report_pressure(tracking_id=view.case.tracking_id, actor=view.actor, now=now())
    return _("Laporan ini sekarang tidak terlihat oleh umum. Inspektorat dan Ombudsman diberi tahu, instansi tidak.")


def _hide(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    raise_confidentiality(tracking_id=view.case.tracking_id, actor=view.actor, now=now(), secret=True)
    return _("Isi laporan ini sekarang rahasia.")


def _hide_entry(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    entry = form.cleaned_data["entry"]
    moderate_words(tracking_id=view.case.tracking_id, hide=True, message_id=entry, actor=view.actor, now=now())
    return _("Balasan itu tidak tampil lagi untuk umum. Instansi tetap membacanya.")


def _contact(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    news, number = form.cleaned_data["news"], view.case.tracking_id
    choose_contact(tracking_id=number, wanted=news != "none", discreet=news == "bare", actor=view.actor, now=now())
    if news == "none":
        return _("Kami tidak mengirim apa pun lagi tentang laporan ini.")
    return _("Tersimpan. Kabar tentang laporan ini kami kirim seperti pilihan Anda.")


def _push(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    given = form.cleaned_data["subscription"]
    choose_push(tracking_id=view.case.tracking_id, subscription=given, actor=view.actor, now=now())
    if given is None:
        return _("Tidak ada peramban lagi yang memberi tahu tentang laporan ini.")
    return _("Peramban ini memberi tahu Anda bila ada kabar: hanya nomor, batas waktu, dan tautan.")


DEEDS: dict[str, Deed] = {
    "balas": Deed(ReplyForm, "reply_form", _reply),
    "nilai": Deed(VerdictForm, "verdict_form", _verdict),
    "keberatan": Deed(ObjectionForm, "objection_form", _object),
    "puas": Deed(RatingForm, "rating_form", _rate),
    "tarik": Deed(forms.Form, "", _withdraw),
    "ditekan": Deed(forms.Form, "", _press),
    "sembunyikan": Deed(EntryForm, "entry_form", _hide_entry),
    "rahasiakan": Deed(forms.Form, "", _hide),
    "bagikan": Deed(ShareForm, "share_form", share),
    "berhenti-berbagi": Deed(forms.Form, "", stop_sharing),
    "ombudsman": Deed(ConsentForm, "consent_form", consent),
    "kabar": Deed(ContactForm, "contact_form", _contact),
    "peramban": Deed(PushForm, "push_form", _push),
}


@require_POST
@never_cache
def act(request: HttpRequest, number: str, deed: str) -> HttpResponse:
    """A reporter's deed. A refusal changes nothing and gives back what was typed."""
    view = open_case(access.actor_of(request), number)
    if deed == "ikut":
        return _endorse(request, view.case)
    if deed not in DEEDS:
        raise Http404
    if not view.is_reporter:
        trouble = _("Untuk itu, buka dahulu laporan ini dengan kode rahasianya. Tulisan Anda ada di bawah.")
        return _page(request, view, status=403, trouble=trouble, typed=_typed(request))
    wanted = DEEDS[deed]
    form = wanted.form(request.POST, auto_id="nilai-%s" if deed == "puas" else "%s")
    files = _receive(request) if deed == "balas" else {}
    if files.get("file_trouble") or not form.is_valid():
        return _page(request, view, status=422, **{**files, wanted.slot: form})
    try:
        with transaction.atomic():
            said = wanted.do(request, view, form)
    except NotFound:
        raise
    except TanggapError as error:
        fresh = open_case(access.actor_of(request), number)
        return _page(request, fresh, status=error.status, trouble=error.message, typed=_typed(request))
    messages.success(request, said)
    return redirect("portal:case", number=view.case.tracking_id)


def _key(request: HttpRequest) -> str:
    """Under which the files of a reply wait: the page's own random key, or nothing."""
    key = request.POST.get("key", "")
    return key if is_key(key) else ""


def _receive(request: HttpRequest) -> dict[str, object]:
    """Take in the files of a reply; what the page needs to show them again if something else is wrong."""
    key = _key(request)
    trouble = uploads.receive(request, key) if key else []
    return {"key": key, "waiting": uploads.waiting(key), "file_trouble": trouble} if key else {}


def _typed(request: HttpRequest) -> list[str]:
    """The words of a form that could not be taken, to be copied."""
    fields = ("reply", "words", "objection")
    return [text[:SHOWN_AGAIN] for name in fields if (text := request.POST.get(name, "").strip())]


def _endorse(request: HttpRequest, case: Case) -> HttpResponse:
    """Me too."""
    counted, voter = endorse(request, case.tracking_id)
    messages.success(request, _("Tercatat: Anda juga mengalami.") if counted else _("Anda sudah tercatat sebelumnya."))
    response = redirect("portal:case", number=case.tracking_id)
    remember_voter(request, response, voter)
    return response

"""The page of one case, and everything done there. A refusal changes nothing and gives back what was typed."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.cases.models import Case
from tanggap.cases.policies import can_see
from tanggap.cases.recording import lock_case
from tanggap.cases.selectors import get_case_for
from tanggap.cases.services.look_at_words import look_at_words
from tanggap.common.clock import now
from tanggap.common.errors import Forbidden, NotFound, Refused, TanggapError
from tanggap.console.access import actor_of, officer
from tanggap.console.casepage import Desk, blank_form, case_page, desk, first_deed, thread_length
from tanggap.console.deeds.base import Call, Deed, DeedForm, known_to, offered
from tanggap.console.deeds.moderating import SEEN
from tanggap.console.deeds.table import BY_SLUG
from tanggap.console.deeds.uploads import FilesForm
from tanggap.console.library import filled, templates_for, values_for
from tanggap.console.pages import page
from tanggap.console.services.read_mentions import read_mentions
from tanggap.console.worklist import worklist_of
from tanggap.files.uploads import refused_uploads

LONGEST_COUNT = 9
# The button that puts a text of the library into the box.
WORDS = "contoh"


@officer
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """`/kerja/l/<tracking id>/`: with the box open that this officer needs next."""
    at = _desk_of(request, number)
    if at.case.tracking_id != number:
        return redirect("console:case", number=at.case.tracking_id)
    read_mentions(case=at.case, actor=at.actor, now=at.now)
    deed = first_deed(at)
    return _page(request, at, deed, blank_form(request, deed, at) if deed else None)


@officer
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    """One deed: asked for, its form in the box; sent, done or given back with the reason."""
    at = _desk_of(request, number)
    deed = BY_SLUG.get(slug)
    if deed is None or not known_to(deed, at.standings):
        raise Http404
    if request.method == "POST":
        return _with_words(request, at, deed) if WORDS in request.POST else _do(request, at, deed)
    if not deed.boxed or not offered(deed, at.case, at.standings):
        messages.warning(request, _("Itu tidak dapat dilakukan sekarang. Ini keadaan laporan yang terakhir."))
        return redirect("console:case", number=at.case.tracking_id)
    return _page(request, at, deed, blank_form(request, deed, at))


def _desk_of(request: HttpRequest, number: str) -> Desk:
    actor = actor_of(request)
    return desk(get_case_for(actor, number), actor, now())


def _page(
    request: HttpRequest, at: Desk, deed: Deed | None, form: DeedForm | None, status: int = 200, *, missed: int = 0
) -> HttpResponse:
    values = case_page(request, at, deed, form, missed=missed)
    return page(request, "laporan.html", values, here="console:inbox", status=status)


def _with_words(request: HttpRequest, at: Desk, deed: Deed) -> HttpResponse:
    """A text of the unit's library put behind what was typed; nothing is sent, and nothing typed or attached lost."""
    data = request.POST.copy()
    chosen = data.get(WORDS, "")
    final = deed.slug == "jawaban"
    words = templates_for(at.case, final=final).filter(pk=int(chosen)).first() if _is_count(chosen) else None
    if words is not None:
        written = filled(words.text, values_for(at.case, now=at.now))
        data["text"] = "\n\n".join(part for part in (data.get("text", "").rstrip(), written) if part)
        data["answer_kind"] = data.get("answer_kind") or words.answer_kind
    form = deed.form(data, request.FILES, case=at.case, actor=at.actor, standings=at.standings)
    form.unjudged()
    if isinstance(form, FilesForm):
        form.take_files(list(refused_uploads(request)))
    return _page(request, at, deed, form)


def _do(request: HttpRequest, at: Desk, deed: Deed) -> HttpResponse:
    form = deed.form(request.POST, request.FILES, case=at.case, actor=at.actor, standings=at.standings)
    if isinstance(form, FilesForm):
        form.is_valid()
        form.take_files(list(refused_uploads(request)))
    if not form.is_valid():
        return _again(request, at, deed, form, 422)
    try:
        said = _done(request, at, deed, form)
    except (NotFound, Forbidden):
        raise
    except TanggapError as error:
        form.blame(error)
        return _again(request, at, deed, form, error.status)
    messages.success(request, said)
    return _afterwards(request, at, deed)


def _done(request: HttpRequest, at: Desk, deed: Deed, form: DeedForm) -> str:
    with transaction.atomic():
        case = lock_case(at.case.tracking_id)
        _check_fresh(request, case, deed)
        reads = deed.waits_for_thread and deed.slug != SEEN and _seen(request) is not None
        if reads and offered(BY_SLUG[SEEN], case, at.standings):
            # Whoever acts upon a thread has read it to its end.
            look_at_words(tracking_id=case.tracking_id, actor=at.actor, now=at.now)
        return deed.do(form, Call(case.tracking_id, at.actor, at.now))


def _check_fresh(request: HttpRequest, case: Case, deed: Deed) -> None:
    """What the page showed must still be so: the state, who holds it and, before speaking, the thread.

    Compared under the row's lock: two officers who press at once are told apart. Raises Refused.
    """
    state, holder = request.POST.get("state", case.state), request.POST.get("held_by", str(case.agency_id))
    if state != case.state or holder != str(case.agency_id):
        raise Refused(
            _(
                "Laporan ini sudah berubah sejak halaman Anda dibuka: sekarang “%(state)s”, di %(holder)s. "
                "Tidak ada yang diubah."
            )
            % {"state": case.get_state_display(), "holder": case.agency.name},
            code="stale",
        )
    seen = _seen(request)
    if deed.waits_for_thread and seen is not None and seen != thread_length(case):
        raise Refused(
            _(
                "Ada tulisan baru di laporan ini sejak halaman Anda dibuka. "
                "Baca dulu, lalu kirim lagi bila masih sesuai."
            ),
            code="stale",
        )


def _seen(request: HttpRequest) -> int | None:
    """How many entries of the thread the page showed."""
    given = request.POST.get("seen", "")
    return int(given) if _is_count(given) else None


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < LONGEST_COUNT


def _again(request: HttpRequest, at: Desk, deed: Deed, form: DeedForm, status: int) -> HttpResponse:
    """The page as it is now, with everything that was typed, and what others wrote meanwhile beside it."""
    fresh = desk(get_case_for(at.actor, at.case.tracking_id), at.actor, now())
    form.case = fresh.case
    if deed.boxed:
        length = thread_length(fresh.case)
        seen = _seen(request)
        return _page(request, fresh, deed, form, status, missed=0 if seen is None else max(length - seen, 0))
    messages.error(request, " ".join(error for errors in form.errors.values() for error in map(str, errors)))
    first = first_deed(fresh)
    return _page(request, fresh, first, blank_form(request, first, fresh) if first else None, status)


def _afterwards(request: HttpRequest, at: Desk, deed: Deed) -> HttpResponse:
    """On to the next case of the list one works through; else back to the case, or to the inbox when it is gone."""
    worklist = worklist_of(request)
    if worklist is not None and deed.moves_on:
        following = worklist.next_after(at.case, deed, actor=at.actor, now=at.now)
        if following is not None:
            return redirect(worklist.address(following.tracking_id, deed.slug))
        messages.info(request, _("Itu yang terakhir di daftar ini."))
        return redirect(worklist.url)
    number = at.case.tracking_id
    if can_see(actor_of(request), at.case):
        return redirect(worklist.address(number) if worklist else reverse("console:case", args=[number]))
    return redirect("console:inbox")

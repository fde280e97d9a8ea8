"""Several cases at once: a list to check first, half a minute to take it back, then each case on its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to, standings
from tanggap.common.clock import now
from tanggap.common.clockwords import language
from tanggap.common.ids import normalize_tracking_id
from tanggap.common.worlds import SANDBOX, world
from tanggap.console.access import actor_of, officer
from tanggap.console.bulk import BULK, MOST_AT_ONCE, UNDO
from tanggap.console.bulk_forms import form_for
from tanggap.console.deeds.base import possible
from tanggap.console.models import Batch
from tanggap.console.pages import page
from tanggap.console.services.plan_batch import plan_batch
from tanggap.console.services.run_batch import run_batch
from tanggap.console.services.undo_batch import undo_batch

LONGEST_ID = 18


@dataclass(frozen=True)
class Line:
    """A chosen case and whether it can be done with it."""

    case: Case
    fits: bool


@officer
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest, slug: str) -> HttpResponse:
    """`/kerja/sekaligus/<deed>/?pilih=…`: the list to check; sent, it waits half a minute before anything happens.

    `?dari=<id>` is the list and what was typed of an earlier press that was undone, or refused for some of them.
    """
    if slug not in BULK:
        raise Http404
    actor = actor_of(request)
    posted = request.method == "POST"
    earlier = _earlier(actor, slug, request)
    lines = _lines(actor, _undone(earlier) if earlier else _ticked(request), slug)
    if not lines:
        return redirect("console:inbox")
    fitting = [line.case for line in lines if line.fits]
    form = form_for(
        slug,
        request.POST if posted else None,
        actor=actor,
        case=fitting[0] if fitting else lines[0].case,
        kept=earlier.values if earlier else None,
    )
    if posted and fitting and form.is_valid():
        batch = plan_batch(
            slug=slug, cases=fitting, values=form.values(), language=language()[:2], actor=actor, now=now()
        )
        if world() == SANDBOX:
            # No worker looks into the sandbox; what is practised happens at once.
            run_batch(batch_id=batch.pk, now=batch.run_at)
        return redirect("console:batch", batch_id=batch.pk)
    values = {
        "slug": slug,
        "title": BULK[slug].title,
        "lines": lines,
        "form": form,
        "fitting": len(fitting),
        "seconds": UNDO.seconds,
    }
    return page(request, "sekaligus.html", values, here="console:inbox", status=422 if posted else 200)


def _ticked(request: HttpRequest) -> list[str]:
    return (request.POST if request.method == "POST" else request.GET).getlist("pilih")


def _earlier(actor: Actor, slug: str, request: HttpRequest) -> Batch | None:
    """The own press that the address names, once it is over."""
    number = request.GET.get("dari", "")
    if request.method == "POST" or not (number.isascii() and number.isdigit() and len(number) <= LONGEST_ID):
        return None
    over = Q(done_at__isnull=False) | Q(undone_at__isnull=False)
    return Batch.objects.filter(over, pk=number, slug=slug, person_id=actor.own_id).first()


def _undone(batch: Batch) -> list[str]:
    """The numbers of its cases to which nothing was done."""
    rows = batch.items.filter(Q(done_at__isnull=True) | ~Q(trouble=""))
    return list(rows.values_list("case__tracking_id", flat=True))


def _lines(actor: Actor, chosen: list[str], slug: str) -> list[Line]:
    """The chosen cases this officer sees; numbers that mean nothing are left out."""
    numbers = {normalize_tracking_id(raw) for raw in chosen[:MOST_AT_ONCE]} - {None}
    cases = (
        cases_visible_to(actor)
        .filter(tracking_id__in=numbers)
        .select_related("agency__body", "body", "region", "narrative")
        .order_by("due_at", "id")
    )
    return [Line(case, _fits(actor, case, slug)) for case in cases]


def _fits(actor: Actor, case: Case, slug: str) -> bool:
    found = standings(actor, case)
    return any(possible(case, found, action) for action in BULK[slug].actions)


def _own(request: HttpRequest, batch_id: int) -> Batch:
    """A batch of the reader's own; nobody else's business."""
    actor = actor_of(request)
    batch = Batch.objects.filter(pk=batch_id, person_id=actor.own_id).first()
    if batch is None:
        raise Http404
    return batch


@officer
@require_safe
def outcome(request: HttpRequest, batch_id: int) -> HttpResponse:
    """`/kerja/sekaligus/hasil/<id>/`: what waits and can be taken back, or what became of each case."""
    batch = _own(request, batch_id)
    # A case that went out of the reader's sight meanwhile is not named again, not even by its number.
    seen = cases_visible_to(actor_of(request)).filter(pk__in=batch.items.values("case_id"))
    items = list(batch.items.filter(case__in=seen).select_related("case"))
    every = batch.items.count()
    waits = batch.done_at is None and batch.undone_at is None
    values = {
        "batch": batch,
        "deed": BULK[batch.slug],
        "count": every,
        "gone": every - len(items),
        "waits": waits,
        "undoable": waits and batch.started_at is None and now() < batch.run_at,
        "good": [item for item in items if item.done_at and not item.trouble],
        "bad": [item for item in items if item.trouble],
        "seconds": UNDO.seconds,
    }
    return page(request, "sekaligus_hasil.html", values, here="console:inbox")


@officer
@require_POST
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take it back."""
    batch = _own(request, batch_id)
    if undo_batch(batch_id=batch.pk, actor=actor_of(request), now=now()):
        messages.success(request, _("Diurungkan. Tidak ada laporan yang berubah, tidak ada pesan terkirim."))
    else:
        messages.warning(request, _("Sudah terlambat untuk diurungkan. Ini hasilnya."))
    return redirect("console:batch", batch_id=batch.pk)

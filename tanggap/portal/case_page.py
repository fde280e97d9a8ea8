"""Everything the page of one case shows, for the one who reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tanggap.cases.clocks import ClockView
from tanggap.cases.models import Case, Pledge, Reporter
from tanggap.cases.policies import Disclosure, actor_may
from tanggap.cases.selectors import (
    Audience,
    CaseView,
    ThreadEntry,
    clock_views,
    custody_chain,
    narrative_for,
    thread_for,
)
from tanggap.cases.selectors.promises import promise_state, promise_words, promises_of
from tanggap.cases.telling.deliveries import deliveries_of
from tanggap.cases.telling.ways import has_address, reporter_key
from tanggap.cases.texts import public_place
from tanggap.cases.vocabulary import ArchiveReasonWord, OutcomeWord
from tanggap.cases.workflow import Action, State
from tanggap.common.entries import FileLine
from tanggap.directory.selectors import calendar_of, region_label
from tanggap.notify.transports.browsers import can_be_pushed, public_push_key
from tanggap.portal import timeline
from tanggap.portal.consent import consent_part
from tanggap.portal.forms.case import CodeForm, ContactForm, ObjectionForm, RatingForm, ReplyForm, VerdictForm
from tanggap.portal.naming import agency_name
from tanggap.portal.sharing import share_part

LEADING = {
    State.UNVERIFIED: ("verification",),
    State.ON_HOLD: ("completion", "verification", "resolution"),
    State.ANSWERED: ("window",),
    State.FORWARDED: ("objection", "first_answer", "resolution"),
    State.IN_PROGRESS: ("objection", "first_answer", "resolution"),
}

LOOKS = {Pledge.State.PENDING: "", Pledge.State.KEPT: "good", Pledge.State.BROKEN: "wait"}


def case_page(request: HttpRequest, view: CaseView, now: datetime, **forms: Any) -> dict[str, Any]:
    """The context of `portal/laporan.html`; `forms` replaces the empty ones after a fault."""
    case = view.case
    clocks = clock_views(case, now=now)
    chain = custody_chain(case, now=now)
    limited = view.disclosure == Disclosure.LIMITED
    leading = _leading(case, clocks)
    holder = chain[-1] if chain and chain[-1].present else None
    return {
        "section": "laporan",
        "case": case,
        "view": view,
        "limited": limited,
        "zone": calendar_of(case.agency_id).zone,
        "words": state_words(case, view.is_reporter),
        "leading": leading,
        "clocks": [clock for clock in clocks if clock is not leading],
        "holder": holder,
        "holder_name": agency_name(holder.agency) if holder else "",
        "holders": [] if limited else timeline.holder_lines(chain, with_reasons=True),
        "may": _may(view),
        "code_form": CodeForm(auto_id="%s"),
        "key": uuid4().hex,
        "now": now,
        **({**consent_part(view), **share_part(view)} if view.is_reporter else {}),
        **({} if limited else _contents(view, now)),
        **(_contact(case) if view.is_reporter else {}),
        **_forms(),
        **forms,
    }


def state_words(case: Case, is_reporter: bool) -> str:
    """The state in a sentence that needs no glossary."""
    holder = agency_name(case.agency)
    sentences = {
        State.UNVERIFIED: _("Laporan sudah diterima dan sedang diperiksa, lalu diteruskan ke instansi yang berwenang."),
        State.ON_HOLD: _("Ada keterangan yang diminta dari Anda. Selama menunggu, batas waktu instansi berhenti.")
        if is_reporter
        else _("Menunggu keterangan dari pelapor. Selama menunggu, batas waktu instansi berhenti."),
        State.FORWARDED: _("Sudah diteruskan. %(holder)s wajib menanggapi.") % {"holder": holder},
        State.IN_PROGRESS: _("Sedang ditangani %(holder)s.") % {"holder": holder},
        State.ANSWERED: _(
            "Jawaban akhir sudah ada. Bila Anda diam sampai batasnya, laporan ditutup tanpa tanggapan Anda."
        )
        if is_reporter
        else _("Jawaban akhir sudah ada; pelapor diberi waktu untuk setuju atau keberatan."),
        State.CLOSED: _("Laporan ini sudah ditutup."),
        State.ARCHIVED: _("Laporan ini diarsipkan tanpa tindak lanjut."),
    }
    return sentences[State(case.state)]


def _leading(case: Case, clocks: list[ClockView]) -> ClockView | None:
    """The clock that the present state is about."""
    running = {clock.name: clock for clock in clocks if clock.status != "done"}
    wanted = LEADING.get(State(case.state), ())
    return next((running[name] for name in wanted if name in running), None)


def _contents(view: CaseView, now: datetime) -> dict[str, Any]:
    case, zone = view.case, calendar_of(view.case.agency_id).zone
    audience = Audience.REPORTER if view.is_reporter else Audience.PUBLIC
    rows = thread_for(case, audience)
    sent = deliveries_of(case, zone) if view.is_reporter else {}
    final = timeline.final_answer(rows)
    return {
        "text": narrative_for(case, audience),
        "place": region_label(case.region) if case.region else "",
        "public_place": public_place(case),
        "files": timeline.case_files(case, public=not view.is_reporter),
        "hideable": _own_shown(rows) if view.is_reporter and case.published else [],
        "entries": timeline.entries_of(case, rows, audience, sent),
        "final": final,
        "final_title": _("Jawaban akhir"),
        "final_line": timeline.answer_line(final) if final else "",
        "final_files": _final_files(case, final),
        "final_sent": timeline.sent_lines(final, sent) if final else (),
        "promises": [(promise_words(one, zone, now), LOOKS[promise_state(one, now)]) for one in promises_of(case)],
        "ended_words": _ended(case),
    }


def _own_shown(rows: Sequence[ThreadEntry]) -> list[tuple[int, str]]:
    """The reporter's own entries that everybody reads, by their first words."""
    return [(row.message_id, row.text[:60]) for row in rows if row.voice and not row.hidden and row.message_id]


def _contact(case: Case) -> dict[str, Any]:
    """Whether news can be sent at all, and how the reporter chose to get them."""
    reporter = Reporter.objects.filter(case_id=case.pk).first()
    chosen = "full"
    if reporter is not None:
        chosen = "none" if not reporter.contact_wanted else "bare" if reporter.discreet else "full"
    return {
        "reachable": has_address(reporter),
        "news": chosen,
        "contact_form": ContactForm(initial={"news": chosen}, auto_id="%s"),
        "pushed": can_be_pushed(reporter_key(case)),
        "push_key": public_push_key() if chosen != "none" else "",
    }


def _final_files(case: Case, final: Any) -> list[FileLine]:
    return timeline.file_lines(case, final.files) if final else []


def _ended(case: Case) -> str:
    if case.state == State.CLOSED and case.outcome:
        return str(OutcomeWord(case.outcome).label)
    if case.state == State.ARCHIVED and case.archive_reason:
        return str(ArchiveReasonWord(case.archive_reason).label)
    return ""


def _may(view: CaseView) -> dict[str, bool]:
    """Which forms the page offers."""
    asked = {
        "confirm": Action.CONFIRM,
        "object": Action.OBJECT,
        "rate": Action.RATE,
        "reply": Action.REPLY,
        "complete": Action.COMPLETE,
        "withdraw": Action.WITHDRAW,
        "endorse": Action.ENDORSE,
        "press": Action.REPORT_PRESSURE,
        "hide": Action.RAISE_CONFIDENTIALITY,
    }
    may = {name: actor_may(view.actor, action, view.case) for name, action in asked.items()}
    may["endorse"] = may["endorse"] and view.case.published and not view.is_reporter
    may["press"] = may["press"] and not view.case.pressed
    may["hide"] = may["hide"] and view.is_reporter and not view.case.secret
    return may


def _forms() -> dict[str, Any]:
    return {
        "reply_form": ReplyForm(auto_id="%s"),
        "verdict_form": VerdictForm(auto_id="%s"),
        "objection_form": ObjectionForm(auto_id="%s"),
        "rating_form": RatingForm(auto_id="nilai-%s"),
    }

"""What may stand in a message about a case: the fields of its templates, and how little of them in a guarded one."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext as _

from tanggap.cases.models import Case, Reporter
from tanggap.cases.selectors.clocks import present_clock
from tanggap.cases.workflow import State
from tanggap.common import formats
from tanggap.common.clockwords import headline
from tanggap.common.links import absolute
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of

Audience = Literal["reporter", "officer"]
LONGEST_ABOUT = 80
LONGEST_TEXT = 2000


def is_discreet(case: Case) -> bool:
    """Whether every message carries only number, clock and link (DOMAIN §5): also where the reporter asked for it."""
    return case.guarded or case.anonymous or Reporter.objects.filter(case_id=case.pk, discreet=True).exists()


def values_for(case: Case, *, now: datetime, language: str = "id", audience: Audience = "reporter") -> dict[str, str]:
    """The fields every template about a case may use.

    `public` says whether number and state may be said under the post it began with. `text`, `office` and `post` are
    filled by whoever writes the message (`with_text`). In a guarded or anonymous case `about` and `text` stay empty
    and `agency` is nobody in particular: a message can be read over a shoulder, and the name of an office alone can
    betray what it is about.
    """
    with translation.override(language):
        bare = is_discreet(case) if audience == "reporter" else case.guarded or case.anonymous
        return {
            "tracking_id": case.tracking_id,
            "link": link_to(case, audience),
            "about": "" if bare else _short(case.title),
            "clock": clock_sentence(case, now=now, audience=audience),
            "agency": _("instansi yang berwenang") if bare else office_name(case.agency),
            "due": due_words(case),
            "text": "",
            "office": "",
            "post": "",
            "public": "" if bare else "1",
        }


def bare_words() -> dict[str, str]:
    """The fields that would say something, saying nothing."""
    return {"about": "", "text": "", "office": "", "public": "", "agency": _("instansi yang berwenang")}


def with_text(values: dict[str, str], case: Case, text: str, *, office: str = "") -> dict[str, str]:
    """The same values saying something about the matter; unchanged where nothing may be said."""
    if is_discreet(case):
        return values
    words = text.strip()
    if len(words) > LONGEST_TEXT:
        words = words[:LONGEST_TEXT].rsplit(" ", 1)[0] + " …"
    return {**values, "text": words, "office": office}


def link_to(case: Case, audience: Audience = "reporter") -> str:
    """The address of the case's page for the citizen, or for the officers."""
    return absolute(f"/kerja/l/{case.tracking_id}/" if audience == "officer" else f"/l/{case.tracking_id}")


def office_name(agency: Agency) -> str:
    """The agency's name in full; the nation's queue is the desk that works it off."""
    return _("Admin nasional") if agency.kind == Agency.Kind.NATION else agency.full_name


def due_words(case: Case) -> str:
    """By when the next thing is due: Rabu, 25 November 2026 pukul 23.59 WIB; nothing for an ended case."""
    if case.due_at is None:
        return ""
    return formats.long_datetime(case.due_at, calendar_of(case.agency_id).zone, translation.get_language() or "id")


def clock_sentence(case: Case, *, now: datetime, audience: Audience) -> str:
    """Where the case stands in one sentence, with the date that counts."""
    due = due_words(case)
    clock = present_clock(case, now=now)
    if clock is not None:
        line = headline(clock, to_reporter=audience == "reporter")
        return _("%(clock)s, jatuh tempo %(due)s.") % {"clock": line, "due": due}
    if case.state == State.ON_HOLD and audience == "reporter":
        return _("Menunggu keterangan Anda sampai %(due)s.") % {"due": due}
    if case.state == State.ON_HOLD:
        return _("Menunggu keterangan pelapor sampai %(due)s.") % {"due": due}
    if due:
        return _("Jawaban akhir paling lambat %(due)s.") % {"due": due}
    return _("Laporan sudah ditutup.") if case.state == State.CLOSED else _("Laporan sudah diarsipkan.")


def _short(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= LONGEST_ABOUT else line[:LONGEST_ABOUT].rsplit(" ", 1)[0] + " …"

"""A brief as PDF, for a meeting without a screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tanggap.common import formats
from tanggap.common.clockwords import language
from tanggap.common.pdf import render_pdf
from tanggap.directory.selectors.agencies import NATION_CODE
from tanggap.evaluation.briefs.content import Brief

TEMPLATE: Final = Path(__file__).parent / "brief.typ"


def brief_pdf(values: Mapping[str, Any], *, zone: ZoneInfo) -> bytes:
    """What `brief_showing.shown` gives, on A4; the same brief gives the same bytes."""
    brief, lang = values["brief"], language()
    title = _("Ringkasan: %(agency)s") % {"agency": brief.name}
    data = {
        "title": title,
        "period": values["window_words"],
        "headline": values["headline"],
        "at": _("Dibuat %(at)s") % {"at": formats.long_datetime(brief.at, zone, lang)},
        "page": _("Halaman"),
        "stats": _stats(values),
        "parts": [{"title": name, "lines": lines} for name, lines in _parts(values) if lines],
        "note": _note(brief),
    }
    return render_pdf(TEMPLATE, data, title=title, language=lang, author=brief.name, at=brief.at)


def _note(brief: Brief) -> str:
    """The nation's numbers are those of the published cards, which count every case for everybody."""
    if brief.agency == NATION_CODE:
        return ""
    return _("Laporan rahasia dan pengawasan tidak dihitung dalam ringkasan siapa pun.")


def _stats(values: Mapping[str, Any]) -> list[list[str]]:
    brief = values["brief"]
    before = _("sebelumnya %(n)s")
    came = f"{values['received_usual']}; {before % {'n': _n(brief.received.before)}}"
    return [
        [_n(brief.received.now), _("masuk"), came],
        [_n(brief.endings.closed), _("selesai"), before % {"n": _n(brief.endings.closed_before)}],
        [_n(brief.late), _("terlambat"), ""],
    ]


def _parts(values: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield _("Layak ditanyakan"), [words for _question, words in values["questions"]]
    yield _("Yang terlambat"), [_late(unit.name, unit.n, words) for unit, words in values["units"]]
    yield _("Yang sedang naik"), [_topic(one.topic) for one in values["rising"]]
    yield (
        _("Berkumpul di satu tempat"),
        [f"{one.place}: {topic}, {_reports(one.cases)} {people}" for one, topic, people in values["clusters"]],
    )
    yield _("Yang dikeluhkan"), [_topic(one) for one in values["topics"]]
    yield _("Yang beres"), [_solved(one) for one in values["solved"]]


def _late(name: str, n: int, words: str) -> str:
    over = ngettext("%(n)s laporan lewat batas", "%(n)s laporan lewat batas", n) % {"n": _n(n)}
    return f"{name}: {', '.join(part for part in (over, words) if part)}"


def _topic(topic: Any) -> str:
    verdict = f" ({topic.verdict})" if topic.verdict else ""
    return f"{topic.name}: {_reports(topic.now)}, {topic.usual}{verdict}"


def _solved(one: Any) -> str:
    answer = f" {_('Jawaban:')} {one.after}" if one.after else ""
    return f"{one.title or one.number}, {one.agency}.{answer}"


def _reports(n: int) -> str:
    return ngettext("%(n)s laporan", "%(n)s laporan", n) % {"n": _n(n)}


def _n(value: int) -> str:
    return formats.number(value, language())

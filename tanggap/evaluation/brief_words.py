"""A brief in sentences: the same on the page, on paper and in the letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tanggap.common import formats
from tanggap.common.clockwords import language
from tanggap.evaluation.briefs.baseline import Verdict
from tanggap.evaluation.briefs.content import Brief, Cluster, LateUnit, Question
from tanggap.evaluation.briefs.series import Standing
from tanggap.evaluation.briefs.windows import Length, Window

JOINER: Final = "\u2060"
"""Keeps what stands around it on one line."""


def window_words(window: Window) -> str:
    """Senin, 16 November 2026 – Minggu, 22 November 2026; a month by its name."""
    lang = language()
    if window.length is Length.MONTH:
        return f"{formats.MONTHS[lang[:2]][window.first.month - 1]} {window.first.year}"
    return f"{formats.long_date(window.first, lang)} – {formats.long_date(window.last, lang)}"


def short_window(window: Window) -> str:
    """16 Nov, or Nov 2026: below a bar."""
    month = formats.SHORT_MONTHS[language()[:2]][window.first.month - 1]
    return f"{window.first.day} {month}" if window.length is Length.WEEK else f"{month} {window.first.year}"


def headline(brief: Brief) -> str:
    """The brief in one sentence."""
    parts = []
    if brief.late_units:
        n = brief.late_units
        parts.append(ngettext("%(n)s unit terlambat", "%(n)s unit terlambat", n) % {"n": n})
    if brief.rising:
        n = len(brief.rising)
        parts.append(ngettext("%(n)s keluhan sedang naik", "%(n)s keluhan sedang naik", n) % {"n": n})
    if not parts:
        return _("Tidak ada yang terlambat, tidak ada yang menonjol.")
    words = ", ".join(parts)
    return f"{words[:1].upper()}{words[1:]}."


def topic_name(name: str) -> str:
    """A topic's name, or what is said where a report has none."""
    return name or _("Tanpa topik")


def usual_words(one: Standing) -> str:
    """ "biasanya 3–9": the range with its uncertainty, or that it is not known yet."""
    if not one.known:
        return _("belum cukup riwayat") if one.over else _("masih berjalan")
    return _("biasanya %(range)s") % {"range": _range(one.usual.low, one.usual.high)}


def verdict_words(one: Standing) -> str:
    """What a number is beside its range, in a word; nothing where it is usual."""
    words = {Verdict.HIGH: _("di atas biasanya"), Verdict.LOW: _("di bawah biasanya")}
    return words.get(one.verdict, "")


def late_words(unit: LateUnit) -> str:
    """How long the longest waits over its limit."""
    if unit.days is None:
        return ""
    days = ngettext("%(n)s hari kerja", "%(n)s hari kerja", unit.days) % {"n": _n(unit.days)}
    return _("yang terlama %(days)s lewat batas") % {"days": days}


def reporters_words(one: Cluster) -> str:
    """ "dari 8 pelapor, 2 tanpa kontak": nobody can be told from it."""
    words = ngettext("dari %(n)s pelapor", "dari %(n)s pelapor", one.reporters) % {"n": _n(one.reporters)}
    if one.unknown:
        unknown = ngettext("%(n)s tanpa kontak", "%(n)s tanpa kontak", one.unknown) % {"n": _n(one.unknown)}
        words = f"{words}, {unknown}" if one.reporters else f"({unknown})"
    if not one.same:
        return words
    alike = ngettext("%(n)s dengan kata-kata yang hampir sama", "%(n)s dengan kata-kata yang hampir sama", one.same) % {
        "n": _n(one.same)
    }
    return f"{words}; {alike}"


def question_words(question: Question) -> str:
    """A question as it is asked, with the figure it comes from."""
    return _QUESTIONS[question.rule](question.values)


def line_words(brief: Brief, line: str) -> str:
    """What a line of a brief says, as the first words of a task; nothing for a line it does not have."""
    return plain(_line_words(brief, line))


def plain(words: str) -> str:
    """The words without signs that only a page needs."""
    return words.replace(JOINER, "")


def _line_words(brief: Brief, line: str) -> str:
    asked = next((one for one in brief.questions if one.line == line), None)
    if asked is not None:
        return question_words(asked)
    for unit in brief.units:
        if unit.line == line:
            return f"{unit.name}: " + _("%(n)s laporan lewat batas, %(longest)s.") % {
                "n": _n(unit.n),
                "longest": late_words(unit),
            }
    for cluster in brief.clusters:
        if cluster.line == line:
            return f"{cluster.place}, {topic_name(cluster.topic)}: " + _("%(n)s laporan.") % {"n": _n(cluster.cases)}
    for one in (*brief.rising, *brief.topics):
        if f"topik:{one.key}" == line:
            return f"{topic_name(one.name)}: {usual_words(one)}, " + _("kini %(n)s") % {"n": _n(one.now)} + "."
    return ""


def _rising(values: Mapping[str, Any]) -> str:
    asked = {**_counts(values), "topic": topic_name(values["topic"]), "place": values["place"]}
    if values["place"]:
        return (
            _(
                "Mengapa laporan “%(topic)s” naik menjadi %(n)s, biasanya %(range)s, "
                "dan apa yang sudah dilakukan di %(place)s (%(here)s laporan)?"
            )
            % asked
        )
    return (
        _("Mengapa laporan “%(topic)s” naik menjadi %(n)s, biasanya %(range)s, dan apa yang sudah dilakukan?") % asked
    )


def _late(values: Mapping[str, Any]) -> str:
    since = datetime.fromisoformat(values["since"])
    asked = {**_counts(values), "unit": values["unit"], "day": formats.plain_date(since.date(), language())}
    words = ngettext(
        "Apa yang menahan %(unit)s: %(n)s laporan lewat batas, yang terlama sejak %(day)s (%(days)s hari kerja)?",
        "Apa yang menahan %(unit)s: %(n)s laporan lewat batas, yang terlama sejak %(day)s (%(days)s hari kerja)?",
        values["n"],
    )
    return words % asked


def _late_many(values: Mapping[str, Any]) -> str:
    return _("Apa yang menahan %(unit)s: %(n)s laporan lewat batas?") % {**_counts(values), "unit": values["unit"]}


def _cluster(values: Mapping[str, Any]) -> str:
    asked = {**_counts(values), "topic": topic_name(values["topic"]), "place": values["place"]}
    return _("%(n)s laporan “%(topic)s” datang dari %(place)s: adakah satu penyebab yang dapat diselesaikan?") % asked


def _quiet(values: Mapping[str, Any]) -> str:
    return _("Mengapa hanya %(n)s laporan masuk, biasanya %(range)s: adakah saluran yang terputus?") % _counts(values)


def _silent(values: Mapping[str, Any]) -> str:
    return _(
        "%(n)s dari %(of)s laporan ditutup karena pelapor diam: apakah jawabannya menyelesaikan masalahnya?"
    ) % _counts(values)


def _returned(values: Mapping[str, Any]) -> str:
    return _(
        "%(n)s dari %(of)s laporan dikembalikan karena salah alamat: unit mana yang seharusnya menerimanya?"
    ) % _counts(values)


def _largest(values: Mapping[str, Any]) -> str:
    return _("%(n)s dari %(of)s laporan tentang “%(topic)s”: apa yang dapat dicegah, bukan hanya dijawab?") % {
        **_counts(values),
        "topic": topic_name(values["topic"]),
    }


def _nothing(_values: Mapping[str, Any]) -> str:
    return _("Tidak ada laporan yang masuk: apakah warga tahu ke mana melapor?")


def _counts(values: Mapping[str, Any]) -> dict[str, str]:
    counts = {name: _n(value) for name, value in values.items() if isinstance(value, int)}
    return {**counts, "range": _range(values["low"], values["high"])} if "low" in values else counts


def _range(low: int, high: int) -> str:
    """Both ends on one line."""
    return f"{_n(low)}{JOINER}–{JOINER}{_n(high)}"


def _n(value: int) -> str:
    return formats.number(value, language())


_QUESTIONS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "rising": _rising,
    "late": _late,
    "late_many": _late_many,
    "cluster": _cluster,
    "quiet": _quiet,
    "silent": _silent,
    "returned": _returned,
    "largest": _largest,
    "nothing": _nothing,
}

"""A brief as page, paper and letter show it: values in, sentences out, titles only of what everybody may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tanggap.cases.models import Case, Message, MessageKind, Narrative
from tanggap.evaluation import brief_words as words
from tanggap.evaluation.briefs.bars import Bar, bars
from tanggap.evaluation.briefs.content import Brief
from tanggap.evaluation.briefs.series import Standing
from tanggap.evaluation.selectors.briefs.composing import solved_cases
from tanggap.evaluation.selectors.briefs.scope import Scope

LONGEST = 180


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as a line."""

    key: str
    name: str
    now: int
    before: int
    usual: str
    verdict: str

    @property
    def line(self) -> str:
        """Its name in addresses."""
        return f"topik:{self.key}"


@dataclass(frozen=True, slots=True)
class Rising:
    """A topic above its usual range, with its picture and the table of it."""

    topic: Topic
    place: str
    here: int
    bars: tuple[Bar, ...]
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Solved:
    """A closed case that everybody may read: what was reported, and what the office says was done."""

    number: str
    title: str
    agency: str
    joined: int
    before: str
    after: str


def shown(scope: Scope, brief: Brief) -> dict[str, Any]:
    """What every form of a brief is made of."""
    return {
        "brief": brief,
        "window_words": words.window_words(brief.window),
        "headline": words.headline(brief),
        "received_usual": words.usual_words(brief.received),
        "received_verdict": words.verdict_words(brief.received),
        "topics": [_topic(one) for one in brief.topics],
        "rising": [_rising(one, brief) for one in brief.rising],
        "clusters": [(one, words.topic_name(one.topic), words.reporters_words(one)) for one in brief.clusters],
        "units": [(unit, words.late_words(unit)) for unit in brief.units],
        "questions": [(one, words.question_words(one)) for one in brief.questions],
        "solved": list(solved_lines(scope, brief)),
    }


def _topic(one: Standing) -> Topic:
    usual, verdict = words.usual_words(one), words.verdict_words(one)
    return Topic(one.key, words.topic_name(one.name), one.now, one.before, usual, verdict)


def _rising(one: Standing, brief: Brief) -> Rising:
    place, here = brief.places.get(one.key, ("", 0))
    oldest = brief.window.shifted(1 - len(one.shown))
    rows = tuple((words.short_window(oldest.shifted(number)), n) for number, n in enumerate(one.shown))
    return Rising(_topic(one), place, here, bars(one.shown), rows)


def solved_lines(scope: Scope, brief: Brief) -> Iterator[Solved]:
    """What was done. A case that may no longer be told, or no longer seen, is left out of an old brief too."""
    rows = solved_cases(scope).filter(pk__in=brief.solved).select_related("agency") if brief.solved else []
    found: dict[int, Case] = {case.pk: case for case in rows}
    texts = dict(Narrative.objects.filter(case__in=found).values_list("case_id", "public_text")) if found else {}
    answers = _answers(found) if found else {}
    for case in (found[pk] for pk in brief.solved if pk in found):
        before, after = _short(texts.get(case.pk, "")), answers.get(case.pk, "")
        yield Solved(case.tracking_id, case.title, case.agency.name, case.endorsements, before, after)


def _answers(found: dict[int, Case]) -> dict[int, str]:
    rows = Message.objects.filter(case__in=found, kind=MessageKind.FINAL, draft=False, hidden_at=None)
    rows = rows.order_by("at", "pk")
    return {case_id: _short(text) for case_id, text in rows.values_list("case_id", "public_text")}


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST else one_line[:LONGEST].rsplit(" ", 1)[0] + " …"

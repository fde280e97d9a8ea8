"""A brief of one window, made from what is known now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import QuerySet

from tanggap.cases.models import Case
from tanggap.cases.workflow import AnswerKind, Outcome, State
from tanggap.evaluation.briefs.asking import ALL_RECEIVED, questions
from tanggap.evaluation.briefs.clusters import Counts, found_in, is_in, most_from
from tanggap.evaluation.briefs.content import Brief, Cluster
from tanggap.evaluation.briefs.series import Standing, largest_first, rising_first, standing
from tanggap.evaluation.briefs.windows import Window
from tanggap.evaluation.models import MassSubmission
from tanggap.evaluation.selectors.briefs.counting import (
    NONE,
    by_place,
    endings,
    late_units,
    place_names,
    received,
    reporters_of,
    topic_names,
)
from tanggap.evaluation.selectors.briefs.lines import topic_from
from tanggap.evaluation.selectors.briefs.scope import Scope

MOST_TOPICS, MOST_RISING, MOST_CLUSTERS, MOST_SOLVED = 5, 3, 3, 3
MOST_COMPARED = 1000
"""Cases whose reporters are told apart."""


def brief_for(scope: Scope, window: Window, *, now: datetime) -> Brief:
    """The brief of an agency. A constant number of statements, whatever there is to tell."""
    over = window.over(scope.today(now))
    counted = received(scope, window)
    names = topic_names()
    topics = [
        standing(topic, names.get(topic, ""), counts, length=window.length, since=counted.since, over=over)
        for topic, counts in counted.by_topic.items()
    ]
    rising = rising_first([one for one in topics if one.key != NONE], MOST_RISING)
    places = by_place(scope, window)
    units, offices, late = late_units(scope, now)
    brief = Brief(
        window=window,
        agency=scope.agency.code,
        name=scope.agency.full_name,
        at=now,
        over=over,
        received=standing(ALL_RECEIVED, "", counted.all, length=window.length, since=counted.since, over=over),
        endings=endings(scope, window),
        late=late,
        late_units=offices,
        topics=largest_first(topics, MOST_TOPICS),
        rising=rising,
        units=tuple(units),
        solved=_solved(scope, window),
    )
    brief = _with_places(brief, scope, places, rising)
    return replace(brief, questions=questions(brief))


def _with_places(brief: Brief, scope: Scope, places: Counts, rising: tuple[Standing, ...]) -> Brief:
    found = found_in(places, MOST_CLUSTERS)
    most = {one.key: here for one in rising if (here := most_from(places, one.key))}
    names = place_names([*(place for _topic, place, _n in found), *(place for place, _n in most.values())])
    topics = topic_names()
    clusters = [Cluster(topic, topics.get(topic, ""), place, names.get(place, place), n) for topic, place, n in found]
    return replace(
        brief,
        clusters=_with_reporters(clusters, scope, brief.window),
        places={key: (names.get(place, place), n) for key, (place, n) in most.items()},
    )


def _with_reporters(clusters: list[Cluster], scope: Scope, window: Window) -> tuple[Cluster, ...]:
    """How many people a cluster's cases come from; of a very large one at least so many."""
    if not clusters:
        return ()
    wanted = reduce(or_, (topic_from(one.category, one.region) for one in clusters))
    rows = scope.cases().filter(scope.during(window) & wanted).order_by("pk")
    found = list(rows.values_list("pk", "anonymous", "category_id", "region_id")[:MOST_COMPARED])
    told, alike = [], _in_the_same_words(scope, window)
    for one in clusters:
        own = [(pk, anonymous) for pk, anonymous, topic, region in found if is_of(one, topic, region)]
        reporters, unknown = reporters_of(own)
        same = len(alike & {pk for pk, _anonymous in own})
        told.append(replace(one, reporters=reporters, unknown=unknown, same=same))
    return tuple(told)


def _in_the_same_words(scope: Scope, window: Window) -> set[int]:
    """The cases of the body's mass submissions that reach into the window, as they were found last."""
    found = MassSubmission.objects.filter(
        body=scope.agency.body_id or 0, first_at__lt=scope.read_until(window), last_at__gte=scope.midnight(window.first)
    )
    return {pk for case_ids in found.values_list("case_ids", flat=True) for pk in case_ids}


def is_of(cluster: Cluster, topic: str | None, region: str | None) -> bool:
    """Whether a case of this topic and place belongs to a cluster."""
    return topic == cluster.category and is_in(region or "", cluster.region)


def _solved(scope: Scope, window: Window) -> tuple[int, ...]:
    """What may be told to anybody of what was done: of published cases, none of them anonymous, the most joined."""
    if scope.nation:
        return ()
    told = solved_cases(scope).filter(
        scope.during(window, "closed_at"),
        received_at__gte=scope.since(window),
        received_at__lt=scope.read_until(window),
    )
    return tuple(told.order_by("-endorsements", "-closed_at", "-pk").values_list("pk", flat=True)[:MOST_SOLVED])


def solved_cases(scope: Scope) -> QuerySet[Case]:
    """Closed cases that say what was done, and that everybody may read."""
    done = scope.cases().filter(state=State.CLOSED, published=True, anonymous=False)
    return done.exclude(outcome=Outcome.REFUSED).exclude(answer_kind__in=[AnswerKind.REFUSED, AnswerKind.NOT_POSSIBLE])

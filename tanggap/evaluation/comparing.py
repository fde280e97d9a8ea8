"""The bodies of a peer group, measured and placed: the rows of the scorecard over the cards of the group."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from tanggap.directory.models import Region
from tanggap.evaluation.groups import Group
from tanggap.evaluation.models import RankingPolicy, ScorecardComponent
from tanggap.evaluation.periods import Period
from tanggap.evaluation.ranking.measures import FIGURES, Measure
from tanggap.evaluation.ranking.order import Placed, ranking
from tanggap.evaluation.ranking.scorecard import Body, Component, Direction, Kind, Scorecard
from tanggap.evaluation.report_card import ReportCard
from tanggap.evaluation.selectors import group_cards
from tanggap.evaluation.selectors.evidence import evidence_scores


@dataclass(frozen=True)
class Comparison:
    """A ranking with what it was made of."""

    scorecard: Scorecard
    bodies: tuple[Body, ...]
    lines: list[Placed]


def scorecard_on(day: date) -> Scorecard:
    """The components and rules in force on a day: of each the latest row that has begun."""
    rows = ScorecardComponent.objects.filter(valid_from__lte=day).order_by("slug", "-valid_from").distinct("slug")
    policy = RankingPolicy.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if policy is None:
        return Scorecard((), 1, 1.0)
    # The heaviest first, as it is read.
    components = sorted(map(_component, rows), key=lambda one: (-one.weight, one.kind == Kind.EVIDENCE, one.slug))
    return Scorecard(tuple(components), policy.minimum_n, float(policy.z), tuple(policy.band_floors))


def _component(row: ScorecardComponent) -> Component:
    return Component(
        slug=row.slug,
        label_id=row.label_id,
        label_en=row.label_en,
        weight=row.weight,
        kind=Kind(row.kind),
        source=row.source,
        direction=Direction(row.direction),
        valid_from=row.valid_from.isoformat(),
        basis=row.basis,
    )


def measured(scorecard: Scorecard, cards: Collection[ReportCard], period: Period) -> tuple[Body, ...]:
    """What the scorecard's components find on the cards of a period and in what evaluators found."""
    evidence = evidence_scores([card.agency or "" for card in cards], period)
    return tuple(_body(scorecard, card, evidence.get(card.agency or "", {})) for card in cards)


def _body(scorecard: Scorecard, card: ReportCard, evidence: Mapping[str, Measure]) -> Body:
    found = {}
    for one in scorecard.components:
        if one.kind == Kind.EVIDENCE:
            measure = evidence.get(one.source)
        else:
            figure = FIGURES.get(one.source)
            measure = figure(card.figures) if figure else None
        if measure is not None:
            found[one.slug] = measure
    return Body(card.agency or "", card.figures.total, found)


def comparison(group: Group, period: Period, within: Region | None = None) -> Comparison:
    """The ranking of a peer group over a period as things stand now, by the scorecard of the period's last day."""
    scorecard = scorecard_on(period.last)
    bodies = measured(scorecard, group_cards(group, period, within, details=False), period)
    return Comparison(scorecard, bodies, ranking(scorecard, bodies))

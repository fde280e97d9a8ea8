"""What a round found: of each body its items, its sampled cases, and how far the readers agree."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from typing import Any

from tanggap.cases.policies import public_cases
from tanggap.evaluation.models import Evidence, Round, RoundBody, RoundObjection, RoundRule, SampledCase
from tanggap.evaluation.rounds.agreement import Agreement, agreement
from tanggap.evaluation.rounds.scoring import HIGHEST, READERS, mean, share_of
from tanggap.evaluation.rounds_open import rules_on
from tanggap.ledger.chain import canonical_json


def share_of_sampled(sampled: SampledCase) -> Fraction | None:
    """What a sampled case earned: as an objection led to, else as its readers found; None while undecided."""
    if sampled.corrected is not None:
        return Fraction(sampled.corrected)
    return share_of([reading.scores for reading in sampled.readings.all()])


def share_words(sampled: SampledCase | None) -> str:
    """The share as it is kept beside an objection: four decimals, or empty."""
    share = share_of_sampled(sampled) if sampled is not None else None
    return "" if share is None else f"{float(share):.4f}"


def brought(body: RoundBody) -> dict[str, Evidence]:
    """The latest evidence of a body for each item."""
    found: dict[str, Evidence] = {}
    for row in body.evidence.all():
        found.setdefault(row.item, row)
    return found


def quality_of(body: RoundBody) -> tuple[Fraction | None, int]:
    """The mean share of a body's sampled cases, and of how many."""
    shares = [share for sampled in body.sample.all() if (share := share_of_sampled(sampled)) is not None]
    return mean(shares), len(shares)


def agreement_in(bodies: list[RoundBody]) -> Agreement:
    """How far the first two readers of every case agree, over all criteria."""
    pairs = []
    for body in bodies:
        for sampled in body.sample.all():
            readings = list(sampled.readings.all())[:READERS]
            if len(readings) == READERS:
                one, other = (reading.scores for reading in readings)
                pairs += [(one[name], other[name]) for name in sorted(one.keys() & other.keys())]
    return agreement(pairs, HIGHEST)


def loaded(row: Round) -> list[RoundBody]:
    """The bodies of a round with everything that was found, in a constant number of statements."""
    return list(
        row.bodies.select_related("agency", "round").prefetch_related("evidence", "sample__readings", "objections")
    )


def unread_cases(row: Round) -> int:
    """How many sampled cases of a round are not decided: fewer than two readers, or a third is still needed.

    One that is not public any more waits for nobody: it can no longer be read.
    """
    readings: dict[int, list[dict[str, int]]] = {}
    open_ = set(
        public_cases()
        .filter(pk__in=SampledCase.objects.filter(body__round=row).values("case_id"))
        .values_list("pk", flat=True)
    )
    for body in row.bodies.prefetch_related("sample__readings"):
        for sampled in body.sample.all():
            if sampled.case_id not in open_:
                continue
            readings[sampled.pk] = [reading.scores for reading in sampled.readings.all()]
    return sum(share_of(scores) is None for scores in readings.values())


def results_of(row: Round) -> dict[str, Any]:
    """The results as they are fixed: exact shares as fractions in words."""
    bodies, items = loaded(row), [rule.slug for rule in rules_on(RoundRule.Kind.EVIDENCE, row.last)]
    met = agreement_in(bodies)
    return {
        "round": row.pk,
        "agency": row.agency.code,
        "from": row.first.isoformat(),
        "to": row.last.isoformat(),
        "seed": row.seed,
        "agreement": {"pairs": met.n, "alike": _words(met.alike), "kappa": _words(met.kappa)},
        "bodies": {body.agency.code: _result(body, items) for body in bodies},
    }


def digest_of(results: dict[str, Any]) -> str:
    """SHA-256 of results in canonical JSON."""
    return sha256(canonical_json(results)).hexdigest()


def _result(body: RoundBody, items: list[str]) -> dict[str, Any]:
    evidence = brought(body)
    quality, n = quality_of(body)
    objections = list(body.objections.all())
    return {
        "evidence": {item: evidence[item].state if item in evidence else "none" for item in items},
        "follow_up": {"mean": _words(quality), "n": n},
        "population": body.population_digest,
        "objections": len(objections),
        "upheld": sum(one.state == RoundObjection.State.UPHELD for one in objections),
    }


def _words(share: Fraction | None) -> str | None:
    return None if share is None else str(share)

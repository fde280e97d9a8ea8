"""The manifest of a period: what was computed, as digests that anybody can compare (docs/how-to/ranking.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from hashlib import sha256
from typing import Any

from tanggap.evaluation.ranking.measures import Measure
from tanggap.evaluation.ranking.scorecard import Body, Component, Direction, Kind, Scorecard
from tanggap.ledger.chain import canonical_json

VERSION = 1


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


def manifest_of(
    *, name: str, first: str, last: str, as_of: str, parts: Mapping[str, bytes], streams: int, root: bytes
) -> str:
    """The canonical JSON that is signed."""
    content = {
        "version": VERSION,
        "period": name,
        "from": first,
        "to": last,
        "as_of": as_of,
        "parts": {part: digest(content) for part, content in parts.items()},
        "ledger": {"streams": streams, "root": root.hex()},
    }
    return canonical_json(content).decode()


def scorecard_json(scorecard: Scorecard) -> dict[str, Any]:
    """A scorecard as it is frozen."""
    return {
        "components": [
            {
                "slug": one.slug,
                "label_id": one.label_id,
                "label_en": one.label_en,
                "weight": one.weight,
                "kind": one.kind.value,
                "source": one.source,
                "direction": one.direction.value,
                "valid_from": one.valid_from,
                "basis": one.basis,
            }
            for one in scorecard.components
        ],
        "minimum_n": scorecard.minimum_n,
        "z": scorecard.z,
        "band_floors": list(scorecard.band_floors),
    }


def read_scorecard(content: Mapping[str, Any]) -> Scorecard:
    """What `scorecard_json` wrote."""
    components = tuple(
        Component(**{**one, "kind": Kind(one["kind"]), "direction": Direction(one["direction"])})
        for one in content["components"]
    )
    return Scorecard(components, content["minimum_n"], content["z"], tuple(content["band_floors"]))


def bodies_json(bodies: Iterable[Body]) -> dict[str, Any]:
    """The measures of bodies, exact: a share as `part/whole` in lowest terms, and what it was counted over."""
    return {
        body.code: {
            "n": body.n,
            "measures": {slug: [str(measure.value), measure.n] for slug, measure in sorted(body.measures.items())},
        }
        for body in bodies
    }


def read_bodies(content: Mapping[str, Any], codes: Iterable[str]) -> list[Body]:
    """What `bodies_json` wrote, of some of the bodies; those it does not know are left out."""
    return [_read_body(code, content[code]) for code in codes if code in content]


def _read_body(code: str, row: Mapping[str, Any]) -> Body:
    return Body(code, row["n"], {slug: Measure(Fraction(value), n) for slug, (value, n) in row["measures"].items()})


def read_json(content: bytes) -> Any:
    """Canonical JSON back as values."""
    return json.loads(content)

"""The bank of invented words: matters people write about, and what is said around them. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tanggap.cases.workflow import AnswerKind, Classification

FOLDER = Path(__file__).resolve().parents[1] / "stories"
MATTER_FILES = ("economy", "environment", "oversight", "people", "roads", "services", "transport")
ANSWERS = {
    AnswerKind.DONE: "done",
    AnswerKind.INFORMATION: "information",
    AnswerKind.PROMISED: "promised",
    AnswerKind.REFUSED: "refused",
    AnswerKind.NOT_POSSIBLE: "cannot",
}


@dataclass(frozen=True)
class Matter:
    """Something people report. `strand` below is which of its stories (the place in `say`) a case tells."""

    id: str
    classification: str
    categories: tuple[str, ...]
    weight: int
    about: str
    words: Mapping[str, tuple[str, ...]]
    unit: str = ""
    national: str = ""
    level: str = ""
    season: str = ""
    about_unit: str = ""
    person: str = ""
    wrong_unit: str = ""
    wrong_reason: str = ""
    basis: str = ""
    secret: bool = False

    @property
    def strands(self) -> int:
        """How many stories it has."""
        return len(self.words["say"])

    def pick(self, name: str, strand: int, rng: Random) -> str:
        """One text of a list: by place when the list goes with `say`, else any. Empty when there is none."""
        texts = self.words.get(name, ())
        if not texts:
            return ""
        return texts[strand] if len(texts) == self.strands else rng.choice(texts)


@dataclass(frozen=True)
class Outside:
    """Something that ends in the archive, with the body it is referred to by place."""

    reason: str
    weight: int
    texts: tuple[str, ...]
    titles: tuple[str, ...]
    explanations: tuple[str, ...]
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bank:
    """All words of the demo."""

    matters: tuple[Matter, ...]
    outside: tuple[Outside, ...]
    common: Mapping[str, Any]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def say(self, rng: Random, section: str, name: str) -> str:
        """One of the texts said around every matter."""
        found = self.common[section][name]
        return found if isinstance(found, str) else str(rng.choice(found))


_TEXT = frozenset(
    "id classification about unit national level season about_unit person wrong_unit wrong_reason basis".split()
)


def _matter(row: dict[str, Any]) -> Matter:
    fields = {name: row[name] for name in _TEXT if name in row}
    fields["classification"] = row.get("class", Classification.COMPLAINT.value)
    lists = {
        name: tuple(value) if isinstance(value, list) else (value,)
        for name, value in row.items()
        if name in _LISTS and value
    }
    return Matter(
        **fields,
        categories=tuple(row["categories"]),
        weight=row["weight"],
        words=lists,
        secret=row.get("secret", False),
    )


_LISTS = frozenset(
    "titles say effect short chat interim done information promised refused cannot ask reply object".split()
)


def _outside(row: dict[str, Any]) -> Outside:
    texts, titles, explanations, bodies = (
        tuple(row.get(name, ())) for name in ("texts", "titles", "explanations", "bodies")
    )
    return Outside(row["reason"], row["weight"], texts, titles, explanations, bodies)


def _read(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def bank() -> Bank:
    """The words that ship with the product."""
    rows = [row for name in MATTER_FILES for row in _read(name)["matter"]]
    outside = [_outside(row) for row in _read("outside")["outside"]]
    names = {key: tuple(value) for key, value in _read("names").items()}
    return Bank(tuple(map(_matter, rows)), tuple(outside), _read("common"), names)

"""The figures of a report card from the counts of its cases. Pure: no Django, no database (DOMAIN §7).

Every figure is over all cases of the period less merged duplicates, which are counted with the case that was kept.
What each of them means stands in `evaluation/definitions.py`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import gt
from statistics import median
from typing import Final

from tanggap.cases.workflow import State
from tanggap.evaluation.tallies import histogram
from tanggap.evaluation.tallies.entry import A_DAY, HELD, MEASURES
from tanggap.evaluation.tallies.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, median and 90th percentile (nearest rank) of `n` values; None without any."""

    mean: float | None
    median: float | None
    p90: float | None
    n: int


Exact = Mapping[str, Sequence[int]]
"""The durations themselves, by measure, where there are few enough to be read."""
_KEYS: Final = {**MEASURES, "held": HELD}


def spread(durations: Sequence[int]) -> Spread:
    """The spread of durations in microseconds, in days; the same whatever their order."""
    if not durations:
        return Spread(None, None, None, 0)
    ordered = sorted(durations)
    return Spread(
        sum(ordered) / len(ordered) / A_DAY,
        median(ordered) / A_DAY,
        ordered[math.ceil(0.9 * len(ordered)) - 1] / A_DAY,
        len(ordered),
    )


@dataclass(frozen=True)
class Figures:
    """The figures of one report card. Shares and completion are 0–1, unrounded; None where nothing is divided by.

    `sheet` is what the tallies keep (`evaluation/tallies/entry.py` names the keys). Medians and percentiles come from
    the durations themselves where `exact` has them, else from histograms, within 2 %.
    """

    sheet: Sheet
    exact: Exact = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All cases less merged duplicates."""
        return self._count("n")

    @cached_property
    def by_state(self) -> dict[str, int]:
        """All states, those without a case too."""
        return {state.value: self._count(f"state:{state}") for state in State}

    @property
    def by_channel(self) -> dict[str, int]:
        """By the channel they came by."""
        return self._split("channel")

    @property
    def by_classification(self) -> dict[str, int]:
        """By classification; `none` before verification."""
        return self._split("class")

    @property
    def by_category(self) -> dict[str, int]:
        """By category code; `none` without one."""
        return self._split("category")

    @property
    def by_district(self) -> dict[str, int]:
        """By district (kecamatan); `none` for a wider place or none."""
        return self._split("district")

    @property
    def by_regency(self) -> dict[str, int]:
        """By regency or city of the place; `none` for a province or none."""
        return self._split("regency")

    @property
    def by_outcome(self) -> dict[str, int]:
        """How the closed ones ended."""
        return self._split("outcome")

    @property
    def by_archive_reason(self) -> dict[str, int]:
        """Why the archived ones were."""
        return self._split("reason")

    @property
    def in_progress(self) -> int:
        """In progress or answered: what the published statistics call "dalam proses"."""
        return self._count("state:in_progress") + self._count("state:answered")

    @property
    def closed_over_total(self) -> float | None:
        """Selesai / total."""
        return _ratio(self._count("state:closed"), self.total)

    @property
    def closed_and_in_progress_over_total(self) -> float | None:
        """(Selesai + proses) / total."""
        return _ratio(self._count("state:closed") + self.in_progress, self.total)

    @property
    def closed_over_total_without_archived(self) -> float | None:
        """Selesai / (total - archived)."""
        return _ratio(self._count("state:closed"), self.total - self._count("state:archived"))

    @cached_property
    def first_answer_working_days(self) -> Spread:
        """From forwarding to the first answer, on working days, net of pauses."""
        return self._spread("first_answer_working")

    @cached_property
    def first_answer_calendar_days(self) -> Spread:
        """From forwarding to the first answer, elapsed, net of pauses."""
        return self._spread("first_answer_calendar")

    @cached_property
    def verification_working_days(self) -> Spread:
        """From submission to verification, on working days, net of pauses."""
        return self._spread("verification_working")

    @cached_property
    def citizen_first_answer_calendar_days(self) -> Spread:
        """From submission to the first answer, elapsed, never paused: the citizen's own clock."""
        return self._spread("citizen_first_answer")

    @cached_property
    def citizen_close_calendar_days(self) -> Spread:
        """From submission to closing, elapsed, never paused."""
        return self._spread("citizen_close")

    @cached_property
    def held_working_days(self) -> Spread:
        """How long each holder had a case that it handed on, answered or saw end."""
        return self._spread("held")

    @property
    def on_time_share(self) -> float | None:
        """First answers within the limit, of all whose limit has passed."""
        return _ratio(self._count("on_time"), self.on_time_n)

    @property
    def on_time_n(self) -> int:
        """All whose limit for the first answer has passed."""
        return self._count("judged")

    @property
    def charged_on_time(self) -> int:
        """Of `charged_n` those in time."""
        return self._count("charged_on_time")

    @property
    def charged_n(self) -> int:
        """Cases whose first answer, in time or not, is charged here: to whoever held them (ADR 24)."""
        return self._count("charged")

    @property
    def overdue(self) -> int:
        """Still waiting past the limit that runs."""
        return self._count("overdue")

    @property
    def reopened(self) -> int:
        """Opened again at least once."""
        return self._count("reopened")

    @property
    def closed_silent(self) -> int:
        """Closed because the reporter kept silent."""
        return self._count("closed_silent")

    @property
    def returned(self) -> int:
        """Handed back at least once as not ours."""
        return self._count("returned")

    @property
    def satisfaction_mean(self) -> float | None:
        """Mean rating, 1–5."""
        return _ratio(self._count("rating"), self.satisfaction_n)

    @property
    def satisfaction_n(self) -> int:
        """How many were rated."""
        return self._count("rated")

    @property
    def forwarded_within_3(self) -> int:
        """Forwarded within three calendar days of submission."""
        return self._count("forwarded_in_time")

    @property
    def followed_up_within_10(self) -> int:
        """First answered within ten calendar days of submission."""
        return self._count("followed_up_in_time")

    @property
    def promises_kept(self) -> int:
        """Promised dates that were kept."""
        return self._count("kept")

    @property
    def promises_broken(self) -> int:
        """Promised dates that passed."""
        return self._count("broken")

    @property
    def promises_pending(self) -> int:
        """Promised dates still to come."""
        return self._count("pending")

    def durations(self, measure: str) -> dict[float, int]:
        """How many took about so many days: the histogram of a measure (`first_answer_working` …), shortest first."""
        return {histogram.middle_of(bucket) / A_DAY: n for bucket, n in sorted(self._histogram(measure).items())}

    def _count(self, key: str) -> int:
        return self.sheet.few.get(key, 0)

    def _split(self, name: str) -> dict[str, int]:
        """The counts of a dimension, in the order of its keys."""
        many = self.sheet.many.get(name)
        if many is None:
            many = {key[len(name) + 1 :]: n for key, n in self.sheet.few.items() if key.startswith(f"{name}:")}
        keys = list(many)
        # Kept in order as a rule; sorting the country's seven thousand districts takes longer than everything else.
        return {key: many[key] for key in sorted(keys)} if any(map(gt, keys, keys[1:])) else many

    def _histogram(self, measure: str) -> dict[int, int]:
        return {int(bucket): n for bucket, n in self.sheet.many.get(_KEYS[measure], {}).items()}

    def _spread(self, measure: str) -> Spread:
        if measure in self.exact:
            return spread(self.exact[measure])
        key = _KEYS[measure]
        n = self._count(f"{key}.n")
        if not n:
            return Spread(None, None, None, 0)
        buckets = self._histogram(measure)
        middle, slow = histogram.median(buckets), histogram.quantile(buckets, 0.9)
        assert middle is not None
        assert slow is not None
        return Spread(self._count(f"{key}.us") / n / A_DAY, middle / A_DAY, slow / A_DAY, n)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None

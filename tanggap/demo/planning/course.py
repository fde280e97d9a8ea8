"""The life of a case, act by act, to its end; the plan cuts it off where the day begins. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from tanggap.cases.workflow import Action, AnswerKind
from tanggap.demo.planning.cases import Act, Hand, Nobody, Seat
from tanggap.demo.planning.facts import Limits, Place
from tanggap.demo.planning.matters import Matter
from tanggap.demo.planning.rhythm import citizen_later, office_later
from tanggap.demo.planning.wording import Wording, long_date


@dataclass(frozen=True)
class Tempo:
    """How quick an agency is, in working days (medians), and how often it loses something."""

    verify: float
    first: float
    final: float
    lost: float


@dataclass(frozen=True)
class Scene:
    """Everything a life needs to know about its case."""

    place: Place
    root: Place
    addressed: str
    unit: str
    """Code of the office that answers in the end; the place itself for a national body."""
    words: Wording
    matter: Matter
    strand: int
    channel: str
    classification: str
    category: str
    title: str
    """Set by the verifier; empty when the reporter's own stays."""
    oversight: bool
    """About somebody: it starts with the inspector, who also handles it."""
    limits: Limits
    tempo: Tempo
    other_unit: str = ""
    """A plausible wrong first office; empty when there is none."""
    upper: str = ""
    """Where the national admin sends what was never this place's."""
    upper_name: str = ""


@dataclass
class Course:
    """A life being told. `at` is when the last thing happened, `holder` the agency that has the case."""

    scene: Scene
    rng: Random
    at: datetime
    holder: str
    acts: list[Act] = field(default_factory=list)
    officer: int = 1
    kind: AnswerKind | None = None
    """What the last final answer said."""

    def add(self, action: Action, at: datetime, by: Hand, **what: object) -> Act:
        """Append an act; it may not lie before the last one."""
        act = Act(action=action, at=max(at, self.at + timedelta(seconds=1)), by=by, **what)  # type: ignore[arg-type]
        self.acts.append(act)
        self.at = act.at
        return act

    def office(self, days: float) -> datetime:
        """A moment at the desk, so many working days on."""
        return office_later(self.at, days, self.scene.place.calendar, self.rng)

    def citizen(self, days: float) -> datetime:
        """A moment of the reporter, so many days on."""
        return citizen_later(self.at, days, self.scene.place.calendar, self.rng)

    def passes(self, start: datetime, working_days: int) -> datetime:
        """Some minutes after a limit has run out: when a timer acts."""
        end = self.scene.place.calendar.due_at(start, working_days)
        return end + timedelta(minutes=self.rng.randrange(2, 50), seconds=self.rng.randrange(60))

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self.rng.random() < probability

    # -- who ------------------------------------------------------------------------------------------------------

    def verifier(self) -> Seat:
        """Whoever checks it first: the inspector, the addressed body's coordinator, or the nation's admin."""
        if not self.scene.addressed:
            return Seat("national_admin", self.scene.root.code)
        return Seat("inspector" if self.scene.oversight else "coordinator", self.scene.place.code)

    def handler(self) -> Seat:
        """Whoever answers where the case is now."""
        if self.scene.oversight:
            return Seat("inspector", self.scene.place.code, self.officer)
        if "/" in self.holder:
            return Seat("liaison_officer", self.holder, self.officer)
        return Seat("coordinator", self.holder, self.officer)

    @property
    def office_name(self) -> str:
        """The name of whoever has it now."""
        if self.holder == self.scene.upper:
            return self.scene.upper_name
        return self.scene.place.units.get(self.holder.rpartition("/")[2], self.scene.place.name)

    # -- words ----------------------------------------------------------------------------------------------------

    def text(self, section: str, name: str, **more: str) -> str:
        """A text of those said around every matter."""
        return self.scene.words.common(section, name, **more)

    def own(self, name: str, **more: str) -> str:
        """A text of this matter and story; empty when it has none."""
        return self.scene.words.fill(self.scene.matter.pick(name, self.scene.strand, self.rng), **more)

    def dated(self) -> dict[str, str]:
        """The dates an answer of this moment speaks of."""
        return {"tgl_kerja": long_date(self.at.astimezone(self.scene.place.calendar.zone).date())}


REPORTER, TIMER = Nobody.REPORTER, Nobody.TIMER

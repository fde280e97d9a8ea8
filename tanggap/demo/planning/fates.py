"""From chance, wishes and an agency's pace to the courses a life takes. Pure."""

from __future__ import annotations

from random import Random

from tanggap.cases.workflow import Classification
from tanggap.demo.planning.chances import weighted
from tanggap.demo.planning.course import Tempo
from tanggap.demo.planning.ending import Ending
from tanggap.demo.planning.handling import Handling
from tanggap.demo.planning.intake import Intake, Routing
from tanggap.demo.planning.matters import Bank, Outside
from tanggap.demo.planning.rhythm import spread
from tanggap.demo.planning.wishes import Fate, Pose, Wish

OUTSIDE_SHARE = 0.085
SAME_DAY = 0.02
"""Working days: still on the day it came."""
BEFORE_ANYBODY = frozenset({Pose.NEW, Pose.CHECK_DUE, Pose.CHECK_LATE})
INTERIM = {
    Classification.COMPLAINT: 0.42,
    Classification.ASPIRATION: 0.2,
    Classification.INFORMATION_REQUEST: 0.06,
    Classification.SUPERVISORY_COMPLAINT: 0.85,
}


def intake_for(wish: Wish, bank: Bank, tempo: Tempo, rng: Random, *, oversight: bool) -> Intake:
    """What happens before an agency has it."""
    days = spread(tempo.verify, rng, sigma=0.8, most=30)
    if wish.pose is not None:
        asked = wish.pose == Pose.ASKED_BEFORE
        return Intake(SAME_DAY, held=asked, completes=not asked, lost=wish.pose in BEFORE_ANYBODY)
    if wish.fate == Fate.LOST_UNVERIFIED:
        return Intake(days, lost=True)
    if wish.fate == Fate.WITHDRAWN:
        return Intake(days, withdrawn=True)
    if wish.fate == Fate.EXPIRED:
        return Intake(days, held=True, completes=False)
    outside = _outside(wish, bank, rng, oversight=oversight)
    free = wish.fate is None and not wish.reason and not wish.classification
    return Intake(
        days,
        held=rng.random() < 0.05,
        completes=not free or rng.random() < 0.7,
        outside=outside,
        outside_place=rng.randrange(len(outside.texts)) if outside else 0,
        withdrawn=free and rng.random() < 0.008,
        lost=free and rng.random() < tempo.lost / 3,
    )


def _outside(wish: Wish, bank: Bank, rng: Random, *, oversight: bool) -> Outside | None:
    if wish.reason:
        return next(item for item in bank.outside if item.reason == wish.reason)
    free = wish.fate is None and not wish.classification and not oversight
    if free and rng.random() < OUTSIDE_SHARE:
        return weighted(rng, bank.outside, [item.weight for item in bank.outside])
    return None


def routing_for(wish: Wish, tempo: Tempo, rng: Random) -> Routing:
    """The way to the office that answers."""
    if wish.pose is not None:
        return Routing(SAME_DAY)
    days = spread(tempo.verify, rng, sigma=0.8, most=30)
    return Routing(
        days,
        wrong_unit=wish.fate == Fate.RETURNED or rng.random() < 0.11,
        wrong_body=wish.fate == Fate.RETURNED_UP or (wish.fate is None and rng.random() < 0.018),
        over_government=rng.random() < 0.1,
    )


_POSED = {
    Pose.ANSWER_DUE: Handling(30, 30, lost=True),
    Pose.ANSWER_LATE: Handling(30, 30, lost=True, nagged=False),
    Pose.FRESHLY_FORWARDED: Handling(30, 30, lost=True),
    Pose.ASKED_BEFORE: Handling(30, 30, lost=True),
    Pose.RESOLUTION_DUE: Handling(2, 40, lost_late=True, accepted=True),
    Pose.ASKED: Handling(1, 30, question=True, replies=False),
    Pose.ANSWERED: Handling(0.6, 2, interim=True),
    Pose.WINDOW_ENDING: Handling(2.0, 1),
    Pose.OBJECTED: Handling(1.0, 1),
}


def handling_for(wish: Wish, classification: str, tempo: Tempo, rng: Random) -> Handling:
    """What the office does with it."""
    if wish.pose in _POSED:
        return _POSED[wish.pose]
    slow = 3.2 if classification == Classification.SUPERVISORY_COMPLAINT else 1.0
    free = wish.fate is None
    question = rng.random() < 0.06
    return Handling(
        first=spread(tempo.first, rng, sigma=0.7),
        final=spread(tempo.final * slow, rng, sigma=0.7, most=80),
        interim=rng.random() < INTERIM[Classification(classification)],
        accepted=rng.random() < 0.4,
        acknowledged=rng.random() < 0.2,
        question=question,
        replies=rng.random() < 0.75,
        lost=wish.fate == Fate.LOST_FORWARDED or (free and rng.random() < tempo.lost),
        lost_late=wish.fate == Fate.LOST_IN_PROGRESS or (free and rng.random() < tempo.lost / 2),
        nagged=rng.random() < 0.5,
        noted=rng.random() < 0.16,
        assigned=rng.random() < 0.25,
        kind=wish.kind,
    )


def ending_for(wish: Wish, classification: str, rng: Random) -> Ending:
    """What the reporter does with the answer."""
    if wish.pose is not None:
        return Ending(objects=wish.pose == Pose.OBJECTED)
    may_object = classification in (Classification.COMPLAINT, Classification.ASPIRATION)
    free = wish.fate is None
    confirmed = wish.fate == Fate.CONFIRMED or (free and rng.random() < 0.34)
    objects = wish.fate in (Fate.OBJECTED, Fate.OBJECTED_TWICE) or (free and may_object and rng.random() < 0.075)
    badly = wish.fate == Fate.RATED_BADLY or (free and may_object and rng.random() < 0.025)
    late = badly and not objects and not confirmed
    return Ending(
        confirmed=confirmed,
        objects=objects,
        objects_again=wish.fate == Fate.OBJECTED_TWICE or (objects and not confirmed and rng.random() < 0.07),
        thanks=rng.random() < 0.3,
        rating=weighted(rng, (3, 4, 5), (2, 5, 4)) if not late and rng.random() < (0.5 if confirmed else 0.12) else 0,
        late_rating=rng.choice((1, 2)) if late else 0,
        reopened=wish.fate == Fate.REOPENED or (free and not late and rng.random() < 0.004),
    )

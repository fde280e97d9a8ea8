"""Acting a family out: the acts of all its cases in order of time."""

from __future__ import annotations

from collections.abc import Callable

from tanggap.cases.workflow import Action
from tanggap.demo.acting import beginning, finish, middle
from tanggap.demo.acting.played import Played
from tanggap.demo.acting.stage import Stage
from tanggap.demo.planning.cases import Act, Family, Kind

ACTS: dict[Action, Callable[[Played, Act], None]] = {
    Action.VERIFY: beginning.verify,
    Action.HOLD: beginning.hold,
    Action.ASK_REPORTER: beginning.hold,
    Action.COMPLETE: beginning.complete,
    Action.RESUME: beginning.resume,
    Action.FORWARD: beginning.forward,
    Action.RETURN: beginning.give_back,
    Action.CORRECT: beginning.correct,
    Action.ACCEPT: middle.accept,
    Action.ASSIGN: middle.assign,
    Action.ANNOTATE: middle.annotate,
    Action.ANSWER_INTERIM: middle.answer_interim,
    Action.ANSWER_FINAL: middle.answer_final,
    Action.REPLY: middle.reply,
    Action.RATE: middle.rate,
    Action.OBJECT: middle.object_to,
    Action.ENDORSE: middle.endorse,
    Action.RAISE_CONFIDENTIALITY: middle.raise_confidentiality,
    Action.REPORT_PRESSURE: middle.report_pressure,
    Action.CONFIRM: finish.confirm,
    Action.CLOSE_SILENT: finish.close_silent,
    Action.REOPEN: finish.reopen,
    Action.ARCHIVE: finish.archive,
    Action.REFER: finish.refer,
    Action.EXPIRE_HOLD: finish.expire,
    Action.WITHDRAW: finish.withdraw,
}


def play(family: Family, stage: Stage) -> list[Played]:
    """The cases of a family as they stand when the day begins."""
    played: dict[int, Played] = {}
    for number, plan in enumerate(family.cases):
        if plan.kind != Kind.PART:
            played[number] = beginning.begin(plan, stage)
    children = [n for n, plan in enumerate(family.cases) if plan.kind == Kind.PART]
    for number, act in _in_order(family):
        if act.action == Action.SPLIT:
            child = children.pop(0)
            played[child] = finish.split(played[number], act, family.cases[child])
        elif act.action == Action.MERGE:
            finish.merge(played[number], act, played[0])
        else:
            ACTS[act.action](played[number], act)
    return [played[number] for number in sorted(played)]


def _in_order(family: Family) -> list[tuple[int, Act]]:
    """Every act with the number of its case; a split comes before what its part does."""
    acts = [(number, act) for number, plan in enumerate(family.cases) for act in plan.acts]
    return sorted(acts, key=lambda pair: pair[1].at)

"""The state diagram of docs/state-diagram.md, drawn from `workflow.MOVES` so that it cannot say anything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import translation

from tanggap.cases.vocabulary import StateWord
from tanggap.cases.workflow import (
    BEFORE,
    HOLDS_AT_MOST,
    MOVES,
    OBJECTIONS_AT_MOST,
    RETURNS_BEFORE_NATIONAL,
    SAME,
    SUBMITTED,
    Action,
    Move,
    Standing,
    State,
)

BEFORE_NODE = "state_before"
HEAD = """\
# States of a case

Generated from `tanggap/cases/workflow.py`; after a change there: `bin/tanggap state-diagram > docs/state-diagram.md`.
A test fails while the two differ. Anything that is not listed here is refused and changes nothing.
"""
NOTES = f"""\
- *the state before* is the one kept when the present state was entered.
- A case is held at most {HOLDS_AT_MOST} times; after {RETURNS_BEFORE_NATIONAL} returns the national admin decides.
- Objections back to `in_progress`: {OBJECTIONS_AT_MOST}. A further one changes no state; the ombudsman gets a bundle.
- *Who* is what somebody is to this case; `policies.py` works it out.
"""


def render() -> str:
    """The whole page, in Markdown with a Mermaid diagram."""
    moving = {action: move for action, move in MOVES.items() if move.to != SAME}
    staying = {action: move for action, move in MOVES.items() if move.to == SAME}
    parts = [
        HEAD,
        "```mermaid\n" + "\n".join(_diagram(moving)) + "\n```\n",
        _table(("State", "Published as"), _state_rows()),
        "## Actions that change the state\n",
        NOTES,
        _table(("Action", "From", "To", "Who"), _move_rows(moving)),
        "## Actions that leave the state as it is\n",
        _table(("Action", "In", "Who"), ((f"`{a}`", _states(m.sources), _who(m)) for a, m in staying.items())),
    ]
    return "\n".join(parts)


def edges(moves: dict[Action, Move]) -> dict[tuple[str, str], list[Action]]:
    """Arrow → the actions written on it, in the order of the table."""
    arrows: dict[tuple[str, str], list[Action]] = {}
    for action, move in moves.items():
        target = BEFORE_NODE if move.to == BEFORE else str(move.to)
        for source in _in_order(move.sources):
            arrows.setdefault((str(source), target), []).append(action)
    return arrows


def _diagram(moves: dict[Action, Move]) -> Iterator[str]:
    yield "stateDiagram-v2"
    yield f'    state "the state before" as {BEFORE_NODE}'
    yield f"    [*] --> {SUBMITTED} : {Action.SUBMIT}"
    for (source, target), actions in edges(moves).items():
        yield f"    {source} --> {target} : {', '.join(actions)}"


def _state_rows() -> Iterator[tuple[str, str]]:
    with translation.override("id"):
        yield from ((f"`{state}`", str(StateWord(state.value).label)) for state in State)


def _move_rows(moves: dict[Action, Move]) -> Iterator[tuple[str, str, str, str]]:
    yield f"`{Action.SUBMIT}`", "–", f"`{SUBMITTED}`", "the reporter, a channel or an officer at the counter"
    for action, move in moves.items():
        to = "*the state before*" if move.to == BEFORE else f"`{move.to}`"
        yield f"`{action}`", _states(move.sources), to, _who(move)


def _in_order(states: Iterable[State]) -> list[State]:
    return [state for state in State if state in set(states)]


def _states(states: frozenset[State]) -> str:
    return "any" if states == frozenset(State) else ", ".join(f"`{state}`" for state in _in_order(states))


def _who(move: Move) -> str:
    return ", ".join(standing.replace("_", " ") for standing in Standing if standing in move.who)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"

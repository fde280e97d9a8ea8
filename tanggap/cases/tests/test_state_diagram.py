"""The documented states are those of the code."""

import re
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tanggap.cases.state_diagram import BEFORE_NODE
from tanggap.cases.workflow import MOVES, Action, State, advance

PAGE = Path(settings.BASE_DIR) / "docs" / "state-diagram.md"


def printed() -> str:
    out = StringIO()
    call_command("state_diagram", stdout=out)
    return out.getvalue()


def test_the_committed_page_is_the_one_the_command_prints():
    assert PAGE.read_text(encoding="utf-8") == printed(), "run: bin/tanggap state-diagram > docs/state-diagram.md"


def test_every_arrow_is_a_move_the_code_makes():
    arrows = re.findall(r"^    (\w+) --> (\w+) : (.+)$", printed(), flags=re.MULTILINE)
    assert len(arrows) > 10
    for source, target, actions in arrows:
        for action in actions.split(", "):
            before = State.FORWARDED if target == BEFORE_NODE else None
            assert advance(source, Action(action), before=before) == (before or target)


def test_every_action_has_its_line_and_none_is_listed_twice():
    listed = re.findall(r"^\| `(\w+)` \|.*\|.*\|", printed(), flags=re.MULTILINE)
    lines = [name for name in listed if name not in set(State)]
    assert sorted(lines) == sorted([*MOVES, Action.SUBMIT])

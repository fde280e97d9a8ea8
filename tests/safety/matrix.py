"""The permission matrix as a page: written from what the crawl found, compared with what is committed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tanggap.cases.workflow import MOVES
from tests.cast import POSTS
from tests.safety.policy import PEOPLE
from tests.safety.routes import Route
from tests.safety.world import KINDS

LETTERS = dict(zip(KINDS, "abcdefghijklmnop", strict=False))
MEANING = {
    "fresh": "ordinary, not verified yet, addressed to regency A",
    "open": "ordinary, verified, held by a unit of regency A",
    "answered": "the same with a final answer",
    "closed": "closed by its reporter",
    "archived": "archived with a reason",
    "anonymous": "anonymous, verified",
    "secret": "secret, verified",
    "accused": "supervisory, about the health office of regency A, not verified yet",
    "inspected": "the same, verified and held by the inspectorate",
    "pressed": "its reporter spoke of pressure",
    "elsewhere": "ordinary, held by a unit of regency B",
}


def stored_path() -> Path:
    return Path(__file__).resolve().parents[2] / "docs" / "permission-matrix.md"


def render(opened: Mapping[str, Mapping[str, set[str]]], routes: list[Route]) -> str:
    """The page. Posts are of regency A unless the table of posts says otherwise."""
    lines = [
        "# Permission matrix",
        "",
        "Written by the canary crawl (`tests/safety/`), which reads every route as every person in each run of",
        "`bin/test` and fails while this page differs. After a change on purpose:",
        "`TANGGAP_WRITE_MATRIX=1 bin/test tests/safety`.",
        "",
        "## Kinds of cases",
        "",
        *(f"- **{LETTERS[kind]}** {MEANING[kind]}" for kind in KINDS),
        "",
        "## People",
        "",
        *(f"- `{name}`: {role} at {code}" for name, (role, code) in POSTS.items() if name in PEOPLE),
        "- `anonymous`: nobody signed in; `stranger`: a citizen with an account; `owner`: the account that wrote the",
        "  cases; `reporter`: holds the secret codes",
        "",
        "## Routes about a case: the kinds each person gets an answer for",
        "",
        "A dot means: as if it did not exist. Portal routes answer everybody with a correct tracking id; how much",
        "they show is the crawl's other half.",
        "",
        "| Route | " + " | ".join(PEOPLE) + " |",
        "|---" * (len(PEOPLE) + 1) + "|",
    ]
    for name in sorted({route.name for route in routes if route.about_a_case}):
        cells = ("".join(sorted(LETTERS[kind] for kind in opened[name][person])) or "·" for person in PEOPLE)
        lines.append(f"| `{name}` | " + " | ".join(cells) + " |")
    lines += ["", "## Routes about no case, read by everybody", ""]
    lines += [f"- `{name}`" for name in sorted({route.name for route in routes if not route.about_a_case})]
    lines += ["", "## Actions: which standing is enough", "", "| Action | Standing |", "|---|---|"]
    lines += [f"| `{action}` | {', '.join(sorted(move.who))} |" for action, move in MOVES.items()]
    return "\n".join(lines) + "\n"

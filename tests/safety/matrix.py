"""The permission matrix as a page: written from what the crawl found, compared with what is committed.

The crawl runs in parts, in whatever process; each compares its own letters in the table with what it found. Everything
else of the page is compared by writing it anew around the letters it has.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator
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


KIND_OF = {letter: kind for kind, letter in LETTERS.items()}
NONE = "·"

# Route, person, kind: this person gets an answer on this route for a case of this kind.
Opened = set[tuple[str, str, str]]


def stored_path() -> Path:
    return Path(__file__).resolve().parents[2] / "docs" / "permission-matrix.md"


def stored() -> Opened:
    """What the table of the committed page says."""
    return set(_read(stored_path().read_text(encoding="utf-8")))


def _read(page: str) -> Iterator[tuple[str, str, str]]:
    people: list[str] = []
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == "Route":
            people = cells[1:]
        elif people and len(cells) == len(people) + 1 and cells[0].startswith("`"):
            for person, letters in zip(people, cells[1:], strict=True):
                yield from ((cells[0].strip("`"), person, KIND_OF[letter]) for letter in letters if letter != NONE)


def rewrite(change: Callable[[Opened], Iterable[tuple[str, str, str]]], routes: list[Route]) -> None:
    """Write the page anew with its letters changed; parts in other processes do so at the same time."""
    with stored_path().open("r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        page = render(set(change(set(_read(file.read())))), routes)
        file.seek(0)
        file.write(page)
        file.truncate()


def render(opened: Opened, routes: list[Route]) -> str:
    """The page. Posts are of regency A unless the table of posts says otherwise."""
    letters = _letters(opened)
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
        cells = (letters.get((name, person), NONE) for person in PEOPLE)
        lines.append(f"| `{name}` | " + " | ".join(cells) + " |")
    lines += ["", "## Routes about no case, read by everybody", ""]
    lines += [f"- `{name}`" for name in sorted({route.name for route in routes if not route.about_a_case})]
    lines += ["", "## Actions: which standing is enough", "", "| Action | Standing |", "|---|---|"]
    lines += [f"| `{action}` | {', '.join(sorted(move.who))} |" for action, move in MOVES.items()]
    return "\n".join(lines) + "\n"


def _letters(opened: Opened) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for letter, name, person in sorted((LETTERS[kind], name, person) for name, person, kind in opened):
        found[name, person] = found.get((name, person), "") + letter
    return found

"""The directory as the figures need it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from tanggap.directory.cache import revision_cached
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of, prepare_calendars
from tanggap.evaluation.tallies.entry import EVERYTHING, World

Place = tuple[tuple[int, ...], tuple[int | None, ...], tuple[int, ...]]
"""An agency's way from the root, the body of each step, and in whose figures its cases stand today."""


def world() -> World:
    """Calendars, and in whose figures an agency's cases stand: for one piece of work, which remembers what it asked."""
    tree = _tree()
    return World(
        cache(calendar_of),
        lambda agency_id, body_id: _nodes_of(tree[agency_id], body_id),
        cache(lambda node: node <= EVERYTHING or tree[node][1][-1] == node),
        _prepare(),
    )


def _prepare() -> Callable[[Iterable[int]], None]:
    known: set[int] = set()

    def prepare(agency_ids: Iterable[int]) -> None:
        new = set(agency_ids) - known
        if new:
            prepare_calendars(new)
            known.update(new)

    return prepare


def _nodes_of(place: Place, body_id: int | None) -> tuple[int, ...]:
    """Where the cases of an agency stand that belonged to a body at the time; without one as the tree is today."""
    path, bodies, today = place
    return today if body_id is None or body_id == bodies[-1] else _nodes(path, bodies, body_id)


def _nodes(path: tuple[int, ...], bodies: tuple[int | None, ...], body: int | None) -> tuple[int, ...]:
    """The whole instance, the body, and below it every agency on the way to this one, itself included.

    Other bodies on the way are left out: a province neither sees nor counts its regencies.
    """
    below = (node for node, of in zip(path, bodies, strict=True) if of is not None and node not in (of, body))
    return (EVERYTHING, *(() if body is None else (body,)), *below)


@revision_cached
def _tree() -> dict[int, Place]:
    """Every agency's place: 30,000 units in one statement a revision."""
    rows = list(Agency.objects.values_list("pk", "path", "body_id"))
    body_of = {pk: body for pk, _path, body in rows}
    paths = {pk: tuple(int(part) for part in path.strip("/").split("/")) for pk, path, _body in rows}
    bodies = {pk: tuple(body_of[step] for step in path) for pk, path in paths.items()}
    return {pk: (path, bodies[pk], _nodes(path, bodies[pk], body_of[pk])) for pk, path in paths.items()}

"""The directory as the figures need it."""

from __future__ import annotations

from functools import cache

from tanggap.directory.cache import revision_cached
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of
from tanggap.evaluation.tallies.entry import EVERYTHING, World

Tree = dict[int, tuple[tuple[int, ...], tuple[int | None, ...]]]


def world() -> World:
    """Calendars, and in whose figures an agency's cases stand: for one piece of work, which remembers what it asked."""
    tree = _tree()
    return World(
        cache(calendar_of),
        cache(lambda agency_id, body_id: _nodes_of(tree, agency_id, body_id)),
        cache(lambda node: node <= EVERYTHING or tree[node][1][-1] == node),
    )


def _nodes_of(tree: Tree, agency_id: int, body_id: int | None) -> tuple[int, ...]:
    """The whole instance, the body, and below it every agency on the way to this one, itself included.

    A case names the body it belonged to at the time; without one it is what the tree says today. Other bodies on the
    way are left out: a province neither sees nor counts its regencies.
    """
    path, bodies = tree[agency_id]
    body = body_id if body_id is not None else bodies[-1]
    below = (node for node, of in zip(path, bodies, strict=True) if of is not None and node not in (of, body))
    return (EVERYTHING, *(() if body is None else (body,)), *below)


@revision_cached
def _tree() -> Tree:
    """Every agency's way from the root, and the body of each step: 30,000 units in one statement a revision."""
    rows = list(Agency.objects.values_list("pk", "path", "body_id"))
    body_of = {pk: body for pk, _path, body in rows}
    paths = {pk: tuple(int(part) for part in path.strip("/").split("/")) for pk, path, _body in rows}
    return {pk: (path, tuple(body_of[step] for step in path)) for pk, path in paths.items()}

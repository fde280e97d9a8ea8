"""Every address of the site, taken from the resolver, with values for its parameters.

A route whose parameters have no values here fails the tests: nothing is served that the crawl does not read.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from tanggap.console.deeds.table import BY_SLUG
from tanggap.portal.views import case as portal_case
from tests.safety.world import FLAG, FOLLOW_UP, KINDS, PERIOD, ROUND, SERVICE, SURVEYS, TASK, Marked, World

CASE_PARAMETERS = ("number", "tracking_id")
# What somebody said about a case, or beside it: as good as the case itself.
TALK_PARAMETERS = ("inbound_id", "chat_id", "note_id")
AGENCIES = ("ID", "35.27", "35.27/dpupr", "35.27/dinkes", "35.02")

# Values by parameter name; `<route name>.<parameter>` beats the plain name.
VALUES: dict[str, tuple[str, ...]] = {
    "code": AGENCIES,
    "slug": ("nasional",),
    "deed": (*portal_case.DEEDS, "tidak-ada"),
    "console:deed.slug": (*BY_SLUG, "tidak-ada"),
    "console:bulk.slug": ("verifikasi", "teruskan", "tanya", "tugaskan", "tidak-ada"),
    **dict.fromkeys(("batch_id", "filter_id", "template_id", "export_id"), ("1", "999999")),
    "person_id": ("1", "999999"),
    "membership_id": ("1",),
    "delegation_id": ("1",),
    "reveal_id": ("1",),
    "shift_id": ("1",),
    "day_id": ("1", "999999"),
    "week_id": ("1", "999999"),
    "event_id": ("1", "999999"),
    "clock": ("first_answer", "urgent", "tidak-ada"),
    "template": ("final_answer", "account_mail"),
    "channel": ("email", "sms", "tidak-ada"),
    "language": ("id", "en"),
    "letter_id": ("1", "999999"),
    "instruction_id": ("1", "999999"),
    "task_id": (str(TASK), "999999"),
    "verification_code": ("tidak-ada", "0000-0000-0000"),
    "key": ("tidak-ada",),
    "uidb36": ("1",),
    "token": ("tidak-ada",),
    "path": ("tidak-ada",),
    "brand": ("nasional", "tidak-ada"),
    "kind": ("whatsapp", "tidak-ada"),
    "console:locale-review.code": ("jv", "xx"),
    "tag": ("tidak-ada",),
    "period": (PERIOD, "tidak-ada"),
    "flag_id": (str(FLAG), "999999"),
    "part": ("manifes", "peringkat", "ukuran", "tidak-ada"),
    "service_id": (str(SERVICE), "999999"),
    "item_id": (str(FOLLOW_UP), "999999"),
    **{f"portal:survey{name}.code": (*SURVEYS, "tidak-ada") for name in ("", "-personal", "-thanks")},
    **{
        f"console:survey{name}.code": (*SURVEYS, "tidak-ada")
        for name in ("", "-step", "-links", "-plan-add", "-paper", "-poster", "-form")
    },
    "key_id": ("1", "999999"),
    "own:download.kind": ("json", "tidak-ada"),
    "portal:card.kind": ("pdf", "csv", "json", "tidak-ada"),
    "portal:agency-chart.slug": ("tren", "keadaan", "topik", "kecamatan", "tidak-ada"),
    "portal:statistics-chart.slug": ("tren", "peta", "tidak-ada"),
    "console:behind.slug": ("masuk", "selesai", "belum-terverifikasi", "terlambat", "tidak-ada"),
    "round_id": (str(ROUND), "999999"),
    "body_id": (str(ROUND), "999999"),
    "evidence_id": (str(ROUND), "999999"),
    "objection_id": (str(ROUND), "999999"),
    "sampled_id": (*map(str, range(ROUND, ROUND + len(KINDS))), "999999"),
    "version": ("1", "999999"),
    "name": ("aggregates-2026.csv", "cases-2026.csv", "datapackage.json", "tidak-ada"),
    "portal:behind-everywhere.slug": ("masuk", "terlambat", "tidak-ada"),
    "agency_id": ("2", "999999"),
    "console:reference-agency-change.deed": ("gabung", "tutup", "tidak-ada"),
    "console:reference-category.code": ("PUPR-01", "tidak-ada"),
    "console:reference-category-change.code": ("PUPR-01",),
    "console:reference-category-change.deed": ("gabung", "tidak-ada"),
    "table": ("kategori", "tidak-ada"),
    "console:reference-export.kind": ("csv", "xlsx"),
    "exercise": ("tangani", "tidak-ada"),
    "console:guide.slug": ("petugas", "warga", "tidak-ada"),
    "app_label": ("directory",),
    "object_id": ("1", "tidak-ada"),
    "portal:behind.slug": ("masuk", "selesai", "belum-terverifikasi", "terlambat", "tidak-ada"),
}


@dataclass(frozen=True)
class Route:
    """One pattern: its dotted name, the parts of its address, and its parameters."""

    name: str
    template: str
    parameters: tuple[str, ...]

    @property
    def about_a_case(self) -> bool:
        return any(name in (*CASE_PARAMETERS, *TALK_PARAMETERS) for name in self.parameters)


def all_routes() -> list[Route]:
    """The whole site, in the order of the resolver."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        inner = f"{namespace}{entry.namespace}:" if isinstance(entry, URLResolver) and entry.namespace else namespace
        template, parameters = _shape(entry)
        if isinstance(entry, URLResolver):
            for route in _walk(entry, prefix + template, inner):
                yield Route(route.name, route.template, (*parameters, *route.parameters))
        else:
            yield Route(f"{namespace}{_name_of(entry)}", prefix + template, parameters)


def _name_of(entry: URLPattern) -> str:
    return entry.name or getattr(entry.callback, "__name__", "unnamed")


def _shape(entry: URLPattern | URLResolver) -> tuple[str, tuple[str, ...]]:
    """The pattern as a format string: `l/<str:number>` → `l/{number}`."""
    pattern = entry.pattern
    regex = getattr(pattern, "regex", None)
    possibilities = normalize(regex.pattern) if regex is not None else [(str(pattern), [])]
    template, parameters = possibilities[0]
    template = template.replace("%%", "%")
    for name in parameters:
        template = template.replace(f"%({name})s", "{" + name + "}")
    return template, tuple(parameters)


def addresses(route: Route, world: World) -> Iterator[tuple[Marked | None, str]]:
    """The addresses of a route: once for each case it can name, or once for each combination of other values."""
    cases: list[Marked | None] = list(world) if route.about_a_case else [None]
    for marked in cases:
        choices = [_values(route, name, marked, world) for name in route.parameters]
        for combination in itertools.product(*choices):
            values: dict[str, Any] = dict(zip(route.parameters, combination, strict=True))
            yield marked, "/" + route.template.format(**values)


def _values(route: Route, name: str, marked: Marked | None, world: World) -> tuple[str, ...]:
    if name in CASE_PARAMETERS and marked is not None:
        return (marked.number,)
    if name == "other":
        # Beside one case that many may read: whoever reads one of two alone must see neither.
        return tuple(one.number for one in world if one.kind in ("open", "elsewhere"))
    if name in TALK_PARAMETERS and marked is not None:
        return (marked.talk[name],)
    if name == "token" and marked is not None:
        return tuple(marked.files) or ("tidak-ada",)
    if name == "token" and route.name.startswith("console:"):
        return tuple(token for one in world for token in one.files)
    values = VALUES.get(f"{route.name}.{name}") or VALUES.get(name)
    assert values, f"no value for <{name}> of {route.name} ({route.template}): add it to tests/safety/routes.py"
    return values

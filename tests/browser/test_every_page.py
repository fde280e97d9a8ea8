"""Every page of the site, as the first who may open it: axe finds nothing, nothing scrolls sideways or is refused.

Each page is opened in one combination of width, language, colours and JavaScript, always the same for the page and
another for the next; `bin/test --long` opens each in all sixteen. What only forms lead to is in the other files.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from zlib import crc32

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from tanggap.common.clock import frozen
from tanggap.evaluation.services.fold_everything import fold_everything
from tests.browser.test_portal_pages import look
from tests.cast import Cast
from tests.safety.routes import Route, addresses, all_routes
from tests.safety.test_canary_crawl import AFTER, SIGNED_OUT
from tests.safety.visitor import visitor
from tests.safety.world import World, build

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured, pytest.mark.django_db(transaction=True),
              pytest.mark.timeout(3000)]  # fmt: skip
LONG: Final = os.environ.get("TANGGAP_LONG") == "1"
Combination = tuple[int, str, Any, bool]
"""Width in pixels, language, colours, JavaScript."""
COMBINATIONS: Final[tuple[Combination, ...]] = tuple(
    itertools.product((320, 1280), ("id", "en"), ("light", "dark"), (True, False))
)
OFFICERS: Final = ("verifier", "officer", "leader", "evaluator", "national_admin", "inspector", "ombudsman")
CITIZENS: Final = ("public", "owner", "reporter")
OURS: Final = ("/admin/",)
"""Addresses of Django's own administration, whose pages are not ours."""
ENOUGH: Final = 3
"""Of a route with many addresses, so many are tried for a page."""


@dataclass(frozen=True)
class Found:
    """A page: its route, who opens it, and its address."""

    route: str
    person: str
    address: str


@pytest.fixture
def world(submit: Any, cast: Cast) -> World:
    return build(submit, cast)


def pages(clients: dict[str, Client], world: World) -> Iterator[Found]:
    """The first address of each route that is a page to somebody."""
    for route in all_routes():
        if route.name not in SIGNED_OUT:
            found = _page_of(route, clients, world)
            if found is not None:
                yield found


def _page_of(route: Route, clients: dict[str, Client], world: World) -> Found | None:
    tried = [address for _marked, address in itertools.islice(addresses(route, world), ENOUGH)]
    people = OFFICERS if route.template.startswith("kerja/") else CITIZENS
    for person, address in itertools.product(people, tried):
        if address.startswith(OURS):
            return None
        answer = clients[person].get(address)
        answer.close()
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return None
        if _is_page(answer):
            return Found(route.name, person, address)
    return None


def _is_page(answer: Any) -> bool:
    kind = answer.headers.get("Content-Type", "")
    return bool(answer.status_code == 200 and kind.startswith("text/html") and not answer.streaming)


@contextmanager
def opened(browser: Browser, base: str, client: Client, combination: Combination) -> Iterator[Page]:
    """A window of a person in a combination; in the end nothing was refused by the content policy."""
    width, language, scheme, _scripts = combination
    refused: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=base)
    try:
        for name, morsel in client.cookies.items():
            context.add_cookies([{"name": name, "value": morsel.value, "url": base}])
        context.add_cookies([{"name": "bahasa", "value": language, "url": base}])
        page = context.new_page()
        page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
        yield page
        assert not refused, refused[:5]
    finally:
        context.close()


def load(page: Page, address: str, *, scripts: bool) -> int:
    """The status of a page that was loaded with or without its scripts. Afterwards they may run: axe is one."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    answer = page.goto(address)
    session.send("Emulation.setScriptExecutionDisabled", {"value": False})
    session.detach()
    return answer.status if answer else 0


def in_turn(found: Found) -> Combination:
    """The combination of a page when each has one: always the same, another for the next."""
    return COMBINATIONS[crc32(found.route.encode()) % len(COMBINATIONS)]


@pytest.mark.parametrize("combinations", [(one,) for one in COMBINATIONS] if LONG else [COMBINATIONS])
def test_every_page_passes_axe_and_fits_the_screen_with_and_without_javascript(
    browser: Browser, live_server: Any, cast: Cast, world: World, combinations: tuple[Combination, ...]
) -> None:
    wrong: list[str] = []
    with frozen(AFTER):
        fold_everything(now=AFTER)
        clients = {person: visitor(person, cast, world) for person in (*CITIZENS, *OFFICERS)}
        everything = list(pages(clients, world))
        for person, combination in itertools.product(clients, combinations):
            mine = [one for one in everything if one.person == person and (LONG or combination == in_turn(one))]
            if mine:
                with opened(browser, live_server.url, clients[person], combination) as page:
                    wrong += [fault for one in mine for fault in _faults(page, one, combination)]
    assert len(everything) > len(all_routes()) / 4
    assert not wrong, "\n".join(wrong)


def _faults(page: Page, found: Found, combination: Combination) -> Iterator[str]:
    width, language, scheme, scripts = combination
    about = f"{found.route} as {found.person} ({language}, {scheme}, {'' if scripts else 'no '}JavaScript)"
    status = load(page, found.address, scripts=scripts)
    if status != HTTPStatus.OK:
        yield f"{about}: {status}"
    elif page.locator("html").get_attribute("lang") != language:
        yield f"{about}: not in {language}"
    try:
        look(page, f"{found.route.replace(':', '-')}-{language}-{scheme}", width)
    except AssertionError as fault:
        yield f"{about}: {str(fault)[:1500]}"

"""/privasi/ names every cookie that the code sets, and none that it does not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client

PACKAGE = Path(__file__).resolve().parents[2] / "tanggap"
# Set by Django itself: sign-in, forms, the notice for the next page.
DJANGOS = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, CookieStorage.cookie_name}
SETTERS = {"set_cookie", "set_signed_cookie"}


def set_by(path: Path) -> Iterator[str]:
    """The names of the cookies that a module sets; a name that is no constant fails."""
    text = path.read_text(encoding="utf-8")
    if not any(setter in text for setter in SETTERS):
        return
    module = import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in SETTERS:
            named = call.args[0]
            if isinstance(named, ast.Attribute):
                assert ast.unparse(named.value) == "settings", ast.unparse(named)
                yield getattr(settings, named.attr)
            elif isinstance(named, ast.Constant):
                yield str(named.value)
            else:
                assert isinstance(named, ast.Name), ast.unparse(named)
                yield getattr(module, named.id)


@pytest.mark.django_db
def test_the_privacy_page_names_every_cookie(client: Client) -> None:
    sources = [path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts]
    found = {name for path in sources for name in set_by(path)}
    assert found >= {"perangkat", "suara", "bahasa"}, "the search finds what is known to be set"
    page = client.get("/privasi/").content.decode()
    assert set(re.findall(r"<code>(\w+)</code>", page)) == found | DJANGOS


def test_no_script_sets_a_cookie() -> None:
    scripts = [*PACKAGE.glob("*/static/**/*.js")]
    assert scripts
    assert [path.name for path in scripts if "document.cookie" in path.read_text(encoding="utf-8")] == []

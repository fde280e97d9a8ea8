"""Officers for a measurement, signed in; and how many statements their pages take.

Run with the environment of the measured instance, after django.setup(): it works on that database.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.seed import BUSIEST, busiest_unit
from tanggap.accounts.models import Membership, Person
from tanggap.common.clock import now
from tanggap.directory.models import Agency
from tanggap.directory.selectors import root_agency


def make() -> dict[str, str]:
    """Cookies, by name: a coordinator of the busiest city, an officer of its busiest unit, a national admin."""
    posts = {
        "coordinator": ("coordinator", Agency.objects.get(code=BUSIEST)),
        "liaison_officer": ("liaison_officer", Agency.objects.get(code=busiest_unit())),
        "national_admin": ("national_admin", root_agency()),
    }
    store = import_module(settings.SESSION_ENGINE).SessionStore
    cookies = {}
    for name, (role, agency) in posts.items():
        person = Person.objects.create(email=f"{name}@bench.invalid", name=name, password="!")
        Membership.objects.create(person=person, agency=agency, role=role, starts_on=now().date() - timedelta(days=30))
        session = store()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session["account_authentication_methods_user"] = str(person.pk)
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time()},
            {"method": "mfa", "at": time.time(), "type": "totp"},
        ]
        session.save()
        cookies[name] = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    return cookies


def count(cookie: str, addresses: list[str]) -> dict[str, int]:
    """Statements of each page, sessions and sign-in included, once the reference data is remembered."""
    client = Client(headers={"cookie": cookie})
    counted = {}
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answers {response.status_code}")
        counted[address] = len(queries)
    return counted


def main() -> None:
    """`make` prints cookies by name; `count COOKIE ADDRESS …` prints statements by address."""
    what, *arguments = sys.argv[1:]
    print(json.dumps(make() if what == "make" else count(arguments[0], arguments[1:])))

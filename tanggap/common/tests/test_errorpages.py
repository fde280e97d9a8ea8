"""Whatever goes wrong, the reader gets a page in plain words and keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from tanggap.common import errorpages, translations
from tanggap.common.errors import Forbidden, Invalid, NotFound, Refused, TooMany
from tanggap.common.middleware import ErrorsMiddleware

LONG = "Tulisan yang panjang dan tidak boleh hilang."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, params=["id", "en"])
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    translations.compile_all()
    with translation.override(request.param):
        yield


def posted(**fields: str) -> HttpRequest:
    request = RequestFactory().post("/l/x/balas", fields)
    request.user = AnonymousUser()
    return request


def words(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused("Sudah berubah."), 409),
        (Invalid("Terlalu panjang."), 422),
        (TooMany("Tunggu.", retry_after=30), 429),
    ],
)
def test_our_own_errors_say_their_sentence_and_give_the_words_back(error: Exception, status: int) -> None:
    page = ErrorsMiddleware(lambda _: HttpResponse()).process_exception(posted(reply=LONG), error)
    assert page is not None
    assert page.status_code == status
    assert str(error) in words(page)
    assert LONG in words(page)
    assert (page.headers.get("Retry-After") == "30") is (status == 429)


@pytest.mark.parametrize("error", [NotFound("rahasia"), Forbidden("rahasia")])
def test_the_forbidden_and_the_missing_look_the_same(error: Exception) -> None:
    page = ErrorsMiddleware(lambda _: HttpResponse()).process_exception(posted(), error)
    assert page is not None
    assert page.status_code == 404
    assert "rahasia" not in words(page).split("<main")[1].split("<footer")[0]


def test_a_database_out_of_reach_is_told_without_asking_it(caplog: pytest.LogCaptureFixture) -> None:
    request = RequestFactory().post("/lapor/", {"text": LONG})
    page = ErrorsMiddleware(lambda _: HttpResponse()).process_exception(request, OperationalError("away"))
    assert page is not None
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert LONG in words(page)


def test_other_faults_stay_faults() -> None:
    assert ErrorsMiddleware(lambda _: HttpResponse()).process_exception(posted(), ValueError()) is None


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (lambda r: errorpages.bad_request(r, SuspiciousOperation()), 400),
        (lambda r: errorpages.bad_request(r, RequestDataTooBig()), 413),
        (lambda r: errorpages.permission_denied(r, PermissionDenied()), 403),
        (lambda r: errorpages.not_found(r, NotFound("x")), 404),
        (errorpages.server_error, 500),
        (errorpages.csrf_failure, 403),
    ],
)
def test_every_status_has_its_page(page: object, status: int) -> None:
    assert callable(page)
    response = page(posted(reply=LONG))
    assert response.status_code == status
    assert "<h1>" in words(response)


def test_secrets_are_never_given_back() -> None:
    request = posted(password="kata-sandi-yang-sangat-panjang", code="A1B2-C3D4-E5F6-A1B2-C3D4", reply=LONG)
    assert errorpages.typed(request) == [LONG]
    assert errorpages.typed(RequestFactory().get("/")) == []

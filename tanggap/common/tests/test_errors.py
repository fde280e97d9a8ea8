"""Errors carry a sentence, a code and the field to blame."""

import pytest
from django.utils.translation import gettext_lazy, override

from tanggap.common.errors import Forbidden, Invalid, NotFound, Refused, TanggapError, TooMany


def test_an_error_carries_its_sentence_its_code_and_its_field() -> None:
    error = Invalid("Tulis laporan Anda lebih dahulu.", code="empty", field="text")
    assert (error.message, error.code, error.field, error.status) == (
        "Tulis laporan Anda lebih dahulu.",
        "empty",
        "text",
        422,
    )
    assert str(error) == error.message


def test_a_lazy_sentence_is_resolved_in_the_language_of_whoever_shows_it() -> None:
    error = Refused(gettext_lazy("January"))
    with override("en"):
        assert error.message == "January"
    with override("id"):
        assert error.message == "Januari"


@pytest.mark.parametrize(
    ("kind", "status"), [(Invalid, 422), (Refused, 409), (Forbidden, 404), (NotFound, 404), (TooMany, 429)]
)
def test_every_kind_has_its_http_status(kind: type[TanggapError], status: int) -> None:
    assert kind("Maaf.").status == status


def test_what_is_forbidden_looks_exactly_like_what_does_not_exist() -> None:
    assert (Forbidden("x").status, Forbidden("x").code) == (NotFound("x").status, NotFound("x").code)


def test_too_many_says_when_to_come_back() -> None:
    assert TooMany("Coba lagi sebentar.", retry_after=30).retry_after == 30

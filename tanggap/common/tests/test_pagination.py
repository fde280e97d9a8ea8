"""Pages that start where the last one ended, whatever comes back as a cursor."""

from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tanggap.common.pagination import Page, decode_cursor, encode_cursor, keyset_page
from tests.counting import Statements

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
ORDER = ("expire_date", "session_key")
values = st.tuples(
    st.integers() | st.text() | st.booleans() | st.dates() | st.decimals(allow_nan=False),
    st.datetimes(timezones=st.just(UTC)),
)


@given(values)
def test_a_cursor_gives_back_the_values_it_was_made_of(value: tuple) -> None:
    assert decode_cursor(encode_cursor(value)) == value


def test_a_cursor_tells_dates_from_times_and_decimals_from_texts() -> None:
    value = (date(2026, 1, 2), START, Decimal("1.50"), "1.50", 3, True)
    assert [type(one) for one in decode_cursor(encode_cursor(value)) or ()] == [type(one) for one in value]


def test_a_missing_value_cannot_order_a_page() -> None:
    with pytest.raises(TypeError, match="null"):
        encode_cursor((None, 1))


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: urlsafe_b64encode(raw).decode()))
def test_any_text_is_a_cursor_or_none(text: str) -> None:
    decoded = decode_cursor(text)
    assert decoded is None or isinstance(decoded, tuple)


@pytest.fixture
def rows(db) -> list[str]:
    """Twenty-three rows, three for each moment, so that ties fall on the edges of pages."""
    Session.objects.bulk_create(
        Session(session_key=f"{number:02}", session_data="", expire_date=START + timedelta(hours=number // 3))
        for number in range(23)
    )
    return [f"{number:02}" for number in range(23)]


def keys(page: Page[Session]) -> list[str]:
    return [row.session_key for row in page.items]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 22, 23, 24])
@pytest.mark.parametrize("sign", ["", "-"])
def test_walking_forward_and_back_meets_every_row_once(rows: list[str], size: int, sign: str) -> None:
    order = tuple(sign + name for name in ORDER)
    expected = rows[::-1] if sign else rows
    page = keyset_page(Session.objects.all(), order=order, cursor=None, size=size)
    assert page.previous_cursor is None
    seen, pages = keys(page), [keys(page)]
    while page.next_cursor:
        page = keyset_page(Session.objects.all(), order=order, cursor=page.next_cursor, size=size)
        seen += keys(page)
        pages.append(keys(page))
    assert seen == expected
    for before in pages[-2::-1]:
        assert page.previous_cursor is not None
        page = keyset_page(Session.objects.all(), order=order, cursor=page.previous_cursor, size=size)
        assert keys(page) == before
    assert page.previous_cursor is None


def test_a_row_that_arrives_in_between_moves_no_other(rows: list[str]) -> None:
    first = keyset_page(Session.objects.all(), order=ORDER, size=5)
    Session.objects.create(session_key="early", session_data="", expire_date=START - timedelta(days=1))
    second = keyset_page(Session.objects.all(), order=ORDER, cursor=first.next_cursor, size=5)
    assert keys(second) == rows[5:10]


def test_a_page_costs_one_statement_and_compares_whole_rows(rows: list[str]) -> None:
    first = keyset_page(Session.objects.all(), order=ORDER, size=5)
    with Statements(connection) as queries:
        keyset_page(Session.objects.all(), order=ORDER, cursor=first.next_cursor, size=5)
    (query,) = queries
    assert '("django_session"."expire_date", "django_session"."session_key") > (' in query["sql"]
    assert "OFFSET" not in query["sql"]


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "%%%",
        "x" * 5000,
        encode_cursor(("n",)),
        encode_cursor(("n", START)),
        encode_cursor(("x", START, "01")),
        encode_cursor(("n", "yesterday", "01")),
        encode_cursor(("n", START.replace(tzinfo=None), "01")),
        encode_cursor(("n", START, "0\0")),
        encode_cursor(("n", START, "y" * 500)),
        encode_cursor(("n", 10**30, "01")),
        encode_cursor((1, START, "01")),
        "W1tbW1tbW1tbW1tb",
    ],
)
def test_a_cursor_that_is_none_of_ours_means_the_first_page(rows: list[str], cursor: str) -> None:
    assert keys(keyset_page(Session.objects.all(), order=ORDER, cursor=cursor, size=5)) == rows[:5]


def test_a_number_too_large_for_the_column_means_the_first_page(db) -> None:
    from django.contrib.contenttypes.models import ContentType

    first = keyset_page(ContentType.objects.all(), order=("id",), size=2)
    again = keyset_page(ContentType.objects.all(), order=("id",), cursor=encode_cursor(("n", 10**30)), size=2)
    assert first.items == again.items


def test_columns_of_two_directions_are_a_mistake_of_the_programmer() -> None:
    with pytest.raises(ValueError, match="one direction"):
        keyset_page(Session.objects.all(), order=("expire_date", "-session_key"), size=5)


def test_an_unknown_column_is_a_mistake_of_the_programmer(rows: list[str]) -> None:
    cursor = encode_cursor(("n", START))
    with pytest.raises(LookupError):
        keyset_page(Session.objects.all(), order=("nothing",), cursor=cursor, size=5)

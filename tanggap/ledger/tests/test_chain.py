"""The rules of the chain, without a database."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum, StrEnum
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.ledger.chain import GENESIS, Link, canonical_json, check_link, link_hash, merkle_root, plain

AT = datetime(2026, 11, 25, 7, 5, tzinfo=UTC)
LINK = Link("case:1", 1, "case.submitted", AT, "reporter", {"channel": "web"}, False)
hashes = st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=20, unique=True)


@pytest.mark.parametrize(
    "changed",
    [{"stream": "case:2"}, {"seq": 2}, {"name": "case.closed"}, {"at": AT + timedelta(microseconds=1)},
     {"actor": "timer"}, {"data": {"channel": "sms"}}, {"data": {}}, {"imported": True}],
)  # fmt: skip
def test_the_hash_covers_every_part_of_an_event(changed: dict) -> None:
    assert link_hash(GENESIS, LINK._replace(**changed)) != link_hash(GENESIS, LINK)


def test_the_hash_covers_what_came_before() -> None:
    assert link_hash(b"\1" * 32, LINK) != link_hash(GENESIS, LINK)


def test_the_same_moment_in_another_zone_gives_the_same_hash() -> None:
    wib = AT.astimezone(timezone(timedelta(hours=7)))
    assert link_hash(GENESIS, LINK._replace(at=wib)) == link_hash(GENESIS, LINK)


def test_the_documented_form_is_what_is_hashed() -> None:
    """Whoever checks a chain with another program relies on these bytes."""
    written = b'["case:1",1,"case.submitted","2026-11-25T07:05:00.000000+00:00","reporter",{"channel":"web"},false]'
    assert link_hash(GENESIS, LINK) == sha256(bytes(32) + written).digest()


@given(st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\0")), st.integers() | st.booleans()))
def test_the_order_of_keys_does_not_matter(data: dict) -> None:
    assert canonical_json(dict(reversed(data.items()))) == canonical_json(data)
    assert json.loads(canonical_json(data)) == data


class Colour(StrEnum):
    RED = "red"


class Old(str, Enum):  # noqa: UP042 - the older kind is in use too
    BLUE = "blue"


def test_times_dates_and_enumerations_become_json() -> None:
    value = {"at": AT, "on": date(2026, 1, 2), "states": (Colour.RED, Old.BLUE), "n": 3, "ok": True, "x": None}
    assert plain(value) == {
        "at": "2026-11-25T07:05:00+00:00",
        "on": "2026-01-02",
        "states": ["red", "blue"],
        "n": 3,
        "ok": True,
        "x": None,
    }


@pytest.mark.parametrize("value", [1.5, object(), {1: "x"}, b"x", {"x": {1, 2}}])
def test_what_json_in_the_database_would_change_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        plain(value)


@pytest.mark.parametrize("value", ["a\0b", "\ud800", {"a\0": 1}])
def test_what_the_database_cannot_store_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"NUL|surrogates"):
        plain(value)


def test_a_sound_link_has_no_finding_and_a_bad_one_says_what_is_wrong() -> None:
    own = link_hash(GENESIS, LINK)
    assert check_link((0, GENESIS), LINK, GENESIS, own) is None
    problems = [
        check_link((1, own), LINK._replace(seq=3), own, own),
        check_link((0, b"\1" * 32), LINK, GENESIS, own),
        check_link((0, GENESIS), LINK._replace(actor="timer"), GENESIS, own),
    ]
    assert [finding and finding.problem for finding in problems] == ["event_missing", "chain_broken", "event_altered"]


@given(hashes, st.data())
def test_a_root_changes_with_any_leaf_with_their_order_and_with_their_number(leaves: list[bytes], data) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    root = merkle_root(leaves)
    assert merkle_root([*leaves[:place], leaves[place] + b"!", *leaves[place + 1 :]]) != root
    assert merkle_root(leaves[:place] + leaves[place + 1 :]) != root
    assert merkle_root([*leaves, leaves[-1]]) != root
    if len(leaves) > 1:
        assert merkle_root(leaves[::-1]) != root


def test_a_day_on_which_nothing_moved_has_a_root_of_its_own() -> None:
    assert merkle_root([]) != merkle_root([b""])

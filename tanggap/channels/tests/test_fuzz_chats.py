"""Whatever comes to a hook, and whatever a provider signs: no exception gets out, no signature is got around.

Some hundred examples each here, the same in each run; five minutes of new ones each under TANGGAP_LONG.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tanggap.channels.hooks.proving import is_signed
from tanggap.channels.hooks.telegram import knows_secret
from tanggap.channels.models import Inbound
from tanggap.channels.reading import payload_of
from tanggap.channels.registry import READERS
from tanggap.channels.said import Moved, Said, Unreadable
from tanggap.channels.tests.captured import SECRETS, bring, configure, names, payload, proof

LONG = os.environ.get("TANGGAP_LONG") == "1"
SECONDS = 300 if LONG else 0
EXAMPLES = 40 if LONG else 200
CHANNELS = ("whatsapp", "telegram")
HOOKED = (*CHANNELS, "facebook")
WORDS = {"facebook": "comment"}
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(2 * SECONDS + 300)]
FUZZ = settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(10**40), max_value=10**40)
    | st.floats()
    | st.text(max_size=30)
    | st.text(st.characters(codec=None, exclude_categories=()), max_size=10)
    | st.sampled_from(
        ["text", "image", "system", "private", "messages", "ID.1", "6281234560001", "\x00", "\ud800", "7"]
    )
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)


def for_a_while(check: Callable[..., None], *strategies: Any) -> None:
    """Try a property, with --long until its seconds are over: machines differ, and the budget of that run does not."""
    until = time.monotonic() + SECONDS

    @FUZZ
    @given(st.tuples(*strategies))
    def run(values: tuple[Any, ...]) -> None:
        check(*values)

    run()
    while time.monotonic() < until:
        run()


def documents(channel: str) -> list[Any]:
    found = []
    for folder in ("facebook", "instagram") if channel == "facebook" else (channel,):
        for name in names(folder):
            try:
                found.append(json.loads(payload(folder, name)))
            except ValueError:
                continue
    return found


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    found = [path]
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        found += places(one, (*path, key))
    return found


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


@st.composite
def mutated(draw: st.DrawFn, channel: str) -> bytes:
    """A documented payload with one to four of its places taken by something else."""
    document = draw(st.sampled_from(documents(channel)))
    for _time in range(draw(st.integers(min_value=1, max_value=4))):
        document = replaced(document, draw(st.sampled_from(places(document))), draw(VALUES))
    return json.dumps(document).encode()


def check_read(channel: str, body: bytes) -> None:
    """A reader gives words, a move or nothing, or says why not; what it gives can be kept."""
    try:
        said = READERS[channel].read(body)
    except Unreadable:
        return
    assert said is None or isinstance(said, Said | Moved)
    if said is None:
        return
    sender = said.sender
    assert sender.account
    assert sender.address
    for words in (sender.name, *sender.formerly, *([said.text, said.choice] if isinstance(said, Said) else [])):
        assert "\x00" not in words
        words.encode()


@pytest.mark.parametrize("channel", CHANNELS)
def test_readers_survive_whatever_is_signed(channel):
    def check(body: bytes, noise: bytes) -> None:
        check_read(channel, noise)
        document = json.loads(body)
        if channel == "telegram":
            check_read(channel, body)
            return
        check_read(channel, json.dumps({"message": document, "contact": document}).encode())
        entries = document.get("entry") if isinstance(document, dict) else []
        for entry in entries if isinstance(entries, list) else []:
            try:
                value = entry["changes"][0]["value"]
                piece = {"message": value["messages"][0], "contact": value["contacts"][0]}
            except (KeyError, IndexError, TypeError):
                continue
            check_read(channel, json.dumps(piece).encode())

    for_a_while(check, mutated(channel), st.binary(max_size=60))


@pytest.mark.parametrize("channel", HOOKED)
def test_hooks_survive_whatever_is_signed(channel):
    configure(channel)

    def check(body: bytes) -> None:
        assert bring(channel, body) in (200, 400)
        row = Inbound.objects.order_by("-id").first()
        if row is not None:
            check_read(row.channel, payload_of(row))

    for_a_while(check, mutated(channel) | st.binary(max_size=80) | VALUES.map(lambda value: json.dumps(value).encode()))


def flipped(text: str, place: int, bit: int) -> str:
    """The header with one bit of one character changed."""
    place %= len(text)
    return text[:place] + chr(ord(text[place]) ^ (1 << bit)) + text[place + 1 :]


@pytest.mark.parametrize("channel", HOOKED)
def test_hooks_take_nothing_that_is_not_proved(channel):
    configure(channel)
    configure(channel, brand="demak", secret="secret-of-another-brand")
    body = payload(channel, WORDS.get(channel, "text"))
    ((name, good),) = proof(channel, body).items()

    def check(place: int, bit: int, noise: str, body_bit: int) -> None:
        forged = [flipped(good, place, bit), noise, good[: place % len(good)], good + noise[:1] + "0", f"{good},{good}"]
        forged += [proof(channel, body, secret)[name] for secret in ("", noise, "secret-of-another-brand")]
        for header in forged:
            clean = header.encode("utf-8", "replace").decode("latin-1").replace("\r", "").replace("\n", "")
            if clean != good:
                assert bring(channel, body, headers={name: clean}) == 403
        if channel != "telegram":
            changed = bytearray(body)
            changed[body_bit % len(body)] ^= 1 << (body_bit % 8)
            assert bring(channel, bytes(changed), headers={name: good}) == 403
        assert not Inbound.objects.exists()

    numbers = st.integers(min_value=0, max_value=10_000)
    for_a_while(check, numbers, st.integers(min_value=0, max_value=6), st.text(max_size=70), numbers)


@pytest.mark.parametrize("secret", ["", SECRETS["whatsapp"]])
@given(body=st.binary(max_size=50), header=st.text(max_size=80))
@example(body=b"", header="")
@example(body=b"", header="sha256=")
@settings(deadline=None, max_examples=200)
def test_no_header_proves_anything_without_the_secret(secret, body, header):
    assert not is_signed(body, header, secret)
    assert not knows_secret(header, "")

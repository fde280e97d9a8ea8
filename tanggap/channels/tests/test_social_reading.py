"""What Meta and X document is read; whatever else they may send breaks nothing; and the words of a post stand alone."""

from __future__ import annotations

import contextlib
import json
import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanggap.channels.registry import READERS
from tanggap.channels.said import Media, Said, Unreadable
from tanggap.channels.social.fetching import fetch
from tanggap.channels.social.meta_pieces import pieces, reports
from tanggap.channels.social.words import bare, is_report, says_something, wants_hiding
from tanggap.channels.tests.social import IG_PERSON, SITI, X_PERSON, names, payload
from tanggap.notify.transports.base import ProviderDown
from tests.faults.peers.providers import Fault
from tests.faults.peers.social import ACCOUNT, PAGE, Social

OWN = {"facebook": PAGE, "instagram": ACCOUNT}
LONG = os.environ.get("TANGGAP_LONG") == "1"
FUZZ = settings(
    max_examples=20_000 if LONG else 250, deadline=None, suppress_health_check=list(HealthCheck), derandomize=not LONG
)


def said(channel: str, name: str) -> Said | None:
    """What the first piece of a captured payload says."""
    if channel == "x":
        body = payload(channel, name)
    else:
        (piece, *_more) = pieces(json.loads(payload(channel, name)), OWN)
        body = piece.payload
    read = READERS[channel].read(body)
    assert read is None or isinstance(read, Said)
    return read


def of(channel: str, name: str) -> Said:
    read = said(channel, name)
    assert read is not None
    return read


def test_a_message_and_what_hangs_on_it() -> None:
    text = of("facebook", "message")
    assert (text.sender.account, text.sender.hint, text.post) == (SITI, "…1234", None)
    assert text.text.startswith("Sampah di pasar")
    assert of("facebook", "picture").media[0].kind == "picture"
    assert of("facebook", "sticker").media == (Media("", "sticker"),)
    assert of("facebook", "location").point == (-7.19, 113.24)
    assert (of("facebook", "quick_reply").choice, of("facebook", "postback").choice) == ("yes", "GET_STARTED")
    assert of("instagram", "unsupported").media == (Media("", "sticker"),)
    assert of("instagram", "message").sender.account == IG_PERSON


def test_a_story_that_names_us_and_a_message_taken_back_are_no_words() -> None:
    assert said("instagram", "story_mention") is None
    assert said("instagram", "deleted") is None
    assert said("x", "retweet") is None
    assert [one.kind for one in of("facebook", "photo_on_page").media] == ["picture"]
    assert said("x", "joined") is None


def test_a_post_says_where_it_stands_and_how_its_author_is_written_to() -> None:
    comment, post = of("facebook", "comment").post, of("facebook", "post_on_page").post
    assert comment
    assert post
    assert (comment.public, comment.private) == ("public:comment:200_301", "private:comment:200_301")
    assert (post.public, post.on_our_page, comment.on_our_page) == ("public:post:1708000001_210", True, False)
    named = of("instagram", "mention").post
    assert named
    assert named.incomplete
    assert (named.public, named.private) == ("public:mention:17911111111111200:17911111111111301", "")
    assert (of("facebook", "comment_removed").post or comment).deed == "removed"
    x = of("x", "edited").post
    assert x
    assert (x.number, x.deed, x.public) == ("1990000000000000101", "edited", "public:post:1990000000000000109")


def test_links_that_x_shortened_are_written_out_and_long_posts_whole() -> None:
    assert "t.co" not in of("x", "post").text
    assert len(of("x", "long").text) > 280
    assert of("x", "with_picture").media[0].kind == "picture"
    assert of("x", "direct").sender.account == X_PERSON


@pytest.mark.parametrize(("channel", "name"), [(c, n) for c in ("facebook", "instagram", "x") for n in names(c)])
def test_every_captured_payload_is_read_or_refused_in_words(channel: str, name: str) -> None:
    told = json.loads(payload(channel, name))
    bodies = [payload(channel, name)] if channel == "x" else [piece.payload for piece in pieces(told, OWN)]
    list(reports(told, OWN))
    for body in bodies:
        with contextlib.suppress(Unreadable):
            READERS[channel].read(body)


# -- words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("#LAPOR Jalan berlubang di Demak @lapor1708 #jalanrusak", "Jalan berlubang di Demak"),
        ("@lapor.contoh #lapor! jalan #berlubang di #Pasar_Contoh parah", "jalan berlubang di Pasar Contoh parah"),
        ("#viral #LAPOR jalan rusak https://www.facebook.com/1/posts/2?x=1 lihat", "jalan rusak lihat"),
        (
            "#LAPOR tulis ke warga@contoh.id atau https://contoh.id/foto",
            "tulis ke warga@contoh.id atau https://contoh.id/foto",
        ),
        ("＃LAPOR jalan rusak", "jalan rusak"),
        ("#LA\u200bPOR jalan\u202e rusak", "jalan rusak"),
        ("Pak lapor.contoh #LAPOR jalan rusak", "Pak jalan rusak"),
        ("#LAPOR\n\n\njalan rusak\n\n#a #b", "jalan rusak"),
        ("#LAPOR", ""),
    ],
)
def test_the_words_of_a_post_stand_alone(written: str, left: str) -> None:
    assert bare(written, names=("lapor.contoh",)) == left


@pytest.mark.parametrize("text", ["#LAPOR x", "ini #lapor!", "@a #Lapor", "#LA\u200bPOR x", "＃lapor x", "(#LAPOR)"])
def test_the_mark_is_seen_however_it_is_written(text: str) -> None:
    assert is_report(text)


@pytest.mark.parametrize(
    "text", ["lapor pak", "#laporan", "#LAPORpak", "a#lapor", "https://contoh.id/#lapor", "&#lapor"]
)
def test_what_only_looks_like_the_mark_is_none(text: str) -> None:
    assert not is_report(text)


def test_who_asks_for_secrecy_is_heard_and_a_figure_of_speech_is_none() -> None:
    for text in ("#LAPOR RAHASIA pak", "tolong dirahasiakan", "saya mau anonim", "#ANONIM #LAPOR"):
        assert wants_hiding(text)
    for text in (
        "bukan rahasia lagi jalan ini rusak",
        "sudah jadi rahasia umum",
        "tidak anonim",
        "sekretaris rahasiawan",
    ):
        assert not wants_hiding(text)


def test_letters_make_a_report_not_signs() -> None:
    assert says_something("Jalan rusak")
    assert not says_something("😡😡😡 !!! 1234567890")


# -- files -------------------------------------------------------------------------------------------------------------


def test_a_file_is_fetched_from_the_networks_own_servers_only() -> None:
    with Social() as peers:
        peers.files["/foto.jpg"] = b"\xff\xd8gambar"
        with fetch(Media(f"{peers.url}/foto.jpg", "picture"), peers.settings("meta"), b"") as file:
            assert file.read(100) == b"\xff\xd8gambar"
        for url in (
            "https://jahat.contoh/x",
            "http://scontent.fbcdn.net/x",
            "file:///etc/passwd",
            "",
            "https://fbcdn.net.jahat.id/a",
        ):
            with pytest.raises(Unreadable), fetch(Media(url, "picture"), peers.settings("meta"), b""):
                pass
        peers.fail("meta", Fault(status=503))
        with pytest.raises(ProviderDown), fetch(Media(f"{peers.url}/lain", "picture"), peers.settings("meta"), b""):
            pass


# -- whatever may come -------------------------------------------------------------------------------------------------

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def mangled(draw: st.DrawFn, channel: str) -> object:
    """A captured payload in which some values are something else."""
    told = json.loads(payload(channel, draw(st.sampled_from(names(channel)))))
    for _time in range(draw(st.integers(1, 4))):
        told = _mangle(draw, told)
    return told


def _mangle(draw: st.DrawFn, value: object) -> object:
    if isinstance(value, dict) and value and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(value)))
        return {**value, key: _mangle(draw, value[key])}
    if isinstance(value, list) and value and draw(st.integers(0, 4)):
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], _mangle(draw, value[place]), *value[place + 1 :]]
    return draw(_VALUES)


def read_all(channel: str, bodies: list[bytes]) -> None:
    for body in bodies:
        try:
            found = READERS[channel].read(body)
        except Unreadable:
            continue
        if isinstance(found, Said):
            json.dumps([found.text, found.sender.account]).encode()
            assert "\x00" not in found.text
            bare(found.text)


@pytest.mark.parametrize("channel", ["facebook", "instagram"])
def test_whatever_meta_sends_no_error_escapes(channel: str) -> None:
    @FUZZ
    @given(mangled(channel))
    def check(told: object) -> None:
        found = list(pieces(told, OWN))
        assert all(one.sender not in OWN.values() for one in found)
        assert all(one.at is None or one.at - one.at < timedelta(1) for one in reports(told, OWN))
        read_all(channel, [one.payload for one in found])

    check()


def test_a_change_of_a_field_that_is_no_word_is_passed_over() -> None:
    changes = [{"field": [], "value": {"id": "1", "from": {"id": "2"}, "text": "#lapor"}}]
    told = {"object": "instagram", "entry": [{"id": OWN["instagram"], "changes": changes}]}
    assert list(pieces(told, OWN)) == []


def test_whatever_x_sends_no_error_escapes() -> None:
    @FUZZ
    @given(mangled("x") | _VALUES)
    def check(told: object) -> None:
        read_all("x", [json.dumps(told).encode()])

    check()


def test_bytes_that_are_no_json_are_refused_in_words() -> None:
    for body in (b"", b"\xff", b"[", b"[" * 100_000, b"null", b"[]", b'{"message": 1}', b'{"post": {}}'):
        for channel in ("facebook", "instagram", "x"):
            with pytest.raises(Unreadable):
                READERS[channel].read(body)

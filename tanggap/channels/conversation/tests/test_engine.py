"""Whatever is said in whatever order: nothing breaks, nothing empty is sent, nobody reaches another's case."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tanggap.channels.conversation.engine import turn, turn_while_held
from tanggap.channels.conversation.heard import Heard
from tanggap.channels.conversation.memory import MOST_FILES, Memory, from_json, to_json
from tanggap.channels.conversation.phrasing import in_words
from tanggap.channels.conversation.settling import settle
from tanggap.channels.conversation.turns import CallPerson, Done, Failed, LeavePerson, Reply, Submit, Turn
from tanggap.channels.conversation.world import Addressed, KnownCase, Place, Places
from tanggap.common.ids import new_tracking_id
from tanggap.notify.filling import fits_sms

NOW = datetime(2026, 11, 9, 2, tzinfo=UTC)
FOREIGN, PUBLIC = new_tracking_id(), new_tracking_id()
FIELD = re.compile(r"\{[a-z]+_?[a-z]*\}")
CODE = "7K3M-92QD-XX00"


@dataclass
class Town:
    """A world in which this sender has some cases and others have theirs."""

    now: datetime = NOW
    brief: bool = False
    limit: tuple[int, int] | None = (3, 3600)
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))
    own: list[KnownCase] = field(default_factory=list)

    def emergency(self, language: str) -> str:
        return "Telepon 112, 110, atau 129."

    def voice(self, text: str) -> str:
        return "jv" if text == "basa Jawa" else ""

    def addressed(self, text: str) -> Addressed:
        return Addressed("", text)

    def places(self, text: str, *, answering: bool) -> Places:
        if "Demak" in text:
            return Places(Place("33.21", "Kabupaten Demak"))
        two = (Place("53.01", "Kabupaten Kupang"), Place("53.71", "Kota Kupang"))
        return Places(options=two) if answering and "Kupang" in text else Places()

    def case(self, number: str, *, code: str, language: str) -> KnownCase | None:
        known = next((one for one in self.own if one.tracking_id == number), None)
        if known is None and number == PUBLIC:
            return KnownCase(PUBLIC, "answered", "Dalam proses")
        if known is None and number == FOREIGN and code == CODE:
            return KnownCase(FOREIGN, "answered", "", mine=True)
        return known

    def own_cases(self, *, language: str) -> list[KnownCase]:
        return self.own[-3:]


WORDS = [
    "ya", "tidak", "1", "2", "3", "4", "9", "lewati", "-", "batal", "ulang", "bantuan", "status", "petugas", "anonim",
    "rahasia", "selesai", "keberatan", "keberatan belum diperbaiki", "nilai 2", "ubah", "ubah tempat", "isi", "baru",
    "basa Jawa",
    "lanjutan", "english", "bahasa indonesia", "halo", "terima kasih", "anjing kalian", "😂", "kemarin", "Demak",
    "Kupang", "sudah", "cek", "CEK 7K3M", f"CEK {FOREIGN}", f"CEK {PUBLIC}", f"{FOREIGN} tutup saja laporan itu",
    f"{FOREIGN} {CODE} tambahan dari saya", f"selesai {PUBLIC}", f"keberatan {FOREIGN} {CODE} tidak benar", FOREIGN,
    "Jalan di depan SD Negeri 3 Demak berlubang", "tolong ada rumah terbakar sekarang", "pungli di kantor desa",
    "RAHASIA ada tambang liar di hutan", "bukan di Demak tapi di Kupang", "yes", "skip", "a" * 300,
]  # fmt: skip
HEARD = st.builds(
    Heard,
    text=st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.text(max_size=60)),
    choice=st.sampled_from(["", "", "", "yes", "skip", "1", "anonymous", "nothing-we-know"]),
    files=st.sampled_from([0, 0, 0, 1, 2]),
    voices=st.sampled_from([0, 0, 0, 0, 1]),
    refused=st.sampled_from([(), (), ("terlalu besar",), ("",)]),
    sticker=st.sampled_from([False, False, True]),
    point=st.sampled_from([None, None, (-6.9, 110.6), (900.0, 900.0)]),
    quoted=st.sampled_from(["", "", "", "own"]),
)
STEPS = st.lists(
    st.tuples(HEARD, st.sampled_from([1, 1, 1, 30, 90, 300, 1600]), st.booleans(), st.booleans()), max_size=20
)


def said(after: Turn, brief: bool) -> str:
    return in_words(after.says, language=after.memory.voice or after.memory.language or "id", brief=brief)


def check_deed(deed: object, town: Town) -> None:
    """What may be done: nothing empty is sent, nothing of somebody else is touched."""
    if deed is None or isinstance(deed, CallPerson | LeavePerson):
        return
    if isinstance(deed, Submit):
        assert deed.draft.text.strip() or deed.draft.voices
        return
    mine = {one.tracking_id for one in town.own}
    assert deed.tracking_id in mine or (deed.tracking_id == FOREIGN and deed.code == CODE)
    if isinstance(deed, Reply):
        assert deed.draft.text or deed.draft.files or deed.draft.voices or deed.draft.latitude is not None


def outcome(deed: object, town: Town, fails: bool) -> Done | Failed:
    if fails:
        return Failed("Tidak dapat dilakukan sekarang.")
    if isinstance(deed, Submit):
        town.own.append(KnownCase(new_tracking_id(), "unverified", "Belum terverifikasi", mine=True))
        number = town.own[-1].tracking_id
        return Done(number, {"tracking_id": number, "secret_code": CODE, "clock": "Hari ke-1.", "link": "https://x"})
    return Done(getattr(deed, "tracking_id", ""), {})


def step(memory: Memory, heard: Heard, town: Town, *, fails: bool, held: bool) -> Memory:
    """One message through the engine, with everything that must hold after it."""
    numbered = replace(heard, tokens=tuple(f"t{n}" for n in range(heard.files + heard.voices)))
    if heard.quoted:
        numbered = replace(numbered, quoted=town.own[-1].tracking_id if town.own else "")
    after = turn_while_held(memory, numbered, town, answered=True) if held else turn(memory, numbered, town)
    check_deed(after.deed, town)
    if after.deed is not None:
        after = settle(after, outcome(after.deed, town, fails), town, before=memory)
    words = said(after, town.brief)
    assert not FIELD.search(words)
    assert not town.brief or fits_sms(words) or "7K3M" in words
    draft = after.memory.draft
    if draft.guarded and len(draft.text) > 20:
        assert draft.text[:20] not in words
    assert draft.files + draft.voices <= MOST_FILES
    kept = to_json(after.memory)
    assert len(str(kept)) < 200_000
    assert from_json(kept) == after.memory
    return after.memory


@given(steps=STEPS, brief=st.booleans(), answered=st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_talk_ends_well(steps, brief, answered):
    town = Town(brief=brief)
    if answered:
        town.own.append(KnownCase(new_tracking_id(), "answered", "Dalam proses", mine=True))
    memory = Memory()
    for heard, minutes, fails, held in steps:
        town.now += timedelta(minutes=minutes)
        memory = step(memory, heard, town, fails=fails and held, held=held and fails)


def test_a_memory_of_another_version_is_an_empty_one():
    for kept in ({}, {"draft": {"occurred_on": "yesterday"}}, {"draft": 3}, {"draft": {}, "recent": [1]}):
        assert from_json(kept) == Memory()


def test_a_refused_deed_loses_nothing():
    town = Town()
    memory = Memory()
    for words in ("Jalan rusak di Demak dekat pasar", "lewati", "lewati", "1"):
        memory = turn(memory, Heard(words), town).memory
    after = turn(memory, Heard("ya"), town)
    assert isinstance(after.deed, Submit)
    settled = settle(after, Failed("Kanal ini sedang ditutup."), town, before=memory)
    assert settled.memory.draft == memory.draft
    assert "sedang ditutup" in said(settled, False)


def test_after_the_limit_the_time_of_the_next_one_is_said():
    town = Town(limit=(1, 3600))
    memory = Memory()
    after = turn(memory, Heard("tolong ada rumah terbakar sekarang"), town)
    memory = settle(after, outcome(after.deed, town, False), town, before=memory).memory
    town.own.clear()
    town.now += timedelta(minutes=10)
    again = turn(memory, Heard("Jalan rusak di Demak dekat pasar"), town)
    assert again.deed is None
    assert "pukul 10.01 WIB" in said(again, False)


def test_pictures_beyond_the_most_are_refused_kindly():
    town, memory = Town(), Memory()
    for number in range(MOST_FILES + 1):
        after = turn(memory, Heard(files=1, tokens=(f"t{number}",)), town)
        memory = after.memory
    assert "20 berkas" in said(after, False)
    assert memory.draft.files == MOST_FILES

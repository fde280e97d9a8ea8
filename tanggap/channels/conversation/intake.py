"""Telling a new report: from the first words to what is handed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from tanggap.cases.urgency import sounds_urgent
from tanggap.channels.conversation import questions
from tanggap.channels.conversation.cues import about_conduct, says_enough, small_talk, without_mark
from tanggap.channels.conversation.memory import DRAFT_LIFETIME, digest_of
from tanggap.channels.conversation.talk import Talk
from tanggap.channels.conversation.turns import Submit
from tanggap.common import formats

NUDGE_AGAIN_AFTER: Final = timedelta(hours=1)
"""How long somebody who says nothing by SMS is not asked again."""
CHANGES: Final = ("text", "where", "when", "photo", "hidden")


def begin(talk: Talk, text: str) -> None:
    """The first words of a new report."""
    if not _may_begin(talk, digest_of(text)):
        return
    talk.jot(digest=digest_of(text))
    named = talk.world.addressed(text)
    talk.jot(agency=named.agency, note=named.note)
    text = named.text or text
    questions.note_what_is_said(talk, text, first=True)
    if not talk.add_text(without_mark(text)):
        talk.drop()
        return
    go_on(talk)


def is_repeated(talk: Talk, digest: str) -> bool:
    """Whether the same words became a case within a day; then that is said."""
    same = [one for one in talk.memory.sent_since(talk.world.now - DRAFT_LIFETIME) if one.digest == digest]
    if same:
        talk.drop()
        talk.say("repeated", tracking_id=same[0].tracking_id)
    return bool(same)


def _may_begin(talk: Talk, digest: str) -> bool:
    """Not the same words twice within a day, and not more than the limit within its time."""
    now = talk.world.now
    if digest and is_repeated(talk, digest):
        return False
    if talk.world.limit is None:
        return True
    amount, seconds = talk.world.limit
    sent = talk.memory.sent_since(now - timedelta(seconds=seconds))
    if len(sent) < amount:
        return True
    again = sent[-amount].at + timedelta(seconds=seconds)
    # A full minute later than the second it is free: what we promise holds.
    local = (again + timedelta(minutes=1)).astimezone(talk.world.zone)
    at = f"{formats.clock_time(local, talk.language)} {formats.zone_name(talk.world.zone)}"
    talk.drop()
    talk.say("too_many", at=at)
    return False


def go_on(talk: Talk) -> None:
    """Ask what is missing, or hand in what cannot wait: danger, a voice, and what comes by SMS."""
    draft = talk.draft
    if not (draft.text or draft.voices):
        talk.to("tell")
        talk.say("photo_first" if draft.files else "tell")
        return
    conduct = "conduct" not in draft.asked and about_conduct(draft.text)
    if draft.voices or talk.world.brief or sounds_urgent(draft.text):
        # Nothing can be asked first: whoever may be meant must not be the one who reads it.
        talk.jot(supervisory=draft.supervisory or conduct)
        submit(talk)
        return
    question = "conduct" if conduct else questions.next_question(talk)
    if question:
        questions.ask(talk, question)
    else:
        questions.show_summary(talk)


def submit(talk: Talk) -> None:
    """Hand the draft in, unless it has been already or there were too many."""
    if _may_begin(talk, talk.draft.digest):
        talk.deed = Submit(talk.draft)


def in_question(talk: Talk) -> None:
    """A message while a question is open."""
    stage, heard = talk.memory.stage, talk.heard
    talk.take_files()
    talk.take_point()
    if heard.is_files_only:
        _kept(talk, stage)
        return
    if heard.voices:
        talk.say("voice_kept")
        questions.mark(talk, stage)
        go_on(talk)
        return
    if sounds_urgent(heard.text):
        talk.add_text(heard.text)
        go_on(talk)
        return
    nothing_new = not (heard.text or heard.choice) and stage not in ("where", "region")
    small = small_talk(heard.text) if heard.text else None
    if nothing_new or (small in ("greeting", "abuse", "signs") and not _answers(talk)):
        questions.ask(talk, stage)
        return
    if questions.answer(talk, stage):
        go_on(talk)
    elif talk.said and talk.said[-1].key == "not_understood":
        questions.ask(talk, stage)


def _answers(talk: Talk) -> bool:
    """Whether what would be small talk elsewhere answers the open question: "1", "-", a location."""
    return (
        talk.heard.point is not None
        or bool(talk.means("skip", "yes", "no", "go_on", near=False))
        or any(one.isdigit() for one in talk.heard.text)
    )


def _kept(talk: Talk, stage: str) -> None:
    """Pictures among the questions: said once, however many come."""
    if talk.memory.acked:
        return
    talk.remember(acked=True)
    if stage == "photo":
        talk.say("photos_kept")
    else:
        talk.say("file_kept")
        questions.ask(talk, stage)


def telling(talk: Talk) -> None:
    """We wait for the words of a report: files came first, or too few words."""
    heard = talk.heard
    talk.take_files()
    talk.take_point()
    if heard.is_files_only:
        if not talk.memory.acked:
            talk.remember(acked=True)
            talk.say("photo_first")
        return
    if heard.voices:
        go_on(talk)
        return
    if heard.text and small_talk(heard.text):
        answer_small(talk, "tell")
        return
    whole = f"{talk.draft.text}\n{heard.text}".strip()
    if not says_enough(whole, brief=talk.world.brief) and not sounds_urgent(whole) and not talk.misses():
        talk.add_text(heard.text)
        talk.say("tell_more")
        return
    kept = replace(talk.draft, text="")
    talk.remember(draft=kept)
    begin(talk, whole) if whole else go_on(talk)


def confirming(talk: Talk) -> None:
    """The summary was shown."""
    heard = talk.heard
    talk.take_files()
    talk.take_point()
    if heard.is_files_only and talk.memory.acked:
        return
    if heard.is_files_only or heard.voices:
        talk.remember(acked=True)
        talk.say("voice_kept" if heard.voices else "file_kept")
        questions.show_summary(talk)
        return
    said = talk.means("yes", "go_on", "no", "change", "anonymous", "secret", "both", "open", "skip")
    if said in ("yes", "go_on") or (not said and _agrees(talk)):
        submit(talk)
    elif said in ("no", "change"):
        talk.to("change")
        talk.say("ask_change")
    elif said:
        if said != "skip":
            _show_as(talk, said)
        questions.show_summary(talk)
    else:
        _added(talk)


def _agrees(talk: Talk) -> bool:
    """ "Ya pak tolong segera" agrees; "ya tapi ..." adds something."""
    head, _space, rest = talk.heard.text.partition(" ")
    small = small_talk(f"ok {rest}") if rest else None
    agreed = talk.heard.text and small in ("thanks", "greeting")
    return bool(agreed) and _is_yes(talk, head)


def _is_yes(talk: Talk, word: str) -> bool:
    other = Talk(talk.memory, replace(talk.heard, text=word, choice=""), talk.world)
    return bool(other.means("yes"))


def _show_as(talk: Talk, said: str) -> None:
    talk.jot(
        anonymous=said in ("anonymous", "both") or (talk.draft.anonymous and said == "secret"),
        secret=said in ("secret", "both") or (talk.draft.secret and said == "anonymous"),
    )


def _added(talk: Talk) -> None:
    """Words instead of a yes: a correction where they say so, otherwise a part of the report."""
    text = talk.heard.text
    if text and not small_talk(text) and not questions.corrected_place(talk) and not questions.corrected_day(talk):
        talk.add_text(text)
        questions.note_what_is_said(talk, text, first=False)
        if sounds_urgent(text):
            go_on(talk)
            return
    questions.show_summary(talk)


def changing(talk: Talk) -> None:
    """Which part is to be changed."""
    part = talk.picks(*CHANGES)
    if part:
        change(talk, part)
    elif talk.means("yes", "skip", "no", near=False) or talk.misses():
        questions.show_summary(talk)
    else:
        talk.say("not_understood")
        talk.say("ask_change")


def change(talk: Talk, part: str) -> None:
    """Ask one part anew; what was said before is forgotten."""
    draft = talk.draft
    emptied: dict[str, dict[str, object]] = {
        "text": {},
        "where": {"place": "", "region": "", "region_name": "", "latitude": None, "longitude": None},
        "when": {"occurred_on": None, "when": ""},
        "photo": {"files": 0, "tokens": ()},
        "hidden": {"anonymous": False, "secret": False},
    }
    talk.jot(**emptied[part], asked=tuple(one for one in draft.asked if one != part))
    if part == "text":
        talk.to("rewrite")
        talk.say("ask_rewrite")
    else:
        questions.ask(talk, part)


def rewriting(talk: Talk) -> None:
    """The report's words are written again."""
    talk.take_files()
    if talk.heard.text and not small_talk(talk.heard.text):
        before = talk.draft
        talk.jot(text="")
        if not talk.add_text(talk.heard.text):
            talk.remember(draft=before)
            return
    go_on(talk)


def answer_small(talk: Talk, kind: str) -> None:
    """A kind answer to what is no report. By SMS nobody is asked again within the hour, and thanks cost nothing."""
    if talk.world.brief:
        nudged = talk.memory.nudged_at
        if kind == "thanks" or (nudged is not None and talk.world.now - nudged < NUDGE_AGAIN_AFTER):
            return
        talk.remember(nudged_at=talk.world.now)
    talk.say(kind)

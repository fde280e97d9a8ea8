"""Speaking of a case that exists: its news, an addition, an answer agreed with or objected to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from tanggap.cases.workflow import State
from tanggap.channels.conversation.cues import Named, number_checked, number_named, says_enough, small_talk
from tanggap.channels.conversation.intake import begin, go_on, is_repeated
from tanggap.channels.conversation.memory import Draft, digest_of
from tanggap.channels.conversation.talk import Talk
from tanggap.channels.conversation.turns import Confirm, Hide, Object, Rate, Reply
from tanggap.channels.conversation.vocabulary import first_word, number_in
from tanggap.channels.conversation.world import KnownCase

CONTINUES_FOR: Final = timedelta(hours=1)
"""How long after a report further messages belong to it without being asked."""
SHORT_ANSWER_WORDS: Final = 8
ENDED: Final = (State.CLOSED.value, State.ARCHIVED.value)


def own(talk: Talk) -> Sequence[KnownCase]:
    """The sender's own cases, the one spoken of last first."""
    return talk.world.own_cases(language=talk.language)


def open_case(talk: Talk) -> KnownCase | None:
    """The case that new words may belong to: first one about which an officer has asked something."""
    cases = [case for case in own(talk) if case.state not in ENDED]
    return next((case for case in cases if case.state == State.ON_HOLD), cases[0] if cases else None)


def just_sent(talk: Talk) -> KnownCase | None:
    """The case handed in here within the hour, while it is still open."""
    sent = talk.memory.sent_since(talk.world.now - CONTINUES_FOR)
    if not sent:
        return None
    return next((one for one in own(talk) if one.tracking_id == sent[-1].tracking_id and one.state not in ENDED), None)


def show(talk: Talk, case: KnownCase) -> None:
    """Where a case stands."""
    talk.say(
        "status",
        tracking_id=case.tracking_id,
        state=case.state_name,
        clock=case.clock,
        agency=case.agency,
        link=case.link,
    )


def status(talk: Talk) -> None:
    """The news of the sender's own cases; by SMS of the last one."""
    cases = own(talk)
    for case in cases[:1] if talk.world.brief else cases:
        show(talk, case)
    if not cases:
        talk.say("no_cases")


def check(talk: Talk, rest: str) -> bool:
    """CEK <number> [<secret code>]: whether it was that."""
    named = number_checked(rest)
    if named is None:
        # "Cek jalan di depan rumah saya" is a report.
        if says_enough(rest, brief=False):
            return False
        talk.say("ask_number")
        return True
    case = talk.world.case(named.number, code=named.code, language=talk.language)
    if case is None:
        talk.say("unknown_number")
    else:
        show(talk, case)
    return True


def named(talk: Talk) -> bool:
    """A message that names or quotes a case continues it, for its proved reporter alone; whether it did."""
    heard = talk.heard
    # A pressed button always quotes the message it stood under; what it means is said by the button.
    if heard.quoted and not heard.choice:
        case = talk.world.case(heard.quoted, code="", language=talk.language)
        if case is not None and case.mine:
            _continue(talk, case, heard.text, "")
            return True
    found = number_named(heard.text)
    if found is None:
        return False
    case = talk.world.case(found.number, code=found.code, language=talk.language)
    words = found.rest
    if not words and heard.is_files_only is False and not (heard.files or heard.voices):
        talk.say("unknown_number") if case is None else show(talk, case)
    elif case is not None and case.mine:
        _continue(talk, case, words, found.code)
    else:
        _not_theirs(talk, found)
    return True


def _not_theirs(talk: Talk, found: Named) -> None:
    """The same words for a number of somebody else and for one that does not exist."""
    if not says_enough(found.rest, brief=False) or not talk.draft.is_empty:
        talk.say("unknown_number")
        return
    talk.take_files()
    talk.jot(text=found.rest[:20_000])
    talk.to("unknown")
    talk.say("unknown_number_new")


def unknown(talk: Talk) -> None:
    """We asked whether what named a number that is not theirs shall become a new report."""
    said = talk.picks("yes", "no") or talk.means("new")
    if said in ("yes", "new"):
        renew(talk)
    elif said == "no" or talk.misses():
        talk.drop()
        talk.say("cancelled")
    else:
        talk.say("not_understood")
        talk.say("unknown_number_new")


def renew(talk: Talk) -> None:
    """What was kept aside becomes a new report."""
    text = talk.draft.text
    talk.jot(text="")
    talk.to("start")
    begin(talk, text) if text else go_on(talk)


def _continue(talk: Talk, case: KnownCase, words: str, code: str) -> None:
    """Add to the case, or do what the words say about its answer."""
    reason = first_word(words, "object") if words else None
    other = Talk(talk.memory, replace(talk.heard, text=words), talk.world)
    if reason is not None or other.means("object"):
        object_to(talk, case, reason or "", code)
    elif other.means("solved"):
        confirm(talk, case, code)
    else:
        reply(talk, case, words, code=code)


def reply(talk: Talk, case: KnownCase, words: str, *, code: str = "") -> None:
    """Words, files and a location to the thread of a case."""
    heard = talk.heard
    point = heard.point
    if not (words or heard.files or heard.voices or point):
        talk.say("not_understood")
        return
    draft = Draft(text=words, files=heard.files, voices=heard.voices, tokens=heard.tokens)
    if point is not None:
        draft = replace(draft, latitude=point[0], longitude=point[1])
    talk.remember(case=case.tracking_id)
    talk.deed = Reply(case.tracking_id, draft, code)


def ask_which(talk: Talk, case: KnownCase, text: str) -> None:
    """New, or more about the case? What was said is kept until that is answered."""
    talk.take_files()
    talk.take_point()
    if not talk.add_text(text) or talk.draft.is_empty:
        return
    talk.remember(case=case.tracking_id)
    talk.to("which")
    talk.say("which_answered" if case.state == State.ANSWERED else "which", tracking_id=case.tracking_id)


def which(talk: Talk) -> None:
    """The answer to that question; further words before it belong to what is kept."""
    said = talk.picks("continue", "new") or talk.means("go_on")
    case = next((one for one in own(talk) if one.tracking_id == talk.memory.case), None)
    if said in ("continue", "go_on") and case is not None:
        kept = talk.draft
        talk.drop()
        talk.remember(case=case.tracking_id)
        talk.deed = Reply(case.tracking_id, kept)
    elif said or talk.means("no") or (case is None and talk.heard.text):
        renew(talk)
    else:
        _more_before_which(talk, case)


def _more_before_which(talk: Talk, case: KnownCase | None) -> None:
    talk.take_files()
    talk.take_point()
    if talk.heard.is_files_only and talk.memory.acked:
        return
    talk.remember(acked=talk.heard.is_files_only)
    if talk.heard.text and not small_talk(talk.heard.text):
        talk.add_text(talk.heard.text)
    key = "which_answered" if case is not None and case.state == State.ANSWERED else "which"
    talk.say(key, tracking_id=talk.memory.case)


def answered_case(talk: Talk) -> KnownCase | None:
    """The case whose answer the sender may speak of."""
    return next((case for case in own(talk) if case.state == State.ANSWERED), None)


def confirm(talk: Talk, case: KnownCase | None, code: str = "") -> None:
    """The reporter agrees with the answer."""
    if case is None or case.state != State.ANSWERED:
        talk.say("not_answered")
        return
    talk.remember(case=case.tracking_id)
    talk.deed = Confirm(case.tracking_id, code, talk.draft if talk.memory.stage == "which" else Draft())


def object_to(talk: Talk, case: KnownCase | None, reason: str, code: str = "") -> None:
    """The reporter objects; without a reason it is asked for."""
    if case is None or case.state not in (State.ANSWERED, *ENDED):
        talk.say("not_answered")
        return
    talk.remember(case=case.tracking_id)
    if talk.memory.stage == "which":
        reason = reason or talk.draft.text
    if reason:
        talk.drop()
        talk.deed = Object(case.tracking_id, reason, code)
        return
    talk.to("objecting")
    talk.say("ask_objection", tracking_id=case.tracking_id)


def objecting(talk: Talk) -> None:
    """The reason is being written."""
    text = talk.heard.text
    if not text or small_talk(text):
        talk.say("ask_objection", tracking_id=talk.memory.case)
        return
    number = talk.memory.case
    talk.drop()
    talk.deed = Object(number, text)


def to_answer(talk: Talk) -> bool:
    """SELESAI, KEBERATAN <reason>, NILAI <1-5> at any time; whether it was one of them."""
    text = talk.heard.text
    reason = first_word(text, "object") if text else None
    if reason is not None or talk.means("object"):
        object_to(talk, _objectionable(talk), reason or "")
        return True
    rating = first_word(text, "rate") if text else None
    case = _rateable(talk)
    if rating is not None and case is not None and (stars := number_in(rating)) is not None and 1 <= stars <= 5:
        talk.drop()
        talk.remember(case=case.tracking_id)
        talk.deed = Rate(case.tracking_id, stars)
        return True
    if talk.means("solved") and own(talk):
        confirm(talk, answered_case(talk))
        return True
    return False


def _objectionable(talk: Talk) -> KnownCase | None:
    """An answered case first; else the last one, if it has ended."""
    cases = own(talk)
    return answered_case(talk) or next((case for case in cases if case.state in ENDED), None)


def _rateable(talk: Talk) -> KnownCase | None:
    return next((case for case in own(talk) if case.state in (State.ANSWERED, State.CLOSED)), None)


def rating(talk: Talk) -> bool:
    """After a confirmation: a number from 1 to 5. Whether the message was about that."""
    stars = number_in(talk.heard.text) if talk.heard.text else None
    number = talk.memory.case
    talk.drop()
    if stars is None or not 1 <= stars <= 5:
        skipped = bool(talk.means("skip", "no", near=False))
        if skipped:
            talk.say("thanks")
        return skipped
    talk.remember(case=number)
    talk.deed = Rate(number, stars)
    return True


def adding(talk: Talk) -> bool:
    """Within the hour after a report that could not wait: more belongs to it. Whether the message did."""
    case = just_sent(talk)
    heard = talk.heard
    if case is None or (heard.text and small_talk(heard.text)) or heard.is_empty:
        return False
    if talk.means("new", near=False):
        talk.drop()
        talk.to("tell")
        talk.say("tell")
        return True
    if heard.text and is_repeated(talk, digest_of(heard.text)):
        return True
    if not hide(talk):
        reply(talk, case, heard.text)
    return True


def hide(talk: Talk) -> bool:
    """ANONIM or RAHASIA alone, within the hour after a report: that report is meant. Whether it was."""
    said = talk.means("anonymous", "secret", "both")
    case = just_sent(talk) if said else None
    if case is None:
        return False
    hidden = {"anonymous": said in ("anonymous", "both"), "secret": said in ("secret", "both")}
    talk.deed = Hide(case.tracking_id, **hidden)
    return True


def belongs(talk: Talk, text: str) -> bool:
    """New words of somebody who has an open case: whether they were dealt with as belonging to it, or asked about."""
    case = open_case(talk)
    heard = talk.heard
    if case is None:
        return False
    if case.state == State.ON_HOLD and (talk.world.brief or len(text.split()) <= SHORT_ANSWER_WORDS):
        reply(talk, case, text)
        return True
    if talk.world.brief:
        return _briefly(talk, case, text)
    if heard.is_files_only and (fresh := just_sent(talk)) is not None:
        reply(talk, fresh, "")
        return True
    ask_which(talk, case, text)
    return True


def _briefly(talk: Talk, case: KnownCase, text: str) -> bool:
    """By SMS: within the hour it continues; of an answered case we ask; otherwise it is a new report."""
    fresh = just_sent(talk)
    if fresh is not None:
        reply(talk, fresh, text)
        return True
    if case.state == State.ANSWERED:
        ask_which(talk, case, text)
        return True
    return False

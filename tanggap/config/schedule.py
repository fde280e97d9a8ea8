"""What runs by the clock: each job calls one service, may run twice, and keeps nothing between runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from tanggap.cases.erased_list import append_to
from tanggap.cases.models import ContactProof, IntakeCount, SubmissionKey
from tanggap.cases.once import past as keys_past
from tanggap.cases.services.index_words import index_words
from tanggap.cases.services.run_erasures import run_erasures
from tanggap.cases.services.run_timers import BATCH, run_timers
from tanggap.cases.services.send_contact_proofs import PROOFS_KEPT, send_contact_proofs
from tanggap.cases.services.send_follow_news import send_follow_news
from tanggap.cases.services.show_unseen_words import show_unseen_words
from tanggap.cases.services.watch_flood import watch_flood
from tanggap.channels.services.empty_payloads import empty_payloads
from tanggap.channels.services.forget_sms import forget_sms
from tanggap.channels.services.join_sms import join_sms
from tanggap.channels.services.poll_x import poll_x
from tanggap.channels.services.take_inbound import take_inbound
from tanggap.channels.services.wake_inbox import wake_inbox
from tanggap.common.clock import now
from tanggap.config import mailboxes, sms_sessions
from tanggap.config.launch.instance import ERASURES
from tanggap.console.services.forget_desks import forget_desks
from tanggap.console.services.go_on import go_on
from tanggap.console.services.make_export import make_export
from tanggap.console.services.run_batch import run_batch
from tanggap.console.training.schema import forget_old as forget_old_training
from tanggap.escalation.office_hours import openings
from tanggap.escalation.services import sweep as ladders
from tanggap.escalation.services.send_daily_lists import send_daily_lists
from tanggap.escalation.services.tell_inactivity import tell_inactivity
from tanggap.escalation.services.watch_missing import watch_missing
from tanggap.evaluation.services.count_missing import count_missing
from tanggap.evaluation.services.find_mass_submissions import find_mass_submissions
from tanggap.evaluation.services.fold_everything import fold_everything
from tanggap.evaluation.services.publish_open_data import publish_open_data
from tanggap.evaluation.services.remind_tasks import remind_tasks
from tanggap.evaluation.services.send_briefs import send_briefs
from tanggap.files.services.purge import purge, purge_strays
from tanggap.ledger.services.checkpoint import make_due_checkpoints
from tanggap.notify.models import ChannelConfig
from tanggap.notify.selectors import channels_with_due
from tanggap.notify.services.deliver import deliver
from tanggap.notify.services.mend_outbox import mend_outbox
from tanggap.notify.services.wake_channel import wake_channels
from tanggap.surveys.services.remind_surveys import remind_surveys

log = structlog.get_logger(__name__)
MOST_ROUNDS = 25
COUNTS_LIVE = timedelta(days=2)


@app.periodic(cron="* * * * *")
@app.task(name="timers", queueing_lock="timers")
def timers(timestamp: int) -> None:
    """Windows that passed and questions that stayed unanswered, in batches until nothing is due."""
    moment = now()
    for _round in range(MOST_ROUNDS):
        changed = run_timers(now=moment)
        if changed:
            log.info("timers.changed", cases=changed)
        if changed < BATCH:
            return


@app.periodic(cron="* * * * *")
@app.task(name="sweep", queueing_lock="sweep")
def sweep(timestamp: int) -> None:
    """The steps of the ladders that are due."""
    swept = ladders.sweep(now=now())
    if swept.cases:
        log.info("ladders.swept", cases=swept.cases, steps=swept.steps, skipped=swept.skipped)


@app.periodic(cron="* * * * *")
@app.task(name="fold_tallies", queueing_lock="fold_tallies")
def fold_new(timestamp: int) -> None:
    """What happened in the last minute, counted into the figures; a long line in several batches."""
    taken = fold_everything(now=now())
    if taken:
        log.info("tallies.folded", taken=taken)


@app.periodic(cron="0 19 2 * *")
@app.task(name="publish_open_data", queueing_lock="publish_open_data")
def open_data(timestamp: int) -> None:
    """A version of the open data a month, in the night to the third: late answers of the month before are in."""
    version = publish_open_data(now=now())
    log.info("open_data.published", version=version.number if version else None)


@app.periodic(cron="20 20 * * *")
@app.task(name="count_missing", queueing_lock="count_missing")
def count_uncounted(timestamp: int) -> None:
    """Cases that are in no figure, whatever kept them out; in the night, since it looks at all."""
    found = count_missing()
    if found:
        log.warning("tallies.missing", cases=found)


@app.periodic(cron="* * * * *")
@app.task(name="watch_flood", queueing_lock="watch_flood")
def flood(timestamp: int) -> None:
    """New cases have to be worked for while more come in than a country would write."""
    if watch_flood(now=now()):
        log.warning("intake.flooded")


@app.periodic(cron="15 23 * * *")
@app.task(name="send_follow_news", queueing_lock="send_follow_news")
def follow_news(timestamp: int) -> None:
    """New public cases to those who follow a place, a topic or a body: once a day, in the morning of the capital."""
    log.info("follow_news.written", messages=send_follow_news(now=now()))


@app.periodic(cron="55 * * * *")
@app.task(name="show_unseen_words", queueing_lock="show_unseen_words")
def show_words(timestamp: int) -> None:
    """What reporters added and nobody read within the days that a new report may wait."""
    shown = show_unseen_words(now=now())
    if shown:
        log.info("words.shown_unread", entries=shown)


@app.periodic(cron="50 * * * *")
@app.task(name="index_words", queueing_lock="index_words")
def index_missing_words(timestamp: int) -> None:
    """Public cases that the search cannot find: there before it was, or loaded in bulk."""
    read = index_words(now=now())
    if read:
        log.info("words.indexed", cases=read)


@app.periodic(cron="*/10 * * * *")
@app.task(name="watch_missing", queueing_lock="watch_missing")
def watch_unwatched(timestamp: int) -> None:
    """Open cases that no reaction put on watch: loaded in bulk, or whose job was lost."""
    found = watch_missing(now=now())
    if found:
        log.info("cases.watched", cases=found)


@app.periodic(cron="* * * * *")
@app.task(name="keep_sms_sessions", queueing_lock="keep_sms_sessions")
def keep_sms_sessions(timestamp: int) -> None:
    """Sessions with operators that broke are opened again, those no longer configured are ended."""
    sms_sessions.keep()


@app.periodic(cron="* * * * *")
@app.task(name="keep_mailboxes", queueing_lock="keep_mailboxes")
def keep_mailboxes(timestamp: int) -> None:
    """Mailboxes that are configured are read, others left; each in a thread of its own, which waits for letters."""
    mailboxes.keep(mailboxes.accounts())


@app.periodic(cron="*/5 * * * *")
@app.task(name="send_daily_lists", queueing_lock="send_daily_lists")
def daily_lists(timestamp: int) -> None:
    """The morning list of every regional secretary, as offices open in their zones; once a day each."""
    written = send_daily_lists(now=now())
    if written:
        log.info("daily_lists.written", messages=written)


@app.periodic(cron="*/10 * * * *")
@app.task(name="send_briefs", queueing_lock="send_briefs")
def briefs(timestamp: int) -> None:
    """The letters of leaders about the week and month that ended, as offices open in their zones; once each."""
    written = send_briefs(now=now())
    if written:
        log.info("briefs.composed", briefs=written)


@app.periodic(cron="*/10 * * * *")
@app.task(name="remind_tasks", queueing_lock="remind_tasks")
def task_reminders(timestamp: int) -> None:
    """Tasks due on the next working day or today, told once each in office hours."""
    reminded = remind_tasks(now=now())
    if reminded:
        log.info("tasks.reminded", tasks=reminded)


@app.periodic(cron="10 * * * *")
@app.task(name="seal_ledger", queueing_lock="seal_ledger")
def seal_ledger(timestamp: int) -> None:
    """The signed root of every finished day; asked every hour, so that a night without power is soon made good."""
    made = make_due_checkpoints(now=datetime.fromtimestamp(timestamp, UTC))
    log.info("ledger.sealed", days=len(made))


@app.periodic(cron="25 * * * *")
@app.task(name="tidy", queueing_lock="tidy")
def tidy(timestamp: int) -> None:
    """Drafts nobody sent, contents nobody holds, keys, counts, raw payloads and the sandbox past their day."""
    moment = now()
    purge(now=moment)
    SubmissionKey.objects.filter(keys_past(moment)).delete()
    ContactProof.objects.filter(asked_at__lt=moment - PROOFS_KEPT).delete()
    IntakeCount.objects.filter(period_starts_at__lt=moment - COUNTS_LIVE).delete()
    forget_old_training(now=moment)
    forget_sms(now=moment)
    empty_payloads(now=moment)
    forget_desks(now=moment)


@app.periodic(cron="35 * * * *")
@app.task(name="run_erasures", queueing_lock="run_erasures")
def erasures(timestamp: int) -> None:
    """Wishes to be forgotten whose waiting period is over, and identities older than they may be kept.

    The list of them lies outside the database, for after a restore.
    """
    log.info("erasures.done", erased=run_erasures(now=now()), listed=append_to(settings.DATA_DIR / ERASURES))


@app.periodic(cron="5 1 * * *")
@app.task(name="tell_inactivity", queueing_lock="tell_inactivity")
def tell_of_inactivity(timestamp: int) -> None:
    """Agencies whose officers stay away, told once a spell: shortly after eight in the west (the hour is UTC)."""
    log.info("inactivity.told", messages=tell_inactivity(now=now()))


@app.periodic(cron="20 19 * * *")
@app.task(name="find_mass_submissions", queueing_lock="find_mass_submissions")
def find_mass(timestamp: int) -> None:
    """The same matter from many, once a night (the hour is UTC)."""
    log.info("mass_submissions.found", clusters=find_mass_submissions(now=now()))


@app.periodic(cron="15 1 * * *")
@app.task(name="remind_surveys", queueing_lock="remind_surveys")
def remind_of_surveys(timestamp: int) -> None:
    """Agencies whose services were not surveyed within the year, told once a year; some a day, so none in a flood."""
    log.info("surveys.reminded", bodies=remind_surveys(now=now()))


@app.periodic(cron="40 3 * * 0")
@app.task(name="sweep_files", queueing_lock="sweep_files")
def sweep_files(timestamp: int) -> None:
    """Contents on disk that no row knows, after a crash between storing and committing. Reads every folder: weekly."""
    log.info("files.swept", removed=purge_strays())


@app.task(name="run_batch", queue="default")
def run_planned(channel: str) -> None:
    """What an officer asked for several cases half a minute ago."""
    taken = run_batch(batch_id=int(channel), now=now())
    log.info("batch.run", cases=taken)


@app.task(name="make_export", queue="default")
def make_file(channel: str) -> None:
    """A list of cases as a file, part by part."""
    while make_export(export_id=int(channel), now=now()):
        pass


@app.periodic(cron="* * * * *")
@app.task(name="go_on", queueing_lock="go_on")
def go_on_at_desks(timestamp: int) -> None:
    """Batches and exports whose jobs were lost."""
    go_on(now=now())


@app.task(name="deliver", queue="outbox")
def deliver_channel(channel: str) -> None:
    """What waits on one channel. One job of a channel runs at a time; a long line is worked off in several."""
    done = deliver(channel=channel, now=now(), hours=openings)
    if done.sent and done.waiting:
        wake_channels([channel])


@app.task(name="send_contact_proofs", queue="outbox")
def send_proofs(channel: str) -> None:
    """Codes and links that were asked for; apart from the page, whose time would tell which addresses are known."""
    log.info("contact_proofs.sent", messages=send_contact_proofs(now=now()))


@app.periodic(cron="* * * * *")
@app.task(name="wake_outbox", queueing_lock="wake_outbox")
def wake_outbox(timestamp: int) -> None:
    """Channels whose messages have become due: retries, mornings, codes, and what a crash forgot to announce."""
    moment = now()
    mend_outbox(now=moment)
    wake_channels(channels_with_due(now=moment))
    send_contact_proofs(now=moment)


@app.periodic(cron="*/3 * * * *")
@app.task(name="poll_x", queueing_lock="poll_x", queue="inbox")
def poll_x_accounts(timestamp: int) -> None:
    """What names our accounts on X: asked every few minutes, because X calls nobody."""
    for brand in ChannelConfig.objects.filter(channel="x", enabled=True).values_list("brand", flat=True):
        poll_x(brand=brand, now=now())


@app.task(name="take", queue="inbox")
def take_from_channel(channel: str) -> None:
    """What came in by one channel. One job of a channel runs at a time, until nothing waits."""
    while take_inbound(channel=channel, now=now()):
        pass


@app.periodic(cron="* * * * *")
@app.task(name="wake_inbox", queueing_lock="wake_inbox")
def wake_inboxes(timestamp: int) -> None:
    """Channels on which something waits to be heard: pauses that are over, long SMS of which a part never came, and
    what a crash forgot to announce."""
    moment = now()
    wake_inbox(now=moment)
    join_sms(now=moment)

"""What happened stays written, and whoever changes it is found out."""

import json
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from tanggap.common.crypto import _ring_at
from tanggap.ledger.models import Checkpoint, Event
from tanggap.ledger.selectors import audit_ledger, chain_is_intact, events_of
from tanggap.ledger.services.bulk_record import Entry, bulk_record
from tanggap.ledger.services.checkpoint import make_due_checkpoints
from tanggap.ledger.services.record import record
from tanggap.ledger.services.shred import shred

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 7, 5, 3, 123456, tzinfo=UTC)


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    yield
    _ring_at.cache_clear()


def submit(stream: str = "case:1", **changes) -> Event:
    values = {
        "actor": "reporter",
        "at": AT,
        "data": {"channel": "web", "n": 2},
        "personal": {"ip": "x"},
        "react": False,
    }
    return record("case.submitted", stream=stream, **{**values, **changes})


def behind_its_back(sql: str, *parameters: object) -> None:
    """What a database administrator can do: disable the triggers and alter rows."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE ledger_checkpoint DISABLE TRIGGER USER")
        cursor.execute(sql, parameters)
        cursor.execute("ALTER TABLE ledger_event ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE ledger_checkpoint ENABLE TRIGGER USER")


def jobs() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def test_what_is_recorded_comes_back_exactly() -> None:
    made = submit(data={"text": 'Jalan "rusak" é 🕳', "big": 10**30, "list": [1, None, True], "at": AT})
    stored = events_of("case:1").get()
    for field in ("pk", "stream", "seq", "name", "at", "recorded_at", "actor", "data", "personal", "imported"):
        assert getattr(stored, field) == getattr(made, field), field
    assert (bytes(stored.hash), bytes(stored.prev_hash)) == (made.hash, made.prev_hash)
    assert chain_is_intact(events_of("case:1"))


def test_events_are_numbered_and_chained_within_their_stream() -> None:
    first, other, second = submit(), submit("case:2"), submit()
    assert (first.seq, other.seq, second.seq) == (1, 1, 2)
    assert second.prev_hash == first.hash
    assert list(audit_ledger()) == []


def test_a_new_stream_costs_one_statement_job_included(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        record("case.submitted", stream="case:9", actor="reporter", at=AT, first=True)


def test_a_wrong_promise_that_the_stream_is_new_does_no_harm() -> None:
    submit()
    assert submit(first=True).seq == 2
    assert list(audit_ledger()) == []


def test_the_job_that_reacts_is_deferred_with_the_event() -> None:
    event = submit(react=True)
    assert jobs() == [("react", f'{{"event_id": {event.pk}}}')]


def test_a_deferred_job_announces_nothing() -> None:
    """NOTIFY would make every commit of the whole database wait for the one before it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgenabled FROM pg_trigger WHERE tgname = 'procrastinate_jobs_notify_queue_job_inserted_v1'"
        )
        assert cursor.fetchall() == [("D",)]


def test_no_job_is_deferred_when_no_reaction_is_wanted() -> None:
    submit(react=False)
    assert jobs() == []


def test_event_and_job_vanish_together_with_a_failed_transaction() -> None:
    def fail() -> None:
        with transaction.atomic():
            submit(react=True)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not Event.objects.exists()
    assert jobs() == []


def test_a_time_without_a_zone_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(ValueError, match="zone"):
        submit(at=datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(TypeError):
        submit(data={"latitude": 1.5})
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_event SET name = 'case.closed'",
        "UPDATE ledger_event SET at = at + interval '1 day'",
        "UPDATE ledger_event SET recorded_at = recorded_at - interval '1 day'",
        "UPDATE ledger_event SET data = '{}', personal = NULL",
        'UPDATE ledger_event SET data = \'{"n": 2.0, "channel": "web"}\', personal = NULL',
        'UPDATE ledger_event SET personal = \'{"ip": "y"}\'',
        "UPDATE ledger_event SET hash = prev_hash",
        "DELETE FROM ledger_event",
        "TRUNCATE ledger_event",
    ],
)
def test_the_database_refuses_to_change_an_event(sql: str) -> None:
    submit()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_event ENABLE TRIGGER USER")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(audit_ledger()) == []
    assert Event.objects.get().personal == {"ip": "x"}


@pytest.mark.parametrize("sql", ["DELETE FROM ledger_checkpoint", "UPDATE ledger_checkpoint SET streams = 0"])
def test_the_database_refuses_to_change_a_checkpoint(sql: str) -> None:
    submit()
    seal()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_shredding_blanks_what_is_personal_and_keeps_the_chain_whole() -> None:
    submit(), submit(personal=None), submit(), submit("case:2")
    assert shred(stream="case:1", actor="person:5", now=AT) == 2
    assert [event.personal for event in events_of("case:1")] == [None] * 4
    assert events_of("case:1").last().name == "personal.shredded"
    assert events_of("case:2").get().personal == {"ip": "x"}
    assert list(audit_ledger()) == []
    assert shred(stream="case:1", actor="person:5", now=AT) == 0


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("UPDATE ledger_event SET data = '{\"n\": 3}' WHERE stream = 'case:2' AND seq = 2", "event_altered"),
        ("UPDATE ledger_event SET at = at - interval '1 day' WHERE stream = 'case:2' AND seq = 2", "event_altered"),
        ("UPDATE ledger_event SET actor = 'person:1' WHERE stream = 'case:2' AND seq = 3", "event_altered"),
        ("UPDATE ledger_event SET imported = true WHERE stream = 'case:2' AND seq = 1", "event_altered"),
        ("DELETE FROM ledger_event WHERE stream = 'case:2' AND seq = 2", "event_missing"),
        ("DELETE FROM ledger_event WHERE stream = 'case:2' AND seq = 1", "event_missing"),
        ("UPDATE ledger_event SET hash = sha256('x') WHERE stream = 'case:2' AND seq = 1", "event_altered"),
        ("UPDATE ledger_event SET prev_hash = sha256('x') WHERE stream = 'case:2' AND seq = 2", "chain_broken"),
    ],
)  # fmt: skip
def test_an_event_altered_behind_its_back_is_named(sql: str, problem: str) -> None:
    for stream in ("case:1", "case:2", "case:3"):
        for _ in range(3):
            submit(stream)
    behind_its_back(sql)
    assert [(finding.stream, finding.problem) for finding in audit_ledger()] == [("case:2", problem)]
    assert not chain_is_intact(events_of("case:2"))
    assert chain_is_intact(events_of("case:1"))


def test_the_audit_reads_in_batches_and_misses_nothing_at_their_edges(monkeypatch) -> None:
    monkeypatch.setattr("tanggap.ledger.selectors._BATCH", 2)
    for number in range(3):
        for _ in range(3):
            submit(f"case:{number}")
    assert list(audit_ledger()) == []
    behind_its_back("UPDATE ledger_event SET actor = 'x' WHERE seq = 3")
    assert [finding.stream for finding in audit_ledger()] == ["case:0", "case:1", "case:2"]


def test_many_events_are_written_at_once_and_chained_to_what_was_there() -> None:
    submit()
    entries = [
        Entry("case.forwarded", f"case:{number % 3}", "import", AT, {"n": number}, {"name": "Budi"}, True)
        for number in range(30)
    ]
    assert bulk_record(entries) == 30
    assert Event.objects.filter(stream="case:1").count() == 11
    assert Event.objects.filter(imported=True, personal={"name": "Budi"}).count() == 30
    assert list(audit_ledger()) == []
    assert jobs() == []
    assert submit().seq == 12
    assert list(audit_ledger()) == []


def test_new_streams_are_written_without_looking(django_assert_num_queries) -> None:
    bulk_record([Entry("case.submitted", f"case:{number}", "import", AT) for number in range(100)], new_streams=True)
    assert Event.objects.count() == 100
    assert list(audit_ledger()) == []


def test_nothing_to_write_is_no_error() -> None:
    assert bulk_record([]) == 0


def seal() -> list[Checkpoint]:
    """The events of a test were recorded today; tomorrow the day can be sealed."""
    behind_its_back("UPDATE ledger_event SET recorded_at = recorded_at - interval '1 day'")
    return make_due_checkpoints(now=datetime.now(UTC) + timedelta(seconds=1))


def rewrite_chain(stream: str, actor: str) -> None:
    """A forger who knows the rules: alters the first event and computes every later hash anew."""
    from tanggap.ledger.chain import GENESIS, Link, link_hash

    previous = GENESIS
    for event in list(events_of(stream)):
        link = Link(stream, event.seq, event.name, event.at, actor, event.data, event.imported)
        own = link_hash(previous, link)
        behind_its_back(
            "UPDATE ledger_event SET actor = %s, prev_hash = %s, hash = %s WHERE id = %s",
            actor,
            previous,
            own,
            event.pk,
        )
        previous = own


def test_a_finished_day_is_sealed_once_and_verifies() -> None:
    submit(), submit("case:2"), submit("person:4")
    (checkpoint,) = seal()
    assert checkpoint.streams == 3
    assert list(audit_ledger()) == []
    assert make_due_checkpoints(now=datetime.now(UTC) + timedelta(seconds=1)) == []
    submit()
    assert list(audit_ledger()) == []


def test_the_day_that_still_runs_is_not_sealed() -> None:
    submit()
    assert make_due_checkpoints(now=datetime.now(UTC)) == []


def test_a_ledger_without_events_has_nothing_to_seal() -> None:
    assert make_due_checkpoints(now=AT) == []


def test_a_whole_chain_rewritten_with_right_hashes_is_named_by_the_seal() -> None:
    submit(), submit(), submit("case:2")
    seal()
    rewrite_chain("case:1", "person:666")
    assert chain_is_intact(events_of("case:1"))
    assert [(finding.stream, finding.problem) for finding in audit_ledger()] == [("case:1", "differs_from_checkpoint")]


def test_a_stream_taken_out_whole_is_named_by_the_seal() -> None:
    submit(), submit("case:2")
    seal()
    behind_its_back("DELETE FROM ledger_event WHERE stream = 'case:2'")
    assert [finding.stream for finding in audit_ledger()] == ["case:2"]


def test_a_damaged_list_of_heads_cannot_accuse_the_innocent() -> None:
    submit(), submit("case:2")
    seal()
    behind_its_back("UPDATE ledger_checkpoint SET heads = %s", b"damaged")
    assert list(audit_ledger()) == []
    rewrite_chain("case:1", "person:666")
    assert [finding.problem for finding in audit_ledger()] == ["checkpoint_differs"]


def test_a_forged_seal_is_noticed() -> None:
    submit()
    seal()
    rewrite_chain("case:1", "person:666")
    from tanggap.ledger.chain import merkle_root
    from tanggap.ledger.heads import heads_of_day, leaves

    checkpoint = Checkpoint.objects.get()
    behind_its_back("UPDATE ledger_checkpoint SET root = %s", merkle_root(leaves(heads_of_day(checkpoint.day))))
    assert [finding.problem for finding in audit_ledger()] == ["checkpoint_forged"]


def test_a_day_taken_out_of_the_row_of_seals_is_noticed() -> None:
    submit()
    behind_its_back("UPDATE ledger_event SET recorded_at = recorded_at - interval '3 days'")
    made = make_due_checkpoints(now=datetime.now(UTC) + timedelta(seconds=1))
    assert [checkpoint.streams for checkpoint in made] == [1, 0, 0]
    assert list(audit_ledger()) == []
    behind_its_back("DELETE FROM ledger_checkpoint WHERE id = %s", made[1].pk)
    problems = [(finding.stream, finding.problem) for finding in audit_ledger()]
    assert problems == [
        (f"checkpoint:{made[1].day}", "checkpoint_missing"),
        (f"checkpoint:{made[2].day}", "checkpoint_out_of_order"),
    ]


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_share_one_unbroken_chain() -> None:
    barrier, failures = Barrier(4), []

    def write() -> None:
        try:
            barrier.wait(20)
            for _ in range(10):
                with transaction.atomic():
                    submit("agency:9", react=True)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    mine = Event.objects.filter(stream="agency:9").values_list("pk", flat=True)
    assert len(mine) == 40
    reacting = {json.loads(arguments)["event_id"] for _name, arguments in jobs()}
    assert reacting >= set(mine)
    assert list(audit_ledger()) == []


@pytest.mark.django_db(transaction=True)
def test_a_day_is_not_sealed_while_a_transaction_that_began_on_it_is_open() -> None:
    submit()
    with connection.cursor() as cursor:
        cursor.execute("SELECT recorded_at FROM ledger_event")
        (recorded_at,) = cursor.fetchone()
    opened, done = Barrier(2), Barrier(2)

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            opened.wait(20)
            done.wait(20)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    opened.wait(20)
    tomorrow = recorded_at + timedelta(days=1)
    assert make_due_checkpoints(now=tomorrow) == []
    done.wait(20)
    thread.join(20)
    assert len(make_due_checkpoints(now=tomorrow)) == 1

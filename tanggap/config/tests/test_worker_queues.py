"""Every job has a worker, and those that wait for providers have places of their own."""

from __future__ import annotations

from procrastinate.contrib.django import app

from tanggap.config.launch.worker import QUEUES


def test_every_task_is_in_a_queue_that_is_worked_off() -> None:
    app.perform_import_paths()
    queues = {task.queue for task in app.tasks.values() if "builtin" not in task.name}
    assert queues <= QUEUES.keys()
    assert app.tasks["deliver"].queue == "outbox"
    assert {task.queue for name, task in app.tasks.items() if name in ("timers", "sweep", "react")} == {"default"}


def test_all_places_together_find_a_connection() -> None:
    from django.conf import settings

    assert sum(QUEUES.values()) < settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"]

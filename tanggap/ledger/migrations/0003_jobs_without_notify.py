"""Deferred jobs are polled for, not notified: NOTIFY makes all commits wait for each other (docs/adr/0008)."""

from django.db import migrations

TRIGGER = "procrastinate_jobs_notify_queue_job_inserted_v1"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE procrastinate_jobs DISABLE TRIGGER {TRIGGER};",
            f"ALTER TABLE procrastinate_jobs ENABLE TRIGGER {TRIGGER};",
        )
    ]

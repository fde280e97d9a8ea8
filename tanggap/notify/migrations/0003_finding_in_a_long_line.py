"""In a long line, what is urgent and what stands before a message are found without looking through all of it."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("notify", "0002_restored_messages")]

    operations = [
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state", "pending"), ("urgent", True)),
                fields=["channel", "not_before", "id"],
                name="message_urgent",
            ),
        ),
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state", "pending")),
                fields=["recipient_key", "stream", "id"],
                name="message_in_line",
            ),
        ),
        RemoveIndexConcurrently(model_name="message", name="message_waiting_of"),
    ]

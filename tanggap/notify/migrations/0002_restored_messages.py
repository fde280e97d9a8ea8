"""Messages that a restore held back are listed beside the dead letters."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("notify", "0001_outbox")]

    operations = [
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                condition=models.Q(("error", "restored"), ("state", "cancelled")),
                fields=["id"],
                name="message_restored",
            ),
        ),
    ]

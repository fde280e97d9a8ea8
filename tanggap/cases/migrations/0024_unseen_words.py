from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """What was written before counts as read: nothing that is public becomes hidden by an upgrade."""

    # An index on a table that is being written to must not stop the writing.
    atomic = False

    dependencies = [
        ("cases", "0023_title_trigrams"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="unseen",
            field=models.BooleanField(
                db_default=False, default=False, help_text="waits to be read before it is public"
            ),
        ),
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(condition=Q(("unseen", True)), fields=["at", "id"], name="message_unseen"),
        ),
    ]

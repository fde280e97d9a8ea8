from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # An index on a table that is being written to must not stop the writing.
    atomic = False

    dependencies = [
        ("cases", "0008_recalculations"),
    ]

    operations = [
        migrations.AddField(
            model_name="reporter",
            name="sender_index",
            field=models.BinaryField(max_length=16, null=True),
        ),
        AddIndexConcurrently(
            model_name="reporter",
            index=models.Index(
                condition=models.Q(("sender_index__isnull", False)), fields=["sender_index"], name="reporter_sender"
            ),
        ),
    ]

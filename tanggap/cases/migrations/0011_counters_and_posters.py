from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # An index on a table that is being written to must not stop the writing.
    atomic = False

    dependencies = [
        ("cases", "0010_unconfirmed"),
    ]

    operations = [
        migrations.AddField(
            model_name="submissionkey",
            name="kept_until",
            field=models.DateTimeField(null=True, help_text="for whoever may be without network longer than a day"),
        ),
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                condition=models.Q(("source_tag", ""), _negated=True),
                fields=["source_tag", "received_at"],
                name="case_source_tag",
            ),
        ),
    ]

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # An index on a table that is being written to must not stop the writing.
    atomic = False

    dependencies = [
        ("cases", "0017_hidden_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="endorsement",
            name="account_index",
            field=models.BinaryField(max_length=16, null=True),
        ),
        AddIndexConcurrently(
            model_name="endorsement",
            index=models.Index(
                condition=models.Q(("account_index__isnull", False)),
                fields=["account_index"],
                name="endorsement_account",
            ),
        ),
    ]

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # An index on a table that is being written to must not stop the writing.
    atomic = False

    dependencies = [
        ("cases", "0021_hiding_requests"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="reporter",
            index=models.Index(
                condition=models.Q(("erased_at__isnull", False)), fields=["erased_at"], name="reporter_erased"
            ),
        ),
    ]

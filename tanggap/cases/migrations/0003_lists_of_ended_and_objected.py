"""The whole country's ended cases, and those objected to, each by an index of its own."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0002_reference_triggers")]

    operations = [
        AddIndexConcurrently(
            "case",
            models.Index(
                fields=["received_at", "id"], name="case_ended", condition=models.Q(("due_at__isnull", True))
            ),
        ),
        AddIndexConcurrently(
            "case",
            models.Index(
                fields=["due_at", "id"], name="case_objection", condition=models.Q(("objection_due_at__isnull", False))
            ),
        ),
    ]

"""Who held a case when it was chosen for a bulk deed, and in which language its refusal is told."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("console", "0001_own_rows"),
        ("directory", "0005_category_merged_into"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="language",
            field=models.CharField(default="id", max_length=2),
        ),
        migrations.AddField(
            model_name="batchitem",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.agency",
            ),
        ),
    ]

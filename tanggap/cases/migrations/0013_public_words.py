import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table begins empty, so its index is made at once; `tanggap index-words` or the worker fills it."""

    dependencies = [
        ("cases", "0012_contact_proofs"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicWords",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="public_words",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("search", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="public_words_search"),
                ],
            },
        ),
    ]

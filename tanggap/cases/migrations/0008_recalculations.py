import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0007_words_of_a_kept_promise"),
        ("directory", "0002_reference_revision"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recalculation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_id", models.BigIntegerField(unique=True)),
                ("began_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("total", models.PositiveIntegerField()),
                ("looked_at", models.PositiveIntegerField(default=0)),
                ("last_case_id", models.BigIntegerField(default=0)),
                ("moved", models.PositiveIntegerField(default=0)),
                ("earlier", models.PositiveIntegerField(default=0)),
                ("later", models.PositiveIntegerField(default=0)),
                ("hidden", models.PositiveIntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.agency",
                    ),
                ),
            ],
        ),
    ]

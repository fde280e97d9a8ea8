from datetime import UTC, datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows without marks would be missed by every search in a place: they go, and `tanggap index-words` or the worker
    writes them anew."""

    dependencies = [
        ("cases", "0019_retention_kinds"),
    ]

    operations = [
        migrations.RunSQL("TRUNCATE cases_publicwords", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="publicwords",
            name="received_at",
            field=models.DateTimeField(
                default=datetime(2000, 1, 1, tzinfo=UTC),
                help_text="the case's own: found newest first without a look at the case",
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="publicwords",
            index=models.Index(fields=["received_at", "case"], name="public_words_received"),
        ),
    ]

from django.db import migrations

STATISTICS = "ALTER TABLE cases_publicwords ALTER COLUMN search SET STATISTICS"


class Migration(migrations.Migration):
    """What PostgreSQL has no statistics of it takes for half as frequent as the rarest it knows: with a hundred classes
    one case in a thousand, so that a million cases were walked through for a word that nobody wrote."""

    dependencies = [
        ("cases", "0025_public_place"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="publicwords", name="public_words_received"),
        migrations.RemoveField(model_name="publicwords", name="received_at"),
        migrations.RunSQL(f"{STATISTICS} 1000", f"{STATISTICS} -1"),
    ]

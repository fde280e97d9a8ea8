from django.db import migrations

STATISTICS = "ALTER TABLE cases_publicwords ALTER COLUMN search SET STATISTICS"


class Migration(migrations.Migration):
    """Rows without marks would be missed by every search in a place: they go, and `tanggap index-words` or the worker
    writes them anew.

    What PostgreSQL has no statistics of it takes for half as frequent as the rarest it knows: with a hundred classes
    one case in a thousand, so that a million cases were walked through for a word that nobody wrote.
    """

    dependencies = [
        ("cases", "0019_retention_kinds"),
    ]

    operations = [
        migrations.RunSQL("TRUNCATE cases_publicwords", migrations.RunSQL.noop),
        migrations.RunSQL(f"{STATISTICS} 1000", f"{STATISTICS} -1"),
    ]

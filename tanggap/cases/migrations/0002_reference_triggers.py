"""Changed limits empty every process's cache of reference data; counts of intake need no write-ahead log."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER {table}_revision AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION directory_bump_revision();
"""
TABLES = ("cases_deadlinepolicy", "cases_intakelimit")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("directory", "0002_reference_revision")]

    operations = [
        migrations.RunSQL(
            "".join(TRIGGER.format(table=table) for table in TABLES),
            "".join(f"DROP TRIGGER {table}_revision ON {table};" for table in TABLES),
        ),
        migrations.RunSQL(
            "ALTER TABLE cases_intakecount SET UNLOGGED;", "ALTER TABLE cases_intakecount SET LOGGED;"
        ),
    ]

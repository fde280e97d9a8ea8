"""Triggers that give the reference data a new revision number whenever a statement changes it."""

from django.db import migrations

TABLES = ("agency", "agencyalias", "category", "brand", "dayoff", "officeweek")

FUNCTION = """
CREATE SEQUENCE directory_revision_number;
CREATE FUNCTION directory_bump_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO directory_referencerevision (id, number) VALUES (1, nextval('directory_revision_number'))
    ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number;
    RETURN NULL;
END $$;
INSERT INTO directory_referencerevision (id, number) VALUES (1, nextval('directory_revision_number'));
"""

TRIGGER = """
CREATE TRIGGER {table}_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION directory_bump_revision();
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FUNCTION + "".join(TRIGGER.format(table=f"directory_{table}") for table in TABLES),
            "".join(f"DROP TRIGGER directory_{table}_revision ON directory_{table};" for table in TABLES)
            + "DROP FUNCTION directory_bump_revision(); DROP SEQUENCE directory_revision_number;",
        )
    ]

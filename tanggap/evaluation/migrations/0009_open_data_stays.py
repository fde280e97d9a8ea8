"""A version of open data refuses every change, and so do its files."""

from django.db import migrations

CREATE = """
CREATE FUNCTION evaluation_open_data_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'open data stays as it was published' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER evaluation_open_data_stays BEFORE UPDATE OR DELETE ON evaluation_opendataversion
    FOR EACH ROW EXECUTE FUNCTION evaluation_open_data_stays();
CREATE TRIGGER evaluation_open_data_file_stays BEFORE UPDATE OR DELETE ON evaluation_opendatafile
    FOR EACH ROW EXECUTE FUNCTION evaluation_open_data_stays();
"""

DROP = """
DROP TRIGGER evaluation_open_data_file_stays ON evaluation_opendatafile;
DROP TRIGGER evaluation_open_data_stays ON evaluation_opendataversion;
DROP FUNCTION evaluation_open_data_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0008_briefs_and_tasks")]

    operations = [migrations.RunSQL(CREATE, DROP)]

"""A frozen period refuses every change, and so does everything that belongs to it."""

from django.db import migrations

CREATE = """
CREATE FUNCTION evaluation_frozen_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'frozen' THEN
        RAISE EXCEPTION 'period % is frozen', OLD.name USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;

CREATE FUNCTION evaluation_frozen_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    touched := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.period_id]
        WHEN 'DELETE' THEN ARRAY[OLD.period_id]
        ELSE ARRAY[OLD.period_id, NEW.period_id]
    END;
    IF EXISTS (SELECT FROM evaluation_rankedperiod WHERE id = ANY(touched) AND state = 'frozen') THEN
        RAISE EXCEPTION 'the period is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;

CREATE TRIGGER evaluation_frozen_period BEFORE UPDATE OR DELETE ON evaluation_rankedperiod
    FOR EACH ROW EXECUTE FUNCTION evaluation_frozen_period();
CREATE TRIGGER evaluation_frozen_content BEFORE INSERT OR UPDATE OR DELETE ON evaluation_periodcontent
    FOR EACH ROW EXECUTE FUNCTION evaluation_frozen_part();
CREATE TRIGGER evaluation_frozen_heads BEFORE INSERT OR UPDATE OR DELETE ON evaluation_periodheads
    FOR EACH ROW EXECUTE FUNCTION evaluation_frozen_part();
"""

DROP = """
DROP TRIGGER evaluation_frozen_heads ON evaluation_periodheads;
DROP TRIGGER evaluation_frozen_content ON evaluation_periodcontent;
DROP TRIGGER evaluation_frozen_period ON evaluation_rankedperiod;
DROP FUNCTION evaluation_frozen_part();
DROP FUNCTION evaluation_frozen_period();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0003_ranked_periods")]

    operations = [migrations.RunSQL(CREATE, DROP)]

import django.contrib.postgres.indexes
from django.db import migrations, models

# The names of this release are split in the same way by `selectors/searching.py`; both expressions must stay equal.
ALL = "CREATE INDEX directory_region_words ON directory_region USING gin (to_tsvector('simple', search_text))"
OWN = (
    "CREATE INDEX directory_region_own_words ON directory_region USING gin "
    "(to_tsvector('simple', translate(name, './(),-''’', '      ')))"
)
FILL = """
    INSERT INTO directory_regionword (word, uses)
    SELECT word, count(*) FROM directory_region, regexp_split_to_table(search_text, ' ') AS word
    WHERE word <> '' AND length(word) <= 60 GROUP BY word
"""


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0005_category_merged_into"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegionWord",
            fields=[
                ("word", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("uses", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="directory_regionword_search", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.RunSQL(ALL, "DROP INDEX directory_region_words"),
        migrations.RunSQL(OWN, "DROP INDEX directory_region_own_words"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]

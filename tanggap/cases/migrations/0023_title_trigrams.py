from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    # An index on a table that is being written to must not stop the writing.
    atomic = False

    dependencies = [
        ("cases", "0022_erased_reporters"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="case",
            index=GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="case_title_trigrams"),
        ),
    ]

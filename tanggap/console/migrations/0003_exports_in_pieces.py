"""The content of an exported file stands in its parts, so that nobody holds all of it at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("console", "0002_batches_know_the_holder")]

    operations = [
        migrations.AddField(
            model_name="exportpart",
            name="content",
            field=models.BinaryField(null=True),
        ),
    ]

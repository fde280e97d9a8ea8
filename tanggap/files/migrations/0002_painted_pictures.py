"""A picture's public version without the areas its sender painted over, and files kept from the public."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("files", "0001_initial")]

    operations = [
        migrations.AddField("storedfile", "painted_sha256", models.CharField(blank=True, db_default="", default="", max_length=64)),
        migrations.AddField("storedfile", "painted_size", models.PositiveBigIntegerField(help_text="bytes", null=True)),
        migrations.AddField("storedfile", "areas", models.CharField(blank=True, db_default="", default="", max_length=6000)),
        migrations.AddField(
            "storedfile",
            "sender_hides",
            models.BooleanField(db_default=False, default=False, help_text="never to be shown to everybody"),
        ),
        AddIndexConcurrently(
            "storedfile",
            models.Index(condition=~models.Q(painted_sha256=""), fields=["painted_sha256"], name="files_by_painting"),
        ),
    ]

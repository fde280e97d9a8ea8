from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_follows"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="withheld",
            field=models.BooleanField(
                db_default=False, default=False, help_text="hidden by a moderator"
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="hidden_at",
            field=models.DateTimeField(blank=True, help_text="since when the public does not read it", null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="hidden_by_key",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
    ]

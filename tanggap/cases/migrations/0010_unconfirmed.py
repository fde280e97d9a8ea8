from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_reporters_of_channels"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="unconfirmed",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0002_sms_parts"),
    ]

    operations = [
        migrations.AddField(
            model_name="position",
            name="retry_at",
            field=models.DateTimeField(null=True),
        ),
    ]

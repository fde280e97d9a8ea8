from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0002_reference_revision"),
    ]

    operations = [
        migrations.CreateModel(
            name="Locale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("reviewed_by", models.CharField(blank=True, default="", max_length=120)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("enabled", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("enabled", False), ("reviewed_at__isnull", False), _connector="OR"),
                        name="directory_locale_read_before_spoken",
                    )
                ],
            },
        ),
    ]

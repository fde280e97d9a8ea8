import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_marked_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="HidingRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hiding_requests",
                        to="cases.case",
                    ),
                ),
                ("sealed", models.BinaryField(null=True)),
                ("language", models.CharField(default="id", max_length=5)),
                ("brand", models.SlugField(blank=True, default="", max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("accepted", models.BooleanField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_key", models.CharField(blank=True, default="", max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(("decided_at", None)), fields=["asked_at", "id"], name="hiding_request_waits"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            Q(("accepted", None), ("decided_at", None), ("sealed__isnull", False)),
                            Q(("accepted__isnull", False), ("decided_at__isnull", False), ("sealed", None)),
                            _connector="OR",
                        ),
                        name="hiding_request_kept_until_decided",
                    ),
                ],
            },
        ),
    ]

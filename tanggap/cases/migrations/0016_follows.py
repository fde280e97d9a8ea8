import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_intake_guard"),
        ("directory", "0002_reference_revision"),
    ]

    operations = [
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_sealed", models.BinaryField(null=True)),
                ("address_index", models.BinaryField(max_length=16)),
                ("language", models.CharField(default="id", max_length=5)),
                ("brand", models.SlugField(blank=True, default="", max_length=40)),
                ("created_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(help_text="when the link to confirm was last sent")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.agency",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.category",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.region",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(("case", None), ("confirmed_at__isnull", False)),
                        fields=["id"],
                        name="follow_lists",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("address_index", "case", "region", "category", "agency"),
                        name="follow_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("agency", None), ("case__isnull", False), ("category", None), ("region", None)),
                            Q(
                                ("case", None),
                                Q(
                                    ("region__isnull", False),
                                    ("category__isnull", False),
                                    ("agency__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="follow_a_case_or_a_list",
                    ),
                ],
            },
        ),
    ]

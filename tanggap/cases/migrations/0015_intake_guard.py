from django.db import migrations, models
from django.db.models import F, Q

TRIGGER = """
CREATE TRIGGER {table}_revision AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION directory_bump_revision();
"""
TABLES = ("cases_intakeguard", "cases_intakeblock")


class Migration(migrations.Migration):
    """Changed guards and blocks empty every process's cache, as limits do."""

    dependencies = [
        ("cases", "0014_erasures"),
        ("directory", "0002_reference_revision"),
    ]

    operations = [
        migrations.CreateModel(
            name="IntakeGuard",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("off", "Tidak pernah"),
                            ("auto", "Bila laporan membanjir"),
                            ("on", "Selalu, sampai dimatikan"),
                        ],
                        default="auto",
                        max_length=4,
                    ),
                ),
                ("above", models.PositiveIntegerField(default=300)),
                ("minutes", models.PositiveSmallIntegerField(default=30)),
                ("bits", models.PositiveSmallIntegerField(default=18)),
                ("wait_seconds", models.PositiveSmallIntegerField(default=60)),
                ("on_until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("id", 1)), name="intake_guard_one_row"),
                    models.CheckConstraint(condition=Q(("bits__range", (1, 24))), name="intake_guard_bits"),
                    models.CheckConstraint(condition=Q(("wait_seconds__range", (5, 600))), name="intake_guard_wait"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IntakeBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(max_length=16)),
                ("prefix", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reason", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("created_by_key", models.CharField(max_length=40)),
                ("ends_at", models.DateTimeField(db_index=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("ends_at__gt", F("created_at"))), name="intake_block_ends"),
                ],
            },
        ),
        migrations.AlterField(
            model_name="intakelimit",
            name="channel",
            field=models.CharField(max_length=20, unique=True),
        ),
        migrations.RunSQL(
            "".join(TRIGGER.format(table=table) for table in TABLES),
            "".join(f"DROP TRIGGER {table}_revision ON {table};" for table in TABLES),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0018_endorsers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="retentionrule",
            name="kind",
            field=models.CharField(
                choices=[
                    ("erasure_wait", "between the wish to be forgotten and its carrying out"),
                    ("identity", "between the end of a case and the erasing of its reporter's identity"),
                    ("payload", "between dealing with a message of a channel and emptying what the provider sent"),
                    ("wait_least", "the shortest wait before erasing"),
                    ("wait_most", "the longest wait before erasing"),
                    ("ident_least", "the shortest time that identities must be kept"),
                ],
                max_length=12,
            ),
        ),
    ]

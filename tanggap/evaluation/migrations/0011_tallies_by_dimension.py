from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("evaluation", "0010_rounds"),
    ]

    operations = [
        # What is kept ready is computed from the events: once empty it is counted again, in its new form, at the next
        # folding.
        migrations.RunSQL("TRUNCATE evaluation_tally, evaluation_tallyentry", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="tally",
            name="details",
            field=models.TextField(default="{}"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0024_unseen_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="narrative",
            name="public_place",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]

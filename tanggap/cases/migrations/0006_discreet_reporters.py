from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_pledges_and_urgency'),
    ]

    operations = [
        migrations.AddField(
            model_name='reporter',
            name='discreet',
            field=models.BooleanField(db_default=False, default=False, help_text='messages carry only number, clock and link: a shared phone'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_lists_of_ended_and_objected'),
        ('directory', '0002_reference_revision'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='deadlinepolicy',
            name='deadline_policy_at_least_1',
        ),
        migrations.AddConstraint(
            model_name='deadlinepolicy',
            constraint=models.CheckConstraint(condition=models.Q(('amount__range', (1, 3660))), name='deadline_policy_within_ten_years'),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0002_reference_revision'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ladder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40)),
                ('clock', models.CharField(choices=[('verification', 'Verification'), ('first_answer', 'First Answer'), ('resolution', 'Resolution'), ('objection', 'Objection')], max_length=12)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=200)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.agency')),
            ],
        ),
        migrations.CreateModel(
            name='LadderStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('message', 'Message'), ('reminder', 'Reminder'), ('letter_1', 'Letter 1'), ('letter_2', 'Letter 2'), ('escalation', 'Escalation'), ('notice', 'Notice')], max_length=12)),
                ('offset_days', models.SmallIntegerField()),
                ('from_limit', models.BooleanField(default=False)),
                ('calendar', models.CharField(choices=[('working_days', 'Working Days'), ('calendar_days', 'Calendar Days')], default='working_days', max_length=13)),
                ('channel', models.CharField(blank=True, default='', max_length=10)),
                ('role', models.CharField(max_length=20)),
                ('template', models.CharField(max_length=40)),
                ('copies', models.JSONField(blank=True, default=list)),
                ('ladder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='escalation.ladder')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.AddConstraint(
            model_name='ladder',
            constraint=models.UniqueConstraint(fields=('clock', 'agency', 'valid_from'), name='ladder_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='ladderstep',
            constraint=models.UniqueConstraint(fields=('ladder', 'number'), name='ladder_step_once'),
        ),
    ]

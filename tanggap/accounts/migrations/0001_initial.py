import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0002_reference_revision'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='alamat e-mail')),
                ('phone', models.CharField(blank=True, max_length=16, null=True, unique=True, verbose_name='nomor telepon')),
                ('phone_verified', models.BooleanField(default=False)),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('is_active', models.BooleanField(default=True)),
                ('is_demo', models.BooleanField(default=False)),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('last_seen_on', models.DateField(blank=True, null=True)),
                ('deactivated_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'orang',
                'verbose_name_plural': 'orang',
                'constraints': [models.CheckConstraint(condition=models.Q(('email__isnull', False), ('phone__isnull', False), _connector='OR'), name='person_can_be_reached')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('role', models.CharField(choices=[('liaison_officer', 'Pejabat penghubung'), ('unit_head', 'Kepala unit'), ('coordinator', 'Admin instansi'), ('regional_head', 'Kepala daerah'), ('sekda', 'Sekretaris daerah'), ('inspector', 'Inspektorat'), ('leader', 'Pimpinan'), ('evaluator', 'Tim evaluasi'), ('ombudsman', 'Ombudsman'), ('national_admin', 'Admin nasional')], max_length=20)),
                ('token_digest', models.BinaryField(max_length=32, unique=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='directory.agency')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations_sent', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('liaison_officer', 'Pejabat penghubung'), ('unit_head', 'Kepala unit'), ('coordinator', 'Admin instansi'), ('regional_head', 'Kepala daerah'), ('sekda', 'Sekretaris daerah'), ('inspector', 'Inspektorat'), ('leader', 'Pimpinan'), ('evaluator', 'Tim evaluasi'), ('ombudsman', 'Ombudsman'), ('national_admin', 'Admin nasional')], max_length=20)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='directory.agency')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('to_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='accounts.membership')),
            ],
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['agency', 'role'], name='membership_agency_role'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('person', 'agency', 'role'), name='membership_once_open'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='delegation_ends_after_start'),
        ),
    ]

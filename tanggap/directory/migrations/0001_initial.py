import datetime
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('code', models.CharField(max_length=24, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('level', models.PositiveSmallIntegerField()),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='directory.category')),
            ],
            options={
                'verbose_name_plural': 'categories',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='ReferenceRevision',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='directory_revision_single')],
            },
        ),
        migrations.CreateModel(
            name='ReferenceSeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=300)),
                ('values', models.JSONField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='directory_seed_once')],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=13, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('province', 'Provinsi'), ('regency', 'Kabupaten'), ('city', 'Kota'), ('district', 'Kecamatan'), ('village', 'Desa/kelurahan')], max_length=8)),
                ('lat', models.FloatField(blank=True, null=True)),
                ('lng', models.FloatField(blank=True, null=True)),
                ('zone', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], max_length=20)),
                ('search_text', models.CharField(max_length=400)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='directory.region')),
            ],
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=250)),
                ('short_name', models.CharField(blank=True, max_length=80)),
                ('kind', models.CharField(choices=[('nation', 'Nasional'), ('coordinating_ministry', 'Kementerian koordinator'), ('ministry', 'Kementerian'), ('institution', 'Lembaga'), ('province', 'Pemerintah provinsi'), ('regency', 'Pemerintah kabupaten'), ('city', 'Pemerintah kota'), ('soe', 'BUMN'), ('university', 'Perguruan tinggi'), ('unit', 'Unit kerja'), ('other', 'Lainnya')], max_length=24)),
                ('path', models.CharField(max_length=250)),
                ('zone', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], default='Asia/Jakarta', max_length=20)),
                ('topics', models.CharField(blank=True, max_length=400)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('status', models.CharField(choices=[('active', 'Aktif'), ('closed', 'Ditutup'), ('merged', 'Digabung')], default='active', max_length=8)),
                ('external', models.BooleanField(default=False)),
                ('two_person_answers', models.BooleanField(default=False)),
                ('search_text', models.CharField(blank=True, max_length=600)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='directory.agency')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='directory.agency')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='directory.agency')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='directory.region')),
            ],
        ),
        migrations.CreateModel(
            name='AgencyAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alias', models.CharField(max_length=250)),
                ('normalized', models.CharField(max_length=250)),
                ('source', models.CharField(max_length=20)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='directory.agency')),
            ],
            options={
                'indexes': [models.Index(fields=['normalized'], name='directory_alias_normalized')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'normalized'), name='directory_alias_once')],
            },
        ),
        migrations.CreateModel(
            name='AgencyChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('create', 'Dibuat'), ('rename', 'Ganti nama'), ('merge', 'Digabung'), ('close', 'Ditutup'), ('reparent', 'Pindah induk')], max_length=10)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('actor_key', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('reason', models.CharField(max_length=500)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='directory.agency')),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'at'], name='directory_change_agency_at')],
            },
        ),
        migrations.CreateModel(
            name='Brand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('line', models.CharField(blank=True, max_length=160)),
                ('logo_svg', models.TextField(blank=True, max_length=20000)),
                ('colour', models.CharField(blank=True, max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}\\Z')])),
                ('host', models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ('channels', models.JSONField(blank=True, default=list)),
                ('languages', models.JSONField(blank=True, default=list)),
                ('is_default', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='directory.agency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('is_default',), name='directory_brand_one_default')],
            },
        ),
        migrations.CreateModel(
            name='DayOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('national', 'Libur nasional'), ('joint', 'Cuti bersama'), ('regional', 'Libur daerah')], max_length=8)),
                ('working', models.BooleanField(default=False)),
                ('estimated', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='directory.agency')),
            ],
            options={
                'verbose_name_plural': 'days off',
                'ordering': ['date'],
                'constraints': [models.UniqueConstraint(fields=('date', 'agency'), name='directory_dayoff_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='OfficeWeek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.CharField(default='0,1,2,3,4', max_length=13, validators=[django.core.validators.RegexValidator('^[0-6](,[0-6])*\\Z')])),
                ('opens', models.TimeField(default=datetime.time(8, 0))),
                ('closes', models.TimeField(default=datetime.time(16, 0))),
                ('valid_from', models.DateField()),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='directory.agency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'valid_from'), name='directory_officeweek_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('opens__lt', models.F('closes'))), name='directory_officeweek_opens_first')],
            },
        ),
        migrations.AddIndex(
            model_name='region',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='directory_region_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='region',
            index=django.contrib.postgres.indexes.GinIndex(fields=['name'], name='directory_region_name', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='agency',
            index=models.Index(fields=['path'], name='directory_agency_path', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='agency',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='directory_agency_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('status', 'merged')), models.Q(models.Q(('status', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='directory_agency_merged_has_target'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('path__startswith', '/')), name='directory_agency_path_set'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', False), ('kind', 'nation'), _connector='OR'), name='directory_agency_root_is_nation'),
        ),
    ]

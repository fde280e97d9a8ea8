import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0009_reporters_of_channels'),
        ('directory', '0002_reference_revision'),
    ]

    operations = [
        migrations.CreateModel(
            name='Chat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=10)),
                ('brand', models.SlugField(max_length=40)),
                ('sender_index', models.BinaryField(max_length=16)),
                ('hint', models.CharField(blank=True, default='', max_length=8)),
                ('sealed_sender', models.BinaryField(null=True)),
                ('sealed_memory', models.BinaryField(null=True)),
                ('language', models.CharField(default='id', max_length=5)),
                ('heard_at', models.DateTimeField(null=True)),
                ('guarded', models.BooleanField(db_default=False, default=False, help_text='about conduct, secret or anonymous: not for the local desk')),
                ('wants_person_since', models.DateTimeField(null=True)),
                ('held_by_key', models.CharField(blank=True, default='', max_length=40)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Inbound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=10)),
                ('external_id', models.CharField(max_length=200)),
                ('brand', models.SlugField(max_length=40)),
                ('sealed', models.BinaryField(null=True)),
                ('sender_index', models.BinaryField(max_length=16, null=True)),
                ('state', models.CharField(choices=[('new', 'menunggu'), ('done', 'diolah'), ('ignored', 'bukan pesan orang'), ('stuck', 'perlu ditangani'), ('handled', 'ditangani petugas')], default='new', max_length=8)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('stream', models.CharField(blank=True, default='', max_length=80)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('received_at', models.DateTimeField()),
                ('retry_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('handled_by_key', models.CharField(blank=True, default='', max_length=40)),
                ('chat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inbound', to='channels.chat')),
            ],
        ),
        migrations.CreateModel(
            name='Keyword',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=80)),
                ('normalized', models.CharField(max_length=80, unique=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.agency')),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keywords', to='directory.brand')),
            ],
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('brand', models.SlugField(max_length=40)),
                ('channel', models.CharField(max_length=10)),
                ('value', models.CharField(blank=True, default='', max_length=200)),
                ('read_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('brand', 'channel'), name='position_once')],
            },
        ),
        migrations.CreateModel(
            name='SourceTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('label', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=10)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.agency')),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.region')),
            ],
        ),
        migrations.CreateModel(
            name='VoiceNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_token', models.CharField(max_length=32, unique=True)),
                ('received_at', models.DateTimeField()),
                ('written_at', models.DateTimeField(null=True)),
                ('written_by_key', models.CharField(blank=True, default='', max_length=40)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
        ),
        migrations.AddIndex(
            model_name='chat',
            index=models.Index(condition=models.Q(('wants_person_since__isnull', False)), fields=['wants_person_since'], name='chat_for_person'),
        ),
        migrations.AddConstraint(
            model_name='chat',
            constraint=models.UniqueConstraint(fields=('channel', 'brand', 'sender_index'), name='chat_once'),
        ),
        migrations.AddIndex(
            model_name='inbound',
            index=models.Index(condition=models.Q(('state', 'new')), fields=['channel', 'id'], name='inbound_new'),
        ),
        migrations.AddIndex(
            model_name='inbound',
            index=models.Index(condition=models.Q(('state', 'stuck')), fields=['brand', '-id'], name='inbound_stuck'),
        ),
        migrations.AddIndex(
            model_name='inbound',
            index=models.Index(condition=models.Q(('chat__isnull', False)), fields=['chat', 'id'], name='inbound_chat'),
        ),
        migrations.AddIndex(
            model_name='inbound',
            index=models.Index(condition=models.Q(('sealed__isnull', False)), fields=['done_at'], name='inbound_to_empty'),
        ),
        migrations.AddConstraint(
            model_name='inbound',
            constraint=models.UniqueConstraint(fields=('channel', 'external_id'), name='inbound_once'),
        ),
        migrations.AddIndex(
            model_name='voicenote',
            index=models.Index(condition=models.Q(('written_at__isnull', True)), fields=['received_at'], name='voice_waiting'),
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0002_reference_revision'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tracking_id', models.CharField(max_length=11, unique=True, verbose_name='nomor pelacakan')),
                ('state', models.CharField(choices=[('unverified', 'Belum terverifikasi'), ('on_hold', 'Tertunda'), ('forwarded', 'Belum ditindaklanjuti'), ('in_progress', 'Dalam proses'), ('answered', 'Dalam proses: jawaban akhir sudah ada'), ('closed', 'Selesai'), ('archived', 'Diarsipkan')], default='unverified', max_length=12)),
                ('state_before', models.CharField(blank=True, choices=[('unverified', 'Belum terverifikasi'), ('on_hold', 'Tertunda'), ('forwarded', 'Belum ditindaklanjuti'), ('in_progress', 'Dalam proses'), ('answered', 'Dalam proses: jawaban akhir sudah ada'), ('closed', 'Selesai'), ('archived', 'Diarsipkan')], default='', max_length=12)),
                ('classification', models.CharField(blank=True, choices=[('information_request', 'Permintaan informasi'), ('aspiration', 'Aspirasi'), ('complaint', 'Pengaduan'), ('supervisory_complaint', 'Pengaduan berkadar pengawasan')], max_length=24, null=True)),
                ('channel', models.CharField(choices=[('web', 'web'), ('app', 'aplikasi'), ('sms', 'SMS'), ('whatsapp', 'WhatsApp'), ('telegram', 'Telegram'), ('email', 'surel'), ('x', 'X'), ('facebook', 'Facebook'), ('instagram', 'Instagram'), ('counter', 'loket'), ('letter', 'surat'), ('phone', 'telepon'), ('van', 'mobil keliling'), ('radio', 'radio'), ('api', 'aplikasi mitra'), ('open311', 'Open311')], max_length=10)),
                ('source_tag', models.CharField(blank=True, default='', max_length=40)),
                ('language', models.CharField(default='id', max_length=5)),
                ('title', models.CharField(blank=True, default='', max_length=160, verbose_name='judul')),
                ('title_given', models.BooleanField(default=False)),
                ('place', models.CharField(blank=True, default='', max_length=200, verbose_name='tempat')),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('occurred_on', models.DateField(blank=True, null=True)),
                ('entered_by_key', models.CharField(blank=True, default='', max_length=40)),
                ('received_at', models.DateTimeField()),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('forwarded_at', models.DateTimeField(blank=True, null=True)),
                ('first_answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('verification_due_at', models.DateTimeField(blank=True, null=True)),
                ('answer_due_at', models.DateTimeField(blank=True, null=True)),
                ('resolution_due_at', models.DateTimeField(blank=True, null=True)),
                ('window_ends_at', models.DateTimeField(blank=True, null=True)),
                ('hold_due_at', models.DateTimeField(blank=True, null=True)),
                ('objection_due_at', models.DateTimeField(blank=True, null=True)),
                ('statutory_due_at', models.DateTimeField(blank=True, null=True)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('anonymous', models.BooleanField(default=False)),
                ('secret', models.BooleanField(default=False)),
                ('guarded', models.BooleanField(default=False)),
                ('oversight', models.BooleanField(default=False)),
                ('pressed', models.BooleanField(default=False)),
                ('published', models.BooleanField(default=False)),
                ('outcome', models.CharField(blank=True, choices=[('confirmed', 'dinyatakan selesai oleh pelapor'), ('silent', 'tanpa tanggapan pelapor'), ('unreached', 'pelapor tidak terhubung'), ('refused', 'ditolak dengan alasan'), ('unrecorded', 'tidak tercatat')], default='', max_length=12)),
                ('archive_reason', models.CharField(blank=True, choices=[('unclear', 'isi tidak dapat dipahami'), ('incomplete', 'tidak dilengkapi dalam waktunya'), ('spam', 'bukan laporan'), ('duplicate', 'sama dengan laporan lain'), ('wrong_addressee', 'tidak ada instansi yang berwenang'), ('out_of_scope', 'di luar pelayanan publik, dirujuk'), ('before_court', 'sedang diperiksa pengadilan'), ('withdrawn', 'dicabut pelapor')], default='', max_length=16)),
                ('holds', models.PositiveSmallIntegerField(default=0)),
                ('returns', models.PositiveSmallIntegerField(default=0)),
                ('objections', models.PositiveSmallIntegerField(default=0)),
                ('reopens', models.PositiveSmallIntegerField(default=0)),
                ('rating', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('answer_kind', models.CharField(blank=True, default='', max_length=12)),
                ('endorsements', models.PositiveIntegerField(default=0)),
                ('imported', models.BooleanField(default=False)),
                ('dormant', models.BooleanField(default=False)),
                ('secret_code_digest', models.BinaryField(max_length=32, null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='directory.agency')),
                ('body', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='body_cases', to='directory.agency')),
                ('brand', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.brand')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.category')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='cases.case')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='cases.case')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.region')),
            ],
            options={
                'verbose_name': 'laporan',
                'verbose_name_plural': 'laporan',
            },
        ),
        migrations.CreateModel(
            name='IntakeLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=10, unique=True)),
                ('amount', models.PositiveIntegerField()),
                ('seconds', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Narrative',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='narrative', serialize=False, to='cases.case')),
                ('public_text', models.TextField()),
                ('agency_text', models.TextField()),
                ('original_sealed', models.BinaryField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assigned_at', models.DateTimeField()),
                ('assigned_by_key', models.CharField(max_length=40)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='assignment', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='CaseAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(max_length=64, unique=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='DeadlinePolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clock', models.CharField(choices=[('verification', 'Verification'), ('first_answer', 'First Answer'), ('resolution', 'Resolution'), ('window', 'Window'), ('completion', 'Completion'), ('statutory', 'Statutory'), ('objection', 'Objection')], max_length=12)),
                ('classification', models.CharField(blank=True, choices=[('information_request', 'Permintaan informasi'), ('aspiration', 'Aspirasi'), ('complaint', 'Pengaduan'), ('supervisory_complaint', 'Pengaduan berkadar pengawasan')], default='', max_length=24)),
                ('amount', models.PositiveSmallIntegerField()),
                ('unit', models.CharField(choices=[('working_days', 'Working Days'), ('calendar_days', 'Calendar Days'), ('hours', 'Hours')], default='working_days', max_length=13)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=200)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Endorsement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voter_digest', models.BinaryField(max_length=16)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endorsement_rows', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('before_state', models.CharField(max_length=12)),
                ('question', models.TextField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='hold_rows', to='cases.case')),
            ],
            options={
                'ordering': ['asked_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='IdentityShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fields', models.JSONField()),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.agency')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identity_shares', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='IntakeCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_digest', models.BinaryField(max_length=16)),
                ('period_starts_at', models.DateTimeField()),
                ('amount', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source_digest', 'period_starts_at'), name='intake_count_once')],
            },
        ),
        migrations.CreateModel(
            name='Leg',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_from', models.DateTimeField()),
                ('held_to', models.DateTimeField(blank=True, null=True)),
                ('moved_by', models.CharField(max_length=12)),
                ('reason', models.CharField(blank=True, default='', max_length=2000)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.agency')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='legs', to='cases.case')),
            ],
            options={
                'ordering': ['held_from', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reply', 'Balasan pelapor'), ('objection', 'Keberatan'), ('question', 'Pertanyaan kepada pelapor'), ('acknowledgement', 'Pemberitahuan'), ('interim', 'Tanggapan'), ('final', 'Jawaban akhir'), ('explanation', 'Penjelasan'), ('note', 'Catatan internal')], max_length=16)),
                ('at', models.DateTimeField()),
                ('author_key', models.CharField(max_length=40)),
                ('channel', models.CharField(blank=True, choices=[('web', 'web'), ('app', 'aplikasi'), ('sms', 'SMS'), ('whatsapp', 'WhatsApp'), ('telegram', 'Telegram'), ('email', 'surel'), ('x', 'X'), ('facebook', 'Facebook'), ('instagram', 'Instagram'), ('counter', 'loket'), ('letter', 'surat'), ('phone', 'telepon'), ('van', 'mobil keliling'), ('radio', 'radio'), ('api', 'aplikasi mitra'), ('open311', 'Open311')], default='', max_length=10)),
                ('text', models.TextField()),
                ('public_text', models.TextField(blank=True, default='')),
                ('original_sealed', models.BinaryField(null=True)),
                ('office', models.CharField(blank=True, default='', max_length=120)),
                ('answer_kind', models.CharField(blank=True, choices=[('done', 'Sudah dikerjakan'), ('information', 'Informasi diberikan'), ('promised', 'Dijanjikan pada tanggal tertentu'), ('refused', 'Ditolak, dengan dasar hukum'), ('not_possible', 'Tidak dapat dikerjakan, dengan alasan')], default='', max_length=12)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('promised_on', models.DateField(blank=True, null=True)),
                ('legal_basis', models.CharField(blank=True, default='', max_length=300)),
                ('draft', models.BooleanField(default=False)),
                ('discarded_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by_key', models.CharField(blank=True, default='', max_length=40)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.agency')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='cases.case')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Reveal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_by_key', models.CharField(max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=500)),
                ('approved_by_key', models.CharField(blank=True, default='', max_length=40)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reveals', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_sealed', models.BinaryField(null=True)),
                ('is_head', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.agency')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subjects', to='cases.case')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.region')),
            ],
        ),
        migrations.CreateModel(
            name='SubmissionKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_digest', models.BinaryField(max_length=32, unique=True)),
                ('body_digest', models.BinaryField(max_length=32)),
                ('sealed_code', models.BinaryField(max_length=120)),
                ('created_at', models.DateTimeField(db_index=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Reporter',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reporter', serialize=False, to='cases.case')),
                ('sealed', models.BinaryField(null=True)),
                ('phone_index', models.BinaryField(max_length=16, null=True)),
                ('email_index', models.BinaryField(max_length=16, null=True)),
                ('account_index', models.BinaryField(max_length=16, null=True)),
                ('contact_wanted', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [models.Index(fields=['phone_index'], name='reporter_phone'), models.Index(fields=['email_index'], name='reporter_email'), models.Index(fields=['account_index'], name='reporter_account')],
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at', 'id'], name='case_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['body', 'due_at', 'id'], name='case_body_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['agency', 'due_at', 'id'], name='case_agency_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['body', 'received_at', 'id'], name='case_body_received'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['agency', 'received_at', 'id'], name='case_agency_received'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('published', True)), fields=['received_at', 'id'], name='case_public_received'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['unverified', 'on_hold', 'forwarded', 'in_progress', 'answered', 'closed', 'archived'])), name='case_state_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('answered_at__isnull', False), ('imported', True), _connector='OR'), name='case_never_closed_unanswered'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'archived'), _negated=True), models.Q(('archive_reason', ''), _negated=True), _connector='OR'), name='case_archived_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('holds__lte', 2)), name='case_held_at_most_twice'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('rating__isnull', True), ('rating__range', (1, 5)), _connector='OR'), name='case_rating_1_to_5'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['closed', 'archived']), ('due_at__isnull', False), ('imported', True), _connector='OR'), name='case_open_is_due_some_day'),
        ),
        migrations.AddConstraint(
            model_name='deadlinepolicy',
            constraint=models.UniqueConstraint(fields=('clock', 'classification', 'agency', 'valid_from'), name='deadline_policy_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='deadlinepolicy',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='deadline_policy_dates'),
        ),
        migrations.AddConstraint(
            model_name='deadlinepolicy',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 1)), name='deadline_policy_at_least_1'),
        ),
        migrations.AddConstraint(
            model_name='endorsement',
            constraint=models.UniqueConstraint(fields=('case', 'voter_digest'), name='endorse_once'),
        ),
        migrations.AddIndex(
            model_name='hold',
            index=models.Index(fields=['case', 'asked_at'], name='hold_case_asked'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('case',), name='hold_one_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='leg',
            index=models.Index(fields=['case', 'held_from'], name='leg_case_from'),
        ),
        migrations.AddConstraint(
            model_name='leg',
            constraint=models.UniqueConstraint(condition=models.Q(('held_to__isnull', True)), fields=('case',), name='leg_one_present_holder'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['case', 'at'], name='message_case_at'),
        ),
    ]

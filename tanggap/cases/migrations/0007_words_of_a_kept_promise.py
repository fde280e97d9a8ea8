from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_discreet_reporters'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='kind',
            field=models.CharField(choices=[('reply', 'Balasan pelapor'), ('objection', 'Keberatan'), ('question', 'Pertanyaan kepada pelapor'), ('acknowledgement', 'Pemberitahuan'), ('interim', 'Tanggapan'), ('final', 'Jawaban akhir'), ('explanation', 'Penjelasan'), ('fulfilment', 'Janji dikerjakan'), ('note', 'Catatan internal')], max_length=16),
        ),
    ]

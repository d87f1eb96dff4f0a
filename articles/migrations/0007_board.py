from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0006_corrections_and_links'),
    ]

    operations = [
        migrations.AddField(
            model_name='paper',
            name='slots',
            field=models.CharField(blank=True, db_default='05:30, 06:00, 11:00, 17:00', default='05:30, 06:00, 11:00, 17:00', help_text='Times of day, such as 05:30, 06:00; offered wherever a time is chosen.', max_length=200, verbose_name='usual times of going live'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['live_from'], name='publication_begins'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('live_until__isnull', False)), fields=['live_until'], name='publication_ends'),
        ),
    ]

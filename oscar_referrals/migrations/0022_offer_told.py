"""Keep which offer was announced last, so that its first and last day and its budget are noticed."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oscar_referrals", "0021_statements")]

    operations = [
        migrations.AddField(
            model_name="program",
            name="offer_told",
            field=models.CharField(
                blank=True, editable=False, max_length=40, verbose_name="offer announced last"
            ),
        ),
    ]

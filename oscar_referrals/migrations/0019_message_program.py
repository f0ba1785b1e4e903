"""The program that a message is about, so that staff can count and list by it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0018_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="outboxmessage",
            name="program",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="oscar_referrals.program",
            ),
        ),
    ]

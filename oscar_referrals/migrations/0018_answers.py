"""Mails that answer a friend who said after the order who had invited them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0017_touch_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name="outboxmessage",
            name="late_claim",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="oscar_referrals.lateclaim",
            ),
        ),
    ]

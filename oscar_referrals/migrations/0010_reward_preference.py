"""Which of several rewards an advocate wants."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oscar_referrals", "0009_ledger_snapshots")]

    operations = [
        migrations.CreateModel(
            name="RewardPreference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("choice", models.SlugField(max_length=30, verbose_name="choice")),
                ("stated_at", models.DateTimeField(verbose_name="stated")),
                (
                    "advocate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preferences",
                        to="oscar_referrals.advocate",
                    ),
                ),
                (
                    "incentive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="oscar_referrals.incentive",
                    ),
                ),
            ],
            options={
                "verbose_name": "preferred reward",
                "verbose_name_plural": "preferred rewards",
                "constraints": [
                    models.UniqueConstraint(fields=("advocate", "choice"), name="rf_one_preference")
                ],
            },
        ),
    ]

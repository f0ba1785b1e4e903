"""Sums of the books for reports: derived rows, made again from the postings at any time."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0008_claim_language"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "before",
                    models.DateTimeField(unique=True, verbose_name="all that was booked before"),
                ),
                ("entries", models.BigIntegerField(verbose_name="number of entries")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
            ],
            options={
                "verbose_name": "snapshot of the ledger",
                "verbose_name_plural": "snapshots of the ledger",
                "ordering": ["before"],
            },
        ),
        migrations.CreateModel(
            name="SnapshotBalance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unit", models.CharField(max_length=8, verbose_name="unit")),
                ("kind", models.CharField(max_length=30, verbose_name="account")),
                ("earned_on", models.DateField(verbose_name="earned on")),
                ("can_expire", models.BooleanField(verbose_name="can expire")),
                ("amount", models.BigIntegerField(verbose_name="amount")),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="oscar_referrals.program",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="balances",
                        to="oscar_referrals.ledgersnapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "balance in a snapshot",
                "verbose_name_plural": "balances in a snapshot",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("snapshot", "program", "unit", "kind", "earned_on", "can_expire"),
                        name="rf_snapshot_balance",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SnapshotLapsed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unit", models.CharField(max_length=8, verbose_name="unit")),
                ("number", models.BigIntegerField(verbose_name="rewards")),
                ("value", models.BigIntegerField(verbose_name="value")),
                ("lapsed", models.BigIntegerField(verbose_name="expired or left over")),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="oscar_referrals.program",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lapsed",
                        to="oscar_referrals.ledgersnapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "history in a snapshot",
                "verbose_name_plural": "history in a snapshot",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("snapshot", "program", "unit"), name="rf_snapshot_lapsed"
                    )
                ],
            },
        ),
    ]

"""Rewards that staff paid outside the shop, and who agreed to it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0024_proved_address"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OutsideSettlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.BigIntegerField(verbose_name="value")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("reference", models.CharField(max_length=200, verbose_name="reference")),
                ("note", models.CharField(max_length=500, verbose_name="reason")),
                (
                    "customer_note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="note to the customer"
                    ),
                ),
                ("token", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for a second person"),
                            ("done", "Booked"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("requested_at", models.DateTimeField(verbose_name="asked")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "decision_note",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="reason of the decision"
                    ),
                ),
            ],
            options={
                "verbose_name": "settlement outside the shop",
                "verbose_name_plural": "settlements outside the shop",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="reward",
            name="settled_amount",
            field=models.BigIntegerField(
                blank=True, null=True, verbose_name="settled outside the shop"
            ),
        ),
        migrations.AddField(
            model_name="reward",
            name="settlement_asked",
            field=models.BooleanField(
                default=False,
                db_default=False,
                verbose_name="settlement outside the shop asked for",
            ),
        ),
        migrations.AlterField(
            model_name="ledgeraccount",
            name="kind",
            field=models.CharField(
                choices=[
                    ("expense:reward", "Expense: rewards"),
                    ("liability:pending", "Liability: pending rewards"),
                    ("liability:available", "Liability: available rewards"),
                    ("liability:reserved", "Liability: reserved in baskets"),
                    ("contra:redeemed", "Redeemed"),
                    ("contra:settled", "Settled outside the shop"),
                    ("income:breakage", "Breakage"),
                    ("receivable:clawback", "Receivable: clawback"),
                    ("expense:write-off", "Expense: clawback written off"),
                ],
                max_length=30,
                verbose_name="account",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_amount__isnull", True),
                    models.Q(
                        ("reserved", 0),
                        ("settled_amount__gt", 0),
                        ("spent_order_number", ""),
                        ("used", 0),
                        models.Q(("state", "available"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rf_reward_not_paid_twice",
            ),
        ),
        migrations.AddField(
            model_name="outsidesettlement",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="outsidesettlement",
            name="requested_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="outsidesettlement",
            name="reward",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="settlements",
                to="oscar_referrals.reward",
            ),
        ),
        migrations.AddIndex(
            model_name="outsidesettlement",
            index=models.Index(fields=["state", "requested_at"], name="rf_settlement_state"),
        ),
        migrations.AddConstraint(
            model_name="outsidesettlement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "done"])),
                fields=("reward",),
                name="rf_settled_outside_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidesettlement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token", ""), _negated=True),
                fields=("token",),
                name="rf_settlement_token",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidesettlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__gt", 0)), name="rf_settlement_positive"
            ),
        ),
    ]

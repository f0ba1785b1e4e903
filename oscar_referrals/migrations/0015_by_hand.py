"""Credits by hand, claims after the order, advocates of one person, and who may be found by name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("order", "__first__"),
        ("oscar_referrals", "0014_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "order_number",
                    models.CharField(db_index=True, max_length=128, verbose_name="order"),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("value", models.BigIntegerField(blank=True, null=True, verbose_name="value")),
                ("note", models.CharField(max_length=500, verbose_name="reason")),
                ("evidence", models.TextField(max_length=4000, verbose_name="evidence")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for a second person"),
                            ("done", "Credited"),
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
                "verbose_name": "credit by hand",
                "verbose_name_plural": "credits by hand",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="LateClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "order_number",
                    models.CharField(db_index=True, max_length=128, verbose_name="order"),
                ),
                ("friend_key", models.CharField(blank=True, db_index=True, max_length=64)),
                ("language", models.CharField(blank=True, max_length=15, verbose_name="language")),
                ("named", models.CharField(max_length=120, verbose_name="who invited the friend")),
                (
                    "how",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="how the friend heard of the shop"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("accepted", "Credited"),
                            ("declined", "Declined"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="asked")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "customer_note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="note to the customer"
                    ),
                ),
            ],
            options={
                "verbose_name": "claim after the order",
                "verbose_name_plural": "claims after the order",
                "ordering": ["-id"],
            },
        ),
        migrations.AlterModelOptions(
            name="program",
            options={
                "ordering": ["-id"],
                "permissions": [
                    ("publish_program", "Can publish, pause, resume, end and stop programs"),
                    ("view_referral_report", "Can see the referral report"),
                    ("adjust_reward", "Can give, adjust and extend rewards by hand"),
                    ("assign_referral", "Can credit orders to advocates by hand"),
                    ("merge_advocate", "Can merge advocates"),
                    ("replace_referralcode", "Can replace and block referral codes"),
                ],
                "verbose_name": "program",
                "verbose_name_plural": "programs",
            },
        ),
        migrations.RemoveConstraint(
            model_name="referral",
            name="rf_referral_order_once",
        ),
        migrations.AddField(
            model_name="advocate",
            name="findable",
            field=models.BooleanField(
                default=False, verbose_name="friends may find me by my full name"
            ),
        ),
        migrations.AddField(
            model_name="advocate",
            name="has_merged",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="advocate",
            name="merged_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="merged"),
        ),
        migrations.AddField(
            model_name="advocate",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="oscar_referrals.advocate",
            ),
        ),
        migrations.AddField(
            model_name="advocate",
            name="name_key",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="referral",
            name="earlier_discount",
            field=models.BigIntegerField(
                default=0, verbose_name="friend's discount by a replaced referral"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="replaced_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="replaced"),
        ),
        migrations.AddField(
            model_name="referral",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="oscar_referrals.referral",
            ),
        ),
        migrations.AddIndex(
            model_name="advocate",
            index=models.Index(
                condition=models.Q(("findable", True)),
                fields=["program", "name_key"],
                name="rf_advocate_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("order_number", ""), _negated=True), ("replaced_at__isnull", True)
                ),
                fields=("order_number",),
                name="rf_referral_order_once",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="code",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="oscar_referrals.referralcode",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
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
            model_name="assignment",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="oscar_referrals.program",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="referral",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignment",
                to="oscar_referrals.referral",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
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
            model_name="lateclaim",
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
            model_name="lateclaim",
            name="order",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="order.order",
            ),
        ),
        migrations.AddField(
            model_name="lateclaim",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="late_claim",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="oscar_referrals.lateclaim",
            ),
        ),
        migrations.AddIndex(
            model_name="lateclaim",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["created_at"],
                name="rf_late_claim_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="lateclaim",
            constraint=models.UniqueConstraint(fields=("order_number",), name="rf_late_claim_once"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["state", "requested_at"], name="rf_assignment_state"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("order_number",),
                name="rf_assignment_waiting_once",
            ),
        ),
    ]

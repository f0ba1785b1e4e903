"""By which way a friend came, who was considered for the credit, and several codes per advocate."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    # Taking it back needs at most one code per advocate that is not blocked.
    dependencies = [
        ("oscar_referrals", "0010_reward_preference"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="referralcode",
            name="rf_one_active_code",
        ),
        migrations.AddField(
            model_name="claim",
            name="campaign",
            field=models.CharField(blank=True, max_length=60, verbose_name="campaign"),
        ),
        migrations.AddField(
            model_name="claim",
            name="channel",
            field=models.CharField(blank=True, max_length=30, verbose_name="channel"),
        ),
        migrations.AddField(
            model_name="claim",
            name="placement",
            field=models.CharField(blank=True, max_length=40, verbose_name="placement"),
        ),
        migrations.AddField(
            model_name="claim",
            name="visitor",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name="decision",
            name="candidates",
            field=models.JSONField(blank=True, default=list, verbose_name="considered"),
        ),
        migrations.AddField(
            model_name="programversion",
            name="credit_model",
            field=models.CharField(
                choices=[("last", "the last one"), ("first", "the first one")],
                default="last",
                max_length=5,
                verbose_name="of several invitations of the same rank, the credit goes to",
            ),
        ),
        migrations.AddField(
            model_name="programversion",
            name="link_days",
            field=models.PositiveIntegerField(
                default=30,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(730),
                ],
                verbose_name="days an opened link stays valid",
            ),
        ),
        migrations.AddField(
            model_name="referralcode",
            name="is_primary",
            field=models.BooleanField(default=True, verbose_name="shown to its owner"),
        ),
        migrations.AddField(
            model_name="referralcode",
            name="retires_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="works until"),
        ),
        migrations.AddField(
            model_name="touch",
            name="campaign",
            field=models.CharField(blank=True, max_length=60, verbose_name="campaign"),
        ),
        migrations.AddField(
            model_name="touch",
            name="channel",
            field=models.CharField(blank=True, max_length=30, verbose_name="channel"),
        ),
        migrations.AddField(
            model_name="touch",
            name="consent",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not asked"),
                    ("given", "Given"),
                    ("refused", "Refused"),
                    ("claimed", "The visitor asked for the discount"),
                ],
                max_length=10,
                verbose_name="consent",
            ),
        ),
        migrations.AddField(
            model_name="touch",
            name="placement",
            field=models.CharField(blank=True, max_length=40, verbose_name="placement"),
        ),
        migrations.AddField(
            model_name="touch",
            name="source_host",
            field=models.CharField(blank=True, max_length=100, verbose_name="came from"),
        ),
        migrations.AddField(
            model_name="touch",
            name="target",
            field=models.CharField(blank=True, max_length=200, verbose_name="page"),
        ),
        migrations.AlterField(
            model_name="claim",
            name="method",
            field=models.CharField(
                choices=[
                    ("typed", "Code typed"),
                    ("link", "Offer claimed on the link's page"),
                    ("name", "Advocate named by the friend"),
                    ("late", "Asked for after the order"),
                    ("staff", "Entered by staff"),
                ],
                max_length=10,
                verbose_name="method",
            ),
        ),
        migrations.AlterField(
            model_name="touch",
            name="method",
            field=models.CharField(
                choices=[
                    ("link", "Link opened"),
                    ("qr", "QR code scanned"),
                    ("typed", "Code typed"),
                    ("claim", "Offer claimed"),
                    ("name", "Advocate named"),
                    ("staff", "Entered by staff"),
                ],
                max_length=10,
                verbose_name="method",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralcode",
            constraint=models.UniqueConstraint(
                condition=models.Q(("blocked_at__isnull", True), ("is_primary", True)),
                fields=("advocate",),
                name="rf_one_active_code",
            ),
        ),
    ]

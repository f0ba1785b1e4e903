"""What failed is kept with its referral, and who was reminded with the reward."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oscar_referrals", "0004_booked_as")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="settle_error",
            field=models.CharField(blank=True, max_length=300, verbose_name="last error"),
        ),
        migrations.AddField(
            model_name="referral",
            name="settle_failed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="last failure"),
        ),
        migrations.AddField(
            model_name="referral",
            name="settle_failures",
            field=models.PositiveIntegerField(default=0, verbose_name="failures in a row"),
        ),
        migrations.AddField(
            model_name="reward",
            name="reminded_for",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reminded of"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("settle_error", ""), _negated=True),
                fields=["settle_failed_at"],
                name="rf_settle_failed",
            ),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(
                condition=models.Q(
                    ("state", "available"),
                    models.Q(("reminded_for", models.F("expires_at")), _negated=True),
                ),
                fields=["expires_at"],
                name="rf_reward_remind",
            ),
        ),
    ]

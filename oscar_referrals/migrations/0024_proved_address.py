"""An account proves its address by the link in a mail."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0023_withdrawn_waivers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProvedAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "email_key",
                    models.CharField(
                        db_index=True, max_length=64, verbose_name="keyed fingerprint of the e-mail"
                    ),
                ),
                ("proved_at", models.DateTimeField(verbose_name="proved")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="referral_proofs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "proved address",
                "verbose_name_plural": "proved addresses",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "email_key"), name="rf_proved_once")
                ],
            },
        ),
    ]

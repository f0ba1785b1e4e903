"""What is left of a day's touches when they are deleted, and an index on the moment of a touch."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0016_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="TouchCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "method",
                    models.CharField(
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
                ("channel", models.CharField(blank=True, max_length=30, verbose_name="channel")),
                (
                    "placement",
                    models.CharField(blank=True, max_length=40, verbose_name="placement"),
                ),
                ("campaign", models.CharField(blank=True, max_length=60, verbose_name="campaign")),
                ("touches", models.PositiveIntegerField(verbose_name="touches")),
                ("visitors", models.PositiveIntegerField(verbose_name="remembered visitors")),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="oscar_referrals.program",
                    ),
                ),
            ],
            options={
                "verbose_name": "count of touches",
                "verbose_name_plural": "counts of touches",
            },
        ),
        migrations.AddIndex(
            model_name="touch",
            index=models.Index(fields=["occurred_at"], name="rf_touch_moment"),
        ),
        migrations.AddIndex(
            model_name="touchcount",
            index=models.Index(fields=["day"], name="rf_touch_count_day"),
        ),
        migrations.AddConstraint(
            model_name="touchcount",
            constraint=models.UniqueConstraint(
                fields=("program", "day", "method", "channel", "placement", "campaign"),
                name="rf_touch_count",
            ),
        ),
    ]

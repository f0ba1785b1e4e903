"""Phrases that no words may have, and statements that a person let pass."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0020_programs_of_messages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ForbiddenPhrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=15, verbose_name="language")),
                ("phrase", models.CharField(max_length=100, verbose_name="phrase")),
                ("is_allowed", models.BooleanField(default=False, verbose_name="allowed")),
            ],
            options={
                "verbose_name": "forbidden phrase",
                "verbose_name_plural": "forbidden phrases",
                "ordering": ["language", "phrase"],
                "constraints": [
                    models.UniqueConstraint(fields=("language", "phrase"), name="rf_phrase_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementWaiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=15, verbose_name="language")),
                ("kind", models.CharField(max_length=10, verbose_name="kind")),
                ("figure", models.CharField(max_length=200, verbose_name="figure")),
                ("sentence", models.TextField(verbose_name="sentence")),
                ("digest", models.CharField(editable=False, max_length=64)),
                ("reason", models.TextField(verbose_name="reason")),
                ("waived_at", models.DateTimeField(verbose_name="let pass")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statement_waivers",
                        to="oscar_referrals.programversion",
                    ),
                ),
                (
                    "waived_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="let pass by",
                    ),
                ),
            ],
            options={
                "verbose_name": "accepted statement",
                "verbose_name_plural": "accepted statements",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "digest"), name="rf_waived_once")
                ],
            },
        ),
    ]

"""What advocates share: channels and places per program, the operator's words, shares, material."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0012_portal"),
    ]

    operations = [
        migrations.AddField(
            model_name="program",
            name="placements_off",
            field=models.JSONField(
                blank=True, default=list, verbose_name="placements switched off"
            ),
        ),
        migrations.AddField(
            model_name="program",
            name="share_channels",
            field=models.JSONField(blank=True, null=True, verbose_name="share channels"),
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=15, verbose_name="language")),
                ("title", models.CharField(max_length=100, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[("picture", "Picture"), ("banner", "Banner"), ("text", "Text")],
                        default="picture",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "file",
                    models.ImageField(
                        blank=True,
                        height_field="height",
                        upload_to="referrals/material/",
                        verbose_name="file",
                        width_field="width",
                    ),
                ),
                (
                    "width",
                    models.PositiveIntegerField(
                        blank=True, editable=False, null=True, verbose_name="width"
                    ),
                ),
                (
                    "height",
                    models.PositiveIntegerField(
                        blank=True, editable=False, null=True, verbose_name="height"
                    ),
                ),
                (
                    "alt_text",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="description for those who can’t see it",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=1000, verbose_name="text")),
                (
                    "shown_from",
                    models.DateTimeField(blank=True, null=True, verbose_name="shown from"),
                ),
                (
                    "shown_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="shown until"),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="material",
                        to="oscar_referrals.program",
                    ),
                ),
            ],
            options={
                "verbose_name": "material",
                "verbose_name_plural": "material",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "text"), models.Q(("text", ""), _negated=True)),
                            models.Q(
                                models.Q(("kind", "text"), _negated=True),
                                models.Q(("alt_text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="rf_material_has_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=30, verbose_name="channel")),
                (
                    "placement",
                    models.CharField(blank=True, max_length=40, verbose_name="placement"),
                ),
                ("campaign", models.CharField(blank=True, max_length=60, verbose_name="campaign")),
                ("shared_at", models.DateTimeField(verbose_name="shared")),
                (
                    "code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="oscar_referrals.referralcode",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="oscar_referrals.program",
                    ),
                ),
            ],
            options={
                "verbose_name": "share",
                "verbose_name_plural": "shares",
                "indexes": [models.Index(fields=["program", "shared_at"], name="rf_share_time")],
            },
        ),
        migrations.CreateModel(
            name="ShareText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=15, verbose_name="language")),
                ("channel", models.CharField(blank=True, max_length=30, verbose_name="channel")),
                ("opening", models.TextField(max_length=1000, verbose_name="opening words")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="share_texts",
                        to="oscar_referrals.program",
                    ),
                ),
            ],
            options={
                "verbose_name": "share text",
                "verbose_name_plural": "share texts",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("program", "language", "channel"), name="rf_one_share_text"
                    )
                ],
            },
        ),
    ]

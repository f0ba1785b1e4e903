"""What a website of Wagtail has to do with which program."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0001_initial"),
        ("wagtail_referrals", "0002_section_words"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferralSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "friends_page",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where friends go after they took the offer, if their link names no page and their basket is empty. Empty: the shop's home page.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="page for friends",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        help_text="The pages of this website speak of this program only, and of none while it isn't live. Empty: of the shop's live program.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="oscar_referrals.program",
                        verbose_name="program",
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="wagtailcore.site",
                    ),
                ),
            ],
            options={
                "verbose_name": "referral settings",
                "verbose_name_plural": "referral settings",
            },
        ),
    ]

"""Pages for those who recommend, and pages that say all of the program."""

import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models

#: The same in all fields of both.
BLOCKS = [
    ("reward_sentence", 1),
    ("referral_call_to_action", 6),
    ("referral_tiers", 8),
    ("referral_steps", 10),
    ("referral_end_date", 11),
    ("referral_share_panel", 13),
    ("referral_leaderboard", 15),
    ("referral_questions", 20),
    ("referral_testimonial", 23),
    ("text", 24),
    ("image", 25),
]
LOOKUP = {
    0: (
        "wagtail.blocks.ChoiceBlock",
        [],
        {
            "choices": [
                ("friend", "What the friend gets"),
                ("advocate", "What the person who recommends gets"),
            ],
            "label": "What is said",
        },
    ),
    1: ("wagtail.blocks.StructBlock", [[("side", 0)]], {}),
    2: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 120}),
    3: (
        "wagtail.blocks.TextBlock",
        (),
        {"label": "Text", "max_length": 400, "required": False, "rows": 2},
    ),
    4: (
        "wagtail.blocks.BooleanBlock",
        (),
        {"default": True, "label": "Say what both get", "required": False},
    ),
    5: (
        "wagtail.blocks.CharBlock",
        (),
        {
            "help_text": "“Refer a friend” if left empty.",
            "label": "Text of the button",
            "max_length": 60,
            "required": False,
        },
    ),
    6: (
        "wagtail.blocks.StructBlock",
        [[("heading", 2), ("text", 3), ("show_offer", 4), ("button_text", 5)]],
        {},
    ),
    7: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 120, "required": False}),
    8: ("wagtail.blocks.StructBlock", [[("heading", 7)]], {}),
    9: (
        "wagtail.blocks.ChoiceBlock",
        [],
        {
            "choices": [("advocate", "For people who recommend"), ("friend", "For their friends")],
            "label": "For whom",
        },
    ),
    10: ("wagtail.blocks.StructBlock", [[("heading", 7), ("side", 9)]], {}),
    11: ("wagtail.blocks.StructBlock", [[]], {}),
    12: (
        "wagtail.blocks.CharBlock",
        (),
        {
            "help_text": "Members see their link instead.",
            "label": "Heading for visitors",
            "max_length": 120,
            "required": False,
        },
    ),
    13: ("wagtail.blocks.StructBlock", [[("heading", 12)]], {}),
    14: (
        "wagtail.blocks.ChoiceBlock",
        [],
        {"choices": [("month", "This month"), ("all", "All time")], "label": "Period"},
    ),
    15: ("wagtail.blocks.StructBlock", [[("period", 14)]], {}),
    16: ("wagtail.blocks.CharBlock", (), {"label": "Question", "max_length": 200}),
    17: (
        "wagtail.blocks.RichTextBlock",
        (),
        {"features": ["bold", "italic", "link", "ol", "ul"], "label": "Answer"},
    ),
    18: ("wagtail.blocks.StructBlock", [[("question", 16), ("answer", 17)]], {}),
    19: ("wagtail.blocks.ListBlock", (18,), {"label": "Questions"}),
    20: ("wagtail.blocks.StructBlock", [[("heading", 7), ("questions", 19)]], {}),
    21: (
        "wagtail.blocks.TextBlock",
        (),
        {"label": "What the person says", "max_length": 600, "rows": 3},
    ),
    22: (
        "wagtail.blocks.CharBlock",
        (),
        {"help_text": "As the person agreed to be named here.", "label": "Name", "max_length": 80},
    ),
    23: ("wagtail.blocks.StructBlock", [[("quote", 21), ("name", 22)]], {}),
    24: (
        "wagtail.blocks.RichTextBlock",
        (),
        {
            "features": ["h2", "h3", "bold", "italic", "link", "ol", "ul"],
            "icon": "pilcrow",
            "label": "Text",
            "template": "wagtail_referrals/blocks/landing_text.html",
        },
    ),
    25: (
        "wagtail.images.blocks.ImageChooserBlock",
        (),
        {"label": "Picture", "template": "wagtail_referrals/blocks/landing_image.html"},
    ),
}


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_referrals", "0004_invitation_page"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferralAdvocatePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "opening",
                    wagtail.fields.StreamField(
                        BLOCKS,
                        blank=True,
                        block_lookup=LOOKUP,
                        help_text="Stands below the title, before what is made from the rules.",
                        verbose_name="opening",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        BLOCKS,
                        blank=True,
                        block_lookup=LOOKUP,
                        help_text="Stands after what is made from the rules. Leave figures to the blocks.",
                        verbose_name="body",
                    ),
                ),
            ],
            options={
                "verbose_name": "advocate page",
                "verbose_name_plural": "advocate pages",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="ReferralOverviewPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "opening",
                    wagtail.fields.StreamField(
                        BLOCKS,
                        blank=True,
                        block_lookup=LOOKUP,
                        help_text="Stands below the title, before what is made from the rules.",
                        verbose_name="opening",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        BLOCKS,
                        blank=True,
                        block_lookup=LOOKUP,
                        help_text="Stands after what is made from the rules. Leave figures to the blocks.",
                        verbose_name="body",
                    ),
                ),
            ],
            options={
                "verbose_name": "program overview page",
                "verbose_name_plural": "program overview pages",
            },
            bases=("wagtailcore.page", models.Model),
        ),
    ]

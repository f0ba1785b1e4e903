"""Own words at each of the sections that terms must have; what was written before stays."""

import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_referrals", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="referraltermspage",
            name="section_words",
            field=wagtail.fields.StreamField(
                [
                    ("sponsor", 2),
                    ("joining", 3),
                    ("counting", 4),
                    ("friend", 5),
                    ("advocate", 6),
                    ("hold", 7),
                    ("expiry", 8),
                    ("limits", 9),
                    ("void", 10),
                    ("disclosure", 11),
                    ("fairness", 12),
                    ("tax", 13),
                    ("changes", 14),
                    ("appeal", 15),
                    ("privacy", 16),
                    ("ending", 17),
                    ("language", 18),
                ],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["h3", "bold", "italic", "link", "ol", "ul"],
                            "label": "Before the generated sentences",
                            "required": False,
                            "template": "wagtail_referrals/blocks/terms_text.html",
                        },
                    ),
                    1: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["h3", "bold", "italic", "link", "ol", "ul"],
                            "label": "After the generated sentences",
                            "required": False,
                            "template": "wagtail_referrals/blocks/terms_text.html",
                        },
                    ),
                    2: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "Who runs the program"},
                    ),
                    3: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "Who may take part"},
                    ),
                    4: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "How a referral counts"},
                    ),
                    5: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "What friends get"},
                    ),
                    6: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "What advocates get"},
                    ),
                    7: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "When rewards are given"},
                    ),
                    8: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "How long rewards can be used"},
                    ),
                    9: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "Limits, budget and dates"},
                    ),
                    10: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "What takes a reward away"},
                    ),
                    11: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "Saying that you get something too"},
                    ),
                    12: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "Sharing fairly"},
                    ),
                    13: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "Taxes"},
                    ),
                    14: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "Changes of these terms"},
                    ),
                    15: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "If you disagree"},
                    ),
                    16: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "Personal data"},
                    ),
                    17: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "How the program ends"},
                    ),
                    18: (
                        "wagtail.blocks.StructBlock",
                        [[("before", 0), ("after", 1)]],
                        {"icon": "edit", "label": "Languages"},
                    ),
                },
                help_text="Add a section to say more in it, before or after the generated sentences. Leave amounts, days and limits to those.",
                verbose_name="your words at the sections",
            ),
        ),
        migrations.AlterField(
            model_name="referraltermspage",
            name="opening",
            field=wagtail.fields.StreamField(
                [("heading", 0), ("text", 1)],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "icon": "title",
                            "label": "Heading",
                            "max_length": 200,
                            "template": "wagtail_referrals/blocks/terms_heading.html",
                        },
                    ),
                    1: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["h3", "bold", "italic", "link", "ol", "ul"],
                            "icon": "pilcrow",
                            "label": "Text",
                            "template": "wagtail_referrals/blocks/terms_text.html",
                        },
                    ),
                },
                help_text="Stand before the first section. The summary and the table of contents above them are made from the rules.",
                verbose_name="opening words",
            ),
        ),
        migrations.AlterField(
            model_name="referraltermspage",
            name="own_terms",
            field=wagtail.fields.StreamField(
                [("heading", 0), ("text", 1)],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "icon": "title",
                            "label": "Heading",
                            "max_length": 200,
                            "template": "wagtail_referrals/blocks/terms_heading.html",
                        },
                    ),
                    1: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["h3", "bold", "italic", "link", "ol", "ul"],
                            "icon": "pilcrow",
                            "label": "Text",
                            "template": "wagtail_referrals/blocks/terms_text.html",
                        },
                    ),
                },
                help_text="Stand after the last section, under headings of your own.",
                verbose_name="further terms",
            ),
        ),
    ]

"""The further blocks of the referral program on every page."""

import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contentpage",
            name="body",
            field=wagtail.fields.StreamField(
                [
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
                    ("shelf", 28),
                    ("categories", 29),
                    ("promises", 33),
                    ("story", 38),
                    ("questions", 42),
                ],
                blank=True,
                block_lookup={
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
                    7: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Heading", "max_length": 120, "required": False},
                    ),
                    8: ("wagtail.blocks.StructBlock", [[("heading", 7)]], {}),
                    9: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("advocate", "For people who recommend"),
                                ("friend", "For their friends"),
                            ],
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
                        {
                            "choices": [("month", "This month"), ("all", "All time")],
                            "label": "Period",
                        },
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
                        {
                            "help_text": "As the person agreed to be named here.",
                            "label": "Name",
                            "max_length": 80,
                        },
                    ),
                    23: ("wagtail.blocks.StructBlock", [[("quote", 21), ("name", 22)]], {}),
                    24: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["h2", "h3", "bold", "italic", "link", "ol", "ul"],
                            "label": "Text",
                            "template": "home/blocks/text.html",
                        },
                    ),
                    25: ("wagtail.blocks.CharBlock", (), {"label": "Heading"}),
                    26: ("home.blocks.ProductChooserBlock", (), {"label": "Product"}),
                    27: ("wagtail.blocks.ListBlock", (26,), {"label": "Products"}),
                    28: ("wagtail.blocks.StructBlock", [[("heading", 25), ("products", 27)]], {}),
                    29: ("wagtail.blocks.StructBlock", [[("heading", 25)]], {}),
                    30: ("wagtail.blocks.CharBlock", (), {"label": "Title"}),
                    31: ("wagtail.blocks.CharBlock", (), {"label": "Text"}),
                    32: ("wagtail.blocks.StructBlock", [[("title", 30), ("text", 31)]], {}),
                    33: (
                        "wagtail.blocks.ListBlock",
                        (32,),
                        {
                            "icon": "pick",
                            "label": "Promises",
                            "template": "home/blocks/promises.html",
                        },
                    ),
                    34: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                    35: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link"], "label": "Text"},
                    ),
                    36: ("wagtail.blocks.CharBlock", (), {"label": "Link text", "required": False}),
                    37: (
                        "wagtail.blocks.PageChooserBlock",
                        (),
                        {"label": "Link to", "required": False},
                    ),
                    38: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("image", 34),
                                ("heading", 25),
                                ("text", 35),
                                ("link_text", 36),
                                ("link_page", 37),
                            ]
                        ],
                        {},
                    ),
                    39: ("wagtail.blocks.CharBlock", (), {"label": "Question"}),
                    40: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link", "ul"], "label": "Answer"},
                    ),
                    41: ("wagtail.blocks.StructBlock", [[("question", 39), ("answer", 40)]], {}),
                    42: (
                        "wagtail.blocks.ListBlock",
                        (41,),
                        {
                            "icon": "help",
                            "label": "Questions",
                            "template": "home/blocks/questions.html",
                        },
                    ),
                },
                verbose_name="body",
            ),
        ),
        migrations.AlterField(
            model_name="homepage",
            name="body",
            field=wagtail.fields.StreamField(
                [
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
                    ("shelf", 28),
                    ("categories", 29),
                    ("promises", 33),
                    ("story", 38),
                    ("questions", 42),
                ],
                blank=True,
                block_lookup={
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
                    7: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Heading", "max_length": 120, "required": False},
                    ),
                    8: ("wagtail.blocks.StructBlock", [[("heading", 7)]], {}),
                    9: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("advocate", "For people who recommend"),
                                ("friend", "For their friends"),
                            ],
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
                        {
                            "choices": [("month", "This month"), ("all", "All time")],
                            "label": "Period",
                        },
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
                        {
                            "help_text": "As the person agreed to be named here.",
                            "label": "Name",
                            "max_length": 80,
                        },
                    ),
                    23: ("wagtail.blocks.StructBlock", [[("quote", 21), ("name", 22)]], {}),
                    24: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["h2", "h3", "bold", "italic", "link", "ol", "ul"],
                            "label": "Text",
                            "template": "home/blocks/text.html",
                        },
                    ),
                    25: ("wagtail.blocks.CharBlock", (), {"label": "Heading"}),
                    26: ("home.blocks.ProductChooserBlock", (), {"label": "Product"}),
                    27: ("wagtail.blocks.ListBlock", (26,), {"label": "Products"}),
                    28: ("wagtail.blocks.StructBlock", [[("heading", 25), ("products", 27)]], {}),
                    29: ("wagtail.blocks.StructBlock", [[("heading", 25)]], {}),
                    30: ("wagtail.blocks.CharBlock", (), {"label": "Title"}),
                    31: ("wagtail.blocks.CharBlock", (), {"label": "Text"}),
                    32: ("wagtail.blocks.StructBlock", [[("title", 30), ("text", 31)]], {}),
                    33: (
                        "wagtail.blocks.ListBlock",
                        (32,),
                        {
                            "icon": "pick",
                            "label": "Promises",
                            "template": "home/blocks/promises.html",
                        },
                    ),
                    34: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                    35: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link"], "label": "Text"},
                    ),
                    36: ("wagtail.blocks.CharBlock", (), {"label": "Link text", "required": False}),
                    37: (
                        "wagtail.blocks.PageChooserBlock",
                        (),
                        {"label": "Link to", "required": False},
                    ),
                    38: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("image", 34),
                                ("heading", 25),
                                ("text", 35),
                                ("link_text", 36),
                                ("link_page", 37),
                            ]
                        ],
                        {},
                    ),
                    39: ("wagtail.blocks.CharBlock", (), {"label": "Question"}),
                    40: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link", "ul"], "label": "Answer"},
                    ),
                    41: ("wagtail.blocks.StructBlock", [[("question", 39), ("answer", 40)]], {}),
                    42: (
                        "wagtail.blocks.ListBlock",
                        (41,),
                        {
                            "icon": "help",
                            "label": "Questions",
                            "template": "home/blocks/questions.html",
                        },
                    ),
                },
                verbose_name="body",
            ),
        ),
    ]

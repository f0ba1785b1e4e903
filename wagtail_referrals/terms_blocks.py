"""The editor's own words on a terms page.

Only text: what is frozen has to be complete in itself, and a picture could vanish under it.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from oscar_referrals.programs.sections import KINDS

FEATURES = ["h3", "bold", "italic", "link", "ol", "ul"]
TEXT = "wagtail_referrals/blocks/terms_text.html"


class TermsBlocks(blocks.StreamBlock):
    """Headings and paragraphs before and after the generated sections."""

    heading = blocks.CharBlock(
        label=_("Heading"),
        icon="title",
        max_length=200,
        template="wagtail_referrals/blocks/terms_heading.html",
    )
    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=FEATURES, template=TEXT)

    class Meta:
        required = False


class WordsBlock(blocks.StructBlock):
    """What the shop adds to one generated section."""

    before = blocks.RichTextBlock(
        label=_("Before the generated sentences"), required=False, features=FEATURES, template=TEXT
    )
    after = blocks.RichTextBlock(
        label=_("After the generated sentences"), required=False, features=FEATURES, template=TEXT
    )

    class Meta:
        template = "wagtail_referrals/blocks/section_words.html"


class SectionWordsBlocks(blocks.StreamBlock):
    """Own words at the mandatory sections: a block for each, called like the section."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        # The sections are declared once, in the core.
        own = [(kind.key, WordsBlock(label=kind.title, icon="edit")) for kind in KINDS]
        super().__init__([*own, *(local_blocks or ())], **kwargs)

    class Meta:
        required = False
        block_counts = {kind.key: {"max_num": 1} for kind in KINDS}

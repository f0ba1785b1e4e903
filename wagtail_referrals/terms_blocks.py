"""The editor's own words on a terms page.

Only text: what is frozen has to be complete in itself, and a picture could vanish under it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class TermsBlocks(blocks.StreamBlock):
    """Headings and paragraphs before and after the generated sections."""

    heading = blocks.CharBlock(
        label=_("Heading"),
        icon="title",
        max_length=200,
        template="wagtail_referrals/blocks/terms_heading.html",
    )
    text = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=["h3", "bold", "italic", "link", "ol", "ul"],
        template="wagtail_referrals/blocks/terms_text.html",
    )

    class Meta:
        required = False

"""Own words in blocks that the live version doesn't bear out are not published from the editor.

Other ways to publish are held by the blocks themselves, which don't show such words to visitors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import blocks
from wagtail.admin import messages
from wagtail.fields import StreamField

from oscar_referrals.programs.contradictions import contradictions, in_words, why
from oscar_referrals.programs.live import live_offer
from wagtail_referrals.languages import language_of
from wagtail_referrals.word_blocks import OwnWordsBlock


def refuse_wrong_words(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Keep the draft and lead back to the editor, saying what is wrong; None to publish."""
    words = list(_own_words(page))
    offer = live_offer(request) if words else None
    if offer is None:
        return None
    found = [
        finding
        for text in words
        for finding in contradictions(offer.version, text, language_of(page.locale))
    ]
    for finding in found:
        messages.error(request, f"{why(finding, offer.version)} {in_words(finding)}")
    return redirect("wagtailadmin_pages:edit", page.pk) if found else None


def _own_words(page: Any) -> Iterator[str]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _words_in(field.stream_block, getattr(page, field.name))


def _words_in(block: Any, value: Any) -> Iterator[str]:
    """However deep a shop has put our blocks into its own."""
    if not value:
        return
    if isinstance(block, OwnWordsBlock):
        yield block.words(value)
    elif isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from _words_in(child.block, child.value)
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from _words_in(block.child_block, item)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _words_in(child, value.get(name))

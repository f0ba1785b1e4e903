"""What a change of a program makes out of date in caches in front of the website.

Blocks and generated parts say what the live program says without naming it, so no index knows which
pages show it. They are found by what the page classes can hold: all pages of our kinds, and those
in whose StreamFields one of our blocks stands, or a block that may have one in it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from wagtail_referrals.models import (
    ReferralAdvocateMixin,
    ReferralLandingMixin,
    ReferralOverviewMixin,
    ReferralTermsMixin,
)
from wagtail_referrals.referral_block import ReferralBlock

logger = logging.getLogger(__name__)
#: The kinds of pages that speak of the program whatever editors put on them.
KINDS = (
    ReferralAdvocateMixin,
    ReferralLandingMixin,
    ReferralOverviewMixin,
    ReferralTermsMixin,
)
#: The caches are told of so many pages at a time.
AT_ONCE = 100
SETTINGS = ("WAGTAILFRONTENDCACHE", "WAGTAILFRONTENDCACHE_LOCATION")


def purge_pages(*kinds: type[Any]) -> int:
    """Purge the live pages that speak of the program, or only those of ``kinds``; returns how many.

    Nothing is asked where no cache is configured for Wagtail.
    """
    if not any(getattr(settings, name, None) for name in SETTINGS):
        return 0
    number, batch = 0, PurgeBatch()
    for page in live_pages(*kinds):
        batch.add_page(page)
        number += 1
        if number % AT_ONCE == 0:
            batch.purge()
            batch = PurgeBatch(cache_object=batch.cache_object or batch)
    batch.purge()
    logger.info("Purged %s pages about the referral program from the caches.", number)
    return number


def names_of_blocks(block: Any) -> set[str]:
    """By which names ours stand in a StreamField, or what may have one of them in it."""
    return {name for name, child in block.child_blocks.items() if _may_hold(child, set())}


def live_pages(*kinds: type[Any]) -> Iterator[Any]:
    """The live pages that speak of the program, or only those of ``kinds``; a query per class."""
    for model in get_page_models():
        live = model._default_manager.filter(live=True)
        if issubclass(model, kinds or KINDS):
            yield from live.iterator(AT_ONCE)
        elif not kinds:
            yield from _with_blocks(live).iterator(AT_ONCE)


def _with_blocks(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Those of ``pages`` whose StreamFields have a block of ours; no query where none can."""
    wanted = Q()
    for field in pages.model._meta.get_fields():
        if not isinstance(field, StreamField):
            continue
        column = f"_text_of_{field.name}"
        pages = pages.alias(**{column: Cast(field.name, TextField())})
        for name in names_of_blocks(field.stream_block):
            # Databases set spaces between the parts of JSON as they like.
            wanted |= Q(**{f"{column}__contains": f'"{name}"'})
    return pages.filter(wanted) if wanted else pages.none()


def _may_hold(block: Any, seen: set[int]) -> bool:
    """However deep; blocks that have themselves in them are looked at once."""
    if isinstance(block, ReferralBlock):
        return True
    if id(block) in seen:
        return False
    seen.add(id(block))
    inner = [*getattr(block, "child_blocks", {}).values(), getattr(block, "child_block", None)]
    return any(_may_hold(child, seen) for child in inner if child is not None)
